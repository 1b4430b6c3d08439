"""What the consulates' commands share: the knowledge, the checks of what was typed, the links."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

import typer

from actions.start_link import BadLinkError, make_payload, post_of
from bot.commands.settings import settings_or_exit
from bot.posters.link import BadUsernameError, make_links
from knowledge.errors import InvalidKnowledgeError
from knowledge.loader import load_knowledge_base
from knowledge.models import Status

if TYPE_CHECKING:
    import datetime as dt

    from bot.posters.link import Links
    from bot.settings import Settings
    from knowledge.knowledge_base import KnowledgeBase


def refuse(message: str) -> NoReturn:
    """End the command for wrong use or configuration."""
    typer.echo(message, err=True)
    raise typer.Exit(2)


def load_knowledge() -> KnowledgeBase:
    """The knowledge of the configured folder, or the end of the command with what is wrong."""
    try:
        return load_knowledge_base(settings_or_exit().knowledge_dir)
    except InvalidKnowledgeError as error:
        refuse(str(error))


def known_country(knowledge: KnowledgeBase, code: str) -> str:
    """The code in small letters, or the end of the command with the codes there are."""
    if code.lower() not in knowledge.countries:
        refuse(f"There is no country {code!r}; use one of {', '.join(sorted(knowledge.countries))}.")
    return code.lower()


def known_language(knowledge: KnowledgeBase, language: str) -> str:
    """The language, or the end of the command with those there are."""
    if language not in knowledge.languages:
        refuse(f"There is no language {language!r}; use one of {', '.join(knowledge.languages)}.")
    return language


def shown_post(knowledge: KnowledgeBase, post_id: str, as_of: dt.date) -> str:
    """The id of a post that may be shown, or the end of the command with why not."""
    post = post_of(knowledge, post_id)
    if post is None:
        posts = knowledge.consulates[post_id[:2]].posts if post_id[:2] in knowledge.consulates else {}
        refuse(f"There is no post {post_id!r}. Posts of this country: {', '.join(posts) or 'none'}.")
    if post.status is not Status.VERIFIED or as_of > post.review_by:
        refuse(f"{post_id} is not confirmed, or its review is overdue: check it in knowledge/consulates/{post_id[:2]}.yaml.")
    return post_id


def link_language(knowledge: KnowledgeBase, post_id: str, language: str | None) -> str:
    """The language of a post's link: the one asked for, else that of the offices of its own country."""
    if language is not None:
        return known_language(knowledge, language)
    origin = knowledge.countries[post_id[:2]].country if post_id[:2] in knowledge.countries else None
    spoken = origin.office_language if origin else knowledge.original_language
    return spoken if spoken in knowledge.languages else knowledge.original_language


def bot_username(settings: Settings, given: str | None) -> str:
    """The bot's user name, or the end of the command with how to give it."""
    name = given or settings.bot_username
    if not name:
        refuse("The bot's user name is not known: set AMPARO_BOT_USERNAME or give --bot, such as --bot AmparoBot.")
    return name


def links_of(settings: Settings, username: str, post_id: str, language: str, campaign: str | None) -> Links:
    """The links of a post, or the end of the command with what is wrong with the name or campaign."""
    try:
        return make_links(make_payload(post_id, language, campaign), username, settings.http_port)
    except (BadLinkError, BadUsernameError) as error:
        refuse(str(error))
