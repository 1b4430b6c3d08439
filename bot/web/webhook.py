"""Telegram's webhook: the secret is compared in constant time, the body is bounded, 200 means answered."""

from __future__ import annotations

import hmac
import json
from typing import TYPE_CHECKING

import structlog
from starlette.responses import Response
from telegram import Update

from bot.telegram.application import process_in_order
from bot.telegram.handlers import FAILED
from bot.web.body import BodyTooLargeError, read_body

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request
    from telegram.ext import Application

log = structlog.get_logger(__name__)

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  # the name of the header  # the name of the header
#: Updates are a few kilobytes; a message has at most 4,096 characters.
MAX_BODY = 256 * 1024


def webhook(application: Application, secret: str) -> Callable[[Request], Awaitable[Response]]:  # type: ignore[type-arg]
    """The route that takes updates; Telegram sends again whatever is not answered with 200."""

    async def receive(request: Request) -> Response:
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(), secret.encode()):
            return Response(status_code=403)
        try:
            body = await read_body(request, MAX_BODY)
        except BodyTooLargeError:
            return Response(status_code=413)
        update = _update(body, application)
        if update is None:
            return Response(status_code=400)
        await process_in_order(application, update)
        return Response(status_code=500 if _failed(application, update) else 200)

    return receive


def _update(body: bytes, application: Application) -> Update | None:  # type: ignore[type-arg]
    try:
        data = json.loads(body)
        return Update.de_json(data, application.bot) if isinstance(data, dict) and "update_id" in data else None
    except (ValueError, TypeError, KeyError) as error:
        log.warning("update_not_readable", error=type(error).__name__)
        return None


def _failed(application: Application, update: Update) -> bool:  # type: ignore[type-arg]
    """Whether the handler left its mark of failure; the mark is taken away."""
    failed: set[int] = application.bot_data.get(FAILED, set())
    if update.update_id in failed:
        failed.discard(update.update_id)
        return True
    return False
