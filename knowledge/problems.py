"""A finding for an editor: file, line, what is wrong and how to mend it, in Spanish or English.

The sentences stand in `knowledge/problems.yaml`, so that they can be improved like any other text of the project.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

import yaml

_SENTENCES = Path(__file__).with_name("problems.yaml")


class Severity(StrEnum):
    """An error keeps the content out of the bot; a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One finding. `code` names the rule; `values` fill the rule's sentences."""

    file: str
    line: int
    code: str
    values: tuple[tuple[str, str], ...] = ()
    severity: Severity = Severity.ERROR

    @classmethod
    def of(cls, code: str, file: str, line: int, *, severity: Severity = Severity.ERROR, **values: str) -> Problem:
        """Build a problem; `values` are the named gaps of the rule's sentences."""
        return cls(file, line, code, tuple(sorted(values.items())), severity)

    def what(self, language: str) -> str:
        """What is wrong."""
        return _sentences()[self.code][language]["what"].format(**dict(self.values))

    def cure(self, language: str) -> str:
        """How to mend it, with what was probably meant."""
        sentences, values = _sentences()[self.code][language], dict(self.values)
        wanted = ["cure", "hint"] if values.get("guess") else ["cure"]
        return " ".join(sentences[part].format(**values) for part in wanted)

    def text(self, language: str) -> str:
        """The one-line form: `file:line: what cure`."""
        return f"{self.file}:{self.line}: {self.what(language)} {self.cure(language)}"


@cache
def _sentences() -> dict[str, dict[str, dict[str, str]]]:
    loaded: dict[str, dict[str, dict[str, str]]] = yaml.safe_load(_SENTENCES.read_text(encoding="utf-8"))
    return loaded
