"""Learning curves: how accuracy grows with the number of training examples."""

from __future__ import annotations

import json
import tempfile
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from nlu.dataset import DATA, Example, read_examples
from nlu.evaluation.classify import judge
from nlu.evaluation.measures import measure
from nlu.evaluation.questions import Question
from nlu.language_identifier import LANGUAGES
from nlu.rasa_environment import run


def curve(share: float, questions: Sequence[Question]) -> dict[str, Any]:
    """Train on a share of the examples of each topic and measure; the same share always takes the same examples."""
    examples = [e for e in read_examples() if zlib.crc32(e.text.encode()) % 1000 < 1000 * share]
    with tempfile.TemporaryDirectory() as name:
        data = Path(name) / "data"
        write_examples(examples, data)
        trained = run("nlu.training", ["--data", str(data), "--model", str(Path(name) / "model.tar.gz")])
        model = Path(json.loads(trained.splitlines()[-1])["model"])
        measured = measure(judge(questions, model=model)["as written"])
    return {
        "share": share,
        "examples": len(examples),
        "accuracy": measured["accuracy"],
        "top3": measured["top3"],
        "per_intent": {topic: row["f1"] for topic, row in measured["per_intent"].items()},
    }


def wants_more(rows: Sequence[dict[str, Any]], count: int = 8) -> list[tuple[str, float, float]]:
    """Return the topics whose F1 rose most with the last step, from where to where: there more examples would help most."""
    if len(rows) < 2:
        return []
    before, after = rows[-2]["per_intent"], rows[-1]["per_intent"]
    steps = [(topic, before.get(topic, 0.0), f1) for topic, f1 in after.items()]
    return sorted(steps, key=lambda step: step[1] - step[2])[:count]


def write_examples(examples: Sequence[Example], folder: Path) -> None:
    """Write examples as Rasa's YAML, a file per language, and the lookup tables beside them."""
    for language in LANGUAGES:
        items = []
        for key in sorted({(e.intent, e.danger) for e in examples if e.language == language}):
            texts = [e.text for e in examples if e.language == language and (e.intent, e.danger) == key]
            metadata = {"metadata": {"danger": True}} if key[1] else {}
            items.append({"intent": key[0], **metadata, "examples": "".join(f"- {text}\n" for text in texts)})
        path = folder / language / "examples.yml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(yaml.safe_dump({"version": "3.1", "nlu": items}, allow_unicode=True, width=10_000), encoding="utf-8")
    for source in (DATA / "lookups").glob("*.yml"):
        (folder / source.name).write_bytes(source.read_bytes())
