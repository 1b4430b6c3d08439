"""What editors are told to run makes content that is valid at once and says nothing to a worker before it is written."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from knowledge.card import NotCovered
from knowledge.coverage import CoverageStatus, coverage
from knowledge.loader import Reader, load_knowledge_base
from knowledge.lookup import look_up
from knowledge.problems import Severity
from knowledge.skeletons import SkeletonError, new_country, new_language, new_topic
from knowledge.validation import check
from tests.builders import copy_sample
from tests.conftest import AS_OF

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copy_sample(tmp_path / "knowledge")


def errors(folder: Path) -> list[str]:
    found = check(Reader(folder).read(), AS_OF)
    return [problem.text("en") for problem in found if problem.severity is Severity.ERROR]


def test_new_topic_is_valid_at_once_and_stays_a_draft(folder: Path) -> None:
    made = new_topic(folder, load_knowledge_base(folder), "cr", "unions", AS_OF)
    assert {path.relative_to(folder).as_posix() for path in made} == {
        "countries/cr/es/unions.yaml",
        "countries/cr/en/unions.yaml",
        "countries/cr/facts.yaml",
    }
    assert errors(folder) == []
    knowledge = load_knowledge_base(folder)
    rows = [row for row in coverage(knowledge, AS_OF) if row.topic == "unions"]
    assert {row.status for row in rows} == {CoverageStatus.DRAFT}
    found = look_up(knowledge, "unions", country="cr", language="es", as_of=AS_OF)
    assert isinstance(found, NotCovered)
    assert found.card is not None
    assert found.card.answer == ()


def test_new_topic_keeps_the_rest_of_facts_yaml(folder: Path) -> None:
    path = folder / "countries/cr/facts.yaml"
    before = path.read_text(encoding="utf-8")
    new_topic(folder, load_knowledge_base(folder), "cr", "unions", AS_OF)
    after = path.read_text(encoding="utf-8")
    assert [line for line in before.splitlines() if line not in after.splitlines()] == []


def test_new_topic_fills_only_the_language_that_lacks_it(folder: Path) -> None:
    made = new_topic(folder, load_knowledge_base(folder), "cr", "hours_maximum", AS_OF)
    assert folder / "countries/cr/en/hours_maximum.yaml" in made
    assert folder / "countries/cr/es/hours_maximum.yaml" not in made


@pytest.mark.parametrize(("country", "topic"), [("zz", "unions"), ("cr", "union"), ("cr", "wage_minimum")])
def test_topic_that_cannot_be_made_says_why(folder: Path, country: str, topic: str) -> None:
    with pytest.raises(SkeletonError, match=country if country == "zz" else topic):
        new_topic(folder, load_knowledge_base(folder), country, topic, AS_OF)


@pytest.mark.parametrize("code", ["fr", "ht"])
def test_new_language_is_valid_at_once(folder: Path, code: str) -> None:
    new_language(folder, load_knowledge_base(folder), code)
    assert errors(folder) == []
    assert load_knowledge_base(folder).languages[code].status == "partial"


def test_new_country_is_valid_at_once_and_topics_can_be_added(folder: Path) -> None:
    new_country(folder, load_knowledge_base(folder), "co", AS_OF)
    assert errors(folder) == []
    knowledge = load_knowledge_base(folder)
    described = knowledge.countries["co"].country
    assert described is not None
    assert (described.name["es"], described.currency, described.flag, described.number_locale) == (
        "Colombia",
        "COP",
        "🇨🇴",
        "es_CO",
    )
    new_topic(folder, knowledge, "co", "wage_unpaid", AS_OF)
    assert errors(folder) == []


def test_unknown_or_present_country_and_language_are_refused(folder: Path) -> None:
    knowledge = load_knowledge_base(folder)
    for code in ("cr", "zz", "../x"):
        with pytest.raises(SkeletonError):
            new_country(folder, knowledge, code, dt.date(2026, 1, 1))
    for code in ("es", "xx"):
        with pytest.raises(SkeletonError):
            new_language(folder, knowledge, code)
