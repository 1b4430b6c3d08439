"""The parse server as a child process of the bot: start it, wait until it is ready, stop it.

async with NluServer.running() as server:
    client = RasaClient(server.url, server.token)
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import secrets
import socket
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from nlu.errors import NluUnavailable
from nlu.fingerprint import ROOT
from nlu.rasa_environment import command, environment

READY_SECONDS = 90.0
STOP_SECONDS = 10.0
TOKEN_VARIABLE = "AMPARO_NLU_TOKEN"  # noqa: S105  (the name of a variable, not a token)


@dataclass(frozen=True, slots=True)
class NluServer:
    """A running parse server: where it listens and the token it wants."""

    process: Process
    port: int
    token: str
    seconds_to_ready: float

    @property
    def url(self) -> str:
        """Return the base address for RasaClient."""
        return f"http://127.0.0.1:{self.port}"

    @classmethod
    async def start(cls, *, port: int = 0, token: str | None = None, model: Path | None = None) -> NluServer:
        """Start the server on loopback and wait for its ready line; raise NluUnavailable when it gives none."""
        token = token or secrets.token_urlsafe(24)
        arguments = ["--port", str(port)] + (["--model", str(model)] if model else [])
        process = await asyncio.create_subprocess_exec(
            *command("nlu.server", *arguments),
            env=environment({TOKEN_VARIABLE: token}),
            cwd=ROOT,
            stdin=DEVNULL,
            stdout=PIPE,
            start_new_session=True,  # Ctrl-C reaches us alone, and we end the child
        )
        try:
            line = await asyncio.wait_for(_ready_line(process), READY_SECONDS)
        except TimeoutError:
            await _end(process)
            raise NluUnavailable(f"the parse server was not ready within {READY_SECONDS:.0f} s") from None
        except BaseException:
            await _end(process)
            raise
        return cls(process, line["port"], token, line["seconds"])

    @classmethod
    @asynccontextmanager
    async def running(cls, *, model: Path | None = None) -> AsyncIterator[NluServer]:
        """Start a server, and stop it at the end of the block."""
        server = await cls.start(model=model)
        try:
            yield server
        finally:
            await server.stop()

    async def stop(self) -> None:
        """Ask the server to finish what it is doing and end; kill it if it does not."""
        await _end(self.process)


def free_port() -> int:
    """Return a port of loopback that is free at this moment."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


async def _ready_line(process: Process) -> dict[str, int]:
    assert process.stdout is not None
    async for line in process.stdout:
        with contextlib.suppress(ValueError):
            event = json.loads(line)
            if isinstance(event, dict) and event.get("event") == "ready":
                return event
    raise NluUnavailable(f"the parse server ended with exit code {await process.wait()} before it was ready")


async def _end(process: Process) -> None:
    if process.returncode is not None:
        return
    with contextlib.suppress(ProcessLookupError):
        process.terminate()
    try:
        await asyncio.wait_for(process.wait(), STOP_SECONDS)
    except TimeoutError:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()
