"""The rules for posts abroad: a wrong digit here sends a person to the wrong city, or to a stranger's telephone."""

from __future__ import annotations

import re
from collections import defaultdict
from difflib import get_close_matches
from math import asin, cos, radians, sin, sqrt
from typing import TYPE_CHECKING

from knowledge.models import Status
from knowledge.problems import Problem, Severity

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from knowledge.consulate_models import Post
    from knowledge.knowledge_base import KnowledgeBase
    from knowledge.loader import Content, ParsedFile
    from knowledge.models import Region

#: International form: +, country code, number; spaces and hyphens between.
TELEPHONE = re.compile(r"\+[1-9][0-9 ()-]{6,20}[0-9]")
#: A short number that works inside one country only, such as 079.
SHORT_NUMBER = re.compile(r"[0-9]{2,6}")
#: Country codes of the International Telecommunication Union (E.164).
CALLING_CODE = {
    "bz": "+501",
    "ca": "+1",
    "cr": "+506",
    "do": "+1",
    "gt": "+502",
    "hn": "+504",
    "mx": "+52",
    "ni": "+505",
    "pa": "+507",
    "sv": "+503",
    "us": "+1",
}
#: No city of the eleven countries is farther than this from the main city of its own region (km; Nunavut is the widest).
WIDEST_REGION_KM = 1500.0
_NUMBERS = ("telephone", "emergency_telephone", "whatsapp", "unconfirmed_telephone")


def _posts(content: Content) -> Iterator[tuple[ParsedFile, str, Post]]:
    for file in content.of_kind("consulates"):
        for id_, post in file.model.posts.items():
            yield file, id_, post


def posts_are_named(content: Content, knowledge: KnowledgeBase, _: dt.date) -> Iterator[Problem]:
    """The id of a post begins with origin and host; the host is another country of ours."""
    for file, id_, post in _posts(content):
        line, origin = file.line("posts", id_), file.model.origin
        if post.host == origin:
            yield Problem.of("post_at_home", file.file, line, post=id_)
        elif post.host not in knowledge.countries:
            yield Problem.of("unknown_country", file.file, file.line("posts", id_, "host"), country=post.host)
        if not id_.startswith(f"{origin}-{post.host}-"):
            yield Problem.of("post_id_wrong", file.file, line, post=id_, start=f"{origin}-{post.host}-")


def posts_lie_where_they_say(content: Content, knowledge: KnowledgeBase, _: dt.date) -> Iterator[Problem]:
    """The region is one of the host's, and the coordinates lie in it, as far as its main city tells."""
    for file, id_, post in _posts(content):
        known = _regions(knowledge, post.host)
        if not known:
            continue
        if post.region is None:
            yield Problem.of("post_without_region", file.file, file.line("posts", id_), post=id_)
        elif post.region not in known:
            line = file.line("posts", id_, "region")
            yield Problem.of("unknown_region", file.file, line, region=post.region, guess=_guess(post.region, known))
        elif _far(post, known[post.region]):
            line = file.line("posts", id_, "lat")
            yield Problem.of("post_far_away", file.file, line, post=id_, region=known[post.region].name)


def jurisdictions_are_sound(content: Content, knowledge: KnowledgeBase, _: dt.date) -> Iterator[Problem]:
    """A post serves regions of its host, each whole or in part."""
    for file, id_, post in _posts(content):
        known = _regions(knowledge, post.host)
        line = file.line("posts", id_, "jurisdiction")
        for region in (*post.jurisdiction, *post.jurisdiction_part):
            if known and region not in known:
                yield Problem.of("unknown_region", file.file, line, region=region, guess=_guess(region, known))
        for region in set(post.jurisdiction) & set(post.jurisdiction_part):
            yield Problem.of("jurisdiction_unclear", file.file, line, post=id_, region=region)


def no_region_is_claimed_twice(content: Content, _: KnowledgeBase, __: dt.date) -> Iterator[Problem]:
    """A region that one post serves whole is served by no other post of the same country."""
    claims: dict[tuple[str, str], list[str]] = defaultdict(list)
    for file, id_, post in _posts(content):
        if post.status is Status.VERIFIED:
            for region in (*post.jurisdiction, *post.jurisdiction_part):
                claims[file.file, region].append(id_)
    for file, id_, post in _posts(content):
        for region in post.jurisdiction:
            others = [other for other in claims[file.file, region] if other != id_]
            if others and post.status is Status.VERIFIED:
                line = file.line("posts", id_, "jurisdiction")
                yield Problem.of("jurisdiction_twice", file.file, line, post=id_, other=others[0], region=region)


