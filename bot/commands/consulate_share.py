"""`amparo consulate link | poster | kit`: what a consulate needs to share the bot."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.consulate_support import (
    bot_username,
    known_country,
    known_language,
    link_language,
    links_of,
    load_knowledge,
    refuse,
    shown_post,
)
from bot.commands.settings import settings_or_exit
from bot.posters.content import make_poster
from bot.posters.files import write_index, write_poster
from knowledge.models import Status

if TYPE_CHECKING:
    from bot.posters.content import Poster
    from bot.settings import Settings
    from knowledge.knowledge_base import KnowledgeBase

PostId = Annotated[str, typer.Argument(help="Id of the post, such as gt-us-houston (see: amparo consulate list).")]
Campaign = Annotated[str | None, typer.Option(help="A word of your own to tell occasions apart, such as feria2026.")]
Language = Annotated[str | None, typer.Option(help="Language the bot begins in; that of the post's country unless given.")]
Second = Annotated[str | None, typer.Option(help="Second language on the poster.")]
BotName = Annotated[str | None, typer.Option("--bot", help="The bot's user name, unless AMPARO_BOT_USERNAME is set.")]
Out = Annotated[Path, typer.Option(help="Folder for the files; made if need be.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def _today() -> dt.date:
    return dt.datetime.now(dt.UTC).date()


def link(
    post: PostId, campaign: Campaign = None, language: Language = None, bot: BotName = None, as_json: AsJson = False
) -> None:
    """Print the link of a post for Telegram, and the same for the local chat page."""
    settings, knowledge = settings_or_exit(), load_knowledge()
    shown_post(knowledge, post, _today())
    spoken = link_language(knowledge, post, language)
    links = links_of(settings, bot_username(settings, bot), post, spoken, campaign)
    row = {"post": post, "payload": links.payload, "telegram": links.telegram, "chat_page": links.chat_page}
    typer.echo(json.dumps(row, indent=1) if as_json else f"{links.telegram}\n{links.chat_page}")


def poster(
    post: PostId,
    out: Out = Path("posters"),
    campaign: Campaign = None,
    language: Language = None,
    second: Second = None,
    bot: BotName = None,
) -> None:
    """Make the poster (A4, US Letter) and the wallet cards of a post, each as PDF and PNG."""
    settings, knowledge = settings_or_exit(), load_knowledge()
    shown_post(knowledge, post, _today())
    content = _content(
        knowledge, settings, bot_username(settings, bot), post, campaign, _languages(knowledge, post, language, second)
    )
    try:
        written = write_poster(content, out, _today())
    except OSError as error:
        refuse(f"The files could not be written to {out}: {error.strerror}.")
    for file in written.files:
        typer.echo(str(file))


def kit(
    country: Annotated[str, typer.Argument(help="Country of origin, such as gt.")],
    out: Out = Path("posters"),
    work: Annotated[str | None, typer.Option(help="Only posts in this country.")] = None,
    campaign: Campaign = None,
    language: Language = None,
    second: Second = None,
    bot: BotName = None,
) -> None:
    """Make the posters of every post of a country, with a page that shows them all."""
    settings, knowledge = settings_or_exit(), load_knowledge()
    origin = known_country(knowledge, country)
    host = known_country(knowledge, work) if work else None
    name, day = bot_username(settings, bot), _today()
    posts = knowledge.consulates[origin].posts
    ids = [
        id_
        for id_, post in posts.items()
        if post.status is Status.VERIFIED and day <= post.review_by and host in {None, post.host}
    ]
    written = []
    try:
        for id_ in ids:
            content = _content(knowledge, settings, name, id_, campaign, _languages(knowledge, id_, language, second))
            written.append(write_poster(content, out, day))
        index = write_index(written, out, knowledge.country_name(origin, "es"), day)
    except OSError as error:
        refuse(f"The files could not be written to {out}: {error.strerror}.")
    typer.echo(f"{len(written)} posts, {sum(len(item.files) for item in written)} files: {index}")


def _content(
    knowledge: KnowledgeBase, settings: Settings, name: str, post: str, campaign: str | None, languages: tuple[str, str]
) -> Poster:
    links = links_of(settings, name, post, languages[0], campaign)
    return make_poster(knowledge, post, links, languages, _today(), name)


def _languages(knowledge: KnowledgeBase, post: str, language: str | None, second: str | None) -> tuple[str, str]:
    first = link_language(knowledge, post, language)
    complete = [code for code, entry in knowledge.languages.items() if entry.status == "complete" and code != first]
    return first, known_language(knowledge, second or (complete[0] if complete else first))
