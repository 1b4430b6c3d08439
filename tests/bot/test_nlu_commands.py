from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from bot.commands import nlu as commands
from bot.commands.bench import bench_app, table
from bot.commands.nlu import nlu_app
from nlu.evaluation.measures import Judged
from nlu.fingerprint import manifest_path, model_path
from nlu.prediction import Prediction, RankedIntent

if TYPE_CHECKING:
    from nlu.evaluation.questions import Question, Spelling

runner = CliRunner()


def judged(question: Question) -> Judged:
    ranking = (RankedIntent("wage_unpaid", 0.9), RankedIntent("greet", 0.05))
    return Judged(question, Prediction("wage_unpaid", 0.9, ranking, (), danger=0.0, in_scope=0.99))


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    path = tmp_path / "questions.jsonl"
    rows = [{"text": "no me pagan", "label": "wage_unpaid", "lang": "es"}, {"text": "hola", "label": "greet", "lang": "es"}]
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return path


@pytest.fixture
def no_server(monkeypatch: pytest.MonkeyPatch) -> None:
    def judge(asked: list[Question], spellings: tuple[Spelling, ...], **_: object) -> dict[Spelling, list[Judged]]:
        return {spelling: [judged(question) for question in asked] for spelling in spellings}

    monkeypatch.setattr(commands, "judge", judge)
    monkeypatch.setattr(commands, "ensure_model", lambda **_: Path("model.tar.gz"))


@pytest.mark.usefixtures("no_server")
def test_evaluate_prints_the_agreed_keys(questions: Path) -> None:
    result = runner.invoke(nlu_app, ["evaluate", str(questions), "--json", "--spelling"])

    assert result.exit_code == 0
    measured = json.loads(result.stdout)
    agreed = (
        "n accuracy macro_f1 top3 oos_recall oos_precision false_refusal danger_recall ece shares per_intent per_language"
    )
    assert {*agreed.split(), "errors"} <= set(measured)
    assert measured["errors"] == [{"text": "hola", "label": "greet", "predicted": "wage_unpaid", "confidence": 0.9}]
    assert set(measured["spelling"]) == {"no accents", "SMS"}


@pytest.mark.usefixtures("no_server")
def test_evaluate_for_people(questions: Path) -> None:
    result = runner.invoke(nlu_app, ["evaluate", str(questions)])

    assert result.exit_code == 0
    assert "questions, as written: n=2" in result.stdout
    assert "accuracy             0.500" in result.stdout


def test_a_bad_file_is_no_traceback(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commands, "ensure_model", lambda **_: Path("model.tar.gz"))
    path = tmp_path / "bad.jsonl"
    path.write_text("{}", encoding="utf-8")

    result = runner.invoke(nlu_app, ["evaluate", str(path)])

    assert result.exit_code == 2
    assert "bad.jsonl:1" in result.output


def test_add_refuses_a_sentence_that_is_there() -> None:
    result = runner.invoke(nlu_app, ["add", "greet", "Hola!", "--language", "es"])

    assert result.exit_code == 1
    assert "greet.yml:" in result.output


def test_serve_wants_a_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AMPARO_NLU_TOKEN", raising=False)

    result = runner.invoke(nlu_app, ["serve"])

    assert result.exit_code == 2
    assert "AMPARO_NLU_TOKEN" in result.output


def test_bench_table() -> None:
    ours = {"accuracy": 0.9, "parse_p50_ms": 2.0}
    page = table({"ours": ours, "stock": {"accuracy": 0.8, "parse_p50_ms": 8.0}, "ratio": {"parse_p50_ms": 4.0}})

    assert page.splitlines()[0].split() == ["ours", "stock", "ratio"]
    assert page.splitlines()[2].split() == ["parse_p50_ms", "2.000", "8.000", "4.000"]


def test_bench_has_a_command_per_part() -> None:
    assert "nlu" in runner.invoke(bench_app, ["--help"]).output


@pytest.mark.rasa
@pytest.mark.skipif(
    not manifest_path(model_path()).exists() and not os.environ.get("CI"), reason="no trained model: amparo nlu train"
)
def test_parse() -> None:
    result = runner.invoke(nlu_app, ["parse", "soy nica, el patrón no me ha pagado dos quincenas en Costa Rica", "--json"])

    assert result.exit_code == 0, result.output
    said = json.loads(result.stdout)
    assert said["intent"] == "wage_unpaid"
    assert [(e["type"], e["value"]) for e in said["entities"]] == [("home_country", "ni"), ("work_country", "cr")]
