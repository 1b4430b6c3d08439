"""The classifier for one command: the running server where one is set, else a child process for as long as it is needed."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from bot.nlu_server import prepare
from nlu.client import RasaClient
from nlu.errors import NluError, NluUnavailable
from nlu.rasa_environment import RasaEnvironmentError
from nlu.server_process import NluServer

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from bot.settings import Settings
    from nlu.prediction import Prediction


@contextlib.asynccontextmanager
async def nlu_session(settings: Settings) -> AsyncIterator[Callable[[str], Awaitable[Prediction | None]]]:
    """Give a function that classifies a text, or says None where the classifier cannot."""
    async with contextlib.AsyncExitStack() as stack:
        try:
            url, token = await _server(settings, stack)
        except (RasaEnvironmentError, NluUnavailable):
            yield _nothing
            return
        client = await stack.enter_async_context(RasaClient(url, token))
        yield _classifier(client)


async def _server(settings: Settings, stack: contextlib.AsyncExitStack) -> tuple[str, str]:
    """Return address and token of the server that is set, or of one started until `stack` closes."""
    if settings.nlu_url:
        return settings.nlu_url, settings.nlu_token.get_secret_value() if settings.nlu_token else ""
    await prepare(lambda _: None)
    server = await stack.enter_async_context(NluServer.running())
    return server.url, server.token


async def _nothing(_: str) -> None:
    return None


def _classifier(client: RasaClient) -> Callable[[str], Awaitable[Prediction | None]]:
    async def classify(text: str) -> Prediction | None:
        try:
            return await client.classify(text)
        except NluError:
            return None

    return classify
