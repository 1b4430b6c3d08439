"""What every command that reads the settings or the knowledge begins with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from bot.clock import today
from bot.knowledge_store import KnowledgeStore
from bot.settings import SettingsError, load_settings
from knowledge.errors import InvalidKnowledgeError

if TYPE_CHECKING:
    from bot.settings import Settings


def settings_or_exit() -> Settings:
    """The settings, or the end of the command with what to do."""
    try:
        return load_settings()
    except SettingsError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None


def store_or_exit(settings: Settings) -> KnowledgeStore:
    """The knowledge, or the end of the command with what is wrong in it."""
    try:
        return KnowledgeStore(settings.knowledge_dir, today)
    except InvalidKnowledgeError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None
