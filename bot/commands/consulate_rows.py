"""Consulates as the rows that `amparo consulate list` and `nearest` print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.models import Status

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from actions.consulate_finder import ConsulateReferral
    from knowledge.consulate_models import Ministry, Post, ProtectionLine
    from knowledge.knowledge_base import KnowledgeBase

Row = dict[str, object]


def post_row(id_: str, post: Post, language: str) -> Row:
    """All that may be shown of a post. What could not be confirmed is not in it."""
    return {
        "id": id_,
        "origin": id_[:2],
        "host": post.host,
        "city": post.city_in(language),
        "region": post.region,
        "kind": post.kind.value,
        "telephone": post.telephone,
        "telephone_shared": post.telephone_shared,
        "emergency_telephone": post.emergency_telephone,
        "emergency_hint": post.emergency_hint[language] if post.emergency_hint else None,
        "whatsapp": post.whatsapp,
        "email": post.email,
        "address": post.address,
        "hours": post.hours[language] if post.hours else None,
        "website": post.website,
        "appointments": post.appointments,
        "honorary": post.honorary,
        "remark": post.remark[language] if post.remark else None,
        "lat": post.lat,
        "lon": post.lon,
        "source": post.source,
        "verified_on": post.verified_on.isoformat(),
    }


def list_rows(
    knowledge: KnowledgeBase, home: str | None, work: str | None, as_of: dt.date, language: str, *, drafts: bool
) -> Iterator[Row]:
    """The posts of an origin (or all) in a host (or all); drafts and expired ones only for editors."""
    for origin, file in knowledge.consulates.items():
        for id_, post in file.posts.items():
            shown = post.status is Status.VERIFIED and as_of <= post.review_by
            if home in {None, origin} and work in {None, post.host} and (shown or drafts):
                yield {**post_row(id_, post, language), "shown": shown}


def referral_row(referral: ConsulateReferral, language: str) -> Row:
    """A referral: the post (None where there is none), why it is this one, and the lines and ministry behind it."""
    empty: Row = dict.fromkeys(("id", "city", "region", "kind", "telephone", "emergency_telephone"))
    found = referral.post_id is not None and referral.post is not None
    row = post_row(referral.post_id or "", referral.post, language) if found and referral.post else empty
    distance = None if referral.distance_km is None else round(referral.distance_km, 1)
    return {
        **row,
        "origin": referral.home,
        "host": referral.post.host if referral.post else referral.work,
        "work": referral.work,
        "why": referral.why.value,
        "distance_km": distance,
        "for_region": referral.region,
        "full_service": referral.full_service_id,
        "lines": [_line_row(line, language) for line in referral.lines],
        "ministry": _ministry_row(referral.ministry, language),
    }


def _line_row(line: ProtectionLine, language: str) -> Row:
    return {
        "name": line.name[language],
        "telephone": line.telephone,
        "whatsapp": line.whatsapp,
        "always_open": line.always_open,
        "source": line.source,
        "verified_on": line.verified_on.isoformat(),
    }


def _ministry_row(ministry: Ministry, language: str) -> Row:
    return {"name": ministry.name[language], "directory": ministry.directory, "appointments": ministry.appointments}


def as_text(row: Row) -> str:
    """One referral or post in a line for the console."""
    shown = [row["id"] or row["why"], row["city"], row.get("why"), row["telephone"], row["emergency_telephone"]]
    distance = row.get("distance_km")
    return " · ".join(str(part) for part in [*shown, f"{distance} km" if distance is not None else None] if part)
