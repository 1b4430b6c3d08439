"""The sentences of the editors' commands and page, in Spanish and English; they stand in `workbench.yaml`."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

#: Languages the workbench speaks.
LANGUAGES = ("es", "en")


def say(language: str, key: str, /, **values: object) -> str:
    """The sentence `key` with its gaps filled; Spanish where the workbench does not speak `language`."""
    return words(language)[key].format(**values)


def words(language: str) -> dict[str, str]:
    """All sentences of one language."""
    spoken = _loaded()
    return spoken.get(language, spoken["es"])


@cache
def _loaded() -> dict[str, dict[str, str]]:
    text = Path(__file__).with_name("workbench.yaml").read_text(encoding="utf-8")
    loaded: dict[str, dict[str, str]] = yaml.safe_load(text)
    return loaded
