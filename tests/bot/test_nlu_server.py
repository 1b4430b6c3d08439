"""The classifier as a child: started again when it dies, given up on kindly, and told none of the bot's secrets."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from typing import TYPE_CHECKING

import pytest

from bot import nlu_server
from bot.nlu_server import WatchedNlu
from nlu import server_process
from nlu.errors import NluUnavailable
from nlu.rasa_environment import RasaEnvironmentError
from nlu.server_process import NluServer

if TYPE_CHECKING:
    from pathlib import Path

READY_AND_GONE = 'print(\'{"event": "ready", "port": 1, "seconds": 0}\', flush=True)'


def plays(monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    """Let a few lines of Python stand for the parse server."""
    monkeypatch.setattr(server_process, "command", lambda *_: [sys.executable, "-c", program])


async def prepared(_: object) -> None:
    return None


async def test_a_server_that_dies_is_started_again(monkeypatch: pytest.MonkeyPatch) -> None:
    plays(monkeypatch, READY_AND_GONE)
    monkeypatch.setattr(nlu_server, "prepare", prepared)
    monkeypatch.setattr(nlu_server, "RESTART_AFTER", 0.01)
    twice, said = asyncio.Event(), []

    def say(text: str) -> None:
        said.append(text)
        if len(said) == 2:
            twice.set()

    running = asyncio.create_task(WatchedNlu(say).run())
    await asyncio.wait_for(twice.wait(), 20)
    running.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await running
    assert said[:2] == ["The classifier is ready."] * 2


async def test_a_classifier_that_cannot_be_had_leaves_the_bot_running(monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(_: object) -> None:
        raise RasaEnvironmentError("training the classifier ended with exit code 1")

    monkeypatch.setattr(nlu_server, "prepare", broken)
    said: list[str] = []
    await WatchedNlu(said.append).run()
    assert "exit code 1. The bot answers by keyword search" in said[0]


async def test_a_server_that_is_never_ready_is_unavailable(monkeypatch: pytest.MonkeyPatch) -> None:
    plays(monkeypatch, "import time; time.sleep(60)")
    monkeypatch.setattr(server_process, "READY_SECONDS", 0.2)
    with pytest.raises(NluUnavailable, match="not ready"):
        await NluServer.start()


async def test_the_child_is_told_no_secret(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    plays(monkeypatch, f"import os; open({str(seen)!r}, 'w').write(' '.join(os.environ)); {READY_AND_GONE}")
    for name in ("TELEGRAM_BOT_TOKEN", "AMPARO_SECRET_KEY", "AMPARO_DATABASE_URL"):
        monkeypatch.setenv(name, "planted")
    await (await NluServer.start()).stop()
    names = seen.read_text(encoding="utf-8").split()
    assert "AMPARO_NLU_TOKEN" in names
    assert not {"TELEGRAM_BOT_TOKEN", "AMPARO_SECRET_KEY", "AMPARO_DATABASE_URL"} & set(names)
