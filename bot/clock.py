"""The only place that asks for the time; everything else is given it."""

from __future__ import annotations

import datetime as dt


def now() -> dt.datetime:
    """The time, in UTC."""
    return dt.datetime.now(dt.UTC)


def today() -> dt.date:
    """The day, in UTC."""
    return now().date()
