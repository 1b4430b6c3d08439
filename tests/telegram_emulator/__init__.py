"""A loopback Bot API server, as strict as Telegram where bots go wrong. Plays the people; remembers what the bot sent."""

from tests.telegram_emulator.people import Person
from tests.telegram_emulator.server import Emulator

__all__ = ["Emulator", "Person"]
