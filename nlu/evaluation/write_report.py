"""Write `report.md` and its two pictures into a folder."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from nlu.dataset import EVALUATION
from nlu.evaluation.measures import Judged, reliability
from nlu.evaluation.questions import Spelling
from nlu.evaluation.report import report
from nlu.rasa_environment import RasaEnvironmentError, command, environment


def write_report(judged: Mapping[str, Mapping[Spelling, Sequence[Judged]]], model: str, folder: Path = EVALUATION) -> Path:
    """Write the page and the pictures; return where the page lies."""
    folder.mkdir(parents=True, exist_ok=True)
    page = folder / "report.md"
    page.write_text(report(judged, model), encoding="utf-8")
    _draw(next(iter(judged.values()))["as written"], folder)
    return page


def _draw(judged: Sequence[Judged], folder: Path) -> None:
    labels = sorted({j.question.label for j in judged} | {j.prediction.intent for j in judged})
    place = {label: index for index, label in enumerate(labels)}
    matrix = [[0] * len(labels) for _ in labels]
    for j in judged:
        predicted = j.question.label if j.right else j.prediction.intent
        matrix[place[j.question.label]][place[predicted]] += 1
    data = {"folder": str(folder), "labels": labels, "matrix": matrix, "reliability": reliability(judged)}
    drawn = subprocess.run(  # noqa: S603
        command("nlu.pictures"), input=json.dumps(data), env=environment(), text=True, check=False
    )
    if drawn.returncode:
        raise RasaEnvironmentError("the pictures could not be drawn; see the messages above")
