"""Check the training data and say what is wrong, with file and line, in Spanish or English."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from nlu.dataset import DATA, EVALUATION, DatasetError, Example, read_file, read_lookups
from nlu.gazetteer import Gazetteer, TableNameError
from nlu.language_identifier import LANGUAGES
from nlu.similarity import SimilarTexts
from nlu.text_folding import fold

Language = Literal["es", "en"]

CONVERSATION = frozenset("greet thanks goodbye help set_country set_language delete_my_data bot_challenge".split())
OUT_OF_SCOPE = "out_of_scope"
MINIMUM = {"es": 150, "en": 90}
MINIMUM_CONVERSATION = 40
MINIMUM_OUT_OF_SCOPE = 800
TOO_LONG = 1000

MESSAGES: dict[str, tuple[str, str]] = {
    "unreadable": ("{detail}", "{detail}"),
    "lookup": ("{detail}", "{detail}"),
    "file_name": (
        "la intención «{intent}» debe estar en {intent}.yml",
        "the intent '{intent}' belongs into {intent}.yml",
    ),
    "wordless": ("la frase no tiene palabras; bórrela", "the sentence has no words; delete it"),
    "too_long": ("la frase pasa de 1 000 letras; acórtela", "the sentence is longer than 1,000 characters; shorten it"),
    "duplicate": (
        "la frase ya está en {other}; borre una de las dos",
        "the sentence is already at {other}; delete one of the two",
    ),
    "conflict": (
        "la misma frase está en «{intent}» y en «{other_intent}» ({other}); déjela solo donde corresponde",
        "the same sentence is in '{intent}' and in '{other_intent}' ({other}); keep it where it belongs",
    ),
    "held_out": (
        "la frase es casi igual a una de evaluación ({other}); no se entrena con las preguntas del examen",
        "the sentence is nearly one of the evaluation set ({other}); one does not train on the exam",
    ),
    "too_few": (
        "{intent} tiene {count} frases en «{language}»; hacen falta {minimum}",
        "{intent} has {count} sentences in '{language}'; {minimum} are needed",
    ),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with the training data."""

    path: Path
    line: int
    code: str
    details: tuple[tuple[str, str], ...] = ()

    def text(self, language: Language = "es") -> str:
        """Return file, line, what is wrong and how to mend it."""
        message = MESSAGES[self.code][0 if language == "es" else 1].format(**dict(self.details))
        return message if self.code == "unreadable" else f"{self.path}:{self.line}: {message}"


def check(folder: Path = DATA, evaluation: Path = EVALUATION, *, counts: bool = True) -> list[Problem]:
    """Return every problem; `counts` asks for the minimum number of sentences per topic and language."""
    problems: list[Problem] = []
    examples: list[Example] = []
    for path in sorted(p for language in LANGUAGES for p in (folder / language).glob("*.yml")):
        try:
            examples += read_file(path)
        except DatasetError as error:
            problems.append(_problem(path, 1, "unreadable", detail=str(error)))
    problems += _lookups(folder / "lookups")
    for rule in (_shape, _twins, lambda rows: _held_out(rows, evaluation)):
        problems += rule(examples)
    return problems + (list(_counts(examples, folder)) if counts else [])


def _problem(path: Path, line: int, code: str, **details: object) -> Problem:
    return Problem(path, line, code, tuple((key, str(value)) for key, value in details.items()))


def _lookups(folder: Path) -> Iterator[Problem]:
    try:
        Gazetteer(read_lookups(folder))
    except (DatasetError, TableNameError) as error:
        yield _problem(folder, 1, "lookup", detail=error)


def _shape(examples: Sequence[Example]) -> Iterator[Problem]:
    for example in examples:
        if example.intent != example.path.stem:
            yield _problem(example.path, example.line, "file_name", intent=example.intent)
        if not example.folded:
            yield _problem(example.path, example.line, "wordless")
        if len(example.text) > TOO_LONG:
            yield _problem(example.path, example.line, "too_long")


def _twins(examples: Sequence[Example]) -> Iterator[Problem]:
    first: dict[str, Example] = {}
    for example in examples:
        other = first.setdefault(example.folded, example)
        if other is example or not example.folded:
            continue
        place = f"{other.path.name}:{other.line}"
        if other.intent == example.intent:
            yield _problem(example.path, example.line, "duplicate", other=place)
        else:
            details = {"intent": example.intent, "other_intent": other.intent, "other": place}
            yield _problem(example.path, example.line, "conflict", **details)


def _held_out(examples: Sequence[Example], evaluation: Path) -> Iterator[Problem]:
    held_out = SimilarTexts()
    for path in sorted(evaluation.glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if line.strip():
                held_out.add(fold(json.loads(line)["text"]), f"{path.name}:{number}")
    for example in examples:
        place = held_out.nearest(example.folded)
        if place is not None:
            yield _problem(example.path, example.line, "held_out", other=place)


def _counts(examples: Sequence[Example], folder: Path) -> Iterator[Problem]:
    counted = Counter((example.language, example.intent) for example in examples)
    present: dict[str, set[str]] = defaultdict(set)
    for language, intent in counted:
        present[intent].add(language)
    for intent in sorted(present):
        for language in LANGUAGES:
            minimum = minimum_of(intent, language)
            if counted[language, intent] < minimum:
                details = {"intent": intent, "count": counted[language, intent], "language": language, "minimum": minimum}
                yield _problem(folder / language / f"{intent}.yml", 1, "too_few", **details)


def minimum_of(intent: str, language: str) -> int:
    """Return how many sentences an intent needs in a language."""
    if intent == OUT_OF_SCOPE:
        return MINIMUM_OUT_OF_SCOPE
    return MINIMUM_CONVERSATION if intent in CONVERSATION else MINIMUM[language]
