"""«Ask the bot» on the editors' page: the classifier is started when it is first asked, and only if a model is there."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from actions.dispatch import decide
from actions.incoming import Text
from actions.profile import UserProfile
from actions.understanding import decide_intent
from bot.preview.answers import blocks_html
from bot.rendering.page_html import buttons_html

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from contextlib import AbstractAsyncContextManager

    from bot.preview.answers import Asked
    from knowledge.knowledge_base import KnowledgeBase
    from nlu.prediction import Prediction

    Classify = Callable[[str], Awaitable[Prediction | None]]
    Session = Callable[[], AbstractAsyncContextManager[Classify]]


@dataclass(frozen=True, slots=True)
class BotAnswer:
    """What the bot made of a question. `outcome` is answer, ask or decline; empty where the classifier was away."""

    blocks: str
    buttons: str
    topic: str | None
    confidence: float | None
    ranking: tuple[tuple[str, float], ...]
    outcome: str
    danger: bool


class Asking:
    """Holds the classifier of the page. `session` gives one, None where there is no model."""

    def __init__(self, session: Session | None) -> None:
        self._session = session
        self._classify: Classify | None = None
        self._ending = contextlib.AsyncExitStack()
        self._lock = asyncio.Lock()

    @property
    def has_classifier(self) -> bool:
        """Whether questions are classified, not only searched."""
        return self._session is not None

    async def classify(self, text: str) -> Prediction | None:
        """The prediction for a text; None without a classifier."""
        if self._session is None:
            return None
        async with self._lock:
            if self._classify is None:
                self._classify = await self._ending.enter_async_context(self._session())
        return await self._classify(text)

    async def close(self) -> None:
        """Stop the classifier if it was started."""
        await self._ending.aclose()

    async def ask(self, knowledge: KnowledgeBase, text: str, asked: Asked, language: str) -> BotAnswer:
        """What the bot answers this person."""
        prediction = await self.classify(text)
        profile = UserProfile(language=language, work_country=asked.country, region=asked.region, home_country=asked.home)
        reply = decide(Text(text), prediction, profile, knowledge, asked.as_of)
        decision = decide_intent(prediction, knowledge) if prediction else None
        ranking = tuple((item.name, item.confidence) for item in prediction.ranking[:5]) if prediction else ()
        return BotAnswer(
            blocks=blocks_html(reply),
            buttons=buttons_html(reply.buttons),
            topic=prediction.intent if prediction else reply.topic,
            confidence=prediction.confidence if prediction else None,
            ranking=ranking,
            outcome=decision.kind if decision else "",
            danger=reply.danger,
        )
