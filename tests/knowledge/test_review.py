"""What is due is listed with its place, without what is replaced or a draft, and becomes a calendar."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from icalendar import Calendar

from knowledge.loader import Reader
from knowledge.review import due
from knowledge.review_calendar import calendar
from tests.builders import copy_sample
from tests.conftest import AS_OF

if TYPE_CHECKING:
    from pathlib import Path

    from knowledge.review import DueEntry


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copy_sample(tmp_path / "knowledge")


def entries(folder: Path, by: str) -> list[DueEntry]:
    return due(Reader(folder).read(), dt.date.fromisoformat(by), "es")


def test_entry_in_force_is_due_by_its_day_with_file_and_line(folder: Path) -> None:
    found = entries(folder, "2026-12-31")
    assert [(entry.country, entry.file, entry.line, entry.name) for entry in found] == [
        ("cr", "countries/cr/facts.yaml", 13, "salario mínimo"),
        ("cr", "countries/cr/facts.yaml", 25, "salario mínimo"),
    ]


def test_value_that_a_later_one_replaces_is_not_due(folder: Path) -> None:
    lines = [entry.line for entry in entries(folder, "2027-01-01") if entry.id == "minimum_wage"]
    assert 7 not in lines
    assert 13 not in lines


def test_draft_is_not_due(folder: Path) -> None:
    assert "unsure" not in {entry.id for entry in entries(folder, "2030-01-01")}
    assert {"labour_inspection", "for_all"} <= {entry.id for entry in entries(folder, "2030-01-01")}


def test_editor_of_the_country_is_named(folder: Path) -> None:
    (folder / "editors.yaml").write_text("editors:\n  sj: {name: San José, countries: [cr]}\n", encoding="utf-8")
    assert {entry.editors for entry in entries(folder, "2026-12-31")} == {("San José",)}


def test_calendar_has_one_event_a_day_and_country_and_stays_the_same(folder: Path) -> None:
    found = entries(folder, "2027-12-31")
    made = calendar(found, "es", lambda code: code.upper(), AS_OF)
    assert made == calendar(found, "es", lambda code: code.upper(), AS_OF)
    events = Calendar.from_ical(made).walk("VEVENT")
    assert [event.decoded("dtstart") for event in events] == sorted({entry.review_by for entry in found})
    assert (
        events[0]["summary"] == f"Amparo · CR: revisar {len([e for e in found if e.review_by == found[0].review_by])} datos"
    )
    assert "countries/cr/facts.yaml" in str(events[0]["description"])
    assert max(len(line) for line in made.split(b"\r\n")) <= 75
