"""`amparo run`: everything this installation has."""

from __future__ import annotations

import asyncio

import typer

from bot.app import serve
from bot.commands.settings import settings_or_exit
from bot.logs import configure_logging
from bot.settings import SettingsError
from knowledge.errors import InvalidKnowledgeError

run_app = typer.Typer()


@run_app.command()
def run() -> None:
    """Run everything: the classifier, the chat page, Telegram if a token is set."""
    settings = settings_or_exit()
    configure_logging(settings.log_level)
    try:
        asyncio.run(serve(settings, lambda text: typer.echo(f"· {text}", err=True)))
    except (InvalidKnowledgeError, SettingsError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None
