"""The one rule that decides between answering, asking back and declining; the bot and the evaluation both use it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path
from typing import Literal

import yaml

from nlu.prediction import Prediction

OUT_OF_SCOPE = "out_of_scope"
THRESHOLDS_FILE = Path(__file__).with_name("thresholds.yml")

Outcome = Literal["answer", "ask", "decline"]


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Probabilities at which the bot changes its mind; see `nlu/thresholds.yml`."""

    answer: float
    margin: float
    decline: float
    danger: float

    def __post_init__(self) -> None:
        """Refuse what is no probability."""
        for field in fields(self):
            value = getattr(self, field.name)
            if not isinstance(value, float) or not 0 <= value <= 1:
                raise ValueError(f"nlu/thresholds.yml: {field.name} must be a number from 0.0 to 1.0, not {value!r}")


def load_thresholds(path: Path = THRESHOLDS_FILE) -> Thresholds:
    """Read the thresholds; raise ValueError when one is missing, unknown or no probability."""
    values = yaml.safe_load(path.read_text(encoding="utf-8"))
    expected = {field.name for field in fields(Thresholds)}
    if not isinstance(values, dict) or set(values) != expected:
        raise ValueError(f"{path.name}: must hold exactly {', '.join(sorted(expected))}")
    return Thresholds(**{name: float(value) if isinstance(value, int) else value for name, value in values.items()})


THRESHOLDS = load_thresholds()


def outcome_of(prediction: Prediction, thresholds: Thresholds = THRESHOLDS) -> Outcome:
    """Return what to do about a message, danger aside: answer it, ask which topic is meant, or decline."""
    if prediction.in_scope < thresholds.decline:
        return "decline"
    if prediction.confidence >= thresholds.answer and prediction.margin >= thresholds.margin:
        return "decline" if prediction.intent == OUT_OF_SCOPE else "answer"
    return "ask"


def is_danger(prediction: Prediction, thresholds: Thresholds = THRESHOLDS) -> bool:
    """Return whether the emergency card must come first."""
    return prediction.danger >= thresholds.danger
