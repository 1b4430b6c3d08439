"""`amparo chat`: the bot in the console. Nothing is stored."""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from actions.dispatch import decide
from actions.incoming import Command, Press, Text
from actions.profile import UserProfile
from bot.clock import today
from bot.commands.settings import settings_or_exit, store_or_exit
from bot.logs import configure_logging
from bot.nlu_session import nlu_session
from bot.rendering.plain import plain_text

if TYPE_CHECKING:
    from actions.incoming import Incoming
    from actions.reply import Reply
    from bot.settings import Settings

chat_app = typer.Typer()


@chat_app.command()
def chat(
    language: Annotated[str, typer.Option(help="Language to begin in: es or en.")] = "es",
) -> None:
    """Talk to the bot in the console. Choose a button by its number; an empty line ends."""
    settings = settings_or_exit()
    configure_logging("ERROR")
    asyncio.run(_chat(settings, language))


async def _chat(settings: Settings, language: str) -> None:
    store = store_or_exit(settings)
    async with nlu_session(settings) as classify:
        profile = UserProfile(language=language)
        incoming: Incoming = Command("start")
        while True:
            prediction = await classify(incoming.text) if isinstance(incoming, Text) else None
            reply = decide(incoming, prediction, profile, store.current, today())
            profile = reply.profile
            typer.echo(f"\n{plain_text(reply)}\n{_numbered(reply)}")
            line = await asyncio.to_thread(_read_line)
            if not line:
                return
            incoming = typed(line, reply)


def _read_line() -> str:
    typer.echo("> ", nl=False)
    return sys.stdin.readline().strip()


def _numbered(reply: Reply) -> str:
    buttons = [button for row in reply.buttons for button in row]
    return "\n".join(f"  [{number}] {button.label}" for number, button in enumerate(buttons, 1))


def typed(line: str, reply: Reply) -> Incoming:
    """What a line of the console is to the engine: the number of a button of the last reply, a command or a text."""
    buttons = [button for row in reply.buttons for button in row]
    if line.isdigit() and 0 < int(line) <= len(buttons):
        return Press(buttons[int(line) - 1].data)
    if line.startswith("/"):
        name, _, argument = line[1:].partition(" ")
        return Command(name.lower(), argument)
    return Text(line)
