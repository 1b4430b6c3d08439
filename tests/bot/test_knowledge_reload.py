"""A saved file changes the running bot's answer in two seconds; a broken one changes nothing and is said in Spanish."""

from __future__ import annotations

import asyncio
import contextlib
import time
from typing import TYPE_CHECKING

import pytest
import structlog
from structlog.testing import capture_logs

from actions.buttons import encode
from actions.incoming import Command, Press
from actions.profile import UserProfile
from bot.engine import Engine
from bot.knowledge_store import KnowledgeStore
from bot.rendering.plain import plain_text
from knowledge.errors import InvalidKnowledgeError
from tests.builders import FakeClassifier, InMemoryPreferences, copy_sample, make_prediction
from tests.conftest import AS_OF

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

WITHIN = 2.0


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copy_sample(tmp_path / "knowledge")


@pytest.fixture
async def store(folder: Path) -> AsyncIterator[KnowledgeStore]:
    structlog.reset_defaults()
    running = KnowledgeStore(folder, lambda: AS_OF)
    task = asyncio.create_task(running.follow())
    yield running
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task


class Person:
    """Somebody in Costa Rica who asks the bot for the minimum wage."""

    def __init__(self, store: KnowledgeStore) -> None:
        preferences = InMemoryPreferences()
        preferences.profiles["somebody"] = UserProfile(work_country="cr", home_country="cr")
        classifier = FakeClassifier(make_prediction("wage_minimum"))
        self._engine = Engine(classifier, preferences, lambda: store.current, lambda: AS_OF)

    async def asks(self) -> str:
        reply = await self._engine.reply("somebody", Press(encode("topic", "wage_minimum")), "es")
        return plain_text(reply).replace("\xa0", " ")

    async def help(self) -> str:
        return plain_text(await self._engine.reply("somebody", Command("ayuda"), "es"))


def rewrite(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


async def seconds_until(person: Person, text: str) -> float:
    began = time.perf_counter()
    while time.perf_counter() - began < 5:
        if text in await person.asks():
            return time.perf_counter() - began
        await asyncio.sleep(0.02)
    raise AssertionError(await person.asks())


async def test_saved_file_changes_the_answer_in_time(store: KnowledgeStore, folder: Path) -> None:
    person = Person(store)
    await seconds_until(person, "₡2 000 al mes")
    rewrite(folder / "countries/cr/facts.yaml", "value: 2000", "value: 2345")
    assert await seconds_until(person, "₡2 345 al mes") < WITHIN


async def test_broken_file_changes_nothing_and_is_reported_in_spanish(store: KnowledgeStore, folder: Path) -> None:
    person = Person(store)
    before = await person.asks()
    with capture_logs() as logs:
        rewrite(folder / "countries/cr/facts.yaml", "value: 2000", "value: dos mil")
        await asyncio.sleep(WITHIN)
    assert await person.asks() == before
    said = logs[0]["problem"]
    assert said.startswith("countries/cr/facts.yaml:13: El valor «dos mil» de «minimum_wage» no es un número.")
    assert "Escriba solo el número" in said
    assert [problem.code for problem in store.problems if problem.severity == "error"] == ["value_not_number"]


async def test_mended_file_is_in_force_again(store: KnowledgeStore, folder: Path) -> None:
    person = Person(store)
    path = folder / "countries/cr/es/wage_minimum.yaml"
    whole = path.read_text(encoding="utf-8")
    path.write_text("answer: [", encoding="utf-8")
    await asyncio.sleep(1)
    path.write_text(whole.replace("Nadie gana", "Nadie debe ganar"), encoding="utf-8")
    assert await seconds_until(person, "Nadie debe ganar menos") < WITHIN


async def test_version_of_the_content_stands_in_the_help(store: KnowledgeStore) -> None:
    assert store.current.version in await Person(store).help()


async def test_two_files_saved_together_are_never_half_in_force(store: KnowledgeStore, folder: Path) -> None:
    """A figure renamed in facts and in words: whatever the moment of reading, no answer is without the figure."""
    person = Person(store)
    for name in ("facts", "es/wage_minimum", "en/wage_minimum"):
        path = folder / f"countries/cr/{name}.yaml"
        path.write_text(path.read_text(encoding="utf-8").replace("minimum_wage", "lowest_wage"), encoding="utf-8")
        await asyncio.sleep(0.3)
        assert "₡2 000 al mes" in await person.asks()
    await asyncio.sleep(WITHIN)
    assert "lowest_wage" in store.current.countries["cr"].facts
    assert "₡2 000 al mes" in await person.asks()


def test_broken_content_at_the_start_is_said_at_once(folder: Path) -> None:
    (folder / "countries/cr/facts.yaml").write_text("facts: [", encoding="utf-8")
    with pytest.raises(InvalidKnowledgeError):
        KnowledgeStore(folder, lambda: AS_OF)
