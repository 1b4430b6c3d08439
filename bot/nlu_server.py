"""The classifier as a child of the bot: installed, trained, started, started again when it dies, ended with us."""

from __future__ import annotations

import asyncio
import secrets
from typing import TYPE_CHECKING

import structlog

from nlu.errors import NluUnavailable
from nlu.fingerprint import ROOT, model_path
from nlu.rasa_environment import RasaEnvironmentError, command, environment, installation, is_installed
from nlu.server_process import NluServer, free_port

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

log = structlog.get_logger(__name__)

#: Seconds before a server that died is started again, doubled each time up to the second figure.
RESTART_AFTER, RESTART_AT_MOST = 1.0, 30.0


class WatchedNlu:
    """Keeps one parse server running on a loopback port of its own, with a token of its own."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say
        self.token = secrets.token_urlsafe(24)
        self.port = free_port()

    @property
    def url(self) -> str:
        """Where the server listens."""
        return f"http://127.0.0.1:{self.port}"

    async def run(self) -> None:
        """Prepare the model and keep the server running until cancelled."""
        try:
            await prepare(self._say)
        except RasaEnvironmentError as error:
            log.error("nlu_not_available", reason=str(error))
            self._say(f"The classifier is not available: {error}. The bot answers by keyword search.")
            return
        pause = RESTART_AFTER
        while True:
            pause = RESTART_AFTER if await self._run_once() else min(pause * 2, RESTART_AT_MOST)
            await asyncio.sleep(pause)

    async def _run_once(self) -> bool:
        """Start the server and wait until it ends; whether it had become ready."""
        try:
            server = await NluServer.start(port=self.port, token=self.token)
        except NluUnavailable as error:
            log.warning("nlu_not_started", reason=str(error))
            return False
        try:
            log.info("nlu_ready", port=self.port)
            self._say("The classifier is ready.")
            log.warning("nlu_ended", code=await server.process.wait())
        finally:
            await server.stop()
        return True


async def prepare(say: Callable[[str], None]) -> None:
    """Install the Rasa environment and train the model, whichever is missing.

    Raises:
        RasaEnvironmentError: one of the two failed; the message says which.
    """
    if not is_installed():
        say("Installing the classifier (once)…")
        await _run_to_end("installing the classifier", *installation())
    if not model_path().exists():
        say("Training the classifier (once; a few minutes on a small machine)…")
        await _run_to_end("training the classifier", command("nlu.training"), environment())


async def _run_to_end(what: str, arguments: Sequence[str], variables: Mapping[str, str]) -> None:
    process = await asyncio.create_subprocess_exec(*arguments, cwd=ROOT, env=variables)
    try:
        code = await process.wait()
    except asyncio.CancelledError:
        process.terminate()
        await process.wait()
        raise
    if code:
        raise RasaEnvironmentError(f"{what} ended with exit code {code}")
