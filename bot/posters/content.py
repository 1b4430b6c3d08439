"""What stands on a poster, taken from the knowledge; where it stands is the layout's business."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from actions.consulate_finder import find_consulate
from actions.consulate_words import full_name
from knowledge.models import ContactKind, Status

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from bot.posters.link import Links
    from knowledge.consulate_models import Post
    from knowledge.knowledge_base import KnowledgeBase
    from knowledge.models import Contact

#: Words of the interface that a poster uses; `poster_` stands before each.
POINTS = ("point_pay", "point_fired", "point_hurt", "point_offer")


class ExpiredPostError(ValueError):
    """The post is a draft or past its review date: nothing may be printed under its name."""


@dataclass(frozen=True, slots=True)
class Phone:
    """A number and whose it is, in the poster's first language."""

    label: str
    number: str


@dataclass(frozen=True, slots=True)
class Poster:
    """The content of one poster. `words` are the bot's own words of two languages, without the prefix `poster_`."""

    post_id: str
    origin: str
    name: str
    second_name: str
    links: Links
    username: str
    words: dict[str, str]
    second: dict[str, str]
    consular: Phone | None
    danger: str | None
    directory: str


def make_poster(
    knowledge: KnowledgeBase,
    post_id: str,
    links: Links,
    languages: tuple[str, str],
    as_of: dt.date,
    username: str,
) -> Poster:
    """The poster of a post in two languages.

    Raises:
        ExpiredPostError: the post may not be shown on `as_of`.
        KeyError: there is no such post.
    """
    origin = post_id[:2]
    file = knowledge.consulates[origin]
    post = file.posts[post_id]
    if post.status is not Status.VERIFIED or as_of > post.review_by:
        raise ExpiredPostError(post_id)
    first, second = languages
    return Poster(
        post_id=post_id,
        origin=origin,
        name=full_name(knowledge, origin, post, first),
        second_name=full_name(knowledge, origin, post, second),
        links=links,
        username=username.removeprefix("@"),
        words=_words(knowledge, first),
        second=_words(knowledge, second),
        consular=_consular_phone(knowledge, post_id, post, first, as_of),
        danger=_danger_number(knowledge, post.host, as_of),
        directory=file.ministry.directory.removeprefix("https://").rstrip("/"),
    )


def _words(knowledge: KnowledgeBase, language: str) -> dict[str, str]:
    words = knowledge.interface[language]
    return {key.removeprefix("poster_"): text for key, text in words.items() if key.startswith("poster_")}


def _consular_phone(knowledge: KnowledgeBase, post_id: str, post: Post, language: str, as_of: dt.date) -> Phone | None:
    """The emergency number of the post, else its own, else a line of its country that can be dialled from there."""
    words = _words(knowledge, language)
    if post.emergency_telephone:
        return Phone(words["consular_emergency"], post.emergency_telephone)
    if post.telephone and not post.telephone_shared:
        return Phone(words["consulate_telephone"], post.telephone)
    referral = find_consulate(knowledge, post_id[:2], post.host, as_of=as_of, region=post.region)
    line = next((line for line in referral.lines if line.telephone), None) if referral else None
    return Phone(line.name[language], line.telephone) if line and line.telephone else None


def _danger_number(knowledge: KnowledgeBase, host: str, as_of: dt.date) -> str | None:
    """The number of police and ambulance in the country of work, such as 911."""
    return next((contact.telephone for contact in _emergency_contacts(knowledge, host, as_of) if contact.telephone), None)


def _emergency_contacts(knowledge: KnowledgeBase, host: str, as_of: dt.date) -> Iterator[Contact]:
    place = knowledge.countries[host]
    ids = place.country.emergency_contacts if place.country else ()
    known = (place.contacts[id_] for id_ in ids if id_ in place.contacts)
    for contact in known:
        right = contact.kind in {ContactKind.EMERGENCY, ContactKind.POLICE} and contact.region is None
        if right and contact.status is Status.VERIFIED and as_of <= contact.review_by:
            yield contact
