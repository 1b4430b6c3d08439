"""Engine and session factory; SQLite is told to wait and to lock early, or it silently loses updates.

Eight coroutines doing 50 read-then-write transactions each kept 51 of 400 increments with SQLite's defaults, 400 with
write-ahead logging and BEGIN IMMEDIATE (docs/decisions/0004).
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from sqlalchemy import event, make_url, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine

from bot.settings import REPOSITORY

if TYPE_CHECKING:
    from pathlib import Path

    from alembic.config import Config

MIGRATIONS = REPOSITORY / "bot" / "storage" / "migrations"
_PRAGMAS = ("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=5000", "foreign_keys=ON")


def make_engine(url: str) -> AsyncEngine:
    """An engine for a SQLAlchemy URL (`sqlite+aiosqlite://...` or `postgresql+psycopg://...`)."""
    sqlite = make_url(url).get_backend_name() == "sqlite"
    # One connection: whoever waits for SQLite's one writer waits in our queue, not in its polling (docs/decisions/0004).
    pool: dict[str, Any] = {"pool_size": 1, "max_overflow": 0} if sqlite else {"pool_pre_ping": True}
    engine = create_async_engine(url, **pool)
    if sqlite:
        event.listen(engine.sync_engine, "connect", _set_pragmas)
        event.listen(engine.sync_engine, "begin", _begin_immediate)
    return engine


def _set_pragmas(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver must not emit its own BEGIN
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_immediate(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def make_sessions(engine: AsyncEngine) -> async_sessionmaker[AsyncSession]:
    """A session factory."""
    return async_sessionmaker(engine, expire_on_commit=False)


def alembic_config(url: str) -> Config:
    """Alembic's configuration for our migrations."""
    from alembic.config import Config  # noqa: PLC0415  # as in `migrate`

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    return config


async def migrate(url: str) -> None:
    """Bring the database to the newest schema, making the folder of a SQLite file if need be."""
    _make_folder(url)
    if await _revision(url) == newest_revision():
        return
    from alembic import command  # noqa: PLC0415  # half a second that only a start with an old schema pays

    await asyncio.to_thread(command.upgrade, alembic_config(url), "head")


def newest_revision() -> str:
    """The revision the migrations lead to: they are numbered in their file names."""
    return max(path.name[:4] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))


async def _revision(url: str) -> str | None:
    """The revision the database is at, None for a new one."""
    engine = make_engine(url)
    try:
        async with engine.connect() as connection:
            revision: str | None = await connection.scalar(text("SELECT version_num FROM alembic_version"))
            return revision
    except DBAPIError:
        return None
    finally:
        await engine.dispose()


def _make_folder(url: str) -> None:
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite" and parsed.database and parsed.database != ":memory:":
        folder: Path = REPOSITORY.joinpath(parsed.database).parent
        folder.mkdir(parents=True, exist_ok=True)
