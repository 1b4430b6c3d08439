"""The rules between languages: the same figures and steps, no copies, no translation older than its original."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from knowledge.problems import Problem, Severity
from knowledge.walk import figures_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from knowledge.knowledge_base import KnowledgeBase
    from knowledge.loader import Content, ParsedFile


def translations_match(content: Content, knowledge: KnowledgeBase, _: dt.date) -> Iterator[Problem]:
    """A translation has the figures and steps of its original, is not a copy, and is not older."""
    original_language = knowledge.original_language
    words = content.of_kind("words")
    originals = {(file.country, file.topic): file for file in words if file.language == original_language}
    for file in words:
        original = originals.get((file.country, file.topic))
        if file.language != original_language and original is not None:
            yield from _compare(file, original, original_language)


def _compare(file: ParsedFile, original: ParsedFile, language: str) -> Iterator[Problem]:
    here, there = file.model, original.model
    difference = set(figures_of(here)) ^ set(figures_of(there))
    if difference:
        names = ", ".join(sorted(difference))
        yield Problem.of("figures_differ", file.file, 1, other=language, difference=names)
    if len(here.steps) != len(there.steps):
        mine, theirs, line = str(len(here.steps)), str(len(there.steps)), file.line("steps")
        yield Problem.of("steps_differ", file.file, line, other=language, here=mine, there=theirs)
    if here.answer == there.answer:
        yield Problem.of("identical_to_original", file.file, file.line("answer"))
    if here.updated_on < there.updated_on:
        line, date = file.line("updated_on"), there.updated_on.isoformat()
        yield Problem.of("stale_translation", file.file, line, severity=Severity.WARNING, date=date)


def interfaces_match(content: Content, knowledge: KnowledgeBase, _: dt.date) -> Iterator[Problem]:
    """The bot's own words have the same keys and gaps in every language."""
    first = knowledge.interface.get(knowledge.original_language, {})
    for file in content.of_kind("interface"):
        mine = file.model.root
        different = {key for key in {*first, *mine} if _gaps(first.get(key)) != _gaps(mine.get(key))}
        if different:
            line, names = file.line(min(different)), ", ".join(sorted(different))
            yield Problem.of("interface_differs", file.file, line, other=knowledge.original_language, difference=names)


def _gaps(text: str | None) -> set[str] | None:
    return None if text is None else set(re.findall(r"\{(\w*)", text))


TRANSLATION_RULES = (translations_match, interfaces_match)
