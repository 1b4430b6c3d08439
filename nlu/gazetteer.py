"""Find the countries, regions, cities and sectors that a text names, by lookup tables; standard library only.

A table's name says what its entries are: `country us`, `nationality hn`, `region US-TX`, `city US-TX`, `sector farm`. A
question mark after the type (`city? PA-3`) marks names that are also common words: they count only after a word such as
*en*, *in* or *from*, before the country or region they lie in ("Colón, Panamá"), or where they are the whole text.

The same name may stand in two tables, one of them of the United States or Canada: "soy de Santa Ana" is then the one in
El Salvador, "trabajo en Santa Ana" the one in California, and where the words do not say, it counts for neither.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from nlu.place_roles import Role, names_a_post, names_no_person, place_cue_before, role_before
from nlu.text_folding import FoldedWord, fold, folded_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

TYPES = ("country", "nationality", "region", "city", "sector")
ENTITY_OF_ROLE = {"work": "work_country", "home": "home_country", None: "country"}
# Nobody in the eleven countries migrates from these two: "soy de Houston" says where a person lives.
DESTINATIONS_ONLY = ("US", "CA")
# "El norte" is the United States, "el norte de Honduras" is not; nor are "los estados de cuenta".
NOT_BEFORE_OF = ("norte", "estados", "states")
OF = ("de", "del", "of")
# "In LA", "in America", but not "en la", "en América"; "estoy en Los" only where the sentence ends.
ENGLISH_ONLY = frozenset({("la",), ("america",), ("the", "states")})
ENGLISH_CUES = ("in", "from", "near", "to")
LAST_ONLY = ("los",)
# What may stand between a place and the country or region it lies in: "Danlí, en Honduras".
LINKS = ("en", "in", "de", "of", "del")
PLACES = ("country", "region", "city")


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


def _names_of(table: str, entries: Sequence[str]) -> Iterator[Name]:
    type_, value, needs_cue = parse_table_name(table)
    for entry in entries:
        words = tuple(fold(entry).split())
        if words:
            yield Name(words, type_, value, needs_cue)


class Gazetteer:
    """An index of names by their first word, longest first."""

    def __init__(self, tables: Mapping[str, Sequence[str]]) -> None:
        """Index the tables; a place that one table marks with "?" needs its cue even where another lists it plainly."""
        self.tables = tables
        names = dict.fromkeys(name for table, entries in tables.items() for name in _names_of(table, entries))
        marked = {name.words for name in names if name.needs_cue}
        self._by_first_word: dict[str, list[Name]] = {}
        for name in names:
            if name.needs_cue or name.type not in PLACES or name.words not in marked:
                self._by_first_word.setdefault(name.words[0], []).append(name)
        for entries in self._by_first_word.values():
            entries.sort(key=lambda name: (-len(name.words), not name.needs_cue))

    def find(self, text: str) -> list[Mention]:
        """Return what the text names, in order, with the role that the words around give it."""
        words = folded_words(text)
        plain = [word.text for word in words]
        found = list(self._names(words, plain))
        mentions: list[Mention] = []
        outer: tuple[int, Mention] | None = None
        for position, (index, names) in enumerate(found):
            end = index + len(names[0].words)
            name = self._meaning(names, role_before(plain[:index], country=names[0].type == "country"))
            following = found[position + 1] if position + 1 < len(found) else None
            mention = None
            if name is not None and not (following and _lies_elsewhere(name, end, following)):
                mention = _mention(words, plain, index, name)
            if mention is not None and outer is not None:
                mention = _in_the_role_of(mention, outer[1], plain[outer[0] : index])
            if mention is not None:
                mentions.append(mention)
            outer = (end, mention) if mention is not None and mention.entity != "sector" else None
        return mentions

    def _names(self, words: Sequence[FoldedWord], plain: Sequence[str]) -> Iterator[tuple[int, list[Name]]]:
        """Yield where a name stands and what it may mean."""
        index = 0
        while index < len(words):
            names = [name for name in self._at(plain, index) if self._counts(words, plain, index, name)]
            if not names:
                index += 1
                continue
            longest = [name for name in names if name.words == names[0].words and name.needs_cue == names[0].needs_cue]
            yield index, longest
            index += len(longest[0].words)

    def _at(self, plain: Sequence[str], index: int) -> Iterator[Name]:
        if index < len(plain):
            for name in self._by_first_word.get(plain[index], ()):
                if tuple(plain[index : index + len(name.words)]) == name.words:
                    yield name

    def _counts(self, words: Sequence[FoldedWord], plain: Sequence[str], index: int, name: Name) -> bool:
        end = index + len(name.words)
        if name.words[-1] in NOT_BEFORE_OF and end < len(plain) and plain[end] in OF:
            return False
        if not name.needs_cue:
            return True
        if (
            name.words in ENGLISH_ONLY
            and len(name.words) < len(words)
            and (index == 0 or plain[index - 1] not in ENGLISH_CUES)
        ):
            return False
        if name.words == LAST_ONLY and end < len(words) and words[end].start - words[end - 1].end == 1:
            return False
        alone = len(name.words) == len(words)
        return alone or place_cue_before(plain[:index]) or self._country_follows(plain, end, name)

    def _country_follows(self, plain: Sequence[str], index: int, name: Name) -> bool:
        """Return whether the country or region of a place is named right after it."""
        return name.type in PLACES and any(
            after.type in ("country", "region") and after.value[:2].upper() == name.value[:2].upper()
            for after in self._at(plain, index)
        )

    @staticmethod
    def _meaning(names: Sequence[Name], role: Role | None) -> Name | None:
        """Return the one of two places of the same name that the role allows."""
        if len({name.value[:2].upper() for name in names}) == 1:
            return names[0]
        if role is None:
            return None
        return next((name for name in names if (name.value[:2] in DESTINATIONS_ONLY) == (role == "work")), names[0])


def _mention(words: Sequence[FoldedWord], plain: Sequence[str], index: int, name: Name) -> Mention | None:
    before, after = plain[:index], plain[index + len(name.words) :]
    start, end = words[index].start, words[index + len(name.words) - 1].end
    if name.type == "sector":
        return Mention("sector", name.value, start, end)
    if name.type == "nationality":
        if names_no_person(before, after, self_only=name.value.upper() in DESTINATIONS_ONLY):
            return None
        return Mention("home_country", name.value, start, end, "home")
    destination = name.value[:2].upper() in DESTINATIONS_ONLY
    role = role_before(before, country=name.type == "country", destination=destination)
    if name.type == "country":
        if names_a_post(after):
            role = None if destination else "home"
        return Mention(ENTITY_OF_ROLE[role], name.value, start, end, role)
    if role == "home" and destination:
        role = "work"
    return Mention(name.type, name.value, start, end, role)


def _lies_elsewhere(name: Name, end: int, following: tuple[int, list[Name]]) -> bool:
    """Return whether what follows a city directly is another state: "Portland, Maine"."""
    index, names = following
    after = names[0]
    if index != end or name.type != "city" or after.type != "region":
        return False
    return not name.value.upper().startswith(after.value.upper())


def _in_the_role_of(mention: Mention, outer: Mention, between: Sequence[str]) -> Mention:
    """Give a country or region the role of the place right before it: "soy de Danlí, Honduras"."""
    same = mention.value[:2].upper() == outer.value[:2].upper()
    linked = not between or (len(between) == 1 and between[0] in LINKS)
    if not same or not linked or mention.entity in ("sector", "city") or outer.entity == "sector":
        return mention
    entity = ENTITY_OF_ROLE[outer.role] if mention.entity.endswith("country") else mention.entity
    return replace(mention, entity=entity, role=outer.role)
