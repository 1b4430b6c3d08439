"""Look-ups that say why they have no answer.

`look_up` returns one of
    Answer         the card, complete
    NotTranslated  the words exist, but in other languages
    OutOfDate      a figure the answer rests on is past its `review_by`: it is withheld
    NotCovered     nothing (verified) is known for this country, region or date
Each but `Answer` may still carry a card of what is sure; the caller adds a referral.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from knowledge.card import Answer, Card, HomePart, NotCovered, NotTranslated, Office, OutOfDate, Reason, Source, Withheld
from knowledge.figures import say_range, say_value
from knowledge.models import ContactKind, Status

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from knowledge.card import Lookup
    from knowledge.knowledge_base import Jurisdiction, KnowledgeBase
    from knowledge.models import Contact, DatedValue, Fact, Words

PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}")


def value_on(fact: Fact, as_of: dt.date, region: str | None) -> DatedValue | Reason:
    """The value of `fact` in force on `as_of`; a region's own value comes before the country's.

    Returns:
        The value, or the reason there is none: nothing dated that early, only drafts, or past `review_by`.
    """
    regional = [value for value in fact.values if region and value.region == region]
    pool = regional or [value for value in fact.values if value.region is None]
    begun = [value for value in pool if value.from_ is None or value.from_ <= as_of]
    if not begun:
        return Reason.NOT_COVERED
    verified = [value for value in begun if value.status is Status.VERIFIED]
    if not verified:
        return Reason.DRAFT
    latest = max(verified, key=lambda value: (value.from_ is not None, value.from_ or as_of))
    return latest if as_of <= latest.review_by else Reason.OUT_OF_DATE


def is_regional(fact: Fact) -> bool:
    """Whether the fact differs between regions."""
    return any(value.region for value in fact.values)


def look_up(  # the six things an answer depends on
    knowledge: KnowledgeBase,
    topic: str,
    *,
    country: str | None,
    language: str,
    as_of: dt.date,
    region: str | None = None,
    home: str | None = None,
) -> Lookup:
    """The answer on `topic` for a person who works in `country` (None: not known) and comes from `home`."""
    jurisdiction = knowledge.jurisdiction(country)
    words = jurisdiction.words_of(topic, language)
    if words is None:
        return _without_words(knowledge, topic, country, language, as_of)
    filler = _Filler(knowledge, jurisdiction, language, as_of, region)
    card = filler.card(topic, words)
    if home and knowledge.register.topics[topic].home_side:
        card = replace(card, home=_home_part(knowledge, topic, home, language, as_of))
    return _verdict(card, filler.missing_in(words.answer))


def _verdict(card: Card, missing_in_answer: tuple[Withheld, ...]) -> Lookup:
    reasons = {withheld.reason for withheld in missing_in_answer}
    if Reason.OUT_OF_DATE in reasons:
        return OutOfDate(card)
    if reasons or not card.answer:
        return NotCovered(card)
    return Answer(card)


def _without_words(
    knowledge: KnowledgeBase, topic: str, country: str | None, language: str, as_of: dt.date
) -> NotTranslated | NotCovered:
    jurisdiction = knowledge.jurisdiction(country)
    others = tuple(code for code in knowledge.languages if jurisdiction.words_of(topic, code))
    if others:
        return NotTranslated(others)
    common = knowledge.common.words_of(topic, language)
    if country is None or common is None:
        return NotCovered(None)
    return NotCovered(_Filler(knowledge, knowledge.common, language, as_of, None).card(topic, common))


def _home_part(knowledge: KnowledgeBase, topic: str, home: str, language: str, as_of: dt.date) -> HomePart | None:
    jurisdiction = knowledge.countries[home]
    words = jurisdiction.words_of(topic, language)
    if words is None or words.home is None:
        return None
    filler = _Filler(knowledge, jurisdiction, language, as_of, None)
    answer, steps = filler.lines(words.home.answer), filler.steps(words.home.steps)
    facts = jurisdiction.topics.get(topic)
    offices = filler.offices(facts.home.contacts) if facts and facts.home else ()
    return HomePart(home, answer, steps, offices) if answer else None


class _Filler:
    """Fills the words of one jurisdiction with its figures, leaving out every line that rests on a withheld one."""

    def __init__(
        self, knowledge: KnowledgeBase, jurisdiction: Jurisdiction, language: str, as_of: dt.date, region: str | None
    ) -> None:
        self._knowledge = knowledge
        self._place = jurisdiction
        self._language = language
        self._as_of = as_of
        self._region = region
        self._used: dict[str, DatedValue] = {}
        self._withheld: dict[str, Withheld] = {}

    def card(self, topic: str, words: Words) -> Card:
        own = words.regions.get(self._region) if self._region else None
        answer = self.lines((own and own.answer) or words.answer)
        deadline = self._line((own and own.deadline) or words.deadline)
        steps = self.steps(words.steps)
        notes = [self._line(note) for note in (words.note, own.note if own else None) if note]
        facts = self._place.topics.get(topic)
        return Card(
            topic=topic,
            country=self._place.country.code if self._place.country else None,
            region=self._region,
            language=self._language,
            title=words.title,
            answer=answer,
            steps=steps,
            deadline=deadline,
            note="\n".join(note for note in notes if note) or None,
            offices=self.offices(facts.contacts) if facts else (),
            sources=self._sources(facts.facts if facts else ()),
            withheld=tuple(self._withheld.values()),
            region_matters=bool(words.regions) or self._says_regional(words),
        )

    def lines(self, text: str) -> tuple[str, ...]:
        """The lines of a text that can be said."""
        filled = (self._line(line) for line in text.splitlines() if line.strip())
        return tuple(line for line in filled if line)

    def steps(self, steps: Iterable[str]) -> tuple[str, ...]:
        """The steps that can be said."""
        return tuple(line for step in steps if (line := self._line(step)))

    def offices(self, ids: Iterable[str]) -> tuple[Office, ...]:
        """Offices that may be shown: for emergencies first, then those of the person's region; other regions' left out."""
        known = (Office(id_, self._place.contacts[id_]) for id_ in ids if id_ in self._place.contacts)
        shown = [office for office in known if self._may_show(office.contact)]
        return tuple(
            sorted(
                shown, key=lambda office: (office.contact.kind is not ContactKind.EMERGENCY, office.contact.region is None)
            )
        )

    def missing_in(self, text: str) -> tuple[Withheld, ...]:
        """The withheld figures that `text` names."""
        return tuple(self._withheld[name] for name in PLACEHOLDER.findall(text) if name in self._withheld)

    def _may_show(self, contact: Contact) -> bool:
        here = contact.region is None or contact.region == self._region
        return here and contact.status is Status.VERIFIED and self._as_of <= contact.review_by

    def _line(self, text: str | None) -> str | None:
        if text is None:
            return None
        said = {name: self._say(name) for name in PLACEHOLDER.findall(text)}
        if any(value is None for value in said.values()):
            return None
        return PLACEHOLDER.sub(lambda match: said[match[1]] or "", text).strip()

    def _say(self, name: str) -> str | None:
        fact = self._place.facts.get(name) or self._knowledge.common.facts[name]
        words, locale = self._knowledge.units[self._language], self._number_locale()
        value = value_on(fact, self._as_of, self._region)
        if value is Reason.NOT_COVERED and self._region is None and is_regional(fact):
            return self._say_span(name, fact)
        if isinstance(value, Reason):
            self._withheld[name] = Withheld(name, fact.name[self._language], value)
            return None
        self._used[name] = value
        return say_value(value, fact, words, self._language, locale)

    def _say_span(self, name: str, fact: Fact) -> str | None:
        """A regional figure for a person whose region is not known: from the lowest to the highest."""
        regions = {value.region for value in fact.values if value.region}
        values = [
            found for region in sorted(regions) if not isinstance(found := value_on(fact, self._as_of, region), Reason)
        ]
        if not values or not fact.is_number:
            self._withheld[name] = Withheld(name, fact.name[self._language], Reason.NOT_COVERED)
            return None
        self._used[name] = min(values, key=lambda value: value.verified_on)
        return say_range(values, fact, self._knowledge.units[self._language], self._language, self._number_locale())

    def _number_locale(self) -> str:
        return self._place.country.number_locale if self._place.country else self._language

    def _sources(self, cited: Iterable[str]) -> tuple[Source, ...]:
        """Sources of the figures said and of the rules cited, in that order, each page and law once."""
        values = list(self._used.values())
        for name in cited:
            fact = self._place.facts.get(name) or self._knowledge.common.facts[name]
            value = value_on(fact, self._as_of, self._region)
            if not isinstance(value, Reason):
                values.append(value)
        unique = {(value.citation, value.source): value for value in values}
        return tuple(Source(value.citation, value.source, value.verified_on) for value in unique.values())

    def _says_regional(self, words: Words) -> bool:
        text = "\n".join([words.answer, *words.steps, words.deadline or ""])
        facts = (self._place.facts.get(name) for name in PLACEHOLDER.findall(text))
        return any(fact is not None and is_regional(fact) for fact in facts)
