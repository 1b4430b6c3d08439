"""The local chat page: the very bot that Telegram users get, on a phone-sized page that needs nothing from outside.

Works with and without a script: every button is a submit button of one form; with a script the answer is added in place.
"""

from __future__ import annotations

import json
import re
import secrets
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from jinja2 import Environment, FileSystemLoader, select_autoescape
from starlette.responses import HTMLResponse, JSONResponse, Response

from actions.buttons import turns_page
from actions.incoming import Command, Location, Press, Text
from bot.rendering.page_html import reply_html
from bot.web.body import BodyTooLargeError, read_body

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request

    from actions.incoming import Incoming
    from actions.reply import Reply
    from bot.engine import Engine
    from bot.identity import ChatKeys
    from knowledge.knowledge_base import KnowledgeBase

HERE = Path(__file__).parent
COOKIE = "amparo"
#: A long question has some thousand characters; four bytes each, form encoding triples them.
MAX_BODY = 64 * 1024
#: A year, in seconds.
REMEMBERED_FOR = 31_536_000
_SESSION = re.compile(r"[A-Za-z0-9_-]{22,64}")
_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "form-action 'self'; base-uri 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
_WORDS = {
    "title": "page_title",
    "again": "page_start_over",
    "log": "page_log",
    "input": "page_input",
    "send": "page_send",
    "you": "page_you",
    "bot": "page_bot",
    "waiting": "page_waiting",
    "offline": "page_offline",
    "location": "button_share_location",
}


class ChatPage:
    """The routes of the page."""

    def __init__(self, engine: Engine, keys: ChatKeys, knowledge: Callable[[], KnowledgeBase]) -> None:
        self._engine = engine
        self._keys = keys
        self._knowledge = knowledge
        loader = FileSystemLoader(HERE / "templates")
        self._template = Environment(loader=loader, autoescape=select_autoescape()).get_template("chat.html")

    async def open(self, request: Request) -> Response:
        """GET: the page with the greeting; `?start=` opens a consulate's link as on Telegram."""
        session = _session(request)
        reply = await self._reply(request, session, Command("start", request.query_params.get("start", "")[:64]))
        return self._page(session, reply, said="")

    async def send(self, request: Request) -> Response:
        """POST: a text, a press or a location; JSON for the script, a whole page without it."""
        if not _same_origin(request):
            return Response(status_code=403)
        try:
            fields = _fields(request, await read_body(request, MAX_BODY))
        except BodyTooLargeError:
            return Response(status_code=413)
        incoming = _incoming(fields)
        if incoming is None:
            return Response(status_code=400)
        session = _session(request)
        reply = await self._reply(request, session, incoming)
        language = reply.profile.language
        if request.headers.get("accept") == "application/json":
            said = {
                "html": reply_html(reply),
                "language": language,
                "location": reply.request_location,
                "replace": _in_place(incoming, reply),
            }
            if fields.get("language") != language:
                said["words"] = self._words(language)
            return _remember(JSONResponse(said, headers=_HEADERS), session)
        return self._page(session, reply, said=fields.get("text", ""))

    async def _reply(self, request: Request, session: str, incoming: Incoming) -> Reply:
        accepted = request.headers.get("accept-language", "")
        return await self._engine.reply(self._keys.key("page", session), incoming, accepted[:2] or None)

    def _words(self, language: str) -> dict[str, str]:
        """The page's own words, by the names that template and script know them by."""
        return {name: self._knowledge().say(language, key) for name, key in _WORDS.items()}

    def _page(self, session: str, reply: Reply, said: str) -> Response:
        language = reply.profile.language
        words = self._words(language)
        html = self._template.render(language=language, words=words, reply=reply_html(reply), said=said)
        return _remember(HTMLResponse(html, headers=_HEADERS), session)


def _session(request: Request) -> str:
    kept = request.cookies.get(COOKIE, "")
    return kept if _SESSION.fullmatch(kept) else secrets.token_urlsafe(24)


def _remember(response: Response, session: str) -> Response:
    response.set_cookie(COOKIE, session, max_age=REMEMBERED_FOR, httponly=True, samesite="strict")
    return response


def _same_origin(request: Request) -> bool:
    """Whether a POST comes from our own page: another site must not speak in the person's name."""
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host")


def _in_place(incoming: Incoming, reply: Reply) -> bool:
    """Whether the answer takes the place of the one whose button was pressed."""
    return isinstance(incoming, Press) and turns_page(incoming.data) and reply.leads_on


def _fields(request: Request, body: bytes) -> dict[str, str]:
    if request.headers.get("content-type", "").startswith("application/json"):
        try:
            loaded = json.loads(body)
        except ValueError:
            return {}
        return {str(key): str(value) for key, value in loaded.items()} if isinstance(loaded, dict) else {}
    return {key: values[0] for key, values in parse_qs(body.decode("utf-8", "replace")).items()}


def _incoming(fields: dict[str, str]) -> Incoming | None:
    if fields.get("press"):
        return Press(fields["press"])
    if "lat" in fields and "lon" in fields:
        return _location(fields)
    text = fields.get("text", "")
    if text.startswith("/"):
        name, _, argument = text[1:].partition(" ")
        return Command(name.lower(), argument)
    return Text(text) if text.strip() else None


def _location(fields: dict[str, str]) -> Incoming | None:
    try:
        lat, lon = float(fields["lat"]), float(fields["lon"])
    except ValueError:
        return None
    return Location(lat, lon) if -90 <= lat <= 90 and -180 <= lon <= 180 else None
