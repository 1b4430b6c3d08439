"""Figures take effect by their date, expired and unconfirmed ones are withheld, and a look-up says why it has no answer."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from knowledge.card import Answer, NotCovered, NotTranslated, OutOfDate, Reason
from knowledge.loader import load_knowledge_base
from knowledge.lookup import look_up, value_on
from tests.builders import copy_sample

if TYPE_CHECKING:
    from knowledge.card import Lookup
    from knowledge.knowledge_base import KnowledgeBase


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    return load_knowledge_base(copy_sample(tmp_path_factory.mktemp("k") / "knowledge"))


def look(sample: KnowledgeBase, day: str, topic: str = "wage_minimum", language: str = "es", **kwargs: str | None) -> Lookup:
    place: dict[str, str | None] = {"country": "cr", "region": None, "home": None, **kwargs}
    return look_up(sample, topic, language=language, as_of=dt.date.fromisoformat(day), **place)


@pytest.mark.parametrize(
    ("day", "figure"),
    [
        ("2025-01-01", "₡1 000,50 al mes"),
        ("2025-12-31", "₡1 000,50 al mes"),
        ("2026-01-01", "₡2 000 al mes"),
        ("2027-01-01", "₡3 000,25 al mes"),
    ],
)
def test_figure_takes_effect_on_its_day(sample: KnowledgeBase, day: str, figure: str) -> None:
    found = look(sample, day)
    assert isinstance(found, Answer)
    assert found.card.answer[1].replace("\xa0", " ") == f"Son {figure}."


def test_day_before_the_first_value_is_not_covered(sample: KnowledgeBase) -> None:
    found = look(sample, "2024-12-31")
    assert isinstance(found, NotCovered)
    assert found.card is not None
    assert found.card.answer == ("Nadie gana menos del mínimo.",)


def test_expired_figure_is_withheld_with_its_reason(sample: KnowledgeBase) -> None:
    found = look(sample, "2028-01-01")
    assert isinstance(found, OutOfDate)
    assert all("₡" not in line for line in found.card.answer)
    assert Reason.OUT_OF_DATE in {withheld.reason for withheld in found.card.withheld}


def test_region_comes_before_country(sample: KnowledgeBase) -> None:
    found = look(sample, "2026-06-01", region="CR-L")
    assert isinstance(found, Answer)
    assert "2" in found.card.answer[1]
    assert "500" in found.card.answer[1]


def test_draft_is_never_said(sample: KnowledgeBase) -> None:
    found = look(sample, "2026-06-01")
    assert isinstance(found, Answer)
    assert found.card.note is None
    assert [withheld.reason for withheld in found.card.withheld] == [Reason.DRAFT]


def test_unknown_region_gives_the_span_and_says_that_it_matters(sample: KnowledgeBase) -> None:
    found = look(sample, "2026-06-01", "wage_unpaid")
    assert isinstance(found, Answer)
    assert found.card.deadline == "entre 30 días y 90 días desde que faltó el pago."
    assert found.card.region_matters


def test_region_adds_its_note_and_its_office_first(sample: KnowledgeBase) -> None:
    found = look(sample, "2026-06-01", "wage_unpaid", region="CR-L")
    assert isinstance(found, Answer)
    assert found.card.deadline == "30 días desde que faltó el pago."
    assert found.card.note == "En Limón hay una oficina."
    assert [office.id for office in found.card.offices] == ["office_limon", "labour_inspection"]


def test_office_of_another_region_is_not_shown(sample: KnowledgeBase) -> None:
    found = look(sample, "2026-06-01", "wage_unpaid", region="CR-SJ")
    assert isinstance(found, Answer)
    assert [office.id for office in found.card.offices] == ["labour_inspection"]


def test_missing_language_names_the_others(sample: KnowledgeBase) -> None:
    assert look(sample, "2026-06-01", "hours_maximum", "en") == NotTranslated(("es",))


def test_missing_topic_gives_common_guidance(sample: KnowledgeBase) -> None:
    assert look(sample, "2026-06-01", "unions") == NotCovered(None)
    found = look(sample, "2026-06-01", country=None)
    assert isinstance(found, Answer)
    assert found.card.country is None


def test_card_is_no_fresher_than_its_oldest_source(sample: KnowledgeBase) -> None:
    found = look(sample, "2026-06-01")
    assert isinstance(found, Answer)
    assert found.card.verified_on == dt.date(2025, 6, 2)
    assert {source.citation for source in found.card.sources} == {"Decree 2", "Act 3", "Constitution, art. 1"}


def test_english_uses_the_number_format_of_the_country(sample: KnowledgeBase) -> None:
    found = look(sample, "2025-06-01", language="en")
    assert isinstance(found, Answer)
    assert found.card.answer[1].replace("\xa0", " ") == "It is ₡1 000,50 a month."
    assert found.card.deadline == "1 year after leaving."


def test_value_without_a_first_day_holds_until_its_review(sample: KnowledgeBase) -> None:
    fact = sample.countries["cr"].facts["claim_limit"]
    assert value_on(fact, dt.date(2020, 1, 1), None) is fact.values[0]
    assert value_on(fact, dt.date(2028, 1, 1), None) is Reason.OUT_OF_DATE
