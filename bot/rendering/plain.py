"""`Reply` -> plain text, for the console and for `amparo ask --json`."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from actions.reply import Fine, Heading, Labelled, OfficeLine, Paragraph, SourceLine, Steps

if TYPE_CHECKING:
    from collections.abc import Sequence

    from actions.reply import Block, Reply


def plain_text(reply: Reply) -> str:
    """All blocks as text; blocks are parted by an empty line, what belongs together is not."""
    return join_blocks(reply.blocks, [block_text(block) for block in reply.blocks])


def join_blocks(blocks: Sequence[Block], texts: Sequence[str]) -> str:
    """Join rendered blocks: a new paragraph before each group, lines within a group."""
    joined = ""
    for index, text in enumerate(texts):
        if index:
            joined += "\n" if _continues(blocks[index - 1], blocks[index]) else "\n\n"
        joined += text
    return joined


def _continues(before: Block, block: Block) -> bool:
    """Whether `block` belongs to the group that `before` began."""
    if isinstance(before, Heading | Labelled) and isinstance(block, Paragraph | OfficeLine):
        return True
    if isinstance(before, Paragraph) and isinstance(block, Paragraph):
        return True
    small = SourceLine | Fine
    return (isinstance(before, OfficeLine) and isinstance(block, OfficeLine)) or (
        isinstance(before, small) and isinstance(block, small)
    )


def block_text(block: Block) -> str:
    """One block as text."""
    match block:
        case Heading(text) | Fine(text) | Paragraph(text):
            return text
        case Steps(label, items):
            numbered = [f"{number}. {item}" for number, item in enumerate(items, 1)]
            return "\n".join([label, *numbered] if label else numbered)
        case Labelled(label, text):
            return f"{label} {text}".strip()
        case OfficeLine():
            return office_text(block)
        case SourceLine(law_label, citation, source_label, url):
            law = f"{law_label} {citation} · " if citation else ""
            return f"{law}{source_label} {url}"


def office_text(office: OfficeLine) -> str:
    """An office on one line: name, telephone, details, page, map."""
    parts = [office.name, office.telephone, *office.details, office.url]
    if office.map_url:
        parts.append(f"{office.map_label}: {office.map_url}")
    return "• " + " · ".join(part for part in parts if part)


def host(url: str) -> str:
    """The host of an address as people know it."""
    return (urlsplit(url).hostname or url).removeprefix("www.")
