"""`amparo`: the one entry point. Exit codes: 0 done, 1 findings, 2 usage or configuration error."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_group

from bot.commands import serve

#: Each is `<name>_app` in `bot.commands.<name>`, loaded when used, so that `amparo run` does not pay for the posters.
GROUPS = ("knowledge", "consulate", "nlu", "bench")


class Commands(TyperGroup):
    """The commands, with the groups loaded on demand. Typer carries a click of its own, hence `Any`."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Names of all commands and groups."""
        return [*super().list_commands(ctx), *GROUPS]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """A command; a group is imported now."""
        if cmd_name not in GROUPS:
            return super().get_command(ctx, cmd_name)
        group = get_group(getattr(import_module(f"bot.commands.{cmd_name}"), f"{cmd_name}_app"))
        group.name = cmd_name
        return group


app = typer.Typer(
    cls=Commands,
    help="Amparo: the rights of migrant workers, in plain words.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,  # they would print local variables, which hold what people wrote
)
app.command("run")(serve.run)
app.command("chat")(serve.chat)
app.command("ask")(serve.ask)
