"""The rules for facts and for all that owes a source: figures, units, dates, citations, names."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from itertools import pairwise
from typing import TYPE_CHECKING

from knowledge.figures import is_known_unit
from knowledge.models import Fact, Status
from knowledge.problems import Problem, Severity
from knowledge.walk import figures_of, labels_in, sourced_entries

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from knowledge.knowledge_base import KnowledgeBase
    from knowledge.loader import Content, ParsedFile
    from knowledge.models import DatedValue


def _facts(content: Content) -> Iterator[tuple[ParsedFile, str, Fact]]:
    for file in content.of_kind("facts"):
        for name, fact in file.model.facts.items():
            yield file, name, fact


def units_are_known(content: Content, knowledge: KnowledgeBase, _: dt.date) -> Iterator[Problem]:
    """A unit can be said in words."""
    words = knowledge.units[knowledge.original_language]
    for file, name, fact in _facts(content):
        if not is_known_unit(fact.unit, words):
            yield Problem.of("unknown_unit", file.file, file.line("facts", name, "unit"), unit=fact.unit)


def facts_have_values(content: Content, _: KnowledgeBase, __: dt.date) -> Iterator[Problem]:
    """A number where the unit asks for one, a date for money, a citation."""
    for file, name, fact in _facts(content):
        for index, value in enumerate(fact.values):
            for code in _faults(fact, value):
                line = file.line("facts", name, "values", index)
                yield Problem.of(code, file.file, line, fact=name, value=value.value or "")


def _faults(fact: Fact, value: DatedValue) -> Iterator[str]:
    if fact.unit != "rule" and value.value is None:
        yield "value_missing"
    if fact.unit == "rule" and value.value is not None:
        yield "rule_with_value"
    if fact.is_number and value.value is not None and not _is_number(value.value):
        yield "value_not_number"
    if value.from_ is None and _is_money(fact):
        yield "money_without_date"
    if value.citation is None:
        yield "citation_missing"


def _is_money(fact: Fact) -> bool:
    name = fact.unit.partition("/")[0]
    return len(name) == 3 and name.isupper()


def _is_number(text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False


def facts_are_in_order(content: Content, _: KnowledgeBase, __: dt.date) -> Iterator[Problem]:
    """The values of a region begin on different days, oldest first."""
    for file, name, fact in _facts(content):
        if len(fact.values) == 1:
            continue
        for region in {value.region for value in fact.values}:
            starts = [value.from_ for value in fact.values if value.region == region]
            if len(set(starts)) != len(starts):
                yield Problem.of("dates_overlap", file.file, file.line("facts", name), fact=name)
            elif any(early and late and early > late for early, late in pairwise(starts)):
                yield Problem.of("dates_unordered", file.file, file.line("facts", name), fact=name)


def facts_are_used(content: Content, knowledge: KnowledgeBase, _: dt.date) -> Iterator[Problem]:
    """Every fact of a country is said by its words, or cited by one of its topics or the offer check; drafts may wait."""
    said: dict[str | None, set[str]] = {}
    for file in content.of_kind("words"):
        said.setdefault(file.country, set()).update(figures_of(file.model))
    for file in content.of_kind("facts"):
        said.setdefault(file.country, set()).update(name for topic in file.model.topics.values() for name in topic.all_facts)
    for file in content.of_kind("offers"):
        for country in knowledge.countries:
            said.setdefault(country, set()).update(name for side in file.model.sides_of(country) for name in side.facts)
    everywhere = set().union(*said.values())
    for file in content.of_kind("facts"):
        used = said[file.country] if file.country else everywhere
        for name, fact in file.model.facts.items():
            if name not in used and any(value.status is Status.VERIFIED for value in fact.values):
                yield Problem.of("fact_unused", file.file, file.line("facts", name), severity=Severity.WARNING, fact=name)


def dates_make_sense(content: Content, _: KnowledgeBase, today: dt.date) -> Iterator[Problem]:
    """Seen in the past, to be reviewed after it was seen."""
    for file in content.files:
        for location, entry in sourced_entries(file.model):
            if entry.verified_on > today:
                line = file.line(*location, "verified_on")
                yield Problem.of("verified_in_future", file.file, line, date=entry.verified_on.isoformat())
            if entry.review_by < entry.verified_on:
                yield Problem.of("review_before_verified", file.file, file.line(*location, "review_by"))


def labels_are_complete(content: Content, knowledge: KnowledgeBase, _: dt.date) -> Iterator[Problem]:
    """A name is there in every language whose status is complete."""
    wanted = [code for code, language in knowledge.languages.items() if language.status == "complete"]
    for file in content.files:
        for location, labels in labels_in(file.model):
            for language in wanted:
                if language not in labels:
                    field = ".".join(str(part) for part in location)
                    line = file.line(*location)
                    yield Problem.of("label_missing", file.file, line, field=field, language=language)


FACT_RULES = (
    units_are_known,
    facts_have_values,
    facts_are_in_order,
    facts_are_used,
    dates_make_sense,
    labels_are_complete,
)
