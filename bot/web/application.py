"""The Starlette application: health, the chat page, Telegram's webhook where one is used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import JSONResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from bot.web.chat_page import HERE

#: Where Telegram sends updates.
WEBHOOK_PATH = "/telegram"

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import BaseRoute

    from bot.web.chat_page import ChatPage
    from knowledge.knowledge_base import KnowledgeBase

    WebhookRoute = Callable[[Request], Awaitable[Response]]


def make_web_application(
    knowledge: Callable[[], KnowledgeBase],
    nlu_healthy: Callable[[], Awaitable[bool]],
    page: ChatPage | None,
    receive_update: WebhookRoute | None,
) -> Starlette:
    """The routes this installation has; without a page or a webhook theirs do not exist."""

    async def health(_: Request) -> Response:
        """200 whenever messages are answered, also without the classifier."""
        nlu = "ready" if await nlu_healthy() else "away"
        return JSONResponse({"status": "ok", "nlu": nlu, "knowledge": knowledge().version})

    routes: list[BaseRoute] = [Route("/healthz", health)]
    if receive_update is not None:
        routes.append(Route(WEBHOOK_PATH, receive_update, methods=["POST"]))
    if page is not None:
        routes.append(Route("/", page.open, methods=["GET"]))
        routes.append(Route("/", page.send, methods=["POST"]))
        routes.append(Mount("/static", StaticFiles(directory=HERE / "static")))
    return Starlette(routes=routes, middleware=[Middleware(GZipMiddleware, minimum_size=800)])
