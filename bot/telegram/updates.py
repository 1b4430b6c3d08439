"""A Telegram message or callback query -> `Incoming`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actions.incoming import Command, Location, Press, Text, Unsupported

if TYPE_CHECKING:
    from telegram import Message

    from actions.incoming import Incoming


def incoming_of(message: Message) -> Incoming:
    """What a message in a private chat is to the engine."""
    if message.text is not None:
        return _text(message.text)
    if message.location is not None:
        return Location(message.location.latitude, message.location.longitude)
    return Unsupported(_kind(message))


def _text(text: str) -> Incoming:
    if not text.startswith("/"):
        return Text(text)
    command, _, argument = text[1:].partition(" ")
    name = command.partition("@")[0].lower()
    return Command(name, argument.strip()) if name.isascii() and name.isidentifier() else Text(text)


def _kind(message: Message) -> str:
    if message.voice or message.audio or message.video_note:
        return "voice"
    if message.photo or message.video or message.animation:
        return "photo"
    if message.sticker:
        return "sticker"
    return "document" if message.document else "other"


def press_of(data: str | None) -> Incoming:
    """A pressed button; the data is untrusted."""
    return Press(data or "")
