"""The one conversation engine behind every channel: what a person sent -> what is answered, and what is remembered."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Protocol
from weakref import WeakValueDictionary

import structlog

from actions.dispatch import decide, has_words
from actions.incoming import Text
from actions.profile import UserProfile
from bot.storage.repositories import Counted
from nlu.errors import NluError

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence

    from actions.incoming import Incoming
    from actions.reply import Reply
    from knowledge.knowledge_base import KnowledgeBase
    from nlu.prediction import Prediction

log = structlog.get_logger(__name__)

#: Outcomes that only lead on and say nothing of what people need.
_UNCOUNTED = frozenset(
    {
        "menu",
        "ask_country",
        "ask_region",
        "ask_language",
        "ask_erase",
        "ask_offer",
        "offer_laws",
        "offer_warning",
        "erased",
        "not_erased",
        "privacy",
        "help",
    }
)


class Classifier(Protocol):
    """What the engine asks of the NLU."""

    async def classify(self, text: str) -> Prediction:
        """Classify a text; raises `nlu.errors.NluError`."""


class Preferences(Protocol):
    """What the engine asks of the storage."""

    async def get(self, key: str) -> UserProfile | None:
        """The profile under a key."""

    async def save(self, key: str, profile: UserProfile, today: dt.date, counted: Sequence[Counted] = ()) -> None:
        """Keep a profile and add to the counts."""

    async def count(self, counted: Sequence[Counted]) -> None:
        """Add to the counts."""

    async def erase(self, key: str) -> None:
        """Forget a person."""


class Engine:
    """Answers messages. Messages of one person are answered one after the other, of different persons side by side."""

    def __init__(
        self,
        classifier: Classifier,
        preferences: Preferences,
        knowledge: Callable[[], KnowledgeBase],
        today: Callable[[], dt.date],
    ) -> None:
        self._classifier = classifier
        self._preferences = preferences
        self._knowledge = knowledge
        self._today = today
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def reply(self, key: str, incoming: Incoming, language: str | None = None) -> Reply:
        """Answer one message of the person under `key`; `language` is what their app speaks, used for a new person."""
        lock = self._locks.setdefault(key, asyncio.Lock())
        async with lock:
            return await self._reply(key, incoming, language)

    async def _reply(self, key: str, incoming: Incoming, language: str | None) -> Reply:
        knowledge = self._knowledge()
        before = await self._known(key, language, knowledge)
        prediction = await self._classify(incoming)
        reply = decide(incoming, prediction, before, knowledge, self._today())
        await self._remember(key, before, reply)
        return reply

    async def _known(self, key: str, language: str | None, knowledge: KnowledgeBase) -> UserProfile:
        try:
            kept = await self._preferences.get(key)
        except Exception as error:  # noqa: BLE001  # a full disk or a lost database must not silence the bot
            log.error("profile_not_read", error=type(error).__name__)
            kept = None
        spoken = language[:2] if language and language[:2] in knowledge.languages else knowledge.original_language
        return kept or UserProfile(language=spoken)

    async def _classify(self, incoming: Incoming) -> Prediction | None:
        if not isinstance(incoming, Text) or not has_words(incoming.text):
            return None
        try:
            return await self._classifier.classify(incoming.text)
        except NluError as error:
            log.warning("answered_without_nlu", error=type(error).__name__)
            return None

    async def _remember(self, key: str, before: UserProfile, reply: Reply) -> None:
        try:
            if reply.erase:
                await self._preferences.erase(key)
            else:
                await self._preferences.save(key, reply.profile, self._today(), self._counted(before, reply))
        except Exception as error:  # noqa: BLE001  # the answer is worth more than the memory of it
            log.error("profile_not_saved", error=type(error).__name__)

    def _counted(self, before: UserProfile, reply: Reply) -> list[Counted]:
        profile = reply.profile

        def counted(topic: str, outcome: str) -> Counted:
            return Counted(self._today(), topic, outcome, profile.language, profile.work_country or "", profile.link or "")

        found = []
        if profile.link and profile.link != before.link:
            found.append(counted("_opened", "opened"))
        if reply.outcome not in _UNCOUNTED:
            found.append(counted(reply.topic or "_none", "danger" if reply.danger else _outcome(reply)))
        return found


def _outcome(reply: Reply) -> str:
    if reply.useful is not None:
        return "useful" if reply.useful else "not_useful"
    return reply.outcome
