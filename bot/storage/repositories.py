"""Reading and writing what is remembered; each call is one transaction."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, select

from actions.profile import UserProfile
from bot.storage.models import DailyCount, HandledUpdate, UserPreference

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

#: Telegram delivers an update again for at most a day; twice that is kept.
UPDATES_KEPT = dt.timedelta(hours=48)


@dataclass(frozen=True, slots=True)
class Counted:
    """What one message adds to the counts; see `DailyCount`."""

    day: dt.date
    topic: str
    outcome: str
    language: str
    country: str = ""
    link: str = ""


class PreferenceRepository:
    """Profiles by key, and the anonymous counts that are written with them."""

    def __init__(self, sessions: async_sessionmaker[AsyncSession]) -> None:
        self._sessions = sessions

    async def get(self, key: str) -> UserProfile | None:
        """The profile kept under `key`, None for a person not seen before."""
        async with self._sessions() as session:
            row = await session.get(UserPreference, key)
            return _profile(row) if row else None

    async def save(self, key: str, profile: UserProfile, today: dt.date, counted: Sequence[Counted] = ()) -> None:
        """Keep the profile and add to the counts, both or neither."""
        values = {
            "language": profile.language,
            "work_country": profile.work_country,
            "region": profile.region,
            "home_country": profile.home_country,
            "link": profile.link,
            "last_seen": today,
        }
        async with self._sessions.begin() as session:
            insert = _insert(session, UserPreference).values(key=key, **values)
            await session.execute(insert.on_conflict_do_update(index_elements=["key"], set_=values))
            await self._count(session, counted)

    async def count(self, counted: Sequence[Counted]) -> None:
        """Add to the counts alone."""
        async with self._sessions.begin() as session:
            await self._count(session, counted)

    async def erase(self, key: str) -> None:
        """Forget a person."""
        async with self._sessions.begin() as session:
            await session.execute(delete(UserPreference).where(UserPreference.key == key))

    async def purge(self, before: dt.date) -> int:
        """Forget everybody last seen before a day; how many."""
        async with self._sessions.begin() as session:
            result = await session.execute(delete(UserPreference).where(UserPreference.last_seen < before))
            return int(getattr(result, "rowcount", 0))

    async def counts(self, first: dt.date, last: dt.date) -> list[DailyCount]:
        """The counts of the days from `first` to `last`, both included."""
        async with self._sessions() as session:
            rows = await session.scalars(select(DailyCount).where(DailyCount.day.between(first, last)))
            return list(rows)

    @staticmethod
    async def _count(session: AsyncSession, counted: Sequence[Counted]) -> None:
        for one in counted:
            insert = _insert(session, DailyCount).values(
                day=one.day,
                link=one.link,
                topic=one.topic,
                country=one.country,
                language=one.language,
                outcome=one.outcome,
                count=1,
            )
            keys = ["day", "link", "topic", "country", "language", "outcome"]
            await session.execute(insert.on_conflict_do_update(index_elements=keys, set_={"count": DailyCount.count + 1}))


class UpdateRepository:
    """Which Telegram updates were answered already."""

    def __init__(self, sessions: async_sessionmaker[AsyncSession]) -> None:
        self._sessions = sessions

    async def is_handled(self, update_id: int) -> bool:
        """Whether the update was answered before."""
        async with self._sessions() as session:
            return await session.get(HandledUpdate, update_id) is not None

    async def mark_handled(self, update_id: int, now: dt.datetime) -> None:
        """Remember that the update was answered; saying it twice is no error."""
        async with self._sessions.begin() as session:
            insert = _insert(session, HandledUpdate).values(update_id=update_id, handled_at=now)
            await session.execute(insert.on_conflict_do_nothing())

    async def purge(self, now: dt.datetime) -> None:
        """Forget the updates that Telegram will not send again."""
        async with self._sessions.begin() as session:
            await session.execute(delete(HandledUpdate).where(HandledUpdate.handled_at < now - UPDATES_KEPT))


def _profile(row: UserPreference) -> UserProfile:
    return UserProfile(row.language, row.work_country, row.region, row.home_country, row.link)


def _insert(session: AsyncSession, mapped: type[Any]) -> Any:
    """INSERT with ON CONFLICT, which both databases have but SQLAlchemy keeps apart."""
    dialect = import_module(f"sqlalchemy.dialects.{session.get_bind().dialect.name}")
    return dialect.insert(mapped)
