"""Starting our own programs as real subprocesses, and ending exactly those."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import httpx

from bot.settings import REPOSITORY
from nlu import rasa_environment
from nlu.server_process import TOKEN_VARIABLE

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

NLU_TOKEN = "token-of-the-tests"  # guards nothing but a server on loopback


@dataclass
class Running:
    """A child process; `output` is everything it has printed so far."""

    process: asyncio.subprocess.Process
    log: Path

    @property
    def output(self) -> str:
        """What it printed to either stream."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    async def end(self, number: int = signal.SIGTERM, within: float = 30.0) -> int:
        """Send a signal and wait; the exit code."""
        if self.process.returncode is None:
            self.process.send_signal(number)
        return await asyncio.wait_for(self.process.wait(), within)


@contextlib.asynccontextmanager
async def running(*command: str, log: Path, **environment: str) -> AsyncIterator[Running]:
    """A child process for as long as the block lasts."""
    with log.open("wb") as sink:
        process = await asyncio.create_subprocess_exec(
            *command, cwd=REPOSITORY, env={**_clean_environment(), **environment}, stdout=sink, stderr=sink
        )
    child = Running(process, log)
    try:
        yield child
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


def _clean_environment() -> dict[str, str]:
    """Ours, without settings of the person who runs the tests."""
    return {key: value for key, value in os.environ.items() if not key.startswith(("AMPARO_", "TELEGRAM_"))}


@contextlib.asynccontextmanager
async def nlu_server(port: int, log: Path) -> AsyncIterator[Running]:
    """The real parse server with the trained model, ready."""
    command = rasa_environment.command("nlu.server", "--port", str(port))
    async with running(*command, log=log, **rasa_environment.environment({TOKEN_VARIABLE: NLU_TOKEN})) as child:
        await until_healthy(f"http://127.0.0.1:{port}/healthz", child)
        yield child


@contextlib.asynccontextmanager
async def bot(port: int, data: Path, **environment: str) -> AsyncIterator[Running]:
    """`amparo run`, listening."""
    data.mkdir(parents=True, exist_ok=True)  # noqa: ASYNC240
    settings = {"AMPARO_HTTP_PORT": str(port), "AMPARO_DATA_DIR": str(data), **environment}
    async with running(sys.executable, "-m", "bot", "run", log=data / "bot.log", **settings) as child:
        await until_healthy(f"http://127.0.0.1:{port}/healthz", child)
        yield child


async def until_healthy(url: str, child: Running, within: float = 90.0) -> dict[str, str]:
    """Wait until `url` answers 200; what it said."""
    async with asyncio.timeout(within), httpx.AsyncClient(trust_env=False) as client:
        while True:
            if child.process.returncode is not None:
                raise AssertionError(f"it ended with {child.process.returncode}:\n{child.output}")
            with contextlib.suppress(httpx.HTTPError):
                response = await client.get(url)
                if response.is_success:
                    return dict(json.loads(response.content)) if response.content.startswith(b"{") else {}
            await asyncio.sleep(0.1)
