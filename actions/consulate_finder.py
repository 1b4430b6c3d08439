"""Which consulate serves a person: a pure rule over the posts of their country of origin in the country of work.

In order: the post whose jurisdiction covers the region; the nearest to where they are; the embassy; a post in another
country that serves this one too; a protection line; the foreign ministry. The result says which, and never refuses.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from actions.places import Point, distance_km, region_at
from knowledge.consulate_models import PostKind
from knowledge.models import Status

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from knowledge.consulate_models import ConsulatesFile, Ministry, Post, ProtectionLine
    from knowledge.knowledge_base import KnowledgeBase

#: So much farther (km) a full consulate may be before an honorary one, which does few papers, is named instead.
HONORARY_KM = 150.0


class Why(StrEnum):
    """How a post was chosen."""

    JURISDICTION = "jurisdiction"
    NEAREST = "nearest"
    EMBASSY = "embassy"
    ONE_OF_SEVERAL = "one_of_several"
    OTHER_COUNTRY = "other_country"
    PROTECTION_LINE = "protection_line"
    MINISTRY = "ministry"


@dataclass(frozen=True, slots=True)
class ConsulateReferral:
    """Where a person is sent.

    `post` is None where only a line or the ministry is known; `distance_km` is from the point or the region's main city.
    `at_point`: it is from where the person is, not from the main city of their region. `region` is the one the choice
    rests on. `several`: the country of work has more posts than this one. `full_service_id`
    and `full_service`: where to go for papers when the post is an honorary one.
    """

    home: str
    work: str
    why: Why
    ministry: Ministry
    lines: tuple[ProtectionLine, ...]
    post_id: str | None = None
    post: Post | None = None
    distance_km: float | None = None
    at_point: bool = False
    region: str | None = None
    several: bool = False
    full_service_id: str | None = None
    full_service: Post | None = None


@dataclass(frozen=True, slots=True)
class _Search:
    """The posts that may be shown, and where the person is."""

    posts: dict[str, Post]
    region: str | None
    where: Point | None
    at_point: bool

    def nearest(self, ids: Iterable[str]) -> str | None:
        """The nearest of `ids`; without a place the first, full consulates before honorary ones."""
        return min(ids, key=self._weight, default=None)

    def distance(self, id_: str) -> float | None:
        """Kilometres to a post, None while it is not known where the person is."""
        post = self.posts[id_]
        return distance_km(self.where, (post.lat, post.lon)) if self.where else None

    def _weight(self, id_: str) -> tuple[bool, float]:
        post = self.posts[id_]
        return not post.consular, (self.distance(id_) or 0.0) + HONORARY_KM * post.honorary


def find_consulate(
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
        region: ISO 3166-2 code of where they are; one of another country is ignored.
        point: latitude and longitude in degrees, more precise than the region.
    """
    file = knowledge.consulates.get(home)
    if file is None or home == work:
        return None
    region = _region_in(knowledge, work, region, point)
    where = point or _centre(knowledge, work, region)
    lines = _lines(file, work, as_of)
    shown = {id_: post for id_, post in file.posts.items() if _may_show(post, as_of)}
    search = _Search({id_: post for id_, post in shown.items() if post.host == work}, region, where, point is not None)
    choice = _choose(search)
    if choice is None:
        search = _Search(
            {id_: post for id_, post in shown.items() if work in post.also_serves}, None, where, point is not None
        )
        elsewhere = search.nearest(search.posts)
        choice = (elsewhere, Why.OTHER_COUNTRY) if elsewhere else None
    if choice is None:
        why = Why.PROTECTION_LINE if lines else Why.MINISTRY
        return ConsulateReferral(home, work, why, file.ministry, lines, region=region)
    return _referral(file, home, work, lines, search, choice)


def _referral(
    file: ConsulatesFile,
    home: str,
    work: str,
    lines: tuple[ProtectionLine, ...],
    search: _Search,
    choice: tuple[str, Why],
) -> ConsulateReferral:
    id_, why = choice
    post = search.posts[id_]
    full = [other for other, entry in search.posts.items() if not entry.honorary and entry.consular]
    full_id = search.nearest(full) if post.honorary else None
    return ConsulateReferral(
        home=home,
        work=work,
        why=why,
        ministry=file.ministry,
        lines=lines,
        post_id=id_,
        post=post,
        distance_km=search.distance(id_),
        at_point=search.at_point,
        region=search.region,
        several=len(search.posts) > 1,
        full_service_id=full_id,
        full_service=search.posts[full_id] if full_id else None,
    )


def _choose(search: _Search) -> tuple[str, Why] | None:
    """The post and the reason; None when the country of work has none that may be shown."""
    if not search.posts:
        return None
    region = search.region
    covering = search.nearest(id_ for id_, post in search.posts.items() if region and region in post.jurisdiction)
    if covering:
        return covering, Why.JURISDICTION
    if search.where:
        nearest = search.nearest(_sharing(search) or search.posts)
        return (nearest, Why.NEAREST) if nearest else None
    embassy = search.nearest(id_ for id_, post in search.posts.items() if post.kind is PostKind.EMBASSY and post.consular)
    if embassy:
        return embassy, Why.EMBASSY
    first = search.nearest(search.posts)
    return (first, Why.ONE_OF_SEVERAL) if first else None


def _sharing(search: _Search) -> list[str]:
    """Posts that share the region or lie in it; none when no post says that it serves a part of it."""
    region = search.region
    sharing = [id_ for id_, post in search.posts.items() if region and region in post.jurisdiction_part]
    inside = [id_ for id_, post in search.posts.items() if region and region == post.region and post.consular]
    return [*sharing, *inside] if sharing else []


def _may_show(entry: Post | ProtectionLine, as_of: dt.date) -> bool:
    return entry.status is Status.VERIFIED and as_of <= entry.review_by


def _lines(file: ConsulatesFile, work: str, as_of: dt.date) -> tuple[ProtectionLine, ...]:
    """Lines that can be dialled from the country of work; those of which it is not said come last."""
    shown = (line for line in file.protection_lines if _may_show(line, as_of))
    usable = [line for line in shown if not line.dial_from or work in line.dial_from]
    return tuple(sorted(usable, key=lambda line: not line.dial_from))


def _region_in(knowledge: KnowledgeBase, work: str, region: str | None, point: Point | None) -> str | None:
    """The region of the point, else the one that is known; one of another country counts for nothing."""
    at_point = region_at(knowledge, point) if point else None
    return next((code for code in (at_point, region) if code and code[:2].lower() == work), None)


def _centre(knowledge: KnowledgeBase, work: str, region: str | None) -> Point | None:
    country = knowledge.countries[work].country if work in knowledge.countries else None
    described = country.regions.get(region or "") if country else None
    if described is None or described.lat is None or described.lon is None:
        return None
    return described.lat, described.lon
