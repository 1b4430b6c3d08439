"""What the classifier says about one message, as frozen values."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from nlu.errors import NluBadResponse

PLACE_TYPES = ("city", "region")


@dataclass(frozen=True, slots=True)
class RankedIntent:
    """One intent and how sure the classifier is of it, from 0 to 1."""

    name: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Entity:
    """A country, region, city or sector named in the text.

    `value` is a country code (`us`), an ISO 3166-2 code (`US-TX`) or the name of a sector; `text` is what the person
    wrote; `role` is `work` or `home` where the sentence tells.
    """

    type: str
    value: str
    text: str
    start: int
    end: int
    role: str | None = None

    @property
    def country(self) -> str | None:
        """Return the two-letter country code this entity lies in, None for a sector."""
        if self.type == "sector":
            return None
        return self.value[:2].lower()


@dataclass(frozen=True, slots=True)
class Prediction:
    """The topic of a message, what it names, and whether it speaks of danger or of something else altogether.

    `languages` is the probability of each language by the words alone; empty where the server does not say.
    """

    intent: str
    confidence: float
    ranking: tuple[RankedIntent, ...]
    entities: tuple[Entity, ...]
    danger: float
    in_scope: float
    languages: Mapping[str, float] = field(default_factory=dict)

    @property
    def margin(self) -> float:
        """Return by how much the first intent leads the second."""
        return self.confidence - (self.ranking[1].confidence if len(self.ranking) > 1 else 0.0)

    @property
    def work_country(self) -> str | None:
        """Return the country the person says they work in: named, or that of a place they say they are in."""
        return self._country("work_country", "work")

    @property
    def home_country(self) -> str | None:
        """Return the country the person says they come from: named, or that of a place they say they come from."""
        return self._country("home_country", "home")

    @property
    def work_region(self) -> str | None:
        """Return the ISO 3166-2 code of the state or province the person says they are in."""
        places = [e for e in self.entities if e.type in PLACE_TYPES and e.role != "home" and "-" in e.value]
        country = self._named("work_country")
        fitting = [e.value for e in places if country is None or e.country == country]
        return fitting[0] if fitting else None

    def _named(self, type_: str) -> str | None:
        return next((e.country for e in self.entities if e.type == type_), None)

    def _country(self, type_: str, role: str) -> str | None:
        named = self._named(type_)
        if named is not None:
            return named
        roles = (role,) if role == "home" else (role, None)
        return next((e.country for e in self.entities if e.type in PLACE_TYPES and e.role in roles), None)

    @classmethod
    def from_rasa(cls, payload: object) -> Prediction:
        """Read the body of `POST /model/parse`; raise NluBadResponse if it is no prediction.

        `danger` and `in_scope` are demanded: a server without them would silently blind the bot to danger.
        """
        body = _mapping(payload, "answer")
        top = _ranked(body.get("intent"), "intent")
        ranking = tuple(_ranked(item, "intent_ranking") for item in _list(body.get("intent_ranking"), "intent_ranking"))
        if not ranking:
            raise NluBadResponse("intent_ranking is empty")
        text = body.get("text")
        entities = tuple(_entity(item, text) for item in _list(body.get("entities", []), "entities"))
        return cls(
            intent=top.name,
            confidence=top.confidence,
            ranking=ranking,
            entities=entities,
            danger=_confidence(_mapping(body.get("danger"), "danger").get("confidence"), "danger"),
            in_scope=_confidence(_mapping(body.get("in_scope"), "in_scope").get("confidence"), "in_scope"),
            languages={
                name: _confidence(value, "languages")
                for name, value in _mapping(body.get("languages", {}), "languages").items()
            },
        )


def _mapping(value: object, where: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise NluBadResponse(f"{where} is not an object")
    return value


def _list(value: object, where: str) -> Sequence[Any]:
    if not isinstance(value, list):
        raise NluBadResponse(f"{where} is not a list")
    return value


def _text(value: object, where: str) -> str:
    if not isinstance(value, str) or not value:
        raise NluBadResponse(f"{where} is not a text")
    return value


def _confidence(value: object, where: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise NluBadResponse(f"{where} has no confidence")
    if not -1e-6 <= value <= 1 + 1e-6:
        raise NluBadResponse(f"{where} has a confidence outside 0 to 1")
    return min(max(float(value), 0.0), 1.0)


def _offset(value: object, where: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise NluBadResponse(f"{where} is not an offset")
    return value


def _ranked(value: object, where: str) -> RankedIntent:
    item = _mapping(value, where)
    return RankedIntent(_text(item.get("name"), f"{where}.name"), _confidence(item.get("confidence"), where))


def _entity(value: object, text: object) -> Entity:
    item = _mapping(value, "entity")
    start, end = _offset(item.get("start"), "entity.start"), _offset(item.get("end"), "entity.end")
    role = item.get("role")
    if role is not None and not isinstance(role, str):
        raise NluBadResponse("entity.role is not a text")
    return Entity(
        type=_text(item.get("entity"), "entity.entity"),
        value=_text(item.get("value"), "entity.value"),
        text=text[start:end] if isinstance(text, str) else "",
        start=start,
        end=end,
        role=role,
    )
