"""The shape of every content file. Frozen, unknown keys refused; the types turn the editors' text into values.

Three kinds of file: facts and contacts (language-free, cited), words (one per language and topic) and the registers
(topics, languages, countries). `knowledge/README.md` explains them to editors.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
CountryCode = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]
LanguageCode = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]
RegionCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}-[A-Z0-9]{1,3}$")]
Line = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]


def _https(value: str) -> str:
    if not value.startswith("https://") or " " in value:
        raise ValueError("source_not_url")
    return value


class EveryLanguage:
    """Marks a name that must stand in every language whose status is complete."""


Url = Annotated[str, AfterValidator(_https)]
Labels = Annotated[dict[LanguageCode, Line], EveryLanguage()]


class Status(StrEnum):
    """`verified`: a person or a source page confirmed it. `draft`: kept for the editors, never said to a worker."""

    VERIFIED = "verified"
    DRAFT = "draft"


class Model(BaseModel):
    """Base of all content models."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Sourced(Model):
    """What must stand behind every figure, law, deadline and telephone.

    `source` is the page where it was seen, `verified_on` the day it was seen, `review_by` the last day on which it may be
    shown without being checked again.
    """

    source: Url
    verified_on: dt.date
    review_by: dt.date
    status: Status = Status.VERIFIED
    note: Line | None = None


# --- figures and rules of law -------------------------------------------------------------------------------------------


class DatedValue(Sourced):
    """What a fact is worth from a day on, in a region (ISO 3166-2) or in the whole country.

    `value` is absent for a rule of law that has no figure. `from` may be absent where the first day is not known.
    """

    from_: dt.date | None = Field(default=None, alias="from")
    value: Line | None = None
    citation: Line | None = None
    region: RegionCode | None = None

    @property
    def amount(self) -> Decimal:
        """The figure as a number; only for units other than `text` and `rule`."""
        return Decimal(self.value or "0")


class Fact(Model):
    """A figure, a deadline or a rule of law. `unit`: see `knowledge/units.yaml`."""

    name: Labels
    unit: Line
    values: Annotated[tuple[DatedValue, ...], Field(min_length=1)]

    @property
    def is_number(self) -> bool:
        """Whether the values are amounts of a unit, not words (`text`) or rules of law without a figure (`rule`)."""
        return self.unit not in {"text", "rule"}


class TopicSide(Model):
    """What a topic rests on: facts that its words cite without naming a figure, and the offices it refers to."""

    facts: tuple[Slug, ...] = ()
    contacts: tuple[Slug, ...] = ()


class TopicFacts(TopicSide):
    """The language-free half of a topic. `home`: the same for people whose country of origin this is."""

    home: TopicSide | None = None

    @property
    def all_facts(self) -> tuple[str, ...]:
        """Facts cited for those who work here and for those who come from here."""
        return (*self.facts, *(self.home.facts if self.home else ()))

    @property
    def all_contacts(self) -> tuple[str, ...]:
        """Offices named for those who work here and for those who come from here."""
        return (*self.contacts, *(self.home.contacts if self.home else ()))


class FactsFile(Model):
    """`facts.yaml` of a country, or of `common`."""

    facts: dict[Slug, Fact] = {}
    topics: dict[Slug, TopicFacts] = {}


# --- offices ------------------------------------------------------------------------------------------------------------


class ContactKind(StrEnum):
    """What an office is for; decides its place in a card."""

    LABOUR = "labour"
    EMERGENCY = "emergency"
    HOTLINE = "hotline"
    HEALTH = "health"
    LEGAL_AID = "legal_aid"
    RIGHTS = "rights"
    MIGRATION = "migration"
    POLICE = "police"
    UNION = "union"
    FOREIGN_MINISTRY = "foreign_ministry"
    OTHER = "other"


class Contact(Sourced):
    """An office that helps. Without `region` it serves the whole country."""

    name: Labels
    kind: ContactKind
    telephone: Line | None = None
    whatsapp: Line | None = None
    email: Line | None = None
    website: Url | None = None
    address: Line | None = None
    hours: Labels | None = None
    free_call: bool = False
    languages: tuple[LanguageCode, ...] = ()
    region: RegionCode | None = None


class ContactsFile(Model):
    """`contacts.yaml` of a country, or of `common`."""

    contacts: dict[Slug, Contact] = {}


# --- words --------------------------------------------------------------------------------------------------------------


class RegionWords(Model):
    """What a state or province adds (`note`) or says instead (`answer`, `deadline`)."""

    answer: Line | None = None
    note: Line | None = None
    deadline: Line | None = None


class HomeWords(Model):
    """The part for people whose country of origin this is."""

    answer: Line
    steps: tuple[Line, ...] = ()


class Words(Model):
    """One topic in one language. Figures are `{fact_id}`; a line whose figure may not be shown is left out of the card."""

    updated_on: dt.date
    title: Annotated[str, StringConstraints(min_length=3, max_length=60)]
    answer: Line
    steps: tuple[Line, ...] = ()
    deadline: Line | None = None
    note: Line | None = None
    regions: dict[RegionCode, RegionWords] = {}
    home: HomeWords | None = None


# --- registers ----------------------------------------------------------------------------------------------------------


class Topic(Model):
    """One entry of `topics.yaml`. `related` are offered as buttons under the card, `conventions` named where in force."""

    category: Slug
    description: Line
    related: tuple[Slug, ...] = ()
    emergency: bool = False
    home_side: bool = False
    conventions: tuple[Slug, ...] = ()


class TopicsFile(Model):
    """`topics.yaml`: the register everything hangs from. The order is the order in the menu."""

    categories: tuple[Slug, ...]
    topics: dict[Slug, Topic]
    conversation_intents: tuple[Slug, ...]


class Language(Model):
    """One entry of `languages.yaml`. `original`: the language the words are written in first."""

    name: Line
    status: Literal["complete", "partial"]
    original: bool = False


class LanguagesFile(Model):
    """`languages.yaml`."""

    languages: dict[LanguageCode, Language]


class Editor(Model):
    """Who keeps which countries true; `common` stands for what holds everywhere."""

    name: Line
    countries: tuple[Slug, ...]


class EditorsFile(Model):
    """`editors.yaml`: who is asked when something must be reviewed. Names of posts or teams, not of persons."""

    editors: dict[Slug, Editor] = {}


class Region(Model):
    """A state, province or department; `lat` and `lon` (degrees) are of its largest or most central city."""

    name: Line
    lat: Annotated[float, Field(ge=-90, le=90)] | None = None
    lon: Annotated[float, Field(ge=-180, le=180)] | None = None


class ConventionStatus(StrEnum):
    """Where a state stands towards a treaty."""

    IN_FORCE = "in_force"
    RATIFIED = "ratified"
    SIGNED = "signed"
    NOT_RATIFIED = "not_ratified"
    UNKNOWN = "unknown"


class Convention(Sourced):
    """A treaty and this state; `since` is the day of ratification or entry into force, as the note says."""

    standing: ConventionStatus
    since: dt.date | None = None


class Country(Model):
    """`country.yaml`. `in_country` is the phrase that follows a verb: "en la República Dominicana"."""

    code: CountryCode
    name: Labels
    in_country: Labels
    flag: Line
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
    number_locale: Line
    distance_unit: Literal["km", "mi"] = "km"
    region_word: Labels
    ask_region: bool = False
    office_language: LanguageCode
    emergency_contacts: Annotated[tuple[Slug, ...], Field(min_length=1)]
    labour_office: Slug
    conventions: dict[Slug, Convention] = {}
    regions: dict[RegionCode, Region] = {}
