"""What is measured, from questions and the predictions for them; pure functions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from nlu.evaluation.questions import Question
from nlu.prediction import Prediction
from nlu.thresholds import OUT_OF_SCOPE, THRESHOLDS, Outcome, Thresholds, is_danger, outcome_of

BINS = 10
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Judged:
    """A question and what the classifier said to it."""

    question: Question
    prediction: Prediction

    @property
    def right(self) -> bool:
        """Return whether the first topic is right."""
        return self.question.accepts(self.prediction.intent)

    @property
    def right_in_three(self) -> bool:
        """Return whether one of the first three topics is right."""
        return any(self.question.accepts(ranked.name) for ranked in self.prediction.ranking[:3])

    @property
    def outside(self) -> bool:
        """Return whether the question is out of scope."""
        return self.question.label == OUT_OF_SCOPE

    @property
    def inside(self) -> bool:
        """Return whether declining the question would be wrong."""
        return not self.question.accepts(OUT_OF_SCOPE)


def share(items: Iterable[bool]) -> float:
    """Return which part of the items is true, 0 when there are none."""
    values = list(items)
    return sum(values) / len(values) if values else 0.0


def measure(judged: Sequence[Judged], thresholds: Thresholds = THRESHOLDS) -> dict[str, Any]:
    """Return every figure of the report; keys as in `amparo nlu evaluate --json`."""
    outcomes = [outcome_of(j.prediction, thresholds) for j in judged]
    per_intent = topics(judged)
    answered = [j for j, outcome in zip(judged, outcomes, strict=True) if outcome == "answer"]
    return {
        "n": len(judged),
        "accuracy": share(j.right for j in judged),
        "in_scope_accuracy": share(j.right for j in judged if not j.outside),
        "macro_f1": _mean(row["f1"] for row in per_intent.values() if row["n"]),
        "top3": share(j.right_in_three for j in judged),
        **scope(judged, outcomes),
        **danger(judged, thresholds),
        "ece": calibration_error(judged),
        "shares": {name: share(o == name for o in outcomes) for name in ("answer", "ask", "decline")},
        "answered_accuracy": share(j.right for j in answered),
        "per_intent": per_intent,
        "per_language": {
            language: {
                "n": len(rows),
                "accuracy": share(j.right for j in rows),
                "top3": share(j.right_in_three for j in rows),
            }
            for language, rows in _by(judged, lambda j: j.question.language).items()
        },
        "errors": [_error(j) for j in judged if not j.right],
    }


def scope(judged: Sequence[Judged], outcomes: Sequence[Outcome]) -> dict[str, float]:
    """Return how many out-of-scope questions are declined, how many declined are so, and who is refused wrongly."""
    pairs = list(zip(judged, outcomes, strict=True))
    return {
        "oos_recall": share(outcome == "decline" for j, outcome in pairs if j.outside),
        "oos_precision": share(not j.inside for j, outcome in pairs if outcome == "decline"),
        "false_refusal": share(outcome == "decline" for j, outcome in pairs if j.inside),
    }


def danger(judged: Sequence[Judged], thresholds: Thresholds) -> dict[str, float]:
    """Return how many in danger are recognised, how many alarms are true, and how often a calm question raises one."""
    marked = [j for j in judged if j.question.danger is not None]
    alarms = [j for j in marked if is_danger(j.prediction, thresholds)]
    calm = [j for j in marked if not j.question.danger]
    return {
        "danger_recall": share(is_danger(j.prediction, thresholds) for j in marked if j.question.danger),
        "danger_precision": share(bool(j.question.danger) for j in alarms),
        "danger_false_alarms": share(is_danger(j.prediction, thresholds) for j in calm),
    }


def topics(judged: Sequence[Judged]) -> dict[str, dict[str, float]]:
    """Return precision, recall and F1 per topic; a prediction that an alternative accepts counts as the label."""
    truth: Counter[str] = Counter()
    said: Counter[str] = Counter()
    hits: Counter[str] = Counter()
    for j in judged:
        predicted = j.question.label if j.right else j.prediction.intent
        truth[j.question.label] += 1
        said[predicted] += 1
        hits[predicted] += j.right
    return {topic: _row(truth[topic], said[topic], hits[topic]) for topic in sorted(set(truth) | set(said))}


def _row(truth: int, said: int, hits: int) -> dict[str, float]:
    precision = hits / said if said else 0.0
    recall = hits / truth if truth else 0.0
    f1 = 2 * precision * recall / (precision + recall) if hits else 0.0
    return {"n": truth, "precision": precision, "recall": recall, "f1": f1}


def reliability(judged: Sequence[Judged]) -> list[tuple[int, float, float]]:
    """Return for each tenth of confidence that occurs: how many, mean confidence, share right."""
    tenths = _by(judged, lambda j: min(int(j.prediction.confidence * BINS), BINS - 1))
    return [
        (len(rows), _mean(j.prediction.confidence for j in rows), share(j.right for j in rows))
        for _, rows in sorted(tenths.items())
    ]


def calibration_error(judged: Sequence[Judged]) -> float:
    """Return the expected calibration error: how far confidence and accuracy lie apart, on average."""
    total = len(judged) or 1
    return sum(n * abs(confidence - right) for n, confidence, right in reliability(judged)) / total


def confusions(judged: Sequence[Judged]) -> list[tuple[str, str, list[Judged]]]:
    """Return (label, predicted, cases) of the wrong predictions, the most frequent pairs first."""
    pairs = _by([j for j in judged if not j.right], lambda j: (j.question.label, j.prediction.intent))
    ordered = sorted(pairs.items(), key=lambda item: (-len(item[1]), item[0]))
    return [(label, predicted, cases) for (label, predicted), cases in ordered]


def _error(judged: Judged) -> dict[str, Any]:
    return {
        "text": judged.question.text,
        "label": judged.question.label,
        "predicted": judged.prediction.intent,
        "confidence": judged.prediction.confidence,
    }


def _mean(values: Iterable[float]) -> float:
    items = list(values)
    return sum(items) / len(items) if items else 0.0


def _by(judged: Sequence[Judged], key: Callable[[Judged], Key]) -> dict[Key, list[Judged]]:
    groups: dict[Key, list[Judged]] = {}
    for j in judged:
        groups.setdefault(key(j), []).append(j)
    return groups
