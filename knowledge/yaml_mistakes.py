"""The YAML parser's complaints in an editor's words: which mistake it most likely is, and on which line it was made."""

from __future__ import annotations

import re

import yaml

from knowledge.problems import Problem

#: What the parser says, and the rule of `problems.yaml` that explains it; the first that fits.
_MISTAKES = (
    (re.compile(r"cannot start any token|control characters"), "yaml_character"),
    (re.compile(r"quoted scalar"), "yaml_quote"),
    (re.compile(r"flow (?:sequence|mapping|node)"), "yaml_bracket"),
    (re.compile(r"mapping values are not allowed|expected ':'|simple key"), "yaml_colon"),
    (re.compile(r"\bblock\b|expected key|indentation"), "yaml_indent"),
    (re.compile(r"alias|anchor"), "alias"),
    (re.compile(r"\btag\b"), "tag"),
)
#: Mistakes that are made where the thing begins, not where the parser gives up.
_WHERE_IT_BEGAN = frozenset({"yaml_quote", "yaml_bracket"})
#: A text that begins with a figure: `deadline: {limit} from ...` without quotes.
_BRACE_FIRST = re.compile(r"(?::|^\s*-)\s+\{[a-z0-9_]+\}\s*\S")


def explain(error: yaml.YAMLError, text: str, file: str) -> Problem:
    """The problem behind a parser error over `text`."""
    if not isinstance(error, yaml.MarkedYAMLError):
        return Problem.of("yaml_character", file, _line_of_control_character(text))
    said = f"{error.context or ''} {error.problem or ''}"
    code = next((code for pattern, code in _MISTAKES if pattern.search(said)), "broken_yaml")
    marks = [error.problem_mark, error.context_mark]
    if code in _WHERE_IT_BEGAN:
        marks.reverse()
    last = text.rstrip().count("\n") + 1
    line = min(next((mark.line + 1 for mark in marks if mark is not None), 1), last)
    if _BRACE_FIRST.search(_nth_line(text, line)):
        code = "yaml_brace"
    return Problem.of(code, file, line)


def _nth_line(text: str, line: int) -> str:
    lines = text.splitlines()
    return lines[line - 1] if line <= len(lines) else ""


def _line_of_control_character(text: str) -> int:
    found = re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", text)
    return text.count("\n", 0, found.start()) + 1 if found else 1
