"""`amparo`: the one entry point. Exit codes: 0 done, 1 findings, 2 usage or configuration error."""

from __future__ import annotations

import importlib

import typer

from bot.commands import serve
from bot.commands.knowledge import knowledge_app

app = typer.Typer(help="Amparo: the rights of migrant workers, in plain words.", no_args_is_help=True, pretty_exceptions_enable=False)
app.command("run")(serve.run)
app.command("chat")(serve.chat)
app.command("ask")(serve.ask)
app.add_typer(knowledge_app, name="knowledge")
for _module, _name in (("nlu", "nlu"), ("bench", "bench"), ("consulate", "consulate")):
    try:
        app.add_typer(getattr(importlib.import_module(f"bot.commands.{_module}"), f"{_name}_app"), name=_name)
    except ImportError:
        pass
