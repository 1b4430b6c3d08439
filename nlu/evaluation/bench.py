"""This pipeline and stock Rasa side by side: the same data, one run, one machine, both over HTTP.

Both are trained in a temporary folder by the same program and served on loopback, ours by `nlu.server`, stock Rasa by
`rasa run --enable-api`. One client asks the test questions one by one (accuracy, latency), then 16 clients ask a bounded
number.
"""

from __future__ import annotations

import asyncio
import json
import secrets
import statistics
import tempfile
import time
from asyncio.subprocess import DEVNULL, Process
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx

from nlu.dataset import DATA, Example, read_examples
from nlu.evaluation.curves import write_examples
from nlu.evaluation.measures import share
from nlu.evaluation.questions import Question
from nlu.fingerprint import ROOT
from nlu.rasa_environment import RasaEnvironmentError, command, environment, run
from nlu.server_process import NluServer, free_port

STOCK_CONFIG = Path(__file__).with_name("stock_config.yml")
CLIENTS = 16
REQUESTS = 480
STOCK_READY_SECONDS = 180.0
WARM_UP = 20
MAX_CHARACTERS = 1000


def bench(questions: Sequence[Question], *, train: Path | None, examples: int, only_ours: bool) -> dict[str, Any]:
    """Train and measure; `train` is a Rasa file, without it a sample of our own data is taken."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        data = _training_data(folder / "data", train, examples)
        result = {"ours": asyncio.run(_measure_ours(folder, data, questions))}
        if not only_ours:
            result["stock"] = asyncio.run(_measure_stock(folder, data, questions))
            result["ratio"] = _ratio(result["ours"], result["stock"])
    return result


def _training_data(folder: Path, train: Path | None, examples: int) -> Path:
    if train is not None:
        return train
    write_examples(evenly(read_examples(DATA), examples), folder)
    return folder


def evenly(examples: Sequence[Example], count: int) -> list[Example]:
    """Return about `count` examples, the same share of every topic."""
    step = max(len(examples) / count, 1.0)
    return [examples[int(index * step)] for index in range(int(len(examples) / step))]


async def _measure_ours(folder: Path, data: Path, questions: Sequence[Question]) -> dict[str, float]:
    model, seconds = _trained(folder / "ours.tar.gz", data, ROOT / "config.yml")
    async with NluServer.running(model=model) as server:
        headers = {"Authorization": f"Bearer {server.token}"}
        async with httpx.AsyncClient(base_url=server.url, headers=headers, timeout=30, trust_env=False) as client:
            measured = await _ask(client, questions)
        return {**measured, "train_s": seconds, "rss_mb": resident_mb(server.process.pid)}


async def _measure_stock(folder: Path, data: Path, questions: Sequence[Question]) -> dict[str, float]:
    model, seconds = _trained(folder / "stock.tar.gz", data, STOCK_CONFIG)
    async with _stock_server(model) as (client, process):
        measured = await _ask(client, questions)
        return {**measured, "train_s": seconds, "rss_mb": resident_mb(process.pid)}


def _trained(model: Path, data: Path, config: Path) -> tuple[Path, float]:
    """Train and return the model with the seconds that training took, loading Rasa left out."""
    printed = run("nlu.training", ["--model", str(model), "--data", str(data), "--config", str(config), "--bare"])
    return model, float(json.loads(printed.splitlines()[-1])["training_seconds"])


@asynccontextmanager
async def _stock_server(model: Path) -> AsyncIterator[tuple[httpx.AsyncClient, Process]]:
    port, token = free_port(), secrets.token_urlsafe(12)
    options = ("run", "--enable-api", "-i", "127.0.0.1", "-p", str(port), "-m", str(model), "--auth-token", token)
    process = await asyncio.create_subprocess_exec(
        *command("rasa", *options), env=environment(), cwd=model.parent, stdout=DEVNULL, stderr=DEVNULL
    )
    try:
        url = f"http://127.0.0.1:{port}"
        async with httpx.AsyncClient(base_url=url, params={"token": token}, timeout=60, trust_env=False) as client:
            await _ready(client, process)
            yield client, process
    finally:
        process.terminate()
        await process.wait()


async def _ready(client: httpx.AsyncClient, process: Process) -> None:
    deadline = time.monotonic() + STOCK_READY_SECONDS
    while time.monotonic() < deadline and process.returncode is None:
        try:
            if (await client.get("/status")).status_code == httpx.codes.OK:
                return
        except httpx.HTTPError:
            pass
        await asyncio.sleep(0.5)
    raise RasaEnvironmentError("stock Rasa did not start; it is compared with ours, so the bench ends here")


async def _ask(client: httpx.AsyncClient, questions: Sequence[Question]) -> dict[str, float]:
    texts = [question.text[:MAX_CHARACTERS] for question in questions]
    for text in texts[:WARM_UP]:
        await _parse(client, text)
    seconds, right = [], []
    for question, text in zip(questions, texts, strict=True):
        started = time.perf_counter()
        intent = await _parse(client, text)
        seconds.append(time.perf_counter() - started)
        right.append(question.accepts(intent))
    return {
        "accuracy": share(right),
        "in_scope_accuracy": share(r for r, q in zip(right, questions, strict=True) if q.label != "out_of_scope"),
        "parse_p50_ms": 1000 * statistics.median(seconds),
        "parse_p99_ms": 1000 * statistics.quantiles(seconds, n=100)[98],
        "throughput_per_s": await _throughput(client, texts),
    }


async def _parse(client: httpx.AsyncClient, text: str) -> str:
    answer = (await client.post("/model/parse", json={"text": text.lstrip("/")})).raise_for_status().json()
    ranking = answer["intent_ranking"]
    named = [item["name"] for item in ranking if item["name"] != "nlu_fallback"]
    return str(named[0] if named else answer["intent"]["name"])


async def _throughput(client: httpx.AsyncClient, texts: Sequence[str]) -> float:
    """Return the answers per second when 16 clients ask at the same time."""
    queue = iter([texts[index % len(texts)] for index in range(REQUESTS)])

    async def ask_until_empty() -> None:
        for text in queue:
            await _parse(client, text)

    started = time.perf_counter()
    await asyncio.gather(*(ask_until_empty() for _ in range(CLIENTS)))
    return REQUESTS / (time.perf_counter() - started)


def _ratio(ours: dict[str, float], stock: dict[str, float]) -> dict[str, float]:
    """Return by what factor ours is better; accuracy as the difference."""
    smaller_is_better = ("parse_p50_ms", "parse_p99_ms", "train_s", "rss_mb")
    factors = {key: stock[key] / ours[key] for key in smaller_is_better if ours[key]}
    factors["throughput_per_s"] = ours["throughput_per_s"] / stock["throughput_per_s"]
    return {**factors, "accuracy": ours["accuracy"] - stock["accuracy"]}


def resident_mb(pid: int) -> float:
    """Return the resident memory of a process in MB, 0 where the system does not tell."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    except OSError:
        return 0.0
    line = next((line for line in status.splitlines() if line.startswith("VmRSS:")), "VmRSS: 0 kB")
    return int(line.split()[1]) / 1024
