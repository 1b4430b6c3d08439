"""What can go wrong with the knowledge.

KnowledgeError
├── BrokenYamlError      a file that is not the YAML we accept (one problem, with its line)
└── InvalidKnowledgeError  files that can be read but break a rule (all problems at once)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knowledge.problems import Problem


class KnowledgeError(Exception):
    """Base of every error this package raises."""


class BrokenYamlError(KnowledgeError):
    """One file is not readable as strict YAML."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.text("en"))
        self.problem = problem


class InvalidKnowledgeError(KnowledgeError):
    """The content as a whole was refused; `problems` says why, file by file."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        shown = [problem.text("en") for problem in problems[:10]]
        more = f"and {len(problems) - 10} more; run `amparo knowledge check`" if len(problems) > 10 else ""
        super().__init__("\n".join([*shown, more]).rstrip())
        self.problems = tuple(problems)
