"""Reads the content folder into a `KnowledgeBase`, or says file by file why it cannot.

A `Reader` remembers what it parsed, by size and time of change, so that re-reading after one edit costs one file.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, RootModel, ValidationError

from knowledge.errors import BrokenYamlError, InvalidKnowledgeError
from knowledge.files import KINDS, content_files, kind_of
from knowledge.knowledge_base import COMMON, Jurisdiction, KnowledgeBase
from knowledge.problems import Problem, Severity
from knowledge.yaml_loader import Document, load_document

if TYPE_CHECKING:
    from pathlib import Path

    from pydantic_core import ErrorDetails

    from knowledge.files import FileKind

Stamp = tuple[int, int]


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """One file: its kind and place, the model read from it (None if it could not be) and what is wrong with it."""

    file: str
    kind: str
    country: str | None
    language: str | None
    topic: str | None
    model: Any
    document: Document | None
    problems: tuple[Problem, ...]

    def line(self, *location: str | int) -> int:
        """Line of a place in the file."""
        return self.document.line(location) if self.document else 1


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
        return _failed(file, "unknown", {}, Problem.of("unexpected_file", file, 1, guess=_guess_path(file)))
    kind, place = found
    try:
        document = load_document(path, file)
    except BrokenYamlError as error:
        return _failed(file, kind.name, place, error.problem)
    try:
        model = kind.adapter.validate_python(document.data)
    except ValidationError as error:
        problems = [_problem(document, detail, kind) for detail in error.errors()]
        return _failed(file, kind.name, place, *dict.fromkeys(problems))
    return ParsedFile(
        file, kind.name, place.get("country"), place.get("language"), place.get("topic"), model, document, ()
    )


def _failed(file: str, kind: str, place: dict[str, str | None], *problems: Problem) -> ParsedFile:
    return ParsedFile(file, kind, place.get("country"), place.get("language"), place.get("topic"), None, None, problems)


def _guess_path(file: str) -> str:
    folders = [kind.name for kind in KINDS]
    close = get_close_matches(file.rsplit("/", 1)[-1].removesuffix(".yaml"), folders, n=1)
    return f"{close[0]}.yaml" if close else "countries/<cc>/<lang>/<topic>.yaml"


# --- pydantic's errors in an editor's words -----------------------------------------------------------------------------


def _problem(document: Document, detail: ErrorDetails, kind: FileKind) -> Problem:
    location = detail["loc"]
    line = document.line(location)
    field = ".".join(str(part) for part in location if part != "[key]")
    match detail["type"]:
        case "missing":
            return Problem.of("missing_field", document.file, line, field=field)
        case "extra_forbidden":
            return Problem.of("unknown_key", document.file, line, key=field, guess=_did_you_mean(kind, location))
        case "date_from_datetime_parsing" | "date_parsing" | "date_type" | "date_from_datetime_inexact":
            return Problem.of("not_a_date", document.file, line, field=field, value=str(detail["input"]))
        case "enum" | "literal_error":
            allowed = str(detail.get("ctx", {}).get("expected", ""))
            return Problem.of(
                "not_allowed", document.file, line, field=field, value=str(detail["input"]), allowed=allowed
            )
        case "value_error" if "source_not_url" in detail["msg"]:
            return Problem.of("source_not_https", document.file, line, field=field, value=str(detail["input"]))
        case _:
            return Problem.of("bad_value", document.file, line, field=field, reason=detail["msg"])


def _did_you_mean(kind: FileKind, location: tuple[str | int, ...]) -> str:
    names = {name for model in _models_below(kind.model) for name in _field_names(model)}
    close = get_close_matches(str(location[-1]), sorted(names), n=1, cutoff=0.6)
    return close[0] if close else "—"


def _models_below(model: type) -> set[type[BaseModel]]:
    found: set[type[BaseModel]] = set()
    queue: list[Any] = [model]
    while queue:
        current = queue.pop()
        queue.extend(getattr(current, "__args__", ()))
        if isinstance(current, type) and issubclass(current, BaseModel) and current not in found:
            found.add(current)
            queue.extend(field.annotation for field in current.model_fields.values())
    return found


def _field_names(model: type[BaseModel]) -> list[str]:
    if issubclass(model, RootModel):
        return []
    return [field.alias or name for name, field in model.model_fields.items()]


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
        digest.update(repr(file.document.data if file.document else None).encode())
    return digest.hexdigest()[:8]
