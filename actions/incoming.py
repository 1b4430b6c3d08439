"""What a person can send, whatever the channel."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """A written message."""

    text: str


@dataclass(frozen=True, slots=True)
class Press:
    """A button was pressed; `data` is untrusted."""

    data: str


@dataclass(frozen=True, slots=True)
class Command:
    """A command such as /start, with what follows it."""

    name: str
    argument: str = ""


@dataclass(frozen=True, slots=True)
class Location:
    """A shared location, in degrees. It is reduced to a region and a nearest post and then forgotten."""

    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class Unsupported:
    """A voice note, photo, sticker, document, ... `kind` is `voice`, `photo`, `sticker`, `document` or `other`."""

    kind: str


Incoming = Text | Press | Command | Location | Unsupported
