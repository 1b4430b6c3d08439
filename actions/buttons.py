"""The data behind a button: encoded short, decoded with distrust.

A press comes back from the network and may be forged or older than the software, so `decode` accepts only the forms that
`encode` makes. Nothing personal is ever in it. Telegram allows 1 to 64 bytes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

#: Telegram's limit on callback data, in bytes (Bot API, InlineKeyboardButton).
MAX_BYTES = 64

#: verb -> pattern of its arguments, joined by ":".
_VERBS: dict[str, re.Pattern[str]] = {
    "menu": re.compile(r""),
    "category": re.compile(r"[a-z_]{2,20}"),
    "topic": re.compile(r"[a-z0-9_]{2,32}"),
    "work": re.compile(r"[a-z]{2}(:[a-z0-9_]{2,32})?"),
    "home": re.compile(r"[a-z]{2}(:[a-z0-9_]{2,32})?"),
    "region": re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}(:[a-z0-9_]{2,32})?"),
    "ask_work": re.compile(r"([a-z0-9_]{2,32})?"),
    "ask_home": re.compile(r"([a-z0-9_]{2,32})?"),
    "ask_region": re.compile(r"([a-z0-9_]{2,32})?"),
    "regions": re.compile(r"[0-9]{1,2}(:[a-z0-9_]{2,32})?"),
    "language": re.compile(r"[a-z]{2,3}(:[a-z0-9_]{2,32})?"),
    "ask_language": re.compile(r""),
    "consulate": re.compile(r""),
    "useful": re.compile(r"(yes|no):[a-z0-9_]{2,32}"),
    "erase": re.compile(r"(ask|yes|no)"),
    "privacy": re.compile(r""),
    "help": re.compile(r""),
    "emergency": re.compile(r""),
    "offer": re.compile(r"[a-z0-9_.-]{0,48}"),
    "slip": re.compile(r"[a-z0-9_.-]{0,48}"),
}


class BadButtonError(ValueError):
    """The data is none that this bot makes."""


@dataclass(frozen=True, slots=True)
class Pressed:
    """A decoded press: a verb and its arguments."""

    verb: str
    arguments: tuple[str, ...] = ()

    def argument(self, index: int) -> str | None:
        """Argument at `index`, or None."""
        return self.arguments[index] if index < len(self.arguments) else None


#: Verbs whose press leaves the place it stands in: a page is turned, a box is ticked.
_PAGE_VERBS = frozenset({"category", "regions", "offer"})


def turns_page(data: str) -> bool:
    """Whether the press changes the message it stands under; any other leaves that message to be read again."""
    verb, _, arguments = data.partition(":")
    return verb in _PAGE_VERBS and bool(arguments)


def encode(verb: str, *arguments: str) -> str:
    """Data for a button.

    Raises:
        BadButtonError: the form is not one that `decode` would accept, or is longer than Telegram allows.
    """
    data = ":".join((verb, *(argument for argument in arguments if argument)))
    decode(data)
    return data


def decode(data: str) -> Pressed:
    """The press behind `data`.

    Raises:
        BadButtonError: unknown verb, wrong form of arguments, or too long.
    """
    if not data or len(data.encode()) > MAX_BYTES:
        raise BadButtonError(data[:10])
    verb, _, rest = data.partition(":")
    pattern = _VERBS.get(verb)
    if pattern is None or not pattern.fullmatch(rest):
        raise BadButtonError(verb[:10])
    return Pressed(verb, tuple(rest.split(":")) if rest else ())
