"""`Reply` -> Telegram HTML and inline keyboards, within Telegram's limits.

Every text is escaped; a message longer than Telegram allows is split between blocks, then between lines.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from actions.reply import Fine, Heading, Labelled, OfficeLine, Paragraph, SourceLine, Steps
from bot.rendering.plain import host, join_blocks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from actions.reply import Block, Button, Reply

#: Telegram allows 4,096 UTF-16 code units after parsing; markup is counted here too, so this is on the safe side.
MESSAGE_LIMIT = 4000


def html_messages(reply: Reply) -> list[str]:
    """The reply as one message, or as few as Telegram's limit allows."""
    rendered = join_blocks(reply.blocks, [block_html(block) for block in reply.blocks])
    if utf16_length(rendered) <= MESSAGE_LIMIT:
        return [rendered]
    return list(_split(reply))


def utf16_length(text: str) -> int:
    """Length as Telegram counts it, in UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


def _split(reply: Reply) -> Iterator[str]:
    message = ""
    for piece in (piece for block in reply.blocks for piece in _pieces(block_html(block))):
        if message and utf16_length(message) + utf16_length(piece) + 2 > MESSAGE_LIMIT:
            yield message
            message = ""
        message = f"{message}\n\n{piece}" if message else piece
    if message:
        yield message


def _pieces(html: str) -> Iterator[str]:
    """A block, cut between lines where it alone is too long. No tag of ours spans a line."""
    if utf16_length(html) <= MESSAGE_LIMIT:
        yield html
        return
    for line in html.splitlines():
        for start in range(0, len(line), MESSAGE_LIMIT // 2):
            yield line[start : start + MESSAGE_LIMIT // 2]


def block_html(block: Block) -> str:  # noqa: PLR0911  # one case a kind of block
    """One block as Telegram HTML."""
    match block:
        case Heading(text):
            return f"<b>{escape(text)}</b>"
        case Paragraph(text, strong):
            return f"<b>{escape(text)}</b>" if strong else escape(text)
        case Steps(label, items):
            numbered = [f"{number}. {escape(item)}" for number, item in enumerate(items, 1)]
            return "\n".join([f"<b>{escape(label)}</b>", *numbered] if label else numbered)
        case Labelled(label, text):
            return f"<b>{escape(label)}</b> {escape(text)}".strip()
        case OfficeLine():
            return _office(block)
        case SourceLine(law_label, citation, source_label, url):
            law = f"{escape(law_label)} {escape(citation)} · " if citation else ""
            return f'<i>{law}{escape(source_label)} <a href="{escape(url)}">{escape(host(url))}</a></i>'
        case Fine(text):
            return f"<i>{escape(text)}</i>"


def _office(office: OfficeLine) -> str:
    name = f'<a href="{escape(office.url)}">{escape(office.name)}</a>' if office.url else escape(office.name)
    parts = [name, escape(office.telephone) if office.telephone else "", *(escape(detail) for detail in office.details)]
    if office.map_url:
        parts.append(f'<a href="{escape(office.map_url)}">{escape(office.map_label)}</a>')
    return "• " + " · ".join(part for part in parts if part)


def keyboard(rows: tuple[tuple[Button, ...], ...]) -> InlineKeyboardMarkup | None:
    """The buttons as an inline keyboard, None when there are none."""
    made = [[_button(button) for button in row] for row in rows if row]
    return InlineKeyboardMarkup(made) if made else None


def _button(button: Button) -> InlineKeyboardButton:
    if button.url:
        return InlineKeyboardButton(button.label, url=button.url)
    return InlineKeyboardButton(button.label, callback_data=button.data)
