"""The shape of `offers.yaml`: the warning signs of a job offer, what a set of them amounts to, where to check and report.

Words and weights stand in the file; what follows from them is `actions.offer_rules`.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

from pydantic import Field, StringConstraints

from knowledge.models import CountryCode, Labels, LanguageCode, Line, Model, Slug, Sourced

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Signs on the one screen of the checklist; more would scroll off a phone.
MOST_SIGNS = 14


class OfferLevel(StrEnum):
    """What a set of signs amounts to, from the least to the most. None says that an offer is real or a person guilty."""

    NO_SIGN_FOUND = "no_sign_found"
    CAREFUL = "careful"
    STOP = "stop"


class Sign(Sourced):
    """One warning sign. `code` is its letter in the data of a button and must stay the same for good.

    `stop`: this sign alone is reason to stop. `urgent`: emergency numbers come before the result. `label` is neutral ("They
    ask for money"), so that it serves the checklist and the warning alike; `reason` rests on `citation`.
    """

    code: Annotated[str, StringConstraints(pattern=r"^[a-z]$")]
    weight: Annotated[int, Field(ge=1, le=9)]
    stop: bool = False
    urgent: bool = False
    label: Labels
    reason: Labels
    citation: Line


class LevelWords(Model):
    """How a level is said, and what to do then."""

    title: Labels
    text: Labels
    steps: dict[LanguageCode, tuple[Line, ...]]


class WarningWords(Model):
    """The frame of the text that a worker forwards: it warns of signs and names nobody."""

    title: Labels
    signs: Labels
    advice: Labels
    verify: Labels
    report: Labels
    close: Labels


class OfferCheck(Model):
    """Something to check in a country or programme, and the fact of that country behind it.

    `only_with`: said only when the other country of the corridor is one of these.
    """

    text: Labels
    fact: Slug
    only_with: tuple[CountryCode, ...] = ()


class CorridorSide(Model):
    """One end of a corridor. `rule` is the country's fact on fees and recruiters, the rest are ids of its contacts.

    `rule_text` is said instead of the fact's name, where that alone would mislead (a principle, no law of the country).
    `report_from`: offices for people of one country at the other end, such as an embassy's fraud unit.
    """

    rule: Slug
    rule_text: Labels | None = None
    checks: tuple[OfferCheck, ...] = ()
    verify: Annotated[tuple[Slug, ...], Field(min_length=1)]
    report: Annotated[tuple[Slug, ...], Field(min_length=1)]
    report_from: dict[CountryCode, tuple[Slug, ...]] = Field(default_factory=dict)

    @property
    def contacts(self) -> tuple[str, ...]:
        """Every contact named."""
        return (*self.verify, *self.report, *(id_ for ids in self.report_from.values() for id_ in ids))

    @property
    def facts(self) -> tuple[str, ...]:
        """Every fact named."""
        return (self.rule, *(check.fact for check in self.checks))


class OffersFile(Model):
    """`offers.yaml`, signs in the order of the screen. `stop_at`: signs that weigh so much together are reason to stop."""

    updated_on: dt.date
    stop_at: Annotated[int, Field(ge=2)]
    levels: dict[OfferLevel, LevelWords]
    warning: WarningWords
    signs: Annotated[dict[Slug, Sign], Field(min_length=1, max_length=MOST_SIGNS)]
    home: dict[CountryCode, CorridorSide] = Field(default_factory=dict)
    work: dict[CountryCode, CorridorSide] = Field(default_factory=dict)

    @property
    def codes(self) -> frozenset[str]:
        """The letters of all signs."""
        return frozenset(sign.code for sign in self.signs.values())

    def sides_of(self, country: str) -> tuple[CorridorSide, ...]:
        """What stands of a country, as one of origin and as one of work."""
        return tuple(end[country] for end in (self.home, self.work) if country in end)

    def ticked(self, codes: Iterable[str]) -> tuple[Sign, ...]:
        """The signs with these letters, in the order of the screen."""
        chosen = frozenset(codes)
        return tuple(sign for sign in self.signs.values() if sign.code in chosen)
