"""A file as an editor sees it: numbered lines, with what is wrong under the line it stands on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.problems import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from knowledge.problems import Problem

#: Lines shown above and below a line with a problem, where the rest of a file is left out.
AROUND = 2


@dataclass(frozen=True, slots=True)
class Message:
    """What is wrong on a line, and how to mend it."""

    what: str
    cure: str
    is_error: bool


@dataclass(frozen=True, slots=True)
class ShownLine:
    """One line of a file; `gap` marks that lines before it are left out."""

    number: int
    text: str
    messages: tuple[Message, ...] = ()
    gap: bool = False


@dataclass(frozen=True, slots=True)
class ShownFile:
    """A file or a part of it."""

    name: str
    lines: tuple[ShownLine, ...]

    @property
    def problems(self) -> int:
        """How many messages stand in it."""
        return sum(len(line.messages) for line in self.lines)


def show_file(
    name: str, text: str, problems: Sequence[Problem], language: str, only: Iterable[int] | None = None
) -> ShownFile:
    """The file with its messages.

    Args:
        name: its path.
        text: its text; where it could not be read, the messages stand alone.
        problems: those of this file.
        language: of the messages.
        only: the lines wanted; those around a problem come too. None shows all.
    """
    lines = text.splitlines() or [""]
    wanted = _wanted(len(lines), problems, only)
    shown, last = [], 0
    for number in wanted:
        messages = tuple(_message(problem, language) for problem in problems if _clamp(problem.line, len(lines)) == number)
        shown.append(ShownLine(number, lines[number - 1], messages, gap=last > 0 and number > last + 1))
        last = number
    return ShownFile(name, tuple(shown))


def _wanted(count: int, problems: Sequence[Problem], only: Iterable[int] | None) -> list[int]:
    if only is None:
        return list(range(1, count + 1))
    near = {_clamp(problem.line, count) + step for problem in problems for step in range(-AROUND, AROUND + 1)}
    return sorted(number for number in {*only, *near} if 1 <= number <= count)


def _clamp(line: int, count: int) -> int:
    return min(max(line, 1), count)


def _message(problem: Problem, language: str) -> Message:
    return Message(problem.what(language), problem.cure(language), problem.severity is Severity.ERROR)


def block_lines(text: str, first: int) -> range:
    """The lines of the block that begins on line `first`: those below it that are indented further."""
    lines = text.splitlines()
    if not 1 <= first <= len(lines):
        return range(0)
    indent = _indent(lines[first - 1])
    end = first
    while end < len(lines) and (not lines[end].strip() or _indent(lines[end]) > indent):
        end += 1
    while end > first and not lines[end - 1].strip():
        end -= 1
    return range(first, end + 1)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
