"""Questions to evaluate with: JSON lines (`text`, `label`, `alt`, `lang`, `country`, `danger`) or Rasa's YAML."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from nlu.dataset import read_file
from nlu.spelling_variants import looks_spanish, sms_spelling, strip_accents

Spelling = Literal["as written", "no accents", "SMS"]


class QuestionFileError(ValueError):
    """A line that is no question; the message names file and line."""


@dataclass(frozen=True, slots=True)
class Question:
    """A sentence, the topic a careful reader gives it, and other topics that would serve as well."""

    text: str
    label: str
    alternatives: tuple[str, ...] = ()
    language: str = "es"
    danger: bool | None = None
    country: str | None = None

    def accepts(self, topic: str) -> bool:
        """Return whether a topic is right."""
        return topic == self.label or topic in self.alternatives


def read_questions(path: Path) -> list[Question]:
    """Read a file of questions; raise QuestionFileError naming the line that is none."""
    if path.suffix in {".yml", ".yaml"}:
        examples = read_file(path)
        return [Question(e.text, e.intent, (), _language(e.text), e.danger) for e in examples]
    return list(_json_lines(path))


def _json_lines(path: Path) -> Iterator[Question]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            yield _question(json.loads(line))
        except (ValueError, KeyError, TypeError) as error:
            raise QuestionFileError(f"{path}:{number}: no question with text and label ({error})") from None


def _question(item: dict[str, Any]) -> Question:
    text, label = str(item["text"]), str(item["label"])
    alternatives = item.get("alt") or []
    danger = item.get("danger")
    return Question(
        text=text,
        label=label,
        alternatives=tuple(alternatives if isinstance(alternatives, list) else [alternatives]),
        language=item.get("lang") or _language(text),
        danger=None if danger is None else bool(danger),
        country=item.get("country"),
    )


def _language(text: str) -> str:
    return "es" if looks_spanish(text) else "en"


def spelt(question: Question, spelling: Spelling) -> Question:
    """Return the question as typed without accents, or in SMS spelling."""
    if spelling == "no accents":
        return replace(question, text=strip_accents(question.text))
    if spelling == "SMS":
        return replace(question, text=sms_spelling(question.text, question.language, seed=99))
    return question
