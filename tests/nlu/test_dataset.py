from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nlu.dataset import DatasetError, read_examples, read_file, without_annotations
from nlu.dataset_add import SentenceRefused, add_sentence
from nlu.dataset_check import check
from nlu.similarity import SimilarTexts

if TYPE_CHECKING:
    from pathlib import Path

GOOD = """version: "3.1"

nlu:
- intent: wage_unpaid
  examples: |
    - no me pagan
    - trabajo en [Houston]{"entity": "city", "value": "US-TX"} y no pagan
- intent: wage_unpaid
  metadata:
    danger: true
  examples: |
    - me sacó la pistola cuando cobré
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "data" / "es").mkdir(parents=True)
    (tmp_path / "data" / "en").mkdir()
    (tmp_path / "data" / "lookups").mkdir()
    (tmp_path / "evaluation").mkdir()
    write(tmp_path / "data" / "es" / "wage_unpaid.yml", GOOD)
    return tmp_path / "data"


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def intent(name: str, *sentences: str) -> str:
    lines = "\n".join(f"    - {sentence}" for sentence in sentences)
    return f'version: "3.1"\nnlu:\n- intent: {name}\n  examples: |\n{lines}\n'


def codes(data: Path) -> list[str]:
    return [problem.code for problem in check(data, data.parent / "evaluation", counts=False)]


def test_reads_sentences_with_their_lines(data: Path) -> None:
    first, second, third = read_file(data / "es" / "wage_unpaid.yml")

    assert (first.text, first.line, first.danger) == ("no me pagan", 6, False)
    assert (second.text, second.line) == ("trabajo en Houston y no pagan", 7)
    assert (third.text, third.line, third.danger) == ("me sacó la pistola cuando cobré", 12, True)
    assert third.language == "es"


def test_strips_both_kinds_of_annotation() -> None:
    assert without_annotations("en [Houston](city) y [Dallas]{'x': 1}") == "en Houston y Dallas"


@pytest.mark.parametrize(
    "broken", ["nlu: [", "other: 1", "nlu:\n- intent: x", "nlu:\n- intent: x\n  examples:\n  - a", "- a"]
)
def test_names_file_and_line_of_a_broken_file(data: Path, broken: str) -> None:
    path = write(data / "es" / "greet.yml", broken)

    with pytest.raises(DatasetError, match=r"greet\.yml:\d+: "):
        read_file(path)
    (problem,) = check(data, data.parent / "evaluation", counts=False)
    assert problem.code == "unreadable"


def test_good_data_has_no_problem(data: Path) -> None:
    assert codes(data) == []


@pytest.mark.parametrize(
    ("content", "code", "says"),
    [
        (intent("thanks", "gracias"), "file_name", "debe estar en thanks.yml"),
        (intent("greet", "👍"), "wordless", "no tiene palabras"),
        (intent("greet", "hola " * 300), "too_long", "acórtela"),
        (intent("greet", "hola", "Hola!!"), "duplicate", "ya está en greet.yml:5"),
        (intent("greet", "¿No me pagan?"), "conflict", "«wage_unpaid» y en «greet» (greet.yml:5)"),
    ],
)
def test_names_what_is_wrong(data: Path, content: str, code: str, says: str) -> None:
    write(data / "es" / "greet.yml", content)

    problems = check(data, data.parent / "evaluation", counts=False)

    assert [problem.code for problem in problems] == [code]
    (problem,) = problems
    assert says in problem.text("es")
    assert f"{problem.path}:{problem.line}: " in problem.text("en")


def test_finds_a_held_out_question_in_the_training_data(data: Path) -> None:
    write(data.parent / "evaluation" / "heldout.jsonl", '{"text": "No me pagan!", "label": "wage_unpaid"}\n')

    assert codes(data) == ["held_out"]


def test_counts(data: Path) -> None:
    problems = check(data, data.parent / "evaluation")

    assert [(p.code, p.path.parent.name) for p in problems] == [("too_few", "es"), ("too_few", "en")]
    assert "hacen falta 150" in problems[0].text("es")


def test_a_lookup_with_a_bad_name_is_named(data: Path) -> None:
    write(data / "lookups" / "x.yml", 'version: "3.1"\nnlu:\n- lookup: towns\n  examples: |\n    - Houston\n')

    assert codes(data) == ["lookup"]


@pytest.mark.data
def test_the_shipped_data_is_good() -> None:
    assert [problem.text("en") for problem in check()] == []


def test_danger_is_marked_in_both_languages() -> None:
    examples = read_examples()

    assert all(sum(e.danger for e in examples if e.language == language) > 300 for language in ("es", "en"))


class TestAdd:
    def add(self, data: Path, text: str, **options: object) -> str:
        options = {"folder": data, "evaluation": data.parent / "evaluation", "language": "es", **options}
        added = add_sentence("wage_unpaid", text, **options)  # type: ignore[arg-type]
        return f"{added.path.name}:{added.line}"

    def test_appends_to_the_block_it_belongs_to(self, data: Path) -> None:
        assert self.add(data, "el contratista se fue  con todo") == "wage_unpaid.yml:8"
        assert self.add(data, "me apuntó con un arma al cobrar", danger=True) == "wage_unpaid.yml:14"
        assert [e.danger for e in read_file(data / "es" / "wage_unpaid.yml")] == [False, False, False, True, True]

    @pytest.mark.parametrize(("text", "why"), [("NO me pagan", "wage_unpaid.yml:6"), ("👍", "no tiene palabras")])
    def test_refuses_and_changes_nothing(self, data: Path, text: str, why: str) -> None:
        before = (data / "es" / "wage_unpaid.yml").read_text(encoding="utf-8")

        with pytest.raises(SentenceRefused, match=why):
            self.add(data, text)
        assert (data / "es" / "wage_unpaid.yml").read_text(encoding="utf-8") == before

    def test_names_the_intents_there_are(self, data: Path) -> None:
        with pytest.raises(SentenceRefused, match="wage_unpaid"):
            add_sentence("wages", "no me pagan nada", language="es", folder=data, evaluation=data.parent / "evaluation")


def test_similar_texts() -> None:
    similar = SimilarTexts()
    similar.add("no me pagan desde hace un mes", "a")

    assert similar.nearest("no me pagan desde hace mes") == "a"
    assert similar.nearest("no me dejan salir de la casa") is None
    assert similar.nearest("no me pagan") is None
    assert SimilarTexts().nearest("hola") is None
