"""Choose the thresholds on held-out questions: the rule is written down here, the numbers come out of it.

* danger: the highest threshold at which at least 99 % of the people in danger are recognised (98 % and some room).
* decline: the highest threshold at which at most 2 % of the in-scope questions are refused (5 % allowed).
* answer and margin: the pair that answers most questions at once while at least 94 % of these answers are right.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from nlu.evaluation.measures import Judged, measure
from nlu.thresholds import THRESHOLDS, Thresholds

DANGER_RECALL = 0.99
FALSE_REFUSAL = 0.02
ANSWERED_ACCURACY = 0.94
DANGER_STEPS = tuple(n / 200 for n in range(100, 0, -1))
DECLINE_STEPS = tuple(n / 100 for n in range(97, 4, -1))
ANSWER_STEPS = tuple(n / 20 for n in range(6, 17))
MARGIN_STEPS = tuple(n / 20 for n in range(1, 9))


def tune(judged: Sequence[Judged]) -> Thresholds:
    """Return the thresholds that the rules above choose."""
    danger = _first(judged, _danger(THRESHOLDS), "danger_recall", at_least=DANGER_RECALL)
    decline = _first(judged, _decline(danger), "false_refusal", at_most=FALSE_REFUSAL)
    pairs = [replace(decline, answer=a, margin=m) for a in ANSWER_STEPS for m in MARGIN_STEPS]
    measured = [(pair, measure(judged, pair)) for pair in pairs]
    good = [(pair, m) for pair, m in measured if m["answered_accuracy"] >= ANSWERED_ACCURACY] or measured
    return max(good, key=lambda item: (item[1]["shares"]["answer"], item[1]["answered_accuracy"]))[0]


def trade_off(judged: Sequence[Judged], thresholds: Thresholds) -> Iterator[dict[str, float]]:
    """Yield what neighbouring thresholds for answering would give, for the decision record."""
    for answer in (0.3, 0.4, 0.5, 0.6, 0.7, 0.8):
        measured = measure(judged, replace(thresholds, answer=answer))
        yield {"answer": answer, **measured["shares"], "answered_accuracy": measured["answered_accuracy"]}


def _danger(base: Thresholds) -> list[Thresholds]:
    return [replace(base, danger=step) for step in DANGER_STEPS]


def _decline(base: Thresholds) -> list[Thresholds]:
    return [replace(base, decline=step) for step in DECLINE_STEPS]


def _first(
    judged: Sequence[Judged], candidates: list[Thresholds], key: str, *, at_least: float = 0.0, at_most: float = 1.0
) -> Thresholds:
    """Return the first candidate, from high to low, that keeps the bounds; the last when none does."""
    keeping = (c for c in candidates if at_least <= measure(judged, c)[key] <= at_most)
    return next(keeping, candidates[-1])
