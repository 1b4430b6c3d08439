"""The engine: remembers, counts, and answers whatever fails around it."""

from __future__ import annotations

import asyncio
import datetime as dt
from typing import TYPE_CHECKING

from actions.incoming import Command, Press, Text
from actions.profile import UserProfile
from bot.engine import Engine
from tests.builders import FakeClassifier, InMemoryPreferences, make_prediction

if TYPE_CHECKING:
    from knowledge.knowledge_base import KnowledgeBase
    from nlu.prediction import Prediction

TODAY = dt.date(2026, 11, 25)


def make_engine(
    knowledge: KnowledgeBase, prediction: Prediction | None = None, preferences: InMemoryPreferences | None = None
) -> tuple[Engine, FakeClassifier, InMemoryPreferences]:
    classifier, kept = FakeClassifier(prediction), preferences or InMemoryPreferences()
    return Engine(classifier, kept, lambda: knowledge, lambda: TODAY), classifier, kept


async def test_profile_is_remembered_between_messages(knowledge: KnowledgeBase) -> None:
    engine, _, kept = make_engine(knowledge)
    await engine.reply("k", Press("work:us"))
    await engine.reply("k", Press("home:gt"))
    assert kept.profiles["k"] == UserProfile("es", "us", None, "gt")


async def test_new_person_is_spoken_to_in_the_language_of_their_app(knowledge: KnowledgeBase) -> None:
    engine, _, _ = make_engine(knowledge)
    assert (await engine.reply("a", Command("start"), "en-US")).profile.language == "en"
    assert (await engine.reply("b", Command("start"), "pl")).profile.language == "es"
    assert (await engine.reply("c", Command("start"), None)).profile.language == "es"


async def test_only_text_with_words_is_classified(knowledge: KnowledgeBase) -> None:
    engine, classifier, _ = make_engine(knowledge, make_prediction("greet"))
    for incoming in (Press("menu"), Command("menu"), Text("🙏"), Text("  ")):
        await engine.reply("k", incoming)
    assert classifier.texts == []
    await engine.reply("k", Text("hola"))
    assert classifier.texts == ["hola"]


async def test_broken_storage_does_not_silence_the_bot(knowledge: KnowledgeBase) -> None:
    engine, _, _ = make_engine(knowledge, make_prediction("wage_unpaid"), InMemoryPreferences(broken=True))
    assert (await engine.reply("k", Text("no me pagan"))).outcome == "answer"


async def test_absent_classifier_does_not_silence_the_bot(knowledge: KnowledgeBase) -> None:
    engine, _, _ = make_engine(knowledge)
    assert (await engine.reply("k", Text("no me pagan el salario"))).outcome == "search"


async def test_erase_forgets_and_is_not_counted(knowledge: KnowledgeBase) -> None:
    engine, _, kept = make_engine(knowledge)
    await engine.reply("k", Press("work:us"))
    await engine.reply("k", Press("erase:yes"))
    assert kept.profiles == {}
    assert all(count.outcome != "erased" for count in kept.counted)


async def test_link_is_counted_once_and_topics_with_it(knowledge: KnowledgeBase) -> None:
    engine, _, kept = make_engine(knowledge, make_prediction("wage_unpaid"))
    for _ in range(2):
        await engine.reply("k", Command("start", "gt-us-houston_es_feria2026"))
    await engine.reply("k", Text("no me pagan"))
    opened = [count for count in kept.counted if count.topic == "_opened"]
    assert [count.link for count in opened] == ["gt-us-houston_feria2026"]
    asked = [count for count in kept.counted if count.topic == "wage_unpaid"]
    assert [(count.outcome, count.country, count.link) for count in asked] == [("answer", "us", "gt-us-houston_feria2026")]


async def test_messages_of_one_person_are_answered_in_order(knowledge: KnowledgeBase) -> None:
    engine, _, kept = make_engine(knowledge)
    await asyncio.gather(*(engine.reply("k", Press(f"work:{code}")) for code in ("us", "mx", "ca", "cr")))
    assert kept.profiles["k"].work_country == "cr"


async def test_counts_hold_nothing_of_the_person(knowledge: KnowledgeBase) -> None:
    engine, _, kept = make_engine(knowledge, make_prediction("wage_unpaid"))
    await engine.reply("secretkey", Text("zanahoria no me pagan"))
    assert "zanahoria" not in repr(kept.counted)
    assert "secretkey" not in repr(kept.counted)
