"""The same input gives the same reply on every channel: Telegram by polling and by webhook, the chat page, the console."""

from __future__ import annotations

import datetime as dt
import re
from html import unescape
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from telegram import Update

from actions.incoming import Command, Press, Text
from bot.commands.chat import typed
from bot.engine import Engine
from bot.identity import ChatKeys
from bot.rendering.page_html import reply_html
from bot.rendering.plain import block_text
from bot.rendering.telegram_html import html_messages
from bot.telegram.handlers import Handlers
from bot.web.application import make_web_application
from bot.web.chat_page import ChatPage
from tests.builders import FakeClassifier, InMemoryPreferences, make_prediction
from tests.telegram_emulator.rules import visible_text

if TYPE_CHECKING:
    from actions.incoming import Incoming
    from actions.reply import Reply
    from knowledge.knowledge_base import KnowledgeBase

TODAY = dt.date(2026, 11, 25)
INPUTS: tuple[tuple[str, Incoming], ...] = (
    ("no me han pagado dos semanas", Text("no me han pagado dos semanas")),
    ("/start gt-us-houston_es", Command("start", "gt-us-houston_es")),
    ("/pais", Command("pais")),
    ("button work:us:wage_unpaid", Press("work:us:wage_unpaid")),
    ("button category:wages", Press("category:wages")),
    ("🙏", Text("🙏")),
)


class RecordingEngine(Engine):
    """The engine, which also keeps what it was asked and what it said."""

    def __init__(self, knowledge: KnowledgeBase) -> None:
        super().__init__(
            FakeClassifier(make_prediction("wage_unpaid")), InMemoryPreferences(), lambda: knowledge, lambda: TODAY
        )
        self.seen: list[tuple[Incoming, Reply]] = []

    async def reply(self, key: str, incoming: Incoming, language: str | None = None) -> Reply:
        reply = await super().reply(key, incoming, language)
        self.seen.append((incoming, reply))
        return reply


class FakeBot:
    """Takes what the handlers send."""

    username, id = "amparo_test_bot", 1

    def __init__(self) -> None:
        self.sent: list[str] = []

    async def send_message(self, _chat: int, text: str, **_: Any) -> None:
        self.sent.append(text)

    async def answer_callback_query(self, **_: Any) -> bool:
        return True

    async def edit_message_text(self, text: str, **_: Any) -> bool:
        self.sent.append(text)
        return True


async def by_telegram(knowledge: KnowledgeBase, written: str) -> tuple[Incoming, Reply, str]:
    """Through the handlers that polling and webhook share."""
    engine, bot = RecordingEngine(knowledge), FakeBot()
    updates = SimpleNamespace(is_handled=_never, mark_handled=_nothing)
    now = dt.datetime(2026, 11, 25, tzinfo=dt.UTC)
    handlers = Handlers(engine, ChatKeys(b"k"), updates, lambda: knowledge, lambda: now, _nothing)  # type: ignore[arg-type]
    update = Update.de_json(_update(written), bot)  # type: ignore[arg-type]
    await (handlers.pressed if update.callback_query else handlers.message)(update, None)  # type: ignore[arg-type]
    incoming, reply = engine.seen[0]
    return incoming, reply, " ".join(visible_text(text, "HTML") for text in bot.sent)


async def _never(_: int) -> bool:
    return False


async def _nothing(*_: Any) -> None:
    return None


def _update(written: str) -> dict[str, Any]:
    chat = {"id": 5, "type": "private"}
    user = {"id": 5, "is_bot": False, "first_name": "P", "language_code": "es"}
    message = {"message_id": 1, "date": 1_790_000_000, "chat": chat, "from": user, "text": "x"}
    if written.startswith("button "):
        data = written.removeprefix("button ")
        query = {
            "id": "1",
            "from": user,
            "chat_instance": "1",
            "message": message,
            "data": data,
        }
        return {"update_id": 1, "callback_query": query}
    return {"update_id": 1, "message": {**message, "text": written}}


async def by_page(knowledge: KnowledgeBase, written: str) -> tuple[Incoming, Reply, str]:
    """Through the HTTP application of the chat page."""
    engine = RecordingEngine(knowledge)
    page = ChatPage(engine, ChatKeys(b"k"), lambda: knowledge)
    transport = httpx.ASGITransport(make_web_application(lambda: knowledge, _healthy, page, None))
    pressed = written.startswith("button ")
    fields = {"press": written.removeprefix("button ")} if pressed else {"text": written}
    async with httpx.AsyncClient(transport=transport, base_url="http://amparo") as client:
        answer = await client.post("/", json=fields, headers={"accept": "application/json", "accept-language": "es"})
    incoming, reply = engine.seen[0]
    assert answer.json()["html"] == reply_html(reply)
    return incoming, reply, unescape(re.sub(r"<[^>]+>", " ", answer.json()["html"]))


async def _healthy() -> bool:
    return True


async def by_console(knowledge: KnowledgeBase, written: str) -> tuple[Incoming, Reply, str]:
    """Through what the console makes of a line; a button is chosen by its number."""
    engine = RecordingEngine(knowledge)
    buttons = SimpleNamespace(buttons=((SimpleNamespace(data=written.removeprefix("button ")),),))
    line = "1" if written.startswith("button ") else written
    incoming = typed(line, buttons)  # type: ignore[arg-type]
    reply = await engine.reply("console", incoming)
    return incoming, reply, " ".join(block_text(block) for block in reply.blocks)


@pytest.mark.parametrize(("written", "expected"), INPUTS, ids=[written for written, _ in INPUTS])
async def test_every_channel_gives_the_same_reply(knowledge: KnowledgeBase, written: str, expected: Incoming) -> None:
    telegram = await by_telegram(knowledge, written)
    page = await by_page(knowledge, written)
    console = await by_console(knowledge, written)
    assert telegram[0] == page[0] == console[0] == expected
    assert telegram[1] == page[1] == console[1]
    for shown in (telegram[2], page[2], console[2]):
        for block in telegram[1].blocks:
            for word in words_of(getattr(block, "text", "") or getattr(block, "name", "")):
                assert word in shown


def words_of(text: str) -> list[str]:
    return re.findall(r"\w{4,}", text)


async def test_telegram_message_holds_the_words_of_the_reply(knowledge: KnowledgeBase) -> None:
    reply = (await by_page(knowledge, "no me han pagado"))[1]
    assert "Qué hacer" in visible_text(html_messages(reply)[0], "HTML")
