"""Where a point or a named town lies: the nearest known place gives the region. Nothing here is kept of a person.

The towns stand in `knowledge/places.yaml`. Nearest-town beats a box or a main city per region: measured over the 44,578
towns of GeoNames in the eleven countries, 98 of 100 people get the right region (docs/decisions/0021-places.md).
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from math import asin, cos, radians, sin, sqrt
from typing import TYPE_CHECKING

from actions.search import fold

if TYPE_CHECKING:
    from actions.context import Context
    from knowledge.knowledge_base import KnowledgeBase

Point = tuple[float, float]

#: Mean Earth radius in kilometres (IUGG).
EARTH_RADIUS_KM = 6371.0088
#: A point farther than this from every town we know lies in no country of ours (km); the loneliest of them is in Nunavut.
FARTHEST_KM = 400.0
#: Words of the longest town name that is looked for in a text.
LONGEST_NAME = 5
#: A word before a name that says it is a place; common words that are also towns count only behind one of these.
_CUES = frozenset(
    {"en", "de", "a", "por", "desde", "cerca", "vivo", "ciudad", "in", "at", "near", "from", "to", "around", "city"}
)
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """A town: its name, region (ISO 3166-2), point in degrees and inhabitants."""

    name: str
    region: str
    point: Point
    people: int = 0

    @property
    def country(self) -> str:
        """Code of the country it lies in."""
        return self.region[:2].lower()


def distance_km(here: Point, there: Point) -> float:
    """Great-circle distance in kilometres between two points in degrees (haversine)."""
    (lat1, lon1), (lat2, lon2) = (map(radians, here), map(radians, there))
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(half)))


def nearest_place(knowledge: KnowledgeBase, point: Point) -> FoundPlace | None:
    """The known town nearest to `point`; None when all are far, or when it lies in a country that is not ours."""
    nearest = min(_all(knowledge), key=lambda place: distance_km(point, place.point), default=None)
    if nearest is None or distance_km(point, nearest.point) > FARTHEST_KM:
        return None
    return nearest if nearest.country in knowledge.countries else None


def region_at(knowledge: KnowledgeBase, point: Point) -> str | None:
    """The region (ISO 3166-2) in which `point` lies, as far as the nearest town tells; None outside our countries."""
    place = nearest_place(knowledge, point)
    return place.region if place and _describes(knowledge, place.region) else None


def named_place(
    knowledge: KnowledgeBase, text: str, country: str | None = None, region: str | None = None
) -> FoundPlace | None:
    """The town that `text` names: the longest name, then that of the region, of the country, then the largest.

    Args:
        knowledge: where the towns are.
        text: what a person wrote, or a bare name.
        country: only towns of this country, where it is known.
        region: towns of this region come first.
    """
    words = _WORD.findall(fold(text))
    index = _index(knowledge)
    for length in range(min(LONGEST_NAME, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            name = " ".join(words[start : start + length])
            found = [place for place in index.get(name, ()) if country in {None, place.country}]
            if found and (length == len(words) or _is_cued(words, start, name)):
                return max(found, key=lambda place: (place.region == region, place.people))
    return None


def near_town(context: Context, text: str) -> Context:
    """The setting with the point of the town that `text` names in the country of work; it is used once and not kept."""
    work, region = context.profile.work_country, context.profile.region
    place = named_place(context.knowledge, text, work, region) if work else None
    return replace(context, nearby=place.point) if place else context


def _is_cued(words: list[str], start: int, name: str) -> bool:
    """Whether a place is meant: a long name speaks for itself, a short word needs a cue before it."""
    return " " in name or (start > 0 and words[start - 1] in _CUES)


def _describes(knowledge: KnowledgeBase, region: str) -> bool:
    described = knowledge.countries[region[:2].lower()].country
    return described is not None and region in described.regions


def _all(knowledge: KnowledgeBase) -> list[FoundPlace]:
    return _cached(knowledge)[0]


def _index(knowledge: KnowledgeBase) -> dict[str, list[FoundPlace]]:
    return _cached(knowledge)[1]


Index = tuple[list[FoundPlace], dict[str, list[FoundPlace]]]
#: The towns of the last content version, as a list and by folded name.
_built: dict[str, Index] = {}


def _cached(knowledge: KnowledgeBase) -> Index:
    if knowledge.version not in _built or not knowledge.version:
        _built.clear()
        _built[knowledge.version] = _build(knowledge)
    return _built[knowledge.version]


def _build(knowledge: KnowledgeBase) -> Index:
    places = [
        FoundPlace(name, region, (place.lat, place.lon), place.people)
        for region, towns in knowledge.places.items()
        for name, place in towns.items()
    ]
    taken = _names_of_larger_areas(knowledge)
    by_name: dict[str, list[FoundPlace]] = defaultdict(list)
    for place in places:
        also = knowledge.places[place.region][place.name].also
        for name in {_folded(name) for name in (place.name, *also)}:
            if place.country in knowledge.countries and taken.get((place.country, name), place.region) == place.region:
                by_name[name].append(place)
    return places, dict(by_name)


def _names_of_larger_areas(knowledge: KnowledgeBase) -> dict[tuple[str, str], str]:
    """Names of regions and countries by country: "California" never means the town of that name in Maryland."""
    described = {code: place.country for code, place in knowledge.countries.items() if place.country}
    names = {
        (code, _folded(name)): other for other in described for name in described[other].name.values() for code in described
    }
    for code, country in described.items():
        names |= {(code, _folded(region.name)): region_code for region_code, region in country.regions.items()}
    return names


def _folded(name: str) -> str:
    return " ".join(_WORD.findall(fold(name)))
