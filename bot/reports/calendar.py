"""Consular events as an iCalendar file (RFC 5545), for a consulate's page or a helper's telephone."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from knowledge.consulate_models import Event
    from knowledge.knowledge_base import KnowledgeBase

#: A line has at most so many bytes, its end not counted (RFC 5545, 3.1).
LINE = 75


def make_calendar(knowledge: KnowledgeBase, events: Iterable[tuple[str, Event]], language: str) -> str:
    """The calendar of some events; one entry a day, since the hours are those of each day."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Amparo//Consulates//ES", "CALSCALE:GREGORIAN"]
    for id_, event in events:
        for day in _days(event):
            lines.extend(_entry(knowledge, id_, event, day, language))
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _days(event: Event) -> list[dt.date]:
    return [event.first + dt.timedelta(days=number) for number in range((event.last - event.first).days + 1)]


def _entry(knowledge: KnowledgeBase, id_: str, event: Event, day: dt.date, language: str) -> list[str]:
    services = ", ".join(knowledge.say(language, f"service_{service}") for service in event.services)
    booking = f"\n{event.booking[language]}" if event.booking else ""
    return [
        "BEGIN:VEVENT",
        f"UID:{id_}-{day.isoformat()}@amparo",
        f"DTSTAMP:{event.verified_on:%Y%m%d}T000000Z",
        f"DTSTART:{_utc(day, event.opens, event.time_zone)}",
        f"DTEND:{_utc(day, event.closes, event.time_zone)}",
        f"SUMMARY:{_escaped(event.title[language])}",
        f"LOCATION:{_escaped(f'{event.address}, {event.city}')}",
        f"DESCRIPTION:{_escaped(services + booking)}",
        f"URL:{event.source}",
        "END:VEVENT",
    ]


def _utc(day: dt.date, clock: str, zone: str) -> str:
    local = dt.datetime.combine(day, dt.time.fromisoformat(clock), ZoneInfo(zone))
    return f"{local.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """The line in parts of at most 75 bytes; a part that goes on begins with a space, and no letter is cut in two."""
    part = ""
    for letter in line:
        if len((part + letter).encode()) > LINE:
            yield part
            part = " "
        part += letter
    yield part
