"""The content as it is shipped: no file with an error, nothing missing, nearly all verified, everything with a source."""

from __future__ import annotations

import re
import tracemalloc
from itertools import product
from typing import TYPE_CHECKING

import pytest

from bot.settings import REPOSITORY
from knowledge.coverage import CoverageStatus, coverage, share_verified
from knowledge.files import content_files
from knowledge.loader import load_knowledge_base, parse_file
from knowledge.problems import Severity
from knowledge.validation import check
from knowledge.walk import sourced_entries
from tests.conftest import AS_OF

if TYPE_CHECKING:
    from pathlib import Path

    from knowledge.coverage import CoverageRow
    from knowledge.knowledge_base import KnowledgeBase
    from knowledge.loader import Content
    from knowledge.problems import Problem

FOLDER = REPOSITORY / "knowledge"
COUNTRIES = ("bz", "ca", "cr", "do", "gt", "hn", "mx", "ni", "pa", "sv", "us")
LANGUAGES = ("en", "es")
TOPICS = 38
#: The share of topic entries that must be verified: over all, and in the countries where most people work.
VERIFIED, VERIFIED_WHERE_MOST_WORK = 0.85, 0.95
MOST_WORK = ("us", "ca", "mx", "cr", "pa")
#: Megabytes that the loaded knowledge may add.
MEMORY = 40


@pytest.fixture(scope="module")
def errors(content: Content) -> list[Problem]:
    return [problem for problem in check(content, AS_OF) if problem.severity is Severity.ERROR]


@pytest.fixture(scope="module")
def rows(knowledge: KnowledgeBase) -> list[CoverageRow]:
    return coverage(knowledge, AS_OF)


@pytest.mark.parametrize("file", content_files(FOLDER))
def test_file_has_no_error(file: str, errors: list[Problem]) -> None:
    assert [problem.text("en") for problem in errors if problem.file == file] == []


def test_no_error_stands_outside_the_files(errors: list[Problem]) -> None:
    assert [problem.text("en") for problem in errors if problem.file not in content_files(FOLDER)] == []


def test_eleven_countries_have_every_topic_in_both_languages(rows: list[CoverageRow], knowledge: KnowledgeBase) -> None:
    assert len(knowledge.register.topics) == TOPICS
    wanted = set(product(COUNTRIES, knowledge.register.topics, LANGUAGES))
    there = {(row.country, row.topic, row.language) for row in rows if row.status is not CoverageStatus.MISSING}
    assert sorted(wanted - there) == []


def test_nearly_all_topics_are_verified(rows: list[CoverageRow]) -> None:
    assert share_verified(rows) >= VERIFIED
    shares = {country: share_verified(row for row in rows if row.country == country) for country in MOST_WORK}
    assert {country: share for country, share in shares.items() if share < VERIFIED_WHERE_MOST_WORK} == {}


def test_every_country_has_consulates(knowledge: KnowledgeBase) -> None:
    assert set(knowledge.consulates) == set(COUNTRIES)


def test_every_sourced_entry_has_an_https_source(content: Content) -> None:
    entries = [(file.file, where, entry) for file in content.files for where, entry in sourced_entries(file.model)]
    assert len(entries) > 2000
    assert [(file, where) for file, where, entry in entries if not entry.source.startswith("https://")] == []


@pytest.mark.parametrize("kind", ["facts", "contacts", "country", "consulates"])
def test_removing_a_source_is_an_error(kind: str, content: Content, tmp_path: Path) -> None:
    """In every file of the kind: without its first source it is refused, and the message names what is missing."""
    for file in content.of_kind(kind):
        if "source: " not in file.text:
            continue
        path = tmp_path / "broken.yaml"
        path.write_text(re.sub(r"\bsource: ", "note: ", file.text, count=1), encoding="utf-8")
        found = parse_file(path, file.file).problems
        named = {
            dict(problem.values).get("field", "").rsplit(".")[-1] for problem in found if problem.code == "missing_field"
        }
        assert named == {"source"} or [problem.code for problem in found] == ["duplicate_key"]


def test_register_order_is_complete_and_intents_follow_it(knowledge: KnowledgeBase) -> None:
    """Training data is filed under topics and conversation intents only, and has every one of them."""
    named = {path.stem for path in (REPOSITORY / "nlu" / "data").glob("*/*.yml")}
    known = {*knowledge.register.topics, *knowledge.register.conversation_intents}
    assert known - named == set()


def test_knowledge_adds_little_memory() -> None:
    tracemalloc.start()
    try:
        kept = load_knowledge_base(FOLDER)
        used, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert kept.version
    assert used / 2**20 < MEMORY
