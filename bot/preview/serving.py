"""Starts the editors' page on this machine."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import typer
import uvicorn

from bot.nlu_session import nlu_session
from bot.preview.application import make_preview_application
from bot.preview.asking import Asking
from bot.preview.store import PreviewStore
from bot.settings import default_knowledge_dir, load_settings
from nlu.fingerprint import model_path

if TYPE_CHECKING:
    from pathlib import Path

    from bot.preview.asking import Session


def serve_preview(folder: Path | None, language: str, port: int, *, classifier: bool) -> None:
    """Serve until Ctrl-C; says where."""
    store = PreviewStore(folder or default_knowledge_dir(), _today)
    app = make_preview_application(store, Asking(_session() if classifier else None), language)
    server = _Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_config=None, access_log=False))
    server.run()


class _Server(uvicorn.Server):
    """uvicorn that says where it listens."""

    async def startup(self, sockets: list[object] | None = None) -> None:  # type: ignore[override]
        """Listen, then say where."""
        await super().startup(sockets)  # type: ignore[arg-type]
        if self.servers:
            typer.echo(f"http://127.0.0.1:{self.servers[0].sockets[0].getsockname()[1]}/")


def _session() -> Session | None:
    """A classifier for the page: a running one where it is set, else one of our own.

    Our own only if a model of the present training data is there: an editor is not kept waiting for a training.
    """
    settings = load_settings()
    return (lambda: nlu_session(settings)) if settings.nlu_url or model_path().exists() else None


def _today() -> dt.date:
    return dt.datetime.now(dt.UTC).date()
