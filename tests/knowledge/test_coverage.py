"""The board tells verified, draft, stale and missing apart, and says why."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from knowledge.coverage import CoverageRow, CoverageStatus, coverage, share_verified
from knowledge.loader import load_knowledge_base
from tests.builders import copy_sample
from tests.conftest import AS_OF

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copy_sample(tmp_path / "knowledge")


def row(folder: Path, topic: str, language: str = "es", day: dt.date = AS_OF) -> CoverageRow:
    rows = coverage(load_knowledge_base(folder), day)
    return next(found for found in rows if (found.topic, found.language) == (topic, language))


def rewrite(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_draft_figure_in_the_words_makes_a_draft_and_is_named(folder: Path) -> None:
    assert row(folder, "wage_minimum") == CoverageRow("cr", "wage_minimum", "es", CoverageStatus.DRAFT, ("unsure",))


def test_draft_office_makes_a_draft(folder: Path) -> None:
    rewrite(folder / "countries/cr/contacts.yaml", "region: CR-L\n", "region: CR-L\n    status: draft\n")
    assert row(folder, "wage_unpaid").because == ("office_limon",)
    assert row(folder, "wage_unpaid").status is CoverageStatus.DRAFT


def test_sourced_topic_is_verified_and_a_topic_without_words_is_missing(folder: Path) -> None:
    assert row(folder, "hours_maximum").status is CoverageStatus.VERIFIED
    assert row(folder, "hours_maximum", "en").status is CoverageStatus.MISSING


def test_figure_past_its_review_makes_a_topic_stale(folder: Path) -> None:
    found = row(folder, "wage_unpaid", day=dt.date(2028, 1, 1))
    assert found.status is CoverageStatus.STALE
    assert "regional_only" in found.because


def test_translation_older_than_its_original_is_stale(folder: Path) -> None:
    rewrite(folder / "countries/cr/en/wage_unpaid.yaml", "updated_on: 2026-11-25", "updated_on: 2026-01-01")
    assert row(folder, "wage_unpaid", "en") == CoverageRow("cr", "wage_unpaid", "en", CoverageStatus.STALE, ("translation",))
    assert row(folder, "wage_unpaid").status is CoverageStatus.VERIFIED


def test_share_counts_what_is_verified(folder: Path) -> None:
    rows = coverage(load_knowledge_base(folder), AS_OF)
    assert len(rows) == 38 * 2
    assert share_verified(rows) == pytest.approx(3 / 76)
    assert share_verified([]) == 1
