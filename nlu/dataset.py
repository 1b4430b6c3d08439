"""The training data as the editors write it: Rasa's YAML, read with the line of every example.

version: "3.1"
nlu:
- intent: wage_unpaid
  examples: |
    - no me han pagado
- intent: trafficking_forced_labour
  metadata:
    danger: true
  examples: |
    - nos tienen encerrados
- lookup: city US-TX
  examples: |
    - Houston
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from nlu.fingerprint import NLU
from nlu.language_identifier import LANGUAGES
from nlu.text_folding import fold

DATA = NLU / "data"
EVALUATION = NLU / "evaluation"
_FAST_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_ANNOTATION = re.compile(r"\[(?P<text>[^\]]+)\](?:\([^)]*\)|\{[^}]*\})")


class DatasetError(ValueError):
    """A file that is no Rasa training data; the message names file and line."""


@dataclass(frozen=True, slots=True)
class Example:
    """One sentence of the training data and where it stands."""

    text: str
    intent: str
    danger: bool
    path: Path
    line: int
    annotated: str

    @property
    def folded(self) -> str:
        """Return the sentence in the shape in which two are compared."""
        return fold(self.text)

    @property
    def language(self) -> str:
        """Return the language, which is the name of the folder."""
        return self.path.parent.name


def without_annotations(text: str) -> str:
    """Return a sentence without Rasa's entity marks.

    >>> without_annotations('vivo en [Houston]{"entity": "city", "value": "US-TX"}')
    'vivo en Houston'
    """
    return _ANNOTATION.sub(lambda match: match["text"], text)


def read_file(path: Path) -> list[Example]:
    """Return the examples of one file."""
    return [
        Example(without_annotations(text), item["intent"], _is_danger(item), path, line, text)
        for item, start in _items(path)
        if "intent" in item
        for text, line in _lines(item, start)
    ]


def read_examples(folder: Path = DATA) -> list[Example]:
    """Return the examples of every language, in the order of the file names."""
    files = [path for language in LANGUAGES for path in sorted((folder / language).glob("*.yml"))]
    return [example for path in files for example in read_file(path)]


def read_lookups(folder: Path = DATA / "lookups") -> dict[str, list[str]]:
    """Return the lookup tables by name."""
    tables: dict[str, list[str]] = {}
    for path in sorted(folder.glob("*.yml")):
        for item, start in _items(path):
            if "lookup" in item:
                tables.setdefault(item["lookup"], []).extend(text for text, _ in _lines(item, start))
    return tables


def _items(path: Path) -> Iterator[tuple[dict[str, Any], int]]:
    """Yield each item below `nlu:` with the line on which its examples begin."""
    try:
        root = yaml.compose(path.read_text(encoding="utf-8"), Loader=_FAST_LOADER)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise DatasetError(f"{path}:{line}: not valid YAML: {error.problem}") from None
    nodes = [value for key, value in root.value if key.value == "nlu"] if isinstance(root, yaml.MappingNode) else []
    if len(nodes) != 1 or not isinstance(nodes[0], yaml.SequenceNode):
        raise DatasetError(f"{path}:1: the file must hold 'nlu:' with a list below it")
    for node in nodes[0].value:
        item = yaml.SafeLoader("").construct_document(node)
        lines = [value.start_mark.line + 2 for key, value in getattr(node, "value", []) if key.value == "examples"]
        if not isinstance(item, dict) or not lines or not isinstance(item.get("examples"), str):
            raise DatasetError(f"{path}:{node.start_mark.line + 1}: each item needs an intent and 'examples: |'")
        yield item, lines[0]


def _lines(item: dict[str, Any], start: int) -> Iterator[tuple[str, int]]:
    for offset, line in enumerate(item["examples"].splitlines()):
        if line.strip():
            yield line.strip().removeprefix("- ").strip(), start + offset


def _is_danger(item: dict[str, Any]) -> bool:
    metadata = item.get("metadata")
    return isinstance(metadata, dict) and metadata.get("danger") is True
