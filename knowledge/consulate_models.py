"""Consulates, their events, and the towns that place a person on the map: `consulates/`, `events.yaml`, `places.yaml`."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from knowledge.models import CountryCode, Labels, LanguageCode, Line, Model, RegionCode, Slug, Sourced, Url


class PostKind(StrEnum):
    """Kind of a diplomatic or consular post."""

    EMBASSY = "embassy"
    CONSULATE_GENERAL = "consulate_general"
    CONSULATE = "consulate"
    CONSULAR_AGENCY = "consular_agency"


class Ministry(Sourced):
    """The foreign ministry of a country of origin and its official directory of posts."""

    name: Labels
    directory: Url
    appointments: Url | None = None


class ProtectionLine(Sourced):
    """A telephone for nationals abroad. `dial_from`: countries it can be dialled from (empty: not said)."""

    name: Labels
    telephone: Line | None = None
    whatsapp: Line | None = None
    email: Line | None = None
    dial_from: tuple[CountryCode, ...] = ()
    hours: Labels | None = None
    always_open: bool = False


class Post(Sourced):
    """A consulate or embassy. Coordinates in degrees, `coords` says of what.

    `jurisdiction` holds region codes it serves whole; `jurisdiction_part` those it shares. `telephone` and
    `emergency_telephone` are only those that may be shown; `telephone_shared` marks a call centre of several posts. What
    could not be confirmed stands in `unconfirmed_...` for the editors. `also_serves`: other countries without a post of
    their own. `consular` is false for an embassy that leaves consular matters to another post. `city_names`: the city in
    the languages that call it otherwise. `remark` is said to the worker; `note` is for editors.
    """

    host: CountryCode
    kind: PostKind
    city: Line
    city_names: dict[LanguageCode, Line] = Field(default_factory=dict)
    region: RegionCode | None = None
    lat: Annotated[float, Field(ge=-90, le=90)]
    lon: Annotated[float, Field(ge=-180, le=180)]
    coords: Literal["city", "building"] = "city"
    address: Line | None = None
    telephone: Line | None = None
    telephone_shared: bool = False
    emergency_telephone: Line | None = None
    emergency_hint: Labels | None = None
    whatsapp: Line | None = None
    email: Line | None = None
    hours: Labels | None = None
    website: Url | None = None
    appointments: Url | None = None
    honorary: bool = False
    consular: bool = True
    jurisdiction: tuple[RegionCode, ...] = ()
    jurisdiction_part: tuple[RegionCode, ...] = ()
    also_serves: tuple[CountryCode, ...] = ()
    remark: Labels | None = None
    unconfirmed_telephone: Line | None = None
    unconfirmed_address: Line | None = None

    def city_in(self, language: str) -> str:
        """The city as `language` calls it."""
        return self.city_names.get(language, self.city)


class ConsulatesFile(Model):
    """`consulates/<origin>.yaml`: the posts of one country of origin in the other ten."""

    origin: CountryCode
    ministry: Ministry
    protection_lines: tuple[ProtectionLine, ...] = ()
    posts: dict[Annotated[str, StringConstraints(pattern=r"^[a-z]{2}-[a-z]{2}-[a-z0-9-]+$")], Post]


class Service(StrEnum):
    """What is done at a consular event; the words stand in the interface as `service_...`."""

    PASSPORT = "passport"
    CONSULAR_ID = "consular_id"
    NATIONAL_ID = "national_id"
    CIVIL_REGISTRY = "civil_registry"
    NOTARY = "notary"
    PROTECTION = "protection"
    LEGAL_ADVICE = "legal_advice"
    WAGES = "wages"
    VOTING = "voting"
    HEALTH = "health"


Clock = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]


class Event(Sourced):
    """A mobile consulate or another day of a post. Hours are local to `time_zone` (IANA); `first` and `last` are days."""

    post: Line
    title: Labels
    city: Line
    region: RegionCode
    address: Line
    first: dt.date
    last: dt.date
    opens: Clock
    closes: Clock
    time_zone: Line
    services: Annotated[tuple[Service, ...], Field(min_length=1)]
    booking: Labels | None = None


class EventsFile(Model):
    """`events.yaml`: what posts do outside their office. What is over stays unseen; delete it when convenient."""

    events: dict[Slug, Event] = Field(default_factory=dict)


class Place(Model):
    """A city or town: latitude and longitude in degrees, inhabitants (rounded), other names people call it."""

    lat: Annotated[float, Field(ge=-90, le=90)]
    lon: Annotated[float, Field(ge=-180, le=180)]
    people: Annotated[int, Field(ge=0)] = 0
    also: tuple[Line, ...] = ()


class PlacesFile(Model):
    """`places.yaml`: places by name, under the region (ISO 3166-2) they lie in."""

    places: dict[RegionCode, dict[Line, Place]]
