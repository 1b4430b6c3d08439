"""Which consulate serves a person: a pure rule over the posts of their country of origin in the country of work.

In order: the post whose jurisdiction covers the region; the nearest to where they are; the embassy; a protection line; the
foreign ministry. The result says which of these it is, and never refuses.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import asin, cos, radians, sin, sqrt
from typing import TYPE_CHECKING

from knowledge.models import PostKind, Status

if TYPE_CHECKING:
    import datetime as dt

    from knowledge.knowledge_base import KnowledgeBase
    from knowledge.models import ConsulatesFile, Ministry, Post, ProtectionLine

Point = tuple[float, float]

#: Mean Earth radius in kilometres (IUGG).
EARTH_RADIUS_KM = 6371.0088


class Why(StrEnum):
    """How a post was chosen."""

    JURISDICTION = "jurisdiction"
    NEAREST = "nearest"
    EMBASSY = "embassy"
    ONE_OF_SEVERAL = "one_of_several"
    PROTECTION_LINE = "protection_line"
    MINISTRY = "ministry"


@dataclass(frozen=True, slots=True)
class ConsulateReferral:
    """Where a person is sent. `post` is None where only a line or the ministry is known; distance in kilometres."""

    home: str
    work: str
    why: Why
    ministry: Ministry
    lines: tuple[ProtectionLine, ...]
    post_id: str | None = None
    post: Post | None = None
    distance_km: float | None = None


def find_consulate(  # noqa: PLR0913  # each narrows the choice
    knowledge: KnowledgeBase,
    home: str,
    work: str,
    *,
    as_of: dt.date,
    region: str | None = None,
    point: Point | None = None,
) -> ConsulateReferral | None:
    """The referral for a person from `home` in `work`; None when these are the same or `home` is not one of ours.

    Args:
        knowledge: where the posts are.
        home: code of the country of origin.
        work: code of the country they are in.
        as_of: posts and lines past their `review_by` on this day are left out.
        region: ISO 3166-2 code of where they are.
        point: latitude and longitude in degrees, more precise than the region.
    """
    file = knowledge.consulates.get(home)
    if file is None or home == work:
        return None
    posts = {id_: post for id_, post in file.posts.items() if post.host == work and _may_show(post, as_of)}
    where = point or _centre(knowledge, work, region)
    lines = _lines(file, work, as_of)
    choice = _choose(posts, region, where)
    if choice is None:
        why = Why.PROTECTION_LINE if lines else Why.MINISTRY
        return ConsulateReferral(home, work, why, file.ministry, lines)
    id_, why = choice
    distance = distance_km(where, (posts[id_].lat, posts[id_].lon)) if where else None
    return ConsulateReferral(home, work, why, file.ministry, lines, id_, posts[id_], distance)


def distance_km(here: Point, there: Point) -> float:
    """Great-circle distance in kilometres between two points in degrees (haversine)."""
    (lat1, lon1), (lat2, lon2) = (map(radians, here), map(radians, there))
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(half))


def _choose(posts: dict[str, Post], region: str | None, where: Point | None) -> tuple[str, Why] | None:
    if not posts:
        return None
    covering = [id_ for id_, post in posts.items() if region and region in post.jurisdiction]
    if covering:
        return _nearest(posts, covering, where), Why.JURISDICTION
    sharing = [id_ for id_, post in posts.items() if region and region in post.jurisdiction_part]
    if where:
        return _nearest(posts, sharing or list(posts), where), Why.NEAREST
    embassies = [id_ for id_, post in posts.items() if post.kind is PostKind.EMBASSY]
    if embassies:
        return embassies[0], Why.EMBASSY
    return next(iter(posts)), Why.ONE_OF_SEVERAL


def _nearest(posts: dict[str, Post], ids: list[str], where: Point | None) -> str:
    if where is None:
        return ids[0]
    return min(ids, key=lambda id_: (posts[id_].honorary, distance_km(where, (posts[id_].lat, posts[id_].lon))))


def _may_show(entry: Post | ProtectionLine, as_of: dt.date) -> bool:
    return entry.status is Status.VERIFIED and as_of <= entry.review_by


def _lines(file: ConsulatesFile, work: str, as_of: dt.date) -> tuple[ProtectionLine, ...]:
    """Lines that can be dialled from the country of work; those of which it is not said come last."""
    usable = [
        line
        for line in file.protection_lines
        if _may_show(line, as_of) and (not line.dial_from or work in line.dial_from)
    ]
    return tuple(sorted(usable, key=lambda line: not line.dial_from))


def _centre(knowledge: KnowledgeBase, work: str, region: str | None) -> Point | None:
    country = knowledge.countries[work].country if work in knowledge.countries else None
    described = country.regions.get(region or "") if country else None
    if described is None or described.lat is None or described.lon is None:
        return None
    return described.lat, described.lon
