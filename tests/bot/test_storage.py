"""Storage: nothing is lost when many write at once, on SQLite and on PostgreSQL; only what may be kept has a column."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from actions.profile import UserProfile
from bot.storage.database import alembic_config, make_engine, make_sessions, migrate, newest_revision
from bot.storage.models import Base
from bot.storage.repositories import Counted, PreferenceRepository, UpdateRepository

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

    from sqlalchemy.ext.asyncio import AsyncEngine

TODAY = dt.date(2026, 11, 25)
NOW = dt.datetime(2026, 11, 25, 12, tzinfo=dt.UTC)
PROFILE = UserProfile("es", "us", "US-TX", "gt", "gt-us-houston")


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, capture_output=True, cwd="/")


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory, free_port: Callable[[], int]) -> Iterator[str | None]:
    """URL of a PostgreSQL server of our own on loopback; None where its programs are not installed."""
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not programs or (os.geteuid() == 0 and not shutil.which("runuser")):
        yield None
        return
    folder, port = tmp_path_factory.mktemp("pg"), free_port()
    prefix = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    for parent in (folder, *folder.parents[:3]):
        with contextlib.suppress(PermissionError):
            parent.chmod(0o777)
    bin_ = programs[-1].parent
    _run([*prefix, str(bin_ / "initdb"), "-D", f"{folder}/db", "-A", "trust", "-U", "amparo"])
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c fsync=off"
    control = [*prefix, str(bin_ / "pg_ctl"), "-D", f"{folder}/db", "-w", "-l", f"{folder}/log"]
    _run([*control, "-o", options, "start"])
    yield f"postgresql+psycopg://amparo@127.0.0.1:{port}/postgres"
    _run([*control, "-m", "immediate", "stop"])


@pytest.fixture(params=["sqlite", "postgresql"])
async def engine(request: pytest.FixtureRequest, tmp_path: Path, postgresql: str | None) -> AsyncIterator[AsyncEngine]:
    url = f"sqlite+aiosqlite:///{tmp_path / 'a.db'}" if request.param == "sqlite" else postgresql
    if url is None:
        pytest.skip("PostgreSQL's server is not installed: run `make postgresql`")
    await migrate(url)
    made = make_engine(url)
    yield made
    async with made.begin() as connection:
        for table in reversed(Base.metadata.sorted_tables):
            await connection.execute(table.delete())
    await made.dispose()


@pytest.fixture
def preferences(engine: AsyncEngine) -> PreferenceRepository:
    return PreferenceRepository(make_sessions(engine))


def counted(**changes: Any) -> Counted:
    values: dict[str, Any] = {
        "day": TODAY,
        "topic": "wage_unpaid",
        "outcome": "answer",
        "language": "es",
        "country": "us",
        **changes,
    }
    return Counted(**values)


async def test_profile_is_kept_changed_and_erased(preferences: PreferenceRepository) -> None:
    assert await preferences.get("k") is None
    await preferences.save("k", PROFILE, TODAY)
    assert await preferences.get("k") == PROFILE
    await preferences.save("k", UserProfile("en"), TODAY)
    assert await preferences.get("k") == UserProfile("en")
    await preferences.erase("k")
    assert await preferences.get("k") is None


async def test_four_hundred_of_four_hundred_counts_are_kept(preferences: PreferenceRepository) -> None:
    async def fifty(name: str) -> None:
        for _ in range(50):
            await preferences.save(name, PROFILE, TODAY, [counted()])

    await asyncio.gather(*(fifty(f"key{number}") for number in range(8)))
    rows = await preferences.counts(TODAY, TODAY)
    assert [row.count for row in rows] == [400]


async def test_counts_are_told_apart_by_every_part_of_their_key(preferences: PreferenceRepository) -> None:
    await preferences.count(
        [counted(), counted(country=""), counted(link="gt-us-houston"), counted(outcome="ask"), counted()]
    )
    rows = await preferences.counts(TODAY, TODAY)
    assert sorted(row.count for row in rows) == [1, 1, 1, 2]
    assert await preferences.counts(TODAY + dt.timedelta(days=1), TODAY + dt.timedelta(days=9)) == []


async def test_profiles_out_of_use_are_purged(preferences: PreferenceRepository) -> None:
    await preferences.save("old", PROFILE, TODAY - dt.timedelta(days=400))
    await preferences.save("new", PROFILE, TODAY)
    assert await preferences.purge(TODAY - dt.timedelta(days=365)) == 1
    assert await preferences.get("new") == PROFILE


async def test_update_is_remembered_for_two_days(engine: AsyncEngine) -> None:
    updates = UpdateRepository(make_sessions(engine))
    assert not await updates.is_handled(7)
    await updates.mark_handled(7, NOW)
    await updates.mark_handled(7, NOW)
    assert await updates.is_handled(7)
    await updates.purge(NOW + dt.timedelta(hours=47))
    assert await updates.is_handled(7)
    await updates.purge(NOW + dt.timedelta(hours=49))
    assert not await updates.is_handled(7)


async def test_migrations_make_the_schema_of_the_mapped_classes(engine: AsyncEngine) -> None:
    def columns(connection: Any) -> dict[str, set[str]]:
        found = inspect(connection)
        return {table: {column["name"] for column in found.get_columns(table)} for table in Base.metadata.tables}

    async with engine.connect() as connection:
        made = await connection.run_sync(columns)
    assert made == {name: {column.name for column in table.columns} for name, table in Base.metadata.tables.items()}


def test_migrations_are_numbered_by_their_revision() -> None:
    scripts = ScriptDirectory.from_config(alembic_config("sqlite://"))
    assert [newest_revision()] == scripts.get_heads()


def test_only_what_the_design_allows_has_a_column() -> None:
    allowed = {
        "user_preference": {"key", "language", "work_country", "region", "home_country", "link", "last_seen"},
        "daily_count": {"day", "link", "topic", "country", "language", "outcome", "count"},
        "handled_update": {"update_id", "handled_at"},
    }
    assert {name: {column.name for column in table.columns} for name, table in Base.metadata.tables.items()} == allowed
