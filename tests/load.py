"""The whole bot under load: the Telegram emulator, the load, the bot and the classifier, all on this machine.

    make load        (or: python -m tests.load)

First as many people as one bot may have waiting ask held-out questions as fast as they are answered; then questions arrive
at the steady rate of Telegram's own ceiling. Prints answers per second, and how long an answer took: from the moment the
webhook is called until the bot's `sendMessage` arrives. Everything stays on loopback and ends by itself.
"""

from __future__ import annotations

import asyncio
import itertools
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from nlu.dataset import EVALUATION
from nlu.evaluation.bench import resident_mb
from nlu.evaluation.questions import read_questions
from nlu.server_process import free_port
from tests.processes import NLU_TOKEN, bot, nlu_server
from tests.telegram_emulator.server import TOKEN, Emulator

if TYPE_CHECKING:
    from collections.abc import Iterator

PEOPLE = 32
QUESTIONS = 1500
#: Messages a second that Telegram lets one bot send (Bots FAQ).
CEILING = 30
STEADY_SECONDS = 20
FIRST_PERSON = 4_300_000_000


async def main() -> None:
    """Start everything, measure, print."""
    texts = itertools.cycle(question.text for question in read_questions(EVALUATION / "heldout.jsonl"))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        nlu_port, port = free_port(), free_port()
        settings = {
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "AMPARO_NLU_URL": f"http://127.0.0.1:{nlu_port}",
            "AMPARO_NLU_TOKEN": NLU_TOKEN,
            "AMPARO_WEBHOOK_URL": f"http://127.0.0.1:{port}",
            "AMPARO_WEBHOOK_SECRET": "secret-of-the-load",
            "AMPARO_SECRET_KEY": "k" * 32,
            "AMPARO_MESSAGES_PER_SECOND": "1000",  # the ceiling is Telegram's; what the bot could do is asked here
        }
        async with (
            Emulator() as telegram,
            nlu_server(nlu_port, folder / "nlu.log") as nlu,
            bot(port, folder / "data", TELEGRAM_API_BASE_URL=telegram.base_url, **settings) as child,
        ):
            await telegram.wait_until_called("setWebhook")
            await _as_fast_as_answered(telegram, texts, QUESTIONS // 10)
            seconds = await _as_fast_as_answered(telegram, texts, QUESTIONS)
            print(f"{PEOPLE} people, {QUESTIONS} questions: {QUESTIONS / seconds:.0f} answers a second")
            _print_times(f"{CEILING} questions a second", await _steady(telegram, texts))
            print(f"resident: bot {resident_mb(child.process.pid):.0f} MB, classifier {resident_mb(nlu.process.pid):.0f} MB")


async def _ask(telegram: Emulator, person: int, text: str) -> float:
    started = time.perf_counter()
    somebody = telegram.person(person)
    somebody.say(text)
    await somebody.answer()
    return time.perf_counter() - started


async def _as_fast_as_answered(telegram: Emulator, texts: Iterator[str], count: int) -> float:
    """Everybody asks the next question as soon as the last is answered; the seconds that took."""
    queue = itertools.islice(texts, count)

    async def person(number: int) -> None:
        for text in queue:
            await _ask(telegram, FIRST_PERSON + number, text)

    started = time.perf_counter()
    await asyncio.gather(*(person(number) for number in range(PEOPLE)))
    return time.perf_counter() - started


async def _steady(telegram: Emulator, texts: Iterator[str]) -> list[float]:
    """Questions arrive at even distances whether or not the last are answered, each of somebody else."""
    started, tasks = time.perf_counter(), []
    for number in range(CEILING * STEADY_SECONDS):
        await asyncio.sleep(max(started + number / CEILING - time.perf_counter(), 0))
        tasks.append(asyncio.create_task(_ask(telegram, FIRST_PERSON + 10_000 + number, next(texts))))
    return await asyncio.gather(*tasks)


def _print_times(what: str, times: list[float]) -> None:
    cuts = statistics.quantiles(times, n=100)
    print(f"{what}: p50 {1000 * cuts[49]:.0f} ms, p99 {1000 * cuts[98]:.0f} ms, longest {1000 * max(times):.0f} ms")


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
