"""The classifier for one command: the running server where one is set, else a child process for as long as it is needed."""

from __future__ import annotations

import asyncio
import contextlib
import time
from typing import TYPE_CHECKING

from bot.nlu_server import NluServer
from nlu.client import RasaClient
from nlu.errors import NluError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from bot.settings import Settings
    from nlu.prediction import Prediction

#: Seconds a command waits for the classifier, training included where there is no model yet.
READY_WITHIN = 900.0


@contextlib.asynccontextmanager
async def nlu_session(settings: Settings) -> AsyncIterator[Callable[[str], Awaitable[Prediction | None]]]:
    """Give a function that classifies a text, or says None where the classifier cannot."""
    if settings.nlu_url:
        token = settings.nlu_token.get_secret_value() if settings.nlu_token else ""
        async with RasaClient(settings.nlu_url, token) as client:
            yield _classifier(client)
        return
    server = NluServer(lambda _: None)
    running = asyncio.create_task(server.run())
    try:
        async with RasaClient(server.url, server.token) as client:
            await _wait_until_ready(client, running)
            yield _classifier(client)
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def _wait_until_ready(client: RasaClient, running: asyncio.Task[None]) -> None:
    deadline = time.monotonic() + READY_WITHIN
    while not running.done() and time.monotonic() < deadline and not await client.healthy():  # noqa: ASYNC110  # another process
        await asyncio.sleep(0.2)


def _classifier(client: RasaClient) -> Callable[[str], Awaitable[Prediction | None]]:
    async def classify(text: str) -> Prediction | None:
        try:
            return await client.classify(text)
        except NluError:
            return None

    return classify
