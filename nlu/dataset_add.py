"""Turn a sentence the bot got wrong into training data, after checking that it may be."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from nlu.dataset import DATA, EVALUATION, read_examples
from nlu.dataset_check import check
from nlu.language import likeliest_language
from nlu.language_identifier import identify
from nlu.text_folding import fold


class SentenceRefused(ValueError):
    """The sentence may not be added; the message says why, in Spanish and English."""


@dataclass(frozen=True, slots=True)
class Added:
    """Where a sentence went."""

    path: Path
    line: int
    language: str
    before: int


def add_sentence(
    intent: str,
    text: str,
    *,
    language: str | None = None,
    danger: bool = False,
    folder: Path = DATA,
    evaluation: Path = EVALUATION,
) -> Added:
    """Append a sentence to its intent's file; raise SentenceRefused, and change nothing, when it may not be added."""
    text = " ".join(text.split())
    path = folder / (language or likeliest_language(text, identify(text), prior="es").language) / f"{intent}.yml"
    if not path.exists():
        known = ", ".join(sorted(p.stem for p in path.parent.glob("*.yml")))
        raise SentenceRefused(f"no hay intención / there is no intent {intent!r}: {known}")
    _refuse_twins(text, folder)
    before = path.read_text(encoding="utf-8")
    count = sum(example.path == path for example in read_examples(folder))
    path.write_text(_with_line(before, intent, text, danger=danger), encoding="utf-8")
    problems = [p for p in check(folder, evaluation, counts=False) if p.path == path]
    if problems:
        path.write_text(before, encoding="utf-8")
        raise SentenceRefused(f"{problems[0].text('es')} / {problems[0].text('en')}")
    added = next(e for e in read_examples(folder) if e.path == path and e.text == text)
    return Added(path, added.line, path.parent.name, count)


def _refuse_twins(text: str, folder: Path) -> None:
    folded = fold(text)
    for example in read_examples(folder):
        if example.folded == folded:
            place = f"{example.path.name}:{example.line}"
            raise SentenceRefused(f"la frase ya está / the sentence is already at {place} ({example.intent})")


def _with_line(content: str, intent: str, text: str, *, danger: bool) -> str:
    """Return the file with the sentence at the end of the right block, which is added if it is missing."""
    lines = content.rstrip("\n").split("\n")
    starts = [i for i, line in enumerate(lines) if line.startswith("- intent:")]
    bounds = list(zip(starts, [*starts[1:], len(lines)], strict=True))
    for start, end in bounds:
        if any("danger: true" in line for line in lines[start:end]) == danger:
            return "\n".join([*lines[:end], f"    - {text}", *lines[end:]]) + "\n"
    metadata = ["  metadata:", "    danger: true"] if danger else []
    return "\n".join([*lines, f"- intent: {intent}", *metadata, "  examples: |", f"    - {text}"]) + "\n"
