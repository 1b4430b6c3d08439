"""Put questions through the classifier the way the bot does: over HTTP, with the bot's own client."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

from nlu.client import NotClassifiable, RasaClient
from nlu.evaluation.measures import Judged
from nlu.evaluation.questions import Question, Spelling, spelt
from nlu.prediction import Prediction, RankedIntent
from nlu.server_process import NluServer
from nlu.thresholds import OUT_OF_SCOPE

PATIENCE_SECONDS = 10.0


def wordless() -> Prediction:
    """Return what the bot makes of a text without words: nothing it can answer."""
    return Prediction(OUT_OF_SCOPE, 1.0, (RankedIntent(OUT_OF_SCOPE, 1.0),), (), danger=0.0, in_scope=0.0)


async def classify(questions: Sequence[Question], client: RasaClient) -> list[Judged]:
    """Return the questions with their predictions, one after the other."""
    judged = []
    for question in questions:
        try:
            prediction = await client.classify(question.text)
        except NotClassifiable:
            prediction = wordless()
        judged.append(Judged(question, prediction))
    return judged


def judge(
    questions: Sequence[Question], spellings: Sequence[Spelling] = ("as written",), *, model: Path | None = None
) -> dict[Spelling, list[Judged]]:
    """Start a server, put the questions through it in each spelling, and stop it."""

    async def work() -> dict[Spelling, list[Judged]]:
        async with (
            NluServer.running(model=model) as server,
            RasaClient(server.url, server.token, timeout=PATIENCE_SECONDS) as client,
        ):
            return {s: await classify([spelt(question, s) for question in questions], client) for s in spellings}

    return asyncio.run(work())
