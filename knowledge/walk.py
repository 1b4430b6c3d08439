"""Walking over models: the sourced entries in a file, the names in several languages, the texts of a topic.

Which fields lead to what is looked for is worked out once per class, so that a walk skips the rest.
"""

from __future__ import annotations

from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, get_args

from pydantic import BaseModel

from knowledge.lookup import PLACEHOLDER
from knowledge.models import EveryLanguage, Sourced

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pydantic.fields import FieldInfo

    from knowledge.knowledge_base import Jurisdiction, KnowledgeBase
    from knowledge.loader import ParsedFile
    from knowledge.models import Words
    from knowledge.yaml_loader import Location

Goal: TypeAlias = Literal["sourced", "labels"]


def sourced_entries(model: object) -> Iterator[tuple[Location, Sourced]]:
    """Everything in `model` that owes a source, with its place."""
    for location, found in _models(model, (), "sourced"):
        if isinstance(found, Sourced):
            yield location, found


def labels_in(model: object) -> Iterator[tuple[Location, Mapping[str, str]]]:
    """Every name that must stand in each language, with its place."""
    for location, found in _models(model, (), "labels"):
        for name in _label_fields(type(found)):
            labels = getattr(found, name)
            if labels is not None:
                yield (*location, name), labels


def _models(value: object, location: Location, goal: Goal) -> Iterator[tuple[Location, BaseModel]]:
    if isinstance(value, BaseModel):
        yield location, value
        for name in _fields_towards(type(value), goal):
            yield from _models(getattr(value, name), (*location, name), goal)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _models(item, (*location, key), goal)
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _models(item, (*location, index), goal)


@cache
def _fields_towards(model: type[BaseModel], goal: Goal) -> tuple[str, ...]:
    return tuple(name for name, field in model.model_fields.items() if _leads(field.annotation, goal))


@cache
def _label_fields(model: type[BaseModel]) -> tuple[str, ...]:
    return tuple(name for name, field in model.model_fields.items() if _is_label(field))


def _leads(annotation: Any, goal: Goal) -> bool:
    """Whether a value of this type can hold a model that is, or has, what is looked for."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        fields = annotation.model_fields.values()
        here = issubclass(annotation, Sourced) if goal == "sourced" else any(_is_label(field) for field in fields)
        return here or any(_leads(field.annotation, goal) for field in fields)
    return any(_leads(part, goal) for part in get_args(annotation))


def _is_label(field: FieldInfo) -> bool:
    marks = [*field.metadata, *(mark for part in get_args(field.annotation) for mark in getattr(part, "__metadata__", ()))]
    return any(isinstance(mark, EveryLanguage) for mark in marks)


def texts_of(words: Words) -> Iterator[tuple[Location, str]]:
    """The texts of a topic, with their places."""
    for name, text in (("title", words.title), ("answer", words.answer), ("deadline", words.deadline), ("note", words.note)):
        if text:
            yield (name,), text
    yield from ((("steps", index), step) for index, step in enumerate(words.steps))
    for region, own in words.regions.items():
        parts = (("answer", own.answer), ("note", own.note), ("deadline", own.deadline))
        yield from ((("regions", region, name), text) for name, text in parts if text)
    if words.home:
        yield ("home", "answer"), words.home.answer
        yield from ((("home", "steps", index), step) for index, step in enumerate(words.home.steps))


def figures_of(words: Words) -> list[str]:
    """The names in braces, in order."""
    return [name for _, text in texts_of(words) for name in PLACEHOLDER.findall(text)]


def place_of(knowledge: KnowledgeBase, file: ParsedFile) -> Jurisdiction:
    """The country a file belongs to, or what holds everywhere."""
    if file.country is None or file.country not in knowledge.countries:
        return knowledge.common
    return knowledge.countries[file.country]


def guess(name: str, known: Iterable[str]) -> str:
    """The known name that looks most like `name`, empty when none does."""
    close = get_close_matches(name, list(known), n=1, cutoff=0.5)
    return close[0] if close else ""
