"""What a look-up gives: a filled card, or the reason there is none. Values only; `knowledge.lookup` makes them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

    from knowledge.models import Contact


class Reason(StrEnum):
    """Why a figure is withheld."""

    OUT_OF_DATE = "out_of_date"
    NOT_COVERED = "not_covered"
    DRAFT = "draft"


@dataclass(frozen=True, slots=True)
class Source:
    """The law and the page behind a statement."""

    citation: str | None
    url: str
    verified_on: dt.date


@dataclass(frozen=True, slots=True)
class Office:
    """A contact with its id."""

    id: str
    contact: Contact


@dataclass(frozen=True, slots=True)
class Withheld:
    """A fact the card may not say, and why. `name` is in the language of the card."""

    fact: str
    name: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class HomePart:
    """What the country of origin adds to a card."""

    country: str
    answer: tuple[str, ...]
    steps: tuple[str, ...]
    offices: tuple[Office, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """A filled answer, not yet rendered. `country` is None for common guidance."""

    topic: str
    country: str | None
    region: str | None
    language: str
    title: str
    answer: tuple[str, ...]
    steps: tuple[str, ...] = ()
    deadline: str | None = None
    note: str | None = None
    offices: tuple[Office, ...] = ()
    sources: tuple[Source, ...] = ()
    withheld: tuple[Withheld, ...] = ()
    region_matters: bool = False
    home: HomePart | None = None

    @property
    def verified_on(self) -> dt.date | None:
        """The oldest verification among the sources: the card is no fresher than that."""
        return min((source.verified_on for source in self.sources), default=None)


@dataclass(frozen=True, slots=True)
class Answer:
    """The card, complete."""

    card: Card


@dataclass(frozen=True, slots=True)
class NotTranslated:
    """The topic is there in `languages` only."""

    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OutOfDate:
    """The figure the answer rests on has expired. `card` holds what is still sure."""

    card: Card


@dataclass(frozen=True, slots=True)
class NotCovered:
    """Not known for this country, region or date. `card`: what is sure all the same (perhaps common guidance)."""

    card: Card | None


Lookup = Answer | NotTranslated | OutOfDate | NotCovered
