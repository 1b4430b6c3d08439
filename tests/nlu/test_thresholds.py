from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nlu.prediction import Prediction, RankedIntent
from nlu.thresholds import THRESHOLDS, Outcome, Thresholds, is_danger, load_thresholds, outcome_of

if TYPE_CHECKING:
    from pathlib import Path

GIVEN = Thresholds(answer=0.5, margin=0.2, decline=0.3, danger=0.1)


def prediction(first: float, second: float, *, intent: str = "wage_unpaid", in_scope: float = 0.9) -> Prediction:
    ranking = (RankedIntent(intent, first), RankedIntent("greet", second))
    return Prediction(intent, first, ranking, (), danger=0.1, in_scope=in_scope)


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        (prediction(0.8, 0.1), "answer"),
        (prediction(0.5, 0.3), "answer"),
        (prediction(0.49, 0.1), "ask"),
        (prediction(0.5, 0.4), "ask"),
        (prediction(0.9, 0.1, in_scope=0.29), "decline"),
        (prediction(0.9, 0.1, intent="out_of_scope"), "decline"),
        (prediction(0.4, 0.3, intent="out_of_scope"), "ask"),
    ],
)
def test_answers_asks_or_declines(said: Prediction, outcome: Outcome) -> None:
    assert outcome_of(said, GIVEN) == outcome


def test_danger_begins_at_its_threshold() -> None:
    assert is_danger(prediction(1.0, 0.0), GIVEN)
    assert not is_danger(prediction(1.0, 0.0), Thresholds(0.5, 0.2, 0.3, 0.11))


def test_the_shipped_file_is_what_is_used() -> None:
    assert load_thresholds() == THRESHOLDS


@pytest.mark.parametrize(
    "content",
    [
        "answer: 0.5",
        "answer: 0.5\nmargin: 0.1\ndecline: 0.3\ndanger: 0.1\nmore: 1",
        "answer: 2\nmargin: 0.1\ndecline: 0.3\ndanger: 0.1",
        "answer: [1]\nmargin: 0.1\ndecline: 0.3\ndanger: 0.1",
    ],
)
def test_a_bad_file_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "thresholds.yml"
    path.write_text(content, encoding="utf-8")

    with pytest.raises(ValueError, match="must"):
        load_thresholds(path)
