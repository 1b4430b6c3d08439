"""Telegram served by polling or by webhook, beside the HTTP server, until a signal ends it."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

from telegram.error import InvalidToken, TelegramError

from bot.app import serve_http
from bot.clock import now
from bot.telegram.application import ALLOWED_UPDATES, describe, explain, make_application
from bot.telegram.handlers import Handlers
from bot.telegram.polling import Poller
from bot.web.application import WEBHOOK_PATH
from bot.web.webhook import webhook

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from telegram.ext import Application

    from bot.app import Parts


async def serve_telegram(shared: Parts) -> None:
    """Answer Telegram.

    Raises:
        InvalidToken: Telegram does not know the token.
    """
    handlers = Handlers(
        shared.engine, shared.keys, shared.updates, lambda: shared.store.current, now, shared.preferences.erase
    )
    application = make_application(shared.settings, handlers)
    async with _started(application, shared):
        if shared.settings.webhook_url:
            await _by_webhook(application, shared)
        else:
            await _by_polling(application, shared)


@contextlib.asynccontextmanager
async def _started(application: Application, shared: Parts) -> AsyncIterator[None]:  # type: ignore[type-arg]
    """The application, initialised as soon as Telegram can be reached, and described to Telegram beside the work."""
    await _initialise(application, shared)
    describing = asyncio.create_task(describe(application, shared.store.current))
    try:
        yield
    finally:
        describing.cancel()
        await application.shutdown()


async def _initialise(application: Application, shared: Parts) -> None:  # type: ignore[type-arg]
    pause = 1.0
    while True:
        try:
            await application.initialize()
        except InvalidToken as error:
            shared.say(explain(error))
            raise
        except TelegramError as error:
            shared.say(explain(error))
            await asyncio.sleep(pause)
            pause = min(pause * 2, 30.0)
        else:
            shared.say(f"Telegram: @{application.bot.username}")
            return


async def _by_webhook(application: Application, shared: Parts) -> None:  # type: ignore[type-arg]
    settings = shared.settings
    secret = settings.webhook_secret.get_secret_value() if settings.webhook_secret else ""
    url = f"{settings.webhook_url}{WEBHOOK_PATH}"
    await application.bot.set_webhook(url, secret_token=secret, allowed_updates=ALLOWED_UPDATES)
    shared.say(f"Webhook: {url}")
    await serve_http(shared, webhook(application, secret))


async def _by_polling(application: Application, shared: Parts) -> None:  # type: ignore[type-arg]
    """Poll beside the local page; either ending ends the other."""
    tasks = {asyncio.create_task(Poller(application).run()), asyncio.create_task(serve_http(shared, None))}
    done, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in pending:
        task.cancel()
    await asyncio.gather(*pending, return_exceptions=True)
    for task in done:
        task.result()
