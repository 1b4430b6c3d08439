"""`amparo knowledge new`: skeletons, valid at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.knowledge_options import Folder, Language, read_knowledge, today_or
from bot.settings import default_knowledge_dir
from knowledge.skeletons import SkeletonError, new_country, new_language, new_topic
from knowledge.workbench_words import say

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from knowledge.knowledge_base import KnowledgeBase

new_app = typer.Typer(help="Make a skeleton for a topic, a language or a country, valid at once.", no_args_is_help=True)


@new_app.command("topic")
def topic_command(
    country: Annotated[str, typer.Argument(help="Code of the country, such as cr.")],
    topic: Annotated[str, typer.Argument(help="Id of the topic, such as wage_unpaid.")],
    folder: Folder = None,
    language: Language = "es",
) -> None:
    """A topic of the register, in a country, in every language that lacks it."""
    _make(folder, language, lambda root, known: new_topic(root, known, country, topic, today_or(None)))


@new_app.command("language")
def language_command(
    code: Annotated[str, typer.Argument(help="BCP 47 code, such as fr or ht.")],
    folder: Folder = None,
    language: Language = "es",
) -> None:
    """A language: its entry, its units and the bot's own words to translate."""
    _make(folder, language, lambda root, known: new_language(root, known, code))


@new_app.command("country")
def country_command(
    code: Annotated[str, typer.Argument(help="ISO 3166 code in small letters, such as co.")],
    folder: Folder = None,
    language: Language = "es",
) -> None:
    """A country, with drafts to fill in."""
    _make(folder, language, lambda root, known: new_country(root, known, code, today_or(None)))


def _make(folder: Path | None, language: str, make: Callable[[Path, KnowledgeBase], list[Path]]) -> None:
    root = folder or default_knowledge_dir()
    try:
        made = make(root, read_knowledge(root, language))
    except SkeletonError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None
    for path in made:
        typer.echo(say(language, "made", file=path.relative_to(root)))