def also_served_are_known(content: Content, knowledge: KnowledgeBase, _: dt.date) -> Iterator[Problem]:
    """The further countries of a post are known, and neither its host nor its home; lines dial from known countries."""
    for file, id_, post in _posts(content):
        line = file.line("posts", id_, "also_serves")
        for country in post.also_serves:
            if country not in knowledge.countries or country in {post.host, file.model.origin}:
                yield Problem.of("unknown_country", file.file, line, country=country)
    for file in content.of_kind("consulates"):
        for index, entry in enumerate(file.model.protection_lines):
            for country in set(entry.dial_from) - set(knowledge.countries):
                line = file.line("protection_lines", index)
                yield Problem.of("unknown_country", file.file, line, country=country)


def telephones_can_be_dialled(content: Content, _: KnowledgeBase, __: dt.date) -> Iterator[Problem]:
    """Numbers stand in international form; a post's own number begins with the code of its host."""
    for file, id_, post in _posts(content):
        for field in _NUMBERS:
            number = getattr(post, field)
            if number is not None and not TELEPHONE.fullmatch(number):
                line = file.line("posts", id_, field)
                yield Problem.of("telephone_form", file.file, line, telephone=number)
        number, prefix = post.telephone, CALLING_CODE.get(post.host)
        if number and prefix and not post.telephone_shared and not number.startswith(prefix):
            line, warning = file.line("posts", id_, "telephone"), Severity.WARNING
            yield Problem.of("telephone_abroad", file.file, line, severity=warning, telephone=number, prefix=prefix)


def lines_can_be_dialled(content: Content, _: KnowledgeBase, __: dt.date) -> Iterator[Problem]:
    """A line for nationals abroad has a number, in international form or short."""
    for file in content.of_kind("consulates"):
        for index, entry in enumerate(file.model.protection_lines):
            number, line = entry.telephone, file.line("protection_lines", index)
            if number is not None and not (TELEPHONE.fullmatch(number) or SHORT_NUMBER.fullmatch(number)):
                yield Problem.of("telephone_form", file.file, line, telephone=number)
            if not (entry.telephone or entry.whatsapp or entry.email):
                yield Problem.of("line_empty", file.file, line, line_name=next(iter(entry.name.values())))


def unconfirmed_is_not_shown(content: Content, _: KnowledgeBase, __: dt.date) -> Iterator[Problem]:
    """What an editor could not confirm does not stand among what is shown."""
    for file, id_, post in _posts(content):
        shown = {_digits(number) for number in (post.telephone, post.emergency_telephone) if number}
        doubtful = post.unconfirmed_telephone
        if doubtful and _digits(doubtful) in shown:
            line = file.line("posts", id_, "unconfirmed_telephone")
            yield Problem.of("unconfirmed_shown", file.file, line, post=id_, value=doubtful)
        if post.unconfirmed_address and post.unconfirmed_address == post.address:
            line = file.line("posts", id_, "unconfirmed_address")
            yield Problem.of("unconfirmed_shown", file.file, line, post=id_, value=post.unconfirmed_address)


def _digits(number: str) -> str:
    return re.sub(r"\D", "", number)


def _regions(knowledge: KnowledgeBase, country: str) -> dict[str, Region]:
    place = knowledge.countries.get(country)
    return dict(place.country.regions) if place and place.country else {}


def _guess(name: str, known: Iterable[str]) -> str:
    close = get_close_matches(name, list(known), n=1, cutoff=0.5)
    return close[0] if close else ""


def _far(post: Post, region: Region) -> bool:
    if region.lat is None or region.lon is None:
        return False
    lat1, lon1, lat2, lon2 = map(radians, (post.lat, post.lon, region.lat, region.lon))
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * 6371.0088 * asin(sqrt(half)) > WIDEST_REGION_KM


CONSULATE_RULES = (
    posts_are_named,
    posts_lie_where_they_say,
    jurisdictions_are_sound,
    no_region_is_claimed_twice,
    also_served_are_known,
    telephones_can_be_dialled,
    lines_can_be_dialled,
    unconfirmed_is_not_shown,
)
