"""Reads the content folder into a `KnowledgeBase`, or says file by file why it cannot.

A `Reader` remembers what it parsed, by size and time of change, so that re-reading after one edit costs one file.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from knowledge.errors import BrokenYamlError, InvalidKnowledgeError
from knowledge.field_mistakes import explain_fields
from knowledge.files import KINDS, content_files, kind_of
from knowledge.knowledge_base import COMMON, Jurisdiction, KnowledgeBase
from knowledge.problems import Problem, Severity
from knowledge.yaml_loader import line_of, load_document

if TYPE_CHECKING:
    from pathlib import Path


Stamp = tuple[int, int]
Place = dict[str, str | None]


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """One file: its kind and place, the model read from it (None if it could not be) and what is wrong with it.

    `text` is the file as written, empty when it is not readable YAML.
    """

    file: str
    kind: str
    country: str | None
    language: str | None
    topic: str | None
    model: Any
    text: str
    problems: tuple[Problem, ...]

    def line(self, *location: str | int) -> int:
        """Line of a place in the file; costs a second reading of it, so ask only for what is wrong."""
        return line_of(self.text, location) if self.text else 1

    def line_with(self, words: str, *location: str | int) -> int:
        """The first line with `words` in a text of several lines; where the text begins if they are broken over two."""
        first = self.line(*location)
        lines = self.text.splitlines()[first - 1 :]
        return first + next((number for number, line in enumerate(lines) if words in line), 0)


@dataclass(frozen=True, slots=True)
class Content:
    """A whole reading: every file, and the knowledge base made of them (None when a register is unreadable)."""

    files: tuple[ParsedFile, ...]
    knowledge: KnowledgeBase | None
    problems: tuple[Problem, ...]

    def of_kind(self, kind: str) -> list[ParsedFile]:
        """The readable files of one kind."""
        return [file for file in self.files if file.kind == kind and file.model is not None]


class Reader:
    """Reads one content folder again and again, parsing only what changed."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._parsed: dict[str, tuple[Stamp, ParsedFile]] = {}

    def stamps(self) -> dict[str, Stamp]:
        """Size and time of change of every content file; equal stamps mean nothing to read."""
        stamps: dict[str, Stamp] = {}
        for file in content_files(self.root):
            try:
                stat = (self.root / file).stat()
            except FileNotFoundError:
                continue
            stamps[file] = (stat.st_mtime_ns, stat.st_size)
        return stamps

    def read(self) -> Content:
        """Read the folder; problems of single files are in the result, cross-file rules are `validation`'s."""
        stamps = self.stamps()
        files = tuple(self._file(file, stamp) for file, stamp in stamps.items())
        self._parsed = {name: kept for name, kept in self._parsed.items() if name in stamps}
        problems = tuple(problem for file in files for problem in file.problems)
        knowledge = _assemble(files) if _registers_present(files) else None
        if knowledge is None and not problems:
            problems = (Problem.of("register_missing", "topics.yaml", 1),)
        return Content(files, knowledge, problems)

    def _file(self, file: str, stamp: Stamp) -> ParsedFile:
        kept = self._parsed.get(file)
        if kept and kept[0] == stamp:
            return kept[1]
        parsed = parse_file(self.root / file, file)
        self._parsed[file] = (stamp, parsed)
        return parsed


def load_knowledge_base(root: Path) -> KnowledgeBase:
    """Load a content folder.

    Raises:
        InvalidKnowledgeError: a file breaks the form of its kind. Cross-file rules are not checked here.
    """
    content = Reader(root).read()
    errors = [problem for problem in content.problems if problem.severity is Severity.ERROR]
    if errors or content.knowledge is None:
        raise InvalidKnowledgeError(errors or content.problems)
    return content.knowledge


def parse_file(path: Path, file: str) -> ParsedFile:
    """Parse one file as the kind its path says."""
    found = kind_of(file)
    if found is None:
        return _failed(file, "unknown", {}, "", Problem.of("unexpected_file", file, 1, guess=_guess_path(file)))
    kind, place = found
    try:
        document = load_document(path, file)
    except BrokenYamlError as error:
        return _failed(file, kind.name, place, "", error.problem)
    try:
        model = kind.adapter.validate_python(document.data)
    except ValidationError as error:
        return _failed(file, kind.name, place, document.text, *explain_fields(error, document, kind.model))
    return ParsedFile(
        file, kind.name, place.get("country"), place.get("language"), place.get("topic"), model, document.text, ()
    )


def _failed(file: str, kind: str, place: Place, text: str, *problems: Problem) -> ParsedFile:
    where = place.get("country"), place.get("language"), place.get("topic")
    return ParsedFile(file, kind, *where, None, text, problems)


def _guess_path(file: str) -> str:
    folders = [kind.name for kind in KINDS]
    close = get_close_matches(file.rsplit("/", 1)[-1].removesuffix(".yaml"), folders, n=1)
    return f"{close[0]}.yaml" if close else "countries/<cc>/<lang>/<topic>.yaml"


# --- assembly -----------------------------------------------------------------------------------------------------------


def _registers_present(files: tuple[ParsedFile, ...]) -> bool:
    readable = {file.kind for file in files if file.model is not None}
    return {"topics", "languages", "units", "interface", "danger"} <= readable


def _assemble(files: tuple[ParsedFile, ...]) -> KnowledgeBase:
    good = [file for file in files if file.model is not None]
    one = {file.kind: file.model for file in good}
    countries = {file.country or "": _jurisdiction(good, file.country) for file in good if file.kind == "country"}
    return KnowledgeBase(
        register=one["topics"],
        languages=one["languages"].languages,
        units=one["units"].root,
        interface={file.language or "": file.model.root for file in good if file.kind == "interface"},
        common=_jurisdiction(good, None),
        countries=countries,
        consulates={file.country or "": file.model for file in good if file.kind == "consulates"},
        danger_phrases=one["danger"].root,
        places=one["places"].places if "places" in one else {},
        events=one["events"].events if "events" in one else {},
        offers=one.get("offers"),
        editors=one["editors"].editors if "editors" in one else {},
        version=_version(files),
    )


def _jurisdiction(files: list[ParsedFile], country: str | None) -> Jurisdiction:
    mine = [file for file in files if file.country == country]
    one = {file.kind: file.model for file in mine if file.kind in {"country", "facts", "contacts"}}
    words: dict[str, dict[str, Any]] = {}
    for file in mine:
        if file.kind == "words" and file.language and file.topic:
            words.setdefault(file.language, {})[file.topic] = file.model
    return Jurisdiction(
        code=country or COMMON,
        country=one.get("country"),
        facts=one["facts"].facts if "facts" in one else {},
        topics=one["facts"].topics if "facts" in one else {},
        contacts=one["contacts"].contacts if "contacts" in one else {},
        words=words,
    )


def _version(files: tuple[ParsedFile, ...]) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.file.encode())
        digest.update(file.text.encode())
    return digest.hexdigest()[:8]
