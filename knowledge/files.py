"""Which files make up the knowledge, and which model reads each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import RootModel, TypeAdapter

from knowledge.consulate_models import ConsulatesFile, EventsFile, PlacesFile
from knowledge.figures import UnitWords
from knowledge.models import (
    ContactsFile,
    Country,
    EditorsFile,
    FactsFile,
    LanguageCode,
    LanguagesFile,
    Line,
    Slug,
    TopicsFile,
    Words,
)
from knowledge.offer_models import OffersFile

if TYPE_CHECKING:
    from pathlib import Path


class InterfaceFile(RootModel[dict[Slug, Line]]):
    """`interface/<lang>.yaml`: the bot's own words by key."""


class UnitsFile(RootModel[dict[str, UnitWords]]):
    """`units.yaml`."""


class DangerFile(RootModel[dict[LanguageCode, tuple[Line, ...]]]):
    """`danger.yaml`: phrases of danger by language, for the plain search."""


@dataclass(frozen=True, slots=True)
class FileKind:
    """One kind of content file: the paths it may have, the model that reads it, a name for editors."""

    name: str
    path: re.Pattern[str]
    model: type

    @property
    def adapter(self) -> TypeAdapter[object]:
        """Pydantic's validator for this kind."""
        return _ADAPTERS[self.name]


def _kind(name: str, path: str, model: type) -> FileKind:
    return FileKind(name, re.compile(path), model)


KINDS = (
    _kind("topics", r"topics\.yaml", TopicsFile),
    _kind("languages", r"languages\.yaml", LanguagesFile),
    _kind("units", r"units\.yaml", UnitsFile),
    _kind("danger", r"danger\.yaml", DangerFile),
    _kind("events", r"events\.yaml", EventsFile),
    _kind("offers", r"offers\.yaml", OffersFile),
    _kind("editors", r"editors\.yaml", EditorsFile),
    _kind("places", r"places\.yaml", PlacesFile),
    _kind("interface", r"interface/(?P<language>[a-z]{2,3})\.yaml", InterfaceFile),
    _kind("country", r"countries/(?P<country>[a-z]{2})/country\.yaml", Country),
    _kind("facts", r"(?:countries/(?P<country>[a-z]{2})|common)/facts\.yaml", FactsFile),
    _kind("contacts", r"(?:countries/(?P<country>[a-z]{2})|common)/contacts\.yaml", ContactsFile),
    _kind(
        "words",
        r"(?:countries/(?P<country>[a-z]{2})|common)/(?P<language>[a-z]{2,3})/(?P<topic>[a-z0-9_]+)\.yaml",
        Words,
    ),
    _kind("consulates", r"consulates/(?P<country>[a-z]{2})\.yaml", ConsulatesFile),
)
_ADAPTERS: dict[str, TypeAdapter[object]] = {kind.name: TypeAdapter(kind.model) for kind in KINDS}

#: YAML beside the content that is not content: the sentences of the editors' commands.
IGNORED = frozenset({"problems.yaml", "workbench.yaml", "field_guide.yaml"})


def kind_of(file: str) -> tuple[FileKind, dict[str, str | None]] | None:
    """The kind of a path below the knowledge folder, with its country, language and topic; None if it is no content."""
    for kind in KINDS:
        match = kind.path.fullmatch(file)
        if match:
            return kind, match.groupdict()
    return None


def content_files(root: Path) -> list[str]:
    """Every YAML file below `root`, sorted, relative and with forward slashes."""
    found = (path.relative_to(root).as_posix() for path in root.rglob("*.yaml"))
    return sorted(file for file in found if file not in IGNORED and not file.startswith("schema/"))
