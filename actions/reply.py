"""What the bot says, with no channel in it: blocks of text and rows of buttons. A channel only renders it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from actions.profile import UserProfile

if TYPE_CHECKING:
    from collections.abc import Mapping

    from knowledge.card import Source


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of a card."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph. `strong`: it must not be overlooked."""

    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Steps:
    """A label and numbered steps."""

    label: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A bold label and a text behind it."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class OfficeLine:
    """Somebody who helps. `telephone` can be tapped or copied, `url` opened, `map_url` shows the way."""

    name: str
    telephone: str | None = None
    url: str | None = None
    details: tuple[str, ...] = ()
    map_url: str | None = None
    map_label: str = ""


@dataclass(frozen=True, slots=True)
class SourceLine:
    """The law and the page, with the label before each."""

    law_label: str
    citation: str | None
    source_label: str
    url: str


@dataclass(frozen=True, slots=True)
class Fine:
    """Small print."""

    text: str


Block = Heading | Paragraph | Steps | Labelled | OfficeLine | SourceLine | Fine


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message. `data` is what a press sends back (see `actions.buttons`); `url` opens a page instead."""

    label: str
    data: str = ""
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer to one message.

    `profile` is what is known of the person afterwards; `erase` asks the channel to delete all it stored of them.
    `request_location` asks a channel that can to offer sharing the location. The rest says how the answer came about.
    """

    blocks: tuple[Block, ...]
    buttons: tuple[tuple[Button, ...], ...] = ()
    profile: UserProfile = field(default_factory=UserProfile)
    outcome: str = "answer"
    intent: str | None = None
    topic: str | None = None
    country: str | None = None
    danger: bool = False
    sources: tuple[Source, ...] = ()
    offices: tuple[OfficeLine, ...] = ()
    consulate: Mapping[str, object] | None = None
    erase: bool = False
    request_location: bool = False
    useful: bool | None = None

    @property
    def leads_on(self) -> bool:
        """Whether it only leads on (a menu, a choice) and may take the place of the message whose button was pressed."""
        return self.outcome in _LEADING_ON


_LEADING_ON = frozenset({"menu", "ask_country", "ask_region", "ask_language", "ask_erase", "ask_offer"})
