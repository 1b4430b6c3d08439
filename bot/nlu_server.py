"""The NLU as a child process of the embedded default: installed, trained if need be, started, watched, ended with us."""

from __future__ import annotations

import asyncio
import json
import os
import secrets
import shutil
import socket
from typing import TYPE_CHECKING

import structlog

from bot.settings import REPOSITORY
from nlu.fingerprint import model_path

if TYPE_CHECKING:
    from collections.abc import Callable

log = structlog.get_logger(__name__)

#: Seconds before a server that died is started again, doubled each time up to the second figure.
RESTART_AFTER, RESTART_AT_MOST = 1.0, 30.0
NLU_PROJECT = REPOSITORY / "nlu"


class NluServerError(RuntimeError):
    """The classifier cannot be had; the message says why. The bot goes on without it."""


class NluServer:
    """Keeps one parse server running on a loopback port of its own, with a token of its own."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say
        self._process: asyncio.subprocess.Process | None = None
        self.token = secrets.token_urlsafe(24)
        self.port = _free_port()

    @property
    def url(self) -> str:
        """Where the server listens."""
        return f"http://127.0.0.1:{self.port}"

    async def run(self) -> None:
        """Prepare the model and keep the server running until cancelled."""
        try:
            await self._prepare()
            await self._keep_running()
        except NluServerError as error:
            log.error("nlu_not_available", reason=str(error))
            self._say(f"The classifier is not available: {error} The bot answers by keyword search.")
        finally:
            await self._stop()

    async def _prepare(self) -> None:
        if not model_path().exists():
            self._say("Training the classifier (once; a few minutes on a small machine)…")
            await _run_to_end(*rasa_command("nlu.training"))

    async def _keep_running(self) -> None:
        pause = RESTART_AFTER
        while True:
            ready = await self._start()
            if ready:
                pause = RESTART_AFTER
            code = await self._process.wait() if self._process else 1
            log.warning("nlu_ended", code=code)
            await asyncio.sleep(pause)
            pause = min(pause * 2, RESTART_AT_MOST)

    async def _start(self) -> bool:
        environment = {**os.environ, "AMPARO_NLU_TOKEN": self.token, "PYTHONPATH": str(REPOSITORY)}
        self._process = await asyncio.create_subprocess_exec(
            *rasa_command("nlu.server", "--port", str(self.port)),
            env=environment,
            cwd=REPOSITORY,
            stdout=asyncio.subprocess.PIPE,
            start_new_session=True,
        )
        line = await self._process.stdout.readline() if self._process.stdout else b""
        ready = _event(line) == "ready"
        if ready:
            log.info("nlu_ready", port=self.port)
            self._say("The classifier is ready.")
        return ready

    async def _stop(self) -> None:
        process = self._process
        if process is None or process.returncode is not None:
            return
        process.terminate()
        try:
            await asyncio.wait_for(process.wait(), timeout=10)
        except TimeoutError:
            process.kill()
            await process.wait()


def rasa_command(module: str, *arguments: str) -> list[str]:
    """The command that runs one of our modules in the Rasa environment, which is made if it is missing.

    Raises:
        NluServerError: uv is not installed.
    """
    python = NLU_PROJECT / ".venv" / "bin" / "python"
    if python.exists():
        return [str(python), "-m", module, *arguments]
    uv = shutil.which("uv")
    if uv is None:
        raise NluServerError("the Rasa environment is not installed; run `make setup-nlu`.")
    return [uv, "run", "--project", str(NLU_PROJECT), "--frozen", "python", "-m", module, *arguments]


async def _run_to_end(*command: str) -> None:
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    process = await asyncio.create_subprocess_exec(*command, cwd=REPOSITORY, env=environment)
    try:
        code = await process.wait()
    except asyncio.CancelledError:
        process.terminate()
        await process.wait()
        raise
    if code != 0:
        raise NluServerError(f"training ended with code {code}.")


def _event(line: bytes) -> str | None:
    try:
        parsed = json.loads(line)
    except ValueError:
        return None
    return str(parsed.get("event")) if isinstance(parsed, dict) else None


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port
