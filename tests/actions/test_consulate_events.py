"""Events are shown with their post until they are over, and make a calendar that programs read."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from actions.context import Context
from actions.events import coming_events, event_blocks
from actions.profile import UserProfile
from actions.referral import own_consulate
from bot.reports.calendar import make_calendar
from knowledge.consulate_models import Event
from tests.real_knowledge import AS_OF, real_knowledge

RENO = Event(
    post="gt-us-las-vegas",
    title={"es": "Consulado móvil en Reno", "en": "Mobile consulate in Reno"},
    city="Reno",
    region="US-NV",
    address="Calle Ejemplo 1; local 2, piso 3",
    first=dt.date(2026, 12, 12),
    last=dt.date(2026, 12, 13),
    opens="08:00",
    closes="14:00",
    time_zone="America/Los_Angeles",
    services=("passport", "civil_registry"),
    source="https://example.org/reno",
    verified_on=AS_OF,
    review_by=dt.date(2026, 12, 31),
)


def knowledge():
    return replace(real_knowledge(), events={"gt_reno": RENO})


@pytest.mark.parametrize(("day", "shown"), [("2026-12-11", True), ("2026-12-13", True), ("2026-12-14", False)])
def test_an_event_is_shown_until_its_last_day_is_over(day, shown):
    assert bool(coming_events(knowledge(), "gt", "us", dt.date.fromisoformat(day))) is shown


def test_an_event_whose_page_must_be_looked_at_again_is_not_shown():
    late = replace(real_knowledge(), events={"gt_reno": RENO.model_copy(update={"review_by": dt.date(2026, 12, 1)})})

    assert coming_events(late, "gt", "us", dt.date(2026, 12, 5)) == []


@pytest.mark.parametrize(
    ("home", "region", "shown"), [("gt", "US-NV", True), ("gt", "US-NY", False), ("mx", "US-NV", False), ("gt", None, False)]
)
def test_an_event_is_shown_to_those_who_live_there(home, region, shown):
    context = Context(knowledge(), UserProfile("es", "us", region, home), AS_OF)

    assert bool(event_blocks(context, own_consulate(context))) is shown  # type: ignore[arg-type]


def test_the_calendar_has_one_entry_a_day_in_utc_and_short_lines():
    text = make_calendar(knowledge(), [("gt_reno", RENO)], "es")
    lines = text.split("\r\n")

    assert text.count("BEGIN:VEVENT") == 2
    assert "DTSTART:20261212T160000Z" in lines
    assert "DTEND:20261213T220000Z" in lines
    assert "LOCATION:Calle Ejemplo 1\\; local 2\\, piso 3\\, Reno" in lines
    assert all(len(line.encode()) <= 75 for line in lines)
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]


def test_a_long_line_is_folded_between_letters():
    long = RENO.model_copy(update={"address": "ñandú " * 40})
    text = make_calendar(knowledge(), [("gt_reno", long)], "es")

    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "ñandú ñandú" in text.replace("\r\n ", "")
