"""`amparo`: the one entry point. Exit codes: 0 done, 1 findings, 2 usage or configuration error."""

from __future__ import annotations

import gc
from importlib import import_module
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

if TYPE_CHECKING:
    from types import ModuleType

#: Each is `<name>_app` in `bot.commands.<name>`, loaded when used: `knowledge check` needs no database, `run` no posters.
COMMANDS = ("run", "chat", "ask", "knowledge", "consulate", "nlu", "bench")


class Commands(TyperGroup):
    """The commands, loaded on demand. Typer carries a click of its own, hence `Any`."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002  # click fixes the signature
        """Names of all commands and groups."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002  # as above
        """A command or group, imported now; None for a name that is none."""
        if cmd_name not in COMMANDS:
            return None
        command = get_command(getattr(_imported(f"bot.commands.{cmd_name}"), f"{cmd_name}_app"))
        command.name = cmd_name
        return command


def _imported(name: str) -> ModuleType:
    """A module. What an import makes lasts, and looking for garbage in between costs a fifth of the start."""
    gc.disable()
    try:
        return import_module(name)
    finally:
        gc.freeze()
        gc.enable()


app = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    pretty_exceptions_enable=False,  # they would print local variables, which hold what people wrote
)


@app.callback()
def amparo() -> None:
    """Amparo: the rights of migrant workers, in plain words."""
