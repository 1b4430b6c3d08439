"""Strict YAML: plain strings, mappings and lists only, with the line of every key.

PyYAML's own resolver turns `no` into False, `12:30` into 750 and `1.10` into 1.1, drops the `+` of a telephone and keeps the
last of two equal keys. Here every scalar stays the text the editor wrote (an empty one is None); the models give the type.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

import yaml

from knowledge.errors import BrokenYamlError
from knowledge.problems import Problem

if TYPE_CHECKING:
    from pathlib import Path

Plain: TypeAlias = "str | None | list[Plain] | dict[str, Plain]"
Location: TypeAlias = "tuple[str | int, ...]"

_EMPTY = frozenset({"", "~", "null"})


@dataclass(frozen=True, slots=True)
class Document:
    """One parsed file: its data and the 1-based line on which each path begins."""

    file: str
    data: Plain
    lines: dict[Location, int] = field(default_factory=dict)

    def line(self, location: Location) -> int:
        """Line of the nearest known ancestor of `location` (1 when even the root is unknown)."""
        for end in range(len(location), -1, -1):
            if location[:end] in self.lines:
                return self.lines[location[:end]]
        return 1


def load_document(path: Path, file: str) -> Document:
    """Read one file. `file` is the name shown to editors.

    Raises:
        BrokenYamlError: not UTF-8, not YAML, a duplicate key, an anchor or alias, or a tag.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise BrokenYamlError(Problem.of("not_utf8", file, 1)) from None
    return parse_document(text, file)


def parse_document(text: str, file: str) -> Document:
    """Parse `text` as strict YAML; see `load_document` for what is raised."""
    try:
        root = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise BrokenYamlError(Problem.of("broken_yaml", file, line, reason=error.problem or "")) from None
    except yaml.YAMLError as error:
        raise BrokenYamlError(Problem.of("broken_yaml", file, 1, reason=str(error).splitlines()[0])) from None
    if root is None:
        return Document(file, {}, {(): 1})
    builder = _Builder(file)
    data = builder.build(root, ())
    return Document(file, data, builder.lines)


class _Builder:
    def __init__(self, file: str) -> None:
        self.file = file
        self.lines: dict[Location, int] = {}
        self._open: set[int] = set()
        self._seen: set[int] = set()

    def build(self, node: yaml.Node, location: Location) -> Plain:
        self.lines.setdefault(location, node.start_mark.line + 1)
        if id(node) in self._seen:
            raise BrokenYamlError(Problem.of("alias", self.file, node.start_mark.line + 1))
        self._seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, location)
        if isinstance(node, yaml.SequenceNode):
            return [self.build(child, (*location, index)) for index, child in enumerate(node.value)]
        empty = isinstance(node, yaml.ScalarNode) and node.style is None and node.value in _EMPTY
        return None if empty else str(node.value)

    def _mapping(self, node: yaml.MappingNode, location: Location) -> dict[str, Plain]:
        result: dict[str, Plain] = {}
        for key_node, value_node in node.value:
            key, line = str(key_node.value), key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode) or key in result:
                raise BrokenYamlError(Problem.of("duplicate_key", self.file, line, key=key))
            self.lines[(*location, key)] = line
            result[key] = self.build(value_node, (*location, key))
        return result
