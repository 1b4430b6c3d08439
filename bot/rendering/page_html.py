"""`Reply` -> HTML for the local chat page. Every text is escaped; telephones can be tapped."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from actions.reply import Fine, Heading, Labelled, OfficeLine, Paragraph, SourceLine, Steps
from bot.rendering.plain import host

if TYPE_CHECKING:
    from actions.reply import Block, Button, Reply


def reply_html(reply: Reply) -> str:
    """The blocks and buttons of a reply."""
    return "".join(block_html(block) for block in reply.blocks) + buttons_html(reply.buttons)


def block_html(block: Block) -> str:  # noqa: C901, PLR0911  # one case a kind of block
    """One block as HTML."""
    match block:
        case Heading(text):
            return f"<h2>{escape(text)}</h2>"
        case Paragraph(text, strong):
            return f"<p><strong>{escape(text)}</strong></p>" if strong else f"<p>{escape(text)}</p>"
        case Steps(label, items):
            heading = f"<h3>{escape(label)}</h3>" if label else ""
            return f"{heading}<ol>{''.join(f'<li>{escape(item)}</li>' for item in items)}</ol>"
        case Labelled(label, ""):
            return f"<h3>{escape(label.rstrip(':'))}</h3>"
        case Labelled(label, text):
            return f"<p><b>{escape(label)}</b> {escape(text)}</p>"
        case OfficeLine():
            return _office(block)
        case SourceLine(law_label, citation, source_label, url):
            law = f"{escape(law_label)} {escape(citation)} · " if citation else ""
            return f'<p class="fine">{law}{escape(source_label)} {_link(url, host(url))}</p>'
        case Fine(text):
            return f'<p class="fine">{escape(text)}</p>'


def _office(office: OfficeLine) -> str:
    name = _link(office.url, office.name) if office.url else escape(office.name)
    parts = [name, _telephone(office.telephone) if office.telephone else "", *map(escape, office.details)]
    if office.map_url:
        parts.append(_link(office.map_url, office.map_label))
    return f'<p class="office">{" · ".join(part for part in parts if part)}</p>'


def _telephone(shown: str) -> str:
    first = re.split(r"[,;/]| o | or ", shown)[0]
    number = re.sub(r"[^\d+]", "", first)
    return f'<a href="tel:{number}">{escape(shown)}</a>' if len(number) >= 3 else escape(shown)


def _link(url: str, text: str) -> str:
    return f'<a href="{escape(url)}" rel="noopener noreferrer" target="_blank">{escape(text)}</a>'


def buttons_html(rows: tuple[tuple[Button, ...], ...]) -> str:
    """Buttons in rows, as submit buttons, so that they work without a script too."""
    made = "".join(f'<div class="row">{"".join(_button(button) for button in row)}</div>' for row in rows)
    return f'<div class="buttons">{made}</div>' if made else ""


def _button(button: Button) -> str:
    if button.url:
        return _link(button.url, button.label)
    return f'<button name="press" value="{escape(button.data)}">{escape(button.label)}</button>'
