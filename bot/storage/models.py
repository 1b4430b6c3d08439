"""The mapped classes. There is no column for a message, a name, a telephone or a chat id, and there must never be one."""

from __future__ import annotations

import datetime as dt  # SQLAlchemy reads the annotations

from sqlalchemy import BigInteger, Date, DateTime, Index, Integer, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """Registry of the mapped classes."""


class UserPreference(Base):
    """What is known of a person. `key` is the HMAC of the chat id (64 hexadecimal digits)."""

    __tablename__ = "user_preference"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    language: Mapped[str] = mapped_column(String(3))
    work_country: Mapped[str | None] = mapped_column(String(2))
    region: Mapped[str | None] = mapped_column(String(6))
    home_country: Mapped[str | None] = mapped_column(String(2))
    link: Mapped[str | None] = mapped_column(String(64))
    last_seen: Mapped[dt.date] = mapped_column(Date, index=True)


class DailyCount(Base):
    """How many messages of a kind came on a day. Empty text, not NULL, where a part is unknown: it is part of the key.

    `topic` is a topic id, or `_opened` for people who came by a link, or `_none`.
    """

    __tablename__ = "daily_count"

    day: Mapped[dt.date] = mapped_column(Date, primary_key=True)
    link: Mapped[str] = mapped_column(String(64), primary_key=True, default="")
    topic: Mapped[str] = mapped_column(String(32), primary_key=True)
    country: Mapped[str] = mapped_column(String(2), primary_key=True, default="")
    language: Mapped[str] = mapped_column(String(3), primary_key=True)
    outcome: Mapped[str] = mapped_column(String(24), primary_key=True)
    count: Mapped[int] = mapped_column(Integer, default=0)


class HandledUpdate(Base):
    """A Telegram update that was answered, so that a second delivery is not; kept for 48 hours."""

    __tablename__ = "handled_update"

    update_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    handled_at: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))

    __table_args__ = (Index("ix_handled_update_handled_at", "handled_at"),)
