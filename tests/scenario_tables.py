"""Reads the tables that editors write under `tests/scenarios/<cc>/<category>.yaml`.

`every` holds what is the same for all rows of a file; a row may say otherwise. `says` are terms the answer must hold,
`never` terms it must not. Spaces and case do not matter.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field

FOLDER = Path(__file__).parent / "scenarios"


class Scenario(BaseModel):
    """One row of a table."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    topic: str
    question: str = Field(min_length=8)
    country: str = Field(pattern=r"^[a-z]{2}$")
    language: str = Field(pattern=r"^[a-z]{2,3}$")
    as_of: dt.date
    says: tuple[str, ...] = Field(min_length=1)
    never: tuple[str, ...] = ()
    region: str | None = None
    home: str | None = None
    name: str = ""
    file: str = ""

    @property
    def id(self) -> str:
        """How a test run names it."""
        return f"{self.file}·{self.name or self.question}"


def scenarios() -> list[Scenario]:
    """Every row of every table, by file."""
    return [row for path in sorted(FOLDER.glob("*/*.yaml")) for row in _rows(path)]


def _rows(path: Path) -> list[Scenario]:
    table = yaml.safe_load(path.read_text(encoding="utf-8"))
    file = path.relative_to(FOLDER).with_suffix("").as_posix()
    return [Scenario.model_validate({**table["every"], **row, "file": file}) for row in table["scenarios"]]
