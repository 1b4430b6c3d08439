from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from nlu.evaluation.curves import wants_more
from nlu.evaluation.measures import Judged, calibration_error, confusions, measure, reliability
from nlu.evaluation.questions import Question, QuestionFileError, read_questions, spelt
from nlu.evaluation.report import report
from nlu.evaluation.tuning import tune
from nlu.prediction import Prediction, RankedIntent
from nlu.thresholds import Thresholds

if TYPE_CHECKING:
    from pathlib import Path

GIVEN = Thresholds(answer=0.5, margin=0.1, decline=0.5, danger=0.5)


def judged(
    label: str,
    said: str,
    confidence: float = 0.9,
    *,
    alt: tuple[str, ...] = (),
    danger: bool = False,
    alarm: float = 0.0,
    in_scope: float = 1.0,
) -> Judged:
    ranking = (RankedIntent(said, confidence), RankedIntent("second", 0.05), RankedIntent("third", 0.01))
    prediction = Prediction(said, confidence, ranking, (), danger=alarm, in_scope=in_scope)
    return Judged(Question("text", label, alt, "es", danger), prediction)


def test_accuracy_takes_alternatives() -> None:
    measured = measure([judged("a", "a"), judged("a", "b", alt=("b",)), judged("a", "c"), judged("second", "c")], GIVEN)

    assert measured["accuracy"] == 0.5
    assert measured["top3"] == 0.75
    assert measured["per_intent"]["a"] == {"n": 3, "precision": 1.0, "recall": 2 / 3, "f1": pytest.approx(0.8)}
    assert [error["predicted"] for error in measured["errors"]] == ["c", "c"]


def test_scope() -> None:
    rows = [
        judged("out_of_scope", "out_of_scope"),
        judged("out_of_scope", "a", in_scope=0.2),
        judged("out_of_scope", "a"),
        judged("a", "a"),
        judged("a", "a", in_scope=0.2),
        judged("a", "a", alt=("out_of_scope",), in_scope=0.2),
    ]
    measured = measure(rows, GIVEN)

    assert measured["oos_recall"] == pytest.approx(2 / 3)
    assert measured["oos_precision"] == pytest.approx(3 / 4)
    assert measured["false_refusal"] == pytest.approx(1 / 2)
    assert sum(measured["shares"].values()) == pytest.approx(1)


def test_danger() -> None:
    rows = [
        judged("a", "a", danger=True, alarm=0.9),
        judged("a", "a", danger=True, alarm=0.1),
        judged("a", "a", alarm=0.9),
        judged("a", "a"),
    ]
    measured = measure(rows, GIVEN)

    assert (measured["danger_recall"], measured["danger_precision"], measured["danger_false_alarms"]) == (0.5, 0.5, 0.5)


def test_calibration() -> None:
    rows = [judged("a", "a", 0.75), judged("a", "b", 0.75), judged("a", "a", 1.0)]

    assert reliability(rows) == [(2, 0.75, 0.5), (1, 1.0, 1.0)]
    assert calibration_error(rows) == pytest.approx(2 / 3 * 0.25)


def test_confusions_most_frequent_first() -> None:
    rows = [judged("a", "b"), judged("c", "b"), judged("c", "b"), judged("a", "a")]

    assert [(label, predicted, len(cases)) for label, predicted, cases in confusions(rows)] == [("c", "b", 2), ("a", "b", 1)]


def test_nothing_measured_is_no_crash() -> None:
    assert measure([], GIVEN)["accuracy"] == 0


def test_tuning_keeps_its_rules() -> None:
    rows = [judged("a", "a", danger=True, alarm=0.3)] * 5 + [judged("a", "a", alarm=0.02, in_scope=0.6)] * 5
    chosen = tune([*rows, judged("out_of_scope", "out_of_scope", in_scope=0.1)])

    assert chosen.danger == pytest.approx(0.3)
    assert chosen.decline == pytest.approx(0.6)


def test_reads_json_lines_and_names_the_bad_one(tmp_path: Path) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text(json.dumps({"text": "no me pagan", "label": "a", "alt": ["b"]}) + "\n\n{}\n", encoding="utf-8")

    with pytest.raises(QuestionFileError, match=r"questions\.jsonl:3: "):
        read_questions(path)

    path.write_text(json.dumps({"text": "no me pagan", "label": "a", "alt": ["b"], "danger": False}), encoding="utf-8")
    (question,) = read_questions(path)
    assert question == Question("no me pagan", "a", ("b",), "es", danger=False)


def test_reads_rasa_s_yaml(tmp_path: Path) -> None:
    path = tmp_path / "questions.yml"
    path.write_text("nlu:\n- intent: a\n  examples: |\n    - my boss does not pay\n", encoding="utf-8")

    assert read_questions(path) == [Question("my boss does not pay", "a", (), "en", danger=False)]


def test_spellings() -> None:
    question = Question("¿Cuándo me pagarán?", "a")

    assert spelt(question, "no accents").text == "¿Cuando me pagaran?"
    assert spelt(question, "SMS").text == spelt(question, "SMS").text != question.text
    assert spelt(question, "as written") is question


def test_report_holds_every_set_and_spelling() -> None:
    page = report({"heldout": {"as written": [judged("a", "a"), judged("a", "b")], "SMS": [judged("a", "a")]}}, "m.tar.gz")

    for piece in ("heldout, as written (n=2)", "heldout, SMS (n=1)", "`a` taken for `b`", "m.tar.gz", "| 0.500 | 1.000 |"):
        assert piece in page


def test_topics_that_still_rise_want_more_examples() -> None:
    rows = [
        {"per_intent": {"unions": 0.9, "housing": 0.4, "greet": 0.8}},
        {"per_intent": {"unions": 0.9, "housing": 0.7, "greet": 0.9}},
    ]

    assert wants_more(rows, 2) == [("housing", 0.4, 0.7), ("greet", 0.8, 0.9)]
    assert wants_more(rows[:1]) == []
