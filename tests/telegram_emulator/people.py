"""The people who use the bot in a test."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.telegram_emulator.rules import start_payload

if TYPE_CHECKING:
    from tests.telegram_emulator.server import Emulator


class Person:
    """Somebody with a Telegram account, in a private chat with the bot (or, with a negative `chat_id`, in a group)."""

    def __init__(
        self, emulator: Emulator, user_id: int, *, language: str = "es", name: str = "Persona", chat_id: int | None = None
    ) -> None:
        self._emulator = emulator
        self.user_id = user_id
        self.chat_id = chat_id if chat_id is not None else user_id
        self._user = {"id": user_id, "is_bot": False, "first_name": name, "language_code": language}
        kind = "private" if self.chat_id > 0 else "supergroup"
        self._chat = {"id": self.chat_id, "type": kind, "first_name": name, "title": "Grupo"}

    @property
    def messages(self) -> list[dict[str, Any]]:
        """What the bot has sent here, oldest first; edited messages as they are now."""
        return self._emulator.sent_to(self.chat_id)

    @property
    def last(self) -> dict[str, Any]:
        """The newest message of the bot."""
        return self.messages[-1]

    @property
    def buttons(self) -> dict[str, str]:
        """The buttons under the newest message: label -> data or address."""
        return {
            button["text"]: button.get("callback_data", button.get("url", ""))
            for row in self.last["buttons"]
            for button in row
        }

    def say(self, text: str) -> int:
        """Write a message; returns the update id."""
        return self.send(text=text)

    def start(self, payload: str = "") -> int:
        """Open the bot by a link."""
        return self.say(f"/start {start_payload(payload)}".strip())

    def send(self, **content: Any) -> int:
        """Send a message with any content: text, location, voice, sticker, ..."""
        message = {
            "message_id": self._emulator.next_id(),
            "date": 1_790_000_000,
            "chat": self._chat,
            "from": self._user,
            **content,
        }
        return self._emulator.add_update({"message": message}, self.chat_id)

    def press(self, label: str) -> int:
        """Tap the button whose label holds `label`, under the newest message."""
        data = next(data for text, data in self.buttons.items() if label in text)
        return self.press_data(data)

    def press_data(self, data: str, message_id: int | None = None) -> int:
        """Send a callback query, also a forged one."""
        shown = next((message for message in self.messages if message["message_id"] == message_id), None) or self.last
        message = {**shown["raw"], "chat": self._chat}
        query = {
            "id": self._emulator.new_query(),
            "from": self._user,
            "message": message,
            "chat_instance": "1",
            "data": data,
        }
        return self._emulator.add_update({"callback_query": query}, self.chat_id)

    def block(self) -> int:
        """Block the bot: it is told, and nothing can be sent any more."""
        self._emulator.blocked.add(self.chat_id)
        member = {"user": self._emulator.me, "status": "kicked", "until_date": 0}
        changed = {
            "chat": self._chat,
            "from": self._user,
            "date": 1_790_000_000,
            "old_chat_member": {"user": self._emulator.me, "status": "member"},
            "new_chat_member": member,
        }
        return self._emulator.add_update({"my_chat_member": changed}, self.chat_id)

    async def answer(self, count: int = 1, within: float = 20.0) -> dict[str, Any]:
        """Wait until the bot has sent (or edited) `count` messages more than when this person last acted; the newest."""
        await self._emulator.wait_for_answers(self.chat_id, count, within)
        return self.last
