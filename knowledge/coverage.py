"""What is known, country by topic by language: verified, draft, stale or missing; and why."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from knowledge.card import Reason
from knowledge.lookup import is_regional, value_on
from knowledge.models import Status
from knowledge.walk import figures_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from knowledge.knowledge_base import Jurisdiction, KnowledgeBase
    from knowledge.models import Fact, Words


class CoverageStatus(StrEnum):
    """Where one topic stands in one country and language, from the worst to the best."""

    MISSING = "missing"
    DRAFT = "draft"
    STALE = "stale"
    VERIFIED = "verified"


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """One cell of the board. `because`: the facts and offices (or `translation`) that keep it from being verified."""

    country: str
    topic: str
    language: str
    status: CoverageStatus
    because: tuple[str, ...] = ()


def coverage(knowledge: KnowledgeBase, as_of: dt.date) -> list[CoverageRow]:
    """The whole board: countries by code, topics in the order of the menu, languages as in languages.yaml."""
    return [
        _row(knowledge, country, topic, language, as_of)
        for country in sorted(knowledge.countries)
        for topic in knowledge.register.topics
        for language in knowledge.languages
    ]


def share_verified(rows: Iterable[CoverageRow]) -> float:
    """The verified part of some rows, 0 to 1; 1 of none."""
    counted = Counter(row.status for row in rows)
    return counted[CoverageStatus.VERIFIED] / counted.total() if counted else 1.0


def _row(knowledge: KnowledgeBase, country: str, topic: str, language: str, as_of: dt.date) -> CoverageRow:
    place = knowledge.countries[country]
    words = place.words_of(topic, language)
    if words is None:
        return CoverageRow(country, topic, language, CoverageStatus.MISSING)
    facts = dict(_facts_behind(knowledge, place, topic, words))
    drafts = [*_draft_facts(facts), *_draft_contacts(place, topic)]
    if drafts:
        return CoverageRow(country, topic, language, CoverageStatus.DRAFT, tuple(drafts))
    old = [*_old_facts(facts, as_of), *_old_contacts(place, topic, as_of), *_old_translation(knowledge, place, topic, words)]
    status = CoverageStatus.STALE if old else CoverageStatus.VERIFIED
    return CoverageRow(country, topic, language, status, tuple(old))


def _facts_behind(knowledge: KnowledgeBase, place: Jurisdiction, topic: str, words: Words) -> Iterator[tuple[str, Fact]]:
    """The facts that the words say and that the topic cites; of an unknown name the check tells."""
    entry = place.topics.get(topic)
    for name in (*figures_of(words), *(entry.all_facts if entry else ())):
        fact = place.facts.get(name) or knowledge.common.facts.get(name)
        if fact is not None:
            yield name, fact


def _draft_facts(facts: dict[str, Fact]) -> Iterator[str]:
    for name, fact in facts.items():
        if all(value.status is Status.DRAFT for value in fact.values):
            yield name


def _old_facts(facts: dict[str, Fact], as_of: dt.date) -> Iterator[str]:
    for name, fact in facts.items():
        regions = {value.region for value in fact.values} if is_regional(fact) else {None}
        if any(value_on(fact, as_of, region) is Reason.OUT_OF_DATE for region in regions):
            yield name


def _draft_contacts(place: Jurisdiction, topic: str) -> Iterator[str]:
    yield from (name for name in _contacts(place, topic) if place.contacts[name].status is Status.DRAFT)


def _old_contacts(place: Jurisdiction, topic: str, as_of: dt.date) -> Iterator[str]:
    yield from (name for name in _contacts(place, topic) if place.contacts[name].review_by < as_of)


def _contacts(place: Jurisdiction, topic: str) -> Iterator[str]:
    entry = place.topics.get(topic)
    yield from (name for name in (entry.all_contacts if entry else ()) if name in place.contacts)


def _old_translation(knowledge: KnowledgeBase, place: Jurisdiction, topic: str, words: Words) -> Iterator[str]:
    original = place.words_of(topic, knowledge.original_language)
    if original is not None and words.updated_on < original.updated_on:
        yield "translation"
