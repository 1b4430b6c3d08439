"""What is due, as an iCalendar file that a calendar can subscribe to: one all-day event per country and day."""

from __future__ import annotations

import datetime as dt
from itertools import groupby
from typing import TYPE_CHECKING

from icalendar import Calendar, Event

from knowledge.workbench_words import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from knowledge.review import DueEntry


def calendar(entries: Iterable[DueEntry], language: str, country_name: Callable[[str], str], today: dt.date) -> bytes:
    """The entries as iCalendar (RFC 5545). The same entries give the same file, so a subscription sees no false change."""
    made = Calendar()
    made.add("prodid", "-//Amparo//knowledge due//ES")
    made.add("version", "2.0")
    made.add("x-wr-calname", say(language, "due_calendar"))
    for (day, country), group in groupby(sorted(entries), lambda entry: (entry.review_by, entry.country)):
        made.add_component(_event(day, country, country_name(country), list(group), language, today))
    return bytes(made.to_ical())


def _event(day: dt.date, country: str, name: str, entries: list[DueEntry], language: str, today: dt.date) -> Event:
    event = Event()
    event.add("uid", f"{country}-{day.isoformat()}@amparo")
    event.add("dtstamp", dt.datetime.combine(today, dt.time(), dt.UTC))
    event.add("dtstart", day)
    event.add("dtend", day + dt.timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("summary", say(language, "due_event", country=name, count=len(entries)))
    lines = (say(language, "due_event_line", name=e.name, file=e.file, line=e.line, source=e.source) for e in entries)
    event.add("description", "\n".join(lines))
    return event
