"""Find the countries, regions, cities and sectors that a text names, by lookup tables; standard library only.

A table's name says what its entries are: `country us`, `nationality hn`, `region US-TX`, `city US-TX`, `sector farm`. A
question mark after the type (`city? PA-3`) marks names that are also common words: they count only right after a word
such as *en*, *de*, *in* or *from*.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nlu.place_roles import Role, names_no_person, place_cue_before, role_before
from nlu.text_folding import FoldedWord, fold, folded_words

TYPES = ("country", "nationality", "region", "city", "sector")
ENTITY_OF_ROLE = {"work": "work_country", "home": "home_country", None: "country"}
# Nobody in the eleven countries migrates from these two: "soy de Houston" says where a person lives.
DESTINATIONS_ONLY = ("US", "CA")
# "El norte" is the United States, "el norte de Honduras" is not.
NORTH = "norte"
OF = ("de", "del")


@dataclass(frozen=True, slots=True)
class Name:
    """One entry of a lookup table, folded."""

    words: tuple[str, ...]
    type: str
    value: str
    needs_cue: bool


@dataclass(frozen=True, slots=True)
class Mention:
    """A name found in a text: what it is, and where."""

    entity: str
    value: str
    start: int
    end: int
    role: Role | None = None

    def as_rasa(self) -> dict[str, Any]:
        """Return the mention in the shape of Rasa's `entities`."""
        found: dict[str, Any] = {"entity": self.entity, "value": self.value, "start": self.start, "end": self.end}
        if self.role is not None:
            found["role"] = self.role
        return {**found, "confidence_entity": 1.0, "extractor": "GazetteerExtractor"}


class TableNameError(ValueError):
    """A lookup table whose name says no known type and value."""


def parse_table_name(name: str) -> tuple[str, str, bool]:
    """Return type, value and whether a cue is needed.

    >>> parse_table_name("city? PA-3")
    ('city', 'PA-3', True)
    """
    type_, _, value = name.strip().partition(" ")
    needs_cue = type_.endswith("?")
    type_ = type_.rstrip("?")
    if type_ not in TYPES or not value:
        raise TableNameError(f"lookup {name!r}: the name must be one of {', '.join(TYPES)}, a space, and a value")
    return type_, value.strip(), needs_cue


class Gazetteer:
    """An index of names by their first word, longest first."""

    def __init__(self, tables: Mapping[str, Sequence[str]]) -> None:
        """Index the tables; the same name twice keeps the first meaning."""
        self._by_first_word: dict[str, list[Name]] = {}
        seen: set[tuple[tuple[str, ...], bool]] = set()
        for table, entries in tables.items():
            type_, value, needs_cue = parse_table_name(table)
            for entry in entries:
                words = tuple(fold(entry).split())
                if words and (words, needs_cue) not in seen:
                    seen.add((words, needs_cue))
                    self._by_first_word.setdefault(words[0], []).append(Name(words, type_, value, needs_cue))
        for names in self._by_first_word.values():
            names.sort(key=lambda name: (-len(name.words), not name.needs_cue))

    def find(self, text: str) -> list[Mention]:
        """Return what the text names, in order, with the role that the words around give it."""
        words = folded_words(text)
        found = (self._mention(words, index, name) for index, name in self._names(words))
        return [mention for mention in found if mention is not None]

    def _names(self, words: Sequence[FoldedWord]) -> Iterator[tuple[int, Name]]:
        index = 0
        while index < len(words):
            name = self._longest_at(words, index)
            if name is None:
                index += 1
                continue
            yield index, name
            index += len(name.words)

    def _longest_at(self, words: Sequence[FoldedWord], index: int) -> Name | None:
        for name in self._by_first_word.get(words[index].text, ()):
            here = words[index : index + len(name.words)]
            if tuple(word.text for word in here) != name.words:
                continue
            after = words[index + len(name.words)].text if index + len(name.words) < len(words) else ""
            if name.words[-1] == NORTH and after in OF:
                continue
            if not name.needs_cue or place_cue_before([word.text for word in words[:index]]):
                return name
        return None

    @staticmethod
    def _mention(words: Sequence[FoldedWord], index: int, name: Name) -> Mention | None:
        before = [word.text for word in words[:index]]
        after = [word.text for word in words[index + len(name.words) :]]
        start, end = words[index].start, words[index + len(name.words) - 1].end
        if name.type == "sector":
            return Mention("sector", name.value, start, end)
        if name.type == "nationality":
            if names_no_person(before, after, self_only=name.value.upper() in DESTINATIONS_ONLY):
                return None
            return Mention("home_country", name.value, start, end, "home")
        role = role_before(before)
        if name.type == "country":
            return Mention(ENTITY_OF_ROLE[role], name.value, start, end, role)
        if role == "home" and name.value[:2] in DESTINATIONS_ONLY:
            role = "work"
        return Mention(name.type, name.value, start, end, role)
