"""Strict YAML: plain strings, mappings and lists only, with the line of every key.

PyYAML's own resolver turns `no` into False, `12:30` into 750 and `1.10` into 1.1, drops the `+` of a telephone and keeps the
last of two equal keys. Here every scalar stays the text the editor wrote (an empty one is None); the models give the type.

The parser's events are read directly: no node tree is built and no scalar is resolved, which halves the time. Lines are
found by a second reading, only for the few files that somebody asks about.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias

import yaml
from yaml.cyaml import CParser  # type: ignore[attr-defined]  # missing from the stubs of types-pyyaml 6

from knowledge.errors import BrokenYamlError
from knowledge.problems import Problem
from knowledge.yaml_mistakes import explain

if TYPE_CHECKING:
    from pathlib import Path

Plain: TypeAlias = "str | list[Plain] | dict[str, Plain] | None"
Location: TypeAlias = "tuple[str | int, ...]"

_EMPTY = frozenset({"", "~", "null"})


@dataclass(frozen=True, slots=True)
class Document:
    """One parsed file: its name, its text as written and the data in it."""

    file: str
    text: str
    data: Plain

    def line(self, location: Location) -> int:
        """The 1-based line on which `location` begins, or its nearest known ancestor."""
        return line_of(self.text, location)


def line_of(text: str, location: Location) -> int:
    """The 1-based line on which `location` begins in a readable `text`, or its nearest known ancestor."""
    lines = _lines(text)
    for end in range(len(location), -1, -1):
        if location[:end] in lines:
            return lines[location[:end]]
    return 1


@lru_cache(maxsize=16)
def _lines(text: str) -> dict[Location, int]:
    builder = _Builder("", text, keep_lines=True)
    builder.document()
    return builder.lines


def load_document(path: Path, file: str) -> Document:
    """Read one file. `file` is the name shown to editors.

    Raises:
        BrokenYamlError: not to be opened, not UTF-8, not YAML, a duplicate key, an anchor or alias, or a tag.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise BrokenYamlError(Problem.of("not_utf8", file, 1)) from None
    except OSError:
        raise BrokenYamlError(Problem.of("not_readable", file, 1)) from None
    return parse_document(text, file)


def parse_document(text: str, file: str) -> Document:
    """Parse `text` as strict YAML; see `load_document` for what is raised."""
    try:
        return Document(file, text, _Builder(file, text).document())
    except yaml.YAMLError as error:
        raise BrokenYamlError(explain(error, text, file)) from None


class _Builder:
    """Builds plain data from the parser's events."""

    def __init__(self, file: str, text: str, *, keep_lines: bool = False) -> None:
        self.file = file
        self.lines: dict[Location, int] = {}
        self._keep_lines = keep_lines
        self._next = CParser(text).get_event

    def document(self) -> Plain:
        self._next()
        if isinstance(self._next(), yaml.StreamEndEvent):
            return {}
        self._note((), event := self._next())
        data = self._value(event, ())
        self._next()
        if not isinstance(event := self._next(), yaml.StreamEndEvent):
            raise self._error("two_documents", event)
        return data if data is not None else {}

    def _note(self, location: Location, event: Any) -> None:
        if self._keep_lines:
            self.lines[location] = event.start_mark.line + 1

    def _error(self, code: str, event: Any, key: str = "") -> BrokenYamlError:
        return BrokenYamlError(Problem.of(code, self.file, event.start_mark.line + 1, key=key))

    def _value(self, event: Any, location: Location) -> Plain:
        if event.anchor is not None:
            raise self._error("alias", event)
        if event.tag is not None:
            raise self._error("tag", event)
        if isinstance(event, yaml.ScalarEvent):
            return None if event.value in _EMPTY and event.style not in {"'", '"', "|", ">"} else str(event.value)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(location)
        return self._sequence(location)

    def _sequence(self, location: Location) -> list[Plain]:
        items: list[Plain] = []
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            here = (*location, len(items)) if self._keep_lines else location
            self._note(here, event)
            items.append(self._value(event, here))
        return items

    def _mapping(self, location: Location) -> dict[str, Plain]:
        result: dict[str, Plain] = {}
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                raise self._error("key_not_text", event)
            key = self._value(event, location)
            if not isinstance(key, str) or key in result:
                raise self._error("duplicate_key", event, key=str(key or ""))
            here = (*location, key) if self._keep_lines else location
            self._note(here, event)
            result[key] = self._value(self._next(), here)
        return result
