"""What changed between two readings of the content, in sentences a lawyer reads.

Costa Rica, salario mínimo: ₡367 108 al mes → ₡373 092 al mes desde el 1 de enero de 2026, Decreto 45303-MTSS
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from babel.dates import format_date

from knowledge.diff_texts import contact_changes, post_changes, words_changes
from knowledge.figures import say_value
from knowledge.knowledge_base import COMMON
from knowledge.models import Status
from knowledge.workbench_words import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from knowledge.consulate_models import Post
    from knowledge.knowledge_base import Jurisdiction, KnowledgeBase
    from knowledge.models import DatedValue, Fact


@dataclass(frozen=True, slots=True)
class Change:
    """One change in words. `country` is a code, or `common`; `kind` is `figure`, `office` or `words`."""

    country: str
    kind: str
    text: str


def changes(old: KnowledgeBase, new: KnowledgeBase, language: str) -> list[Change]:
    """What differs in `new`, country by country: figures, then offices, then words."""
    found: list[Change] = []
    for country in (COMMON, *sorted({*old.countries, *new.countries})):
        before, after = _place(old, country), _place(new, country)
        if before is None or after is None:
            which, key = (new, "diff_country_new") if before is None else (old, "diff_country_removed")
            found.append(Change(country, "words", say(language, key, place=_name(which, country, language))))
            continue
        place = _name(new, country, language)
        teller = _FactTeller(new, after, language, place)
        found.extend(Change(country, "figure", text) for text in teller.changes(before))
        found.extend(Change(country, "office", text) for text in contact_changes(before, after, language, place))
        posts = _posts(old, country), _posts(new, country)
        found.extend(Change(country, "office", text) for text in post_changes(*posts, language, place))
        found.extend(Change(country, "words", text) for text in words_changes(before, after, language, place))
    return found


def _place(knowledge: KnowledgeBase, country: str) -> Jurisdiction | None:
    return knowledge.common if country == COMMON else knowledge.countries.get(country)


def _posts(knowledge: KnowledgeBase, country: str) -> Mapping[str, Post]:
    return knowledge.consulates[country].posts if country in knowledge.consulates else {}


def _name(knowledge: KnowledgeBase, country: str, language: str) -> str:
    return say(language, "everywhere") if country == COMMON else knowledge.country_name(country, language)


class _FactTeller:
    """Says what changed in the facts of one place."""

    def __init__(self, knowledge: KnowledgeBase, after: Jurisdiction, language: str, place: str) -> None:
        self._units = knowledge.units[language]
        self._after = after
        self._language = language
        self._place = place

    def changes(self, before: Jurisdiction) -> Iterator[str]:
        for name, fact in before.facts.items():
            if name not in self._after.facts:
                yield self._say("diff_fact_removed", fact)
        for name, fact in self._after.facts.items():
            known = before.facts.get(name)
            if known is None and not fact.is_number and fact.unit != "text":
                yield self._say("diff_rule_new", fact)
            elif known is not fact:
                yield from self._values(known, fact)

    def _values(self, known: Fact | None, fact: Fact) -> Iterator[str]:
        old = {(value.region, value.from_): value for value in known.values} if known else {}
        new = {(value.region, value.from_): value for value in fact.values}
        for key, value in old.items():
            if key not in new and known is not None:
                yield self._say("diff_value_removed", fact, value, old=self._amount(known, value))
        for key, value in new.items():
            if key in old and known is not None:
                yield from self._one_value(known, fact, old[key], value)
            else:
                yield self._new_value(fact, value)

    def _new_value(self, fact: Fact, value: DatedValue) -> str:
        earlier = [other for other in fact.values if other.region == value.region and _starts_before(other, value)]
        if not earlier or fact.unit == "rule":
            return self._say("diff_value_new", fact, value, new=self._dated(fact, value))
        return self._say("diff_value", fact, value, old=self._amount(fact, earlier[-1]), new=self._dated(fact, value))

    def _one_value(self, known: Fact, fact: Fact, old: DatedValue, new: DatedValue) -> Iterator[str]:
        if (old.status, new.status) == (Status.DRAFT, Status.VERIFIED):
            yield self._say("diff_confirmed", fact, new, new=self._dated(fact, new))
            return
        if (old.status, new.status) == (Status.VERIFIED, Status.DRAFT):
            yield self._say("diff_draft", fact, new)
            return
        if old.value != new.value or known.unit != fact.unit:
            yield self._say("diff_value", fact, new, old=self._amount(known, old), new=self._dated(fact, new))
        elif old.citation != new.citation:
            before, after = old.citation or say(self._language, "nothing"), new.citation or say(self._language, "nothing")
            yield self._say("diff_citation", fact, new, old=before, new=after)
        elif old.source != new.source:
            yield self._say("diff_source", fact, new, new=new.source)

    def _dated(self, fact: Fact, value: DatedValue) -> str:
        """The amount, since when, and the law."""
        parts = [self._amount(fact, value)]
        if value.from_ is not None:
            day = format_date(value.from_, "long", locale=self._language)
            parts.append(say(self._language, "diff_from", date=day))
        said = " ".join(part for part in parts if part)
        return ", ".join(part for part in (said, value.citation) if part)

    def _amount(self, fact: Fact, value: DatedValue) -> str:
        country = self._after.country
        locale = country.number_locale if country else self._language
        return say_value(value, fact, self._units, self._language, locale)

    def _say(self, key: str, fact: Fact, value: DatedValue | None = None, **values: str) -> str:
        name = fact.name.get(self._language) or next(iter(fact.name.values()))
        region = value.region if value else None
        regions = self._after.country.regions if self._after.country else {}
        if region:
            name = f"{name} ({regions[region].name if region in regions else region})"
        return say(self._language, key, place=self._place, name=name, **values)


def _starts_before(other: DatedValue, value: DatedValue) -> bool:
    if other is value or value.from_ is None:
        return False
    return other.from_ is None or other.from_ < value.from_
