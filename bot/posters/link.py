"""The addresses a consulate shares: they name a post, a language and a campaign, and nobody."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlencode

#: Telegram's rule for a bot's user name: 5 to 32 letters, digits and underscores, "bot" at the end.
_USERNAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{1,28}[Bb][Oo][Tt]")


class BadUsernameError(ValueError):
    """The user name is none that Telegram gives to a bot."""


@dataclass(frozen=True, slots=True)
class Links:
    """A payload as Telegram opens it, and as the local chat page does."""

    payload: str
    telegram: str
    chat_page: str

    @property
    def in_words(self) -> str:
        """The Telegram address as it is typed by hand, without the scheme."""
        return self.telegram.removeprefix("https://")


def make_links(payload: str, username: str, port: int) -> Links:
    """The addresses of a payload (see `actions.start_link.make_payload`).

    Raises:
        BadUsernameError: `username` (with or without @) is no bot's name.
    """
    name = username.removeprefix("@")
    if not _USERNAME.fullmatch(name):
        raise BadUsernameError(f"{username!r} is no bot's user name: 5 to 32 letters, digits or _, with 'bot' at the end")
    telegram = f"https://t.me/{name}?{urlencode({'start': payload})}"
    return Links(payload, telegram, f"http://127.0.0.1:{port}/?{urlencode({'start': payload})}")
