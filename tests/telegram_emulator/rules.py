"""What Telegram refuses: the limits of the Bot API, each with Telegram's own words.

Sources: core.telegram.org/bots/api (limits), and answers seen in the field for the words of the errors.
"""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from typing import Any

ALLOWED_TAGS = {"b", "strong", "i", "em", "u", "s", "a", "code", "pre", "tg-spoiler", "blockquote"}
TEXT_LIMIT = 4096
CALLBACK_LIMIT = 64


class ApiError(Exception):
    """An answer with ok=false."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


class _Text(HTMLParser):
    """Strips tags as Telegram does, refusing what Telegram refuses."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ALLOWED_TAGS:
            raise ApiError(400, f'Bad Request: can\'t parse entities: Unsupported start tag "{tag}"')
        if tag == "a" and not dict(attrs).get("href"):
            raise ApiError(400, "Bad Request: can't parse entities: empty link")
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            raise ApiError(400, f"Bad Request: can't parse entities: Unmatched end tag, found </{tag}>")

    def handle_data(self, data: str) -> None:
        self.text += data


def visible_text(text: str, parse_mode: str | None) -> str:
    """The text after entity parsing; raises as Telegram answers."""
    if parse_mode == "HTML":
        parser = _Text()
        parser.feed(text)
        parser.close()
        if parser.open:
            raise ApiError(400, "Bad Request: can't parse entities: Can't find end tag")
        text = parser.text
    if not text.strip():
        raise ApiError(400, "Bad Request: message text is empty")
    if len(text.encode("utf-16-le")) // 2 > TEXT_LIMIT:
        raise ApiError(400, "Bad Request: message is too long")
    return text


def inline_keyboard(markup: str | None) -> list[list[dict[str, Any]]]:
    """The inline keyboard of a reply_markup; raises as Telegram answers."""
    if not markup:
        return []
    rows: list[list[dict[str, Any]]] = json.loads(markup).get("inline_keyboard", [])
    buttons = [button for row in rows for button in row]
    if len(buttons) > 100 or any(len(row) > 8 for row in rows):
        raise ApiError(400, "Bad Request: reply markup is too long")
    for button in buttons:
        _check_button(button)
    return rows


def _check_button(button: dict[str, Any]) -> None:
    if not button.get("text"):
        raise ApiError(400, "Bad Request: text buttons are unallowed in the inline keyboard")
    if "callback_data" in button:
        if not 1 <= len(button["callback_data"].encode()) <= CALLBACK_LIMIT:
            raise ApiError(400, "Bad Request: BUTTON_DATA_INVALID")
    elif not re.match(r"(https?|tg)://", button.get("url", "")):
        raise ApiError(400, "Bad Request: BUTTON_URL_INVALID")


def commands(raw: str) -> list[dict[str, str]]:
    """The commands of setMyCommands; raises as Telegram answers."""
    listed: list[dict[str, str]] = json.loads(raw)
    if len(listed) > 100:
        raise ApiError(400, "Bad Request: BOT_COMMANDS_TOO_MUCH")
    for command in listed:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", command["command"]):
            raise ApiError(400, "Bad Request: BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"]) <= 256:
            raise ApiError(400, "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID")
    return listed


def start_payload(payload: str) -> str:
    """A deep link's payload; Telegram's apps refuse others."""
    if not re.fullmatch(r"[A-Za-z0-9_-]{0,64}", payload):
        raise ValueError(f"Telegram refuses the start parameter {payload!r}")
    return payload
