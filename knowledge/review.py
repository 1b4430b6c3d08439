"""What must be looked at again by a day: entries whose `review_by` comes, by country and editor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.models import Fact, Status
from knowledge.walk import sourced_entries

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from knowledge.knowledge_base import KnowledgeBase
    from knowledge.loader import Content, ParsedFile
    from knowledge.models import DatedValue, Sourced
    from knowledge.yaml_loader import Location


@dataclass(frozen=True, slots=True, order=True)
class DueEntry:
    """One entry to look at again. `id` is its name in the file; `file` and `line` say where it stands."""

    review_by: dt.date
    country: str
    file: str
    line: int
    id: str
    name: str
    source: str
    editors: tuple[str, ...] = ()


def due(content: Content, by: dt.date, language: str) -> list[DueEntry]:
    """Verified entries that may not be shown after `by` without being checked, the most urgent first.

    What a later value has replaced by then, and drafts, which nobody sees, are left out.
    """
    knowledge = content.knowledge
    if knowledge is None:
        return []
    found = (
        _entry(knowledge, file, location, entry, language)
        for file in content.files
        for location, entry in sourced_entries(file.model)
        if entry.status is Status.VERIFIED and entry.review_by <= by and not _replaced(file, location, by)
    )
    return sorted(found)


def _entry(knowledge: KnowledgeBase, file: ParsedFile, location: Location, entry: Sourced, language: str) -> DueEntry:
    country = file.country or "common"
    editors = tuple(editor.name for editor in knowledge.editors.values() if country in editor.countries)
    parts = [str(part) for part in location if part not in {"facts", "contacts", "values", "posts", "protection_lines"}]
    id_ = parts[0] if parts else file.kind
    return DueEntry(
        entry.review_by,
        country,
        file.file,
        file.line(*location),
        id_,
        _name(file, location, language),
        entry.source,
        editors,
    )


def _name(file: ParsedFile, location: Location, language: str) -> str:
    """What the entry is called: its own name, or the nearest one above it."""
    named = [getattr(step, "name", None) or getattr(step, "city", None) for step in _steps(file.model, location)]
    for name in reversed(named):
        if isinstance(name, dict):
            return str(name.get(language) or next(iter(name.values())))
        if isinstance(name, str):
            return name
    return ".".join(str(part) for part in location) or file.kind


def _steps(model: object, location: Location) -> Iterator[object]:
    """The values on the way down to `location`."""
    for part in location:
        model = getattr(model, part) if isinstance(part, str) and hasattr(model, part) else model[part]  # type: ignore[index]
        yield model


def _replaced(file: ParsedFile, location: Location, by: dt.date) -> bool:
    """Whether a dated value has a verified successor in force by then."""
    steps = list(_steps(file.model, location))
    fact = next((step for step in steps if isinstance(step, Fact)), None)
    if fact is None:
        return False
    value: DatedValue = steps[-1]  # type: ignore[assignment]
    later = (other for other in fact.values if other.region == value.region and other.status is Status.VERIFIED)
    return any(other.from_ is not None and (value.from_ is None or value.from_ < other.from_ <= by) for other in later)
