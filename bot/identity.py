"""Who somebody is, without knowing who they are: a chat id becomes a keyed hash before anything else sees it."""

from __future__ import annotations

import hashlib
import hmac


class ChatKeys:
    """Turns chat ids into keys by HMAC-SHA-256 with a secret; without the secret a key leads back to nobody."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def key(self, channel: str, chat_id: int | str) -> str:
        """64 hexadecimal digits for a chat of a channel (`telegram`, `page`, `console`)."""
        return hmac.new(self._secret, f"{channel}:{chat_id}".encode(), hashlib.sha256).hexdigest()
