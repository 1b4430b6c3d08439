"""With the trained model: the questions of the editors' tables find their topic, alone or among the choices."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from typing import TYPE_CHECKING

import pytest

from actions.understanding import decide_intent
from bot.nlu_session import nlu_session
from bot.settings import load_settings
from tests.scenario_tables import scenarios

if TYPE_CHECKING:
    from knowledge.knowledge_base import KnowledgeBase
    from nlu.prediction import Prediction

#: The share of questions that must find their topic.
UNDERSTOOD = 0.85


async def predictions(questions: list[str]) -> list[Prediction]:
    async with nlu_session(load_settings()) as classify:
        found = [await classify(question) for question in questions]
    assert None not in found, "the classifier is away"
    return [prediction for prediction in found if prediction]


@pytest.mark.rasa
def test_questions_find_their_topic(knowledge: KnowledgeBase) -> None:
    """What is missed is listed, by topic."""
    rows = scenarios()
    missed = defaultdict(list)
    for row, prediction in zip(rows, asyncio.run(predictions([row.question for row in rows])), strict=True):
        decision = decide_intent(prediction, knowledge)
        if decision.kind == "decline" or row.topic not in decision.intents:
            missed[row.topic].append(f"{row.question} -> {decision.kind} {', '.join(decision.intents)}")
    count = sum(map(len, missed.values()))
    report = "\n".join(f"{topic}: {line}" for topic, lines in sorted(missed.items()) for line in lines)
    print(f"\n{len(rows) - count} of {len(rows)} questions understood\n{report}")  # noqa: T201  # what editors read
    assert count <= (1 - UNDERSTOOD) * len(rows), report
