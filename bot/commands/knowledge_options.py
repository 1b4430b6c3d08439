"""What the editors' commands share: their options, the day, and reading the folder."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.settings import default_knowledge_dir
from knowledge.loader import Reader
from knowledge.problems import Severity

if TYPE_CHECKING:
    from knowledge.knowledge_base import KnowledgeBase
    from knowledge.loader import Content

Folder = Annotated[Path | None, typer.Option("--dir", help="The knowledge folder.")]
Language = Annotated[str, typer.Option("--language", help="Language of the messages: es or en.")]
AsOf = Annotated[dt.datetime | None, typer.Option("--as-of", formats=["%Y-%m-%d"], help="Another day than today.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def today_or(day: dt.datetime | None) -> dt.date:
    """The day asked for, or today in UTC."""
    return day.date() if day else dt.datetime.now(dt.UTC).date()


def read_content(folder: Path | None) -> Content:
    """Everything in the folder, with what is wrong with single files."""
    return Reader(folder or default_knowledge_dir()).read()


def read_knowledge(folder: Path | None, language: str) -> KnowledgeBase:
    """The knowledge; where a file is unreadable, that is said on standard error and the rest is used.

    Raises:
        typer.Exit: with 2, when a register is unreadable and nothing can be said.
    """
    content = read_content(folder)
    for problem in content.problems:
        if problem.severity is Severity.ERROR:
            typer.echo(f"✗ {problem.text(language)}", err=True)
    if content.knowledge is None:
        raise typer.Exit(2)
    return content.knowledge
