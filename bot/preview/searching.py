"""The search box of the editors' page: topics, texts, figures and offices that hold what was typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from actions.search import fold
from knowledge.knowledge_base import COMMON
from knowledge.walk import figures_of, texts_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knowledge.knowledge_base import Jurisdiction, KnowledgeBase

#: Results shown.
MOST = 60


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where it was found: the topic to open, and the text around it."""

    country: str
    topic: str
    title: str
    excerpt: str


def search(knowledge: KnowledgeBase, text: str, language: str) -> list[Hit]:
    """Hits for every word typed, titles before texts, figures and offices; without accents and case."""
    wanted = fold(text).split()
    if not wanted:
        return []
    hits = (hit for place in (*knowledge.countries.values(), knowledge.common) for hit in _in_place(place, wanted, language))
    ranked = sorted(hits, key=lambda hit: (not _holds(hit.title, wanted), hit.country, hit.topic))
    unique = {(hit.country, hit.topic): hit for hit in reversed(ranked)}
    return list(reversed(unique.values()))[:MOST]


def _in_place(place: Jurisdiction, wanted: list[str], language: str) -> Iterator[Hit]:
    for spoken, topics in place.words.items():
        for topic, words in topics.items():
            shown = place.words_of(topic, language) or words
            for _, text in texts_of(words):
                if _holds(text, wanted) or _holds(f"{shown.title} {text}", wanted):
                    yield Hit(place.code, topic, shown.title, _around(text, wanted))
                    break
            named = [place.facts[name] for name in figures_of(words) if name in place.facts]
            for fact in named:
                if _holds(fact.name.get(spoken, ""), wanted):
                    yield Hit(place.code, topic, shown.title, fact.name.get(language, fact.name.get(spoken, "")))
    yield from _offices(place, wanted, language)


def _offices(place: Jurisdiction, wanted: list[str], language: str) -> Iterator[Hit]:
    for topic, entry in place.topics.items():
        words = place.words_of(topic, language)
        for name in entry.all_contacts:
            contact = place.contacts.get(name)
            said = " ".join([*contact.name.values(), contact.telephone or ""]) if contact else ""
            if contact and words and _holds(said, wanted):
                yield Hit(
                    place.code, topic, words.title, f"{contact.name.get(language, name)} {contact.telephone or ''}".strip()
                )


def _holds(text: str, wanted: list[str]) -> bool:
    folded = fold(text)
    return all(word in folded for word in wanted)


def _around(text: str, wanted: list[str], reach: int = 70) -> str:
    """The part of a text around the first word found."""
    flat = " ".join(text.split())
    at = max(fold(flat).find(wanted[0]), 0)
    start, end = max(at - reach, 0), at + reach
    return f"{'…' if start else ''}{flat[start:end]}{'…' if end < len(flat) else ''}"


def country_of(hit: Hit) -> str:
    """The country parameter of a hit's address."""
    return "common" if hit.country == COMMON else hit.country
