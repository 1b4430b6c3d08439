"""The payload of a deep link: `<post id>[_<language>[_<campaign>]]`, such as `gt-us-houston_es_feria2026`.

It names a consulate's post, never a person. Telegram allows 64 characters of `[A-Za-z0-9_-]`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from actions.context import Context
    from knowledge.consulate_models import Post
    from knowledge.knowledge_base import KnowledgeBase

#: Telegram's limit on a start parameter, in characters.
MAX_PAYLOAD = 64
_CAMPAIGN = re.compile(r"[a-z0-9-]{1,24}")


class BadLinkError(ValueError):
    """The payload names no post we know, or is not of the form."""


@dataclass(frozen=True, slots=True)
class StartLink:
    """A parsed payload."""

    post_id: str
    language: str | None = None
    campaign: str | None = None

    @property
    def key(self) -> str:
        """What is remembered of the link: the post and the campaign."""
        return self.post_id if self.campaign is None else f"{self.post_id}_{self.campaign}"


def make_payload(post_id: str, language: str, campaign: str | None = None) -> str:
    """The payload of a post's link.

    Raises:
        BadLinkError: the campaign is not of `[a-z0-9-]`, or the whole is longer than Telegram allows.
    """
    if campaign is not None and not _CAMPAIGN.fullmatch(campaign):
        raise BadLinkError(f"campaign {campaign!r}: use 1 to 24 small letters, digits or hyphens")
    payload = "_".join(part for part in (post_id, language, campaign) if part)
    if len(payload) > MAX_PAYLOAD:
        raise BadLinkError(f"{payload} is {len(payload)} characters long; Telegram allows {MAX_PAYLOAD}")
    return payload


def parse_payload(payload: str, knowledge: KnowledgeBase) -> StartLink:
    """Read a payload.

    Raises:
        BadLinkError: unknown post or language, or a malformed campaign.
    """
    post_id, _, rest = payload.partition("_")
    language, _, campaign = rest.partition("_")
    if post_of(knowledge, post_id) is None or (language and language not in knowledge.languages):
        raise BadLinkError(payload[:MAX_PAYLOAD])
    if campaign and not _CAMPAIGN.fullmatch(campaign):
        raise BadLinkError(payload[:MAX_PAYLOAD])
    return StartLink(post_id, language or None, campaign or None)


def post_of(knowledge: KnowledgeBase, post_id: str) -> Post | None:
    """The post with this id."""
    file = knowledge.consulates.get(post_id[:2])
    return file.posts.get(post_id) if file else None


def open_link(context: Context, payload: str) -> Context:
    """The context of a person who came by a link: countries, region and language of the post. A bad link is ignored."""
    try:
        link = parse_payload(payload, context.knowledge)
    except BadLinkError:
        return context
    post = post_of(context.knowledge, link.post_id)
    if post is None:
        return context
    profile = context.profile.working_in(post.host, post.region)
    language = link.language or context.language
    return context.with_profile(replace(profile, home_country=link.post_id[:2], language=language, link=link.key))
