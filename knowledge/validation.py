"""The cross-file rules: each a small function from the whole content to its problems.

`check` runs them all; `tests/knowledge/invalid/` holds one broken example per rule.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

from knowledge.figures import is_known_unit
from knowledge.lookup import PLACEHOLDER
from knowledge.models import Fact, Model, Sourced, Status, TopicFacts, Words
from knowledge.problems import Problem, Severity
from knowledge.validation_consulates import CONSULATE_RULES

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator

    from knowledge.knowledge_base import Jurisdiction, KnowledgeBase
    from knowledge.loader import Content, ParsedFile

#: Telegram's limit is 4,096 with everything the card adds around the words; the aim is 900.
WORDS_LIMIT = 2600
WORDS_AIM = 1300

Rule: TypeAlias = "Callable[[Content, KnowledgeBase, dt.date], Iterable[Problem]]"


def check(content: Content, today: dt.date) -> list[Problem]:
    """All problems of a reading, sorted by file and line; those of single files first when the registers are unreadable."""
    problems = list(content.problems)
    if content.knowledge is not None:
        for rule in RULES:
            problems.extend(rule(content, content.knowledge, today))
    return sorted(set(problems))


def _guess(name: str, known: Iterable[str]) -> str:
    close = get_close_matches(name, list(known), n=1, cutoff=0.5)
    return close[0] if close else "—"


# --- facts --------------------------------------------------------------------------------------------------------------


def _facts(content: Content) -> Iterator[tuple[ParsedFile, str, Fact]]:
    for file in content.of_kind("facts"):
        for name, fact in file.model.facts.items():
            yield file, name, fact


def facts_have_values(content: Content, knowledge: KnowledgeBase, _: dt.date) -> Iterator[Problem]:
    """A number where the unit asks for one, a known unit, a date for money, a citation."""
    words = next(iter(knowledge.units.values()))
    for file, name, fact in _facts(content):
        if not is_known_unit(fact.unit, words):
            yield Problem.of("unknown_unit", file.file, file.line("facts", name, "unit"), unit=fact.unit)
        for index, value in enumerate(fact.values):
            line = file.line("facts", name, "values", index)
            if fact.unit != "rule" and value.value is None:
                yield Problem.of("value_missing", file.file, line, fact=name)
            if fact.is_number and value.value is not None and not _is_number(value.value):
                yield Problem.of("value_not_number", file.file, line, fact=name, value=value.value)
            if _is_money(fact) and value.from_ is None:
                yield Problem.of("money_without_date", file.file, line, fact=name)
            if value.citation is None:
                yield Problem.of("citation_missing", file.file, line, fact=name)


def _is_money(fact: Fact) -> bool:
    name = fact.unit.partition("/")[0]
    return len(name) == 3 and name.isupper()


def _is_number(text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False


def facts_are_in_order(content: Content, _: KnowledgeBase, __: dt.date) -> Iterator[Problem]:
    """The values of a region begin on different days, oldest first."""
    for file, name, fact in _facts(content):
        line = file.line("facts", name)
        for region in {value.region for value in fact.values}:
            starts = [value.from_ for value in fact.values if value.region == region]
            if len(set(starts)) != len(starts):
                yield Problem.of("dates_overlap", file.file, line, fact=name)
            elif any(early and late and early > late for early, late in pairwise(starts)):
                yield Problem.of("dates_unordered", file.file, line, fact=name)


def facts_are_used(content: Content, _: KnowledgeBase, __: dt.date) -> Iterator[Problem]:
    """Every fact is said by some words or cited by some topic."""
    used = {name for file in content.of_kind("words") for name in _figures(file.model)}
    for file, name, fact in _facts(content):
        cited = {rule for topic in file.model.topics.values() for rule in _cited(topic)}
        draft = all(value.status is Status.DRAFT for value in fact.values)
        if name not in used | cited and not draft:
            yield Problem.of("fact_unused", file.file, file.line("facts", name), severity=Severity.WARNING, fact=name)


def _cited(topic: TopicFacts) -> set[str]:
    return {*topic.facts, *(topic.home.facts if topic.home else ())}


# --- what every sourced entry owes --------------------------------------------------------------------------------------


def _sourced(model: object, location: tuple[str | int, ...] = ()) -> Iterator[tuple[Sourced, tuple[str | int, ...]]]:
    if isinstance(model, Sourced):
        yield model, location
    if isinstance(model, Model):
        for name in type(model).model_fields:
            yield from _sourced(getattr(model, name), (*location, name))
    elif isinstance(model, dict):
        for key, value in model.items():
            yield from _sourced(value, (*location, key))
    elif isinstance(model, tuple):
        for index, value in enumerate(model):
            yield from _sourced(value, (*location, index))


def dates_make_sense(content: Content, _: KnowledgeBase, today: dt.date) -> Iterator[Problem]:
    """Seen in the past, to be reviewed after it was seen."""
    for file in content.files:
        for entry, location in _sourced(file.model):
            line = file.line(*location)
            if entry.verified_on > today:
                yield Problem.of("verified_in_future", file.file, line, date=entry.verified_on.isoformat())
            if entry.review_by < entry.verified_on:
                yield Problem.of("review_before_verified", file.file, line)


def _labels(
    model: object, location: tuple[str | int, ...] = ()
) -> Iterator[tuple[dict[str, str], tuple[str | int, ...]]]:
    if isinstance(model, Model) and not isinstance(model, Words):
        for name, field in type(model).model_fields.items():
            value = getattr(model, name)
            if (
                isinstance(value, dict)
                and field.annotation is not None
                and "Labels" in _label_fields(type(model)).get(name, "")
            ):
                yield value, (*location, name)
            else:
                yield from _labels(value, (*location, name))
    elif isinstance(model, dict):
        for key, value in model.items():
            yield from _labels(value, (*location, key))
    elif isinstance(model, tuple):
        for index, value in enumerate(model):
            yield from _labels(value, (*location, index))


def _label_fields(model: type[Model]) -> dict[str, str]:
    names: dict[str, str] = {}
    for base in reversed(model.__mro__):
        names |= {name: str(kind) for name, kind in getattr(base, "__annotations__", {}).items()}
    return names


def labels_are_complete(content: Content, knowledge: KnowledgeBase, _: dt.date) -> Iterator[Problem]:
    """A name is there in every language whose status is complete."""
    wanted = [code for code, language in knowledge.languages.items() if language.status == "complete"]
    for file in content.files:
        for labels, location in _labels(file.model):
            for language in wanted:
                if language not in labels:
                    field = ".".join(str(part) for part in location)
                    line = file.line(*location)
                    yield Problem.of("label_missing", file.file, line, field=field, language=language)


# --- references between files -------------------------------------------------------------------------------------------


def regions_are_known(content: Content, knowledge: KnowledgeBase, _: dt.date) -> Iterator[Problem]:
    """Regions of facts, contacts and words are those of country.yaml."""
    for file in content.files:
        known = _regions(knowledge, file.country)
        if file.kind not in {"facts", "contacts", "words"} or not file.country:
            continue
        for region, location in _named_regions(file):
            if region not in known:
                line = file.line(*location)
                yield Problem.of("unknown_region", file.file, line, region=region, guess=_guess(region, known))


def _regions(knowledge: KnowledgeBase, country: str | None) -> set[str]:
    described = knowledge.countries[country].country if country and country in knowledge.countries else None
    return set(described.regions) if described else set()


def _named_regions(file: ParsedFile) -> Iterator[tuple[str, tuple[str | int, ...]]]:
    if file.model is None:
        return
    if file.kind == "words":
        yield from ((region, ("regions", region)) for region in file.model.regions)
    elif file.kind == "contacts":
        entries = file.model.contacts.items()
        yield from ((entry.region, ("contacts", name)) for name, entry in entries if entry.region)
    elif file.kind == "facts":
        for name, fact in file.model.facts.items():
            for index, value in enumerate(fact.values):
                if value.region:
                    yield value.region, ("facts", name, "values", index)


def places_are_known(content: Content, knowledge: KnowledgeBase, _: dt.date) -> Iterator[Problem]:
    """Folders and files are named after known countries, languages and topics, and say the same inside."""
    for file in content.files:
        if file.topic and file.topic not in knowledge.register.topics:
            guess = _guess(file.topic, knowledge.register.topics)
            yield Problem.of("unknown_topic", file.file, 1, topic=file.topic, guess=guess)
        if file.language and file.language not in knowledge.languages:
            yield Problem.of("unknown_language", file.file, 1, language=file.language)
        if file.country and file.country not in knowledge.countries:
            yield Problem.of("unknown_country", file.file, 1, country=file.country)
        said = {"country": "code", "consulates": "origin"}.get(file.kind)
        if said and file.model and getattr(file.model, said) != file.country:
            inside, folder = getattr(file.model, said), file.country or ""
            yield Problem.of("wrong_place", file.file, file.line(said), said=inside, folder=folder)


def register_is_sound(content: Content, knowledge: KnowledgeBase, _: dt.date) -> Iterator[Problem]:
    """Topics are in known categories and relate to known topics."""
    topics = knowledge.register.topics
    for file in content.of_kind("topics"):
        for name, topic in topics.items():
            if topic.category not in knowledge.register.categories:
                line = file.line("topics", name, "category")
                yield Problem.of("unknown_category", file.file, line, topic=name, category=topic.category)
            for related in topic.related:
                if related not in topics:
                    line = file.line("topics", name, "related")
                    yield Problem.of("unknown_topic", file.file, line, topic=related, guess=_guess(related, topics))


def topic_references_exist(content: Content, knowledge: KnowledgeBase, _: dt.date) -> Iterator[Problem]:
    """Topics of facts.yaml are known and name facts and contacts that exist."""
    for file in content.of_kind("facts"):
        place = _place(knowledge, file)
        known_facts = {*place.facts, *knowledge.common.facts}
        for topic, entry in file.model.topics.items():
            line = file.line("topics", topic)
            if topic not in knowledge.register.topics:
                guess = _guess(topic, knowledge.register.topics)
                yield Problem.of("unknown_topic", file.file, line, topic=topic, guess=guess)
            for fact in _cited(entry) - known_facts:
                yield Problem.of("unknown_fact", file.file, line, fact=fact, guess=_guess(fact, known_facts))
            for contact in {*entry.contacts, *(entry.home.contacts if entry.home else ())} - set(place.contacts):
                guess = _guess(contact, place.contacts)
                yield Problem.of("unknown_contact", file.file, line, contact=contact, guess=guess)


def _place(knowledge: KnowledgeBase, file: ParsedFile) -> Jurisdiction:
    if file.country is None or file.country not in knowledge.countries:
        return knowledge.common
    return knowledge.countries[file.country]


def country_contacts_exist(content: Content, knowledge: KnowledgeBase, _: dt.date) -> Iterator[Problem]:
    """The emergency numbers and the labour office of country.yaml stand in contacts.yaml."""
    for file in content.of_kind("country"):
        known = _place(knowledge, file).contacts
        for field, ids in (
            ("emergency_contacts", file.model.emergency_contacts),
            ("labour_office", (file.model.labour_office,)),
        ):
            for contact in set(ids) - set(known):
                line = file.line(field)
                yield Problem.of("unknown_contact", file.file, line, contact=contact, guess=_guess(contact, known))


def contacts_are_useful(content: Content, _: KnowledgeBase, __: dt.date) -> Iterator[Problem]:
    """An office can be reached somehow."""
    for file in content.of_kind("contacts"):
        for name, entry in file.model.contacts.items():
            if not any((entry.telephone, entry.whatsapp, entry.email, entry.website, entry.address)):
                yield Problem.of("contact_empty", file.file, file.line("contacts", name), contact=name)


# --- words --------------------------------------------------------------------------------------------------------------


def _texts(words: Words) -> Iterator[tuple[tuple[str | int, ...], str]]:
    yield ("title",), words.title
    yield ("answer",), words.answer
    for index, step in enumerate(words.steps):
        yield ("steps", index), step
    if words.deadline:
        yield ("deadline",), words.deadline
    if words.note:
        yield ("note",), words.note
    for region, own in words.regions.items():
        parts = (("answer", own.answer), ("note", own.note), ("deadline", own.deadline))
        yield from ((("regions", region, name), text) for name, text in parts if text)
    if words.home:
        yield ("home", "answer"), words.home.answer
        yield from ((("home", "steps", index), step) for index, step in enumerate(words.home.steps))


def _figures(words: Words) -> list[str]:
    return [name for _, text in _texts(words) for name in PLACEHOLDER.findall(text)]


def figures_exist(content: Content, knowledge: KnowledgeBase, _: dt.date) -> Iterator[Problem]:
    """A name in braces is a fact with a figure."""
    for file in content.of_kind("words"):
        place = _place(knowledge, file)
        for location, text in _texts(file.model):
            line = file.line(*location)
            if re.search(r"[{}]", PLACEHOLDER.sub("", text)):
                yield Problem.of("stray_brace", file.file, line)
            for name in PLACEHOLDER.findall(text):
                fact = place.facts.get(name) or knowledge.common.facts.get(name)
                if fact is None:
                    guess = _guess(name, place.facts)
                    yield Problem.of("unknown_fact", file.file, line, fact=name, guess=guess)
                elif fact.unit == "rule":
                    yield Problem.of("rule_as_figure", file.file, line, fact=name)


_UNIT = r"(?:años?|meses|mes|semanas?|días?|horas?|minutos?|por ciento|dólares|pesos|colones|quetzales|lempiras|córdobas|years?|months?|weeks?|days?|hours?|minutes?|per ?cent|dollars)"
_TYPED_FIGURE = re.compile(
    rf"(?:[$₡₲€£]\s?\d[\d.,]*|\d[\d.,]*\s?%|\b\d[\d.,]*\s{_UNIT}\b|\+?\d[\d ()./-]{{6,}}\d)", re.IGNORECASE
)
_ALWAYS_OPEN = re.compile(r"\b24 (?:horas|hours)\b", re.IGNORECASE)
_LAW_NUMBER = re.compile(r"\b(?:19|20)\d{2}\b")


def no_figure_is_typed(content: Content, _: KnowledgeBase, __: dt.date) -> Iterator[Problem]:
    """Words carry figures by name only, so that a translator never retypes one."""
    for file in content.of_kind("words"):
        for location, text in _texts(file.model):
            found = _TYPED_FIGURE.search(_ALWAYS_OPEN.sub("", text))
            if found:
                yield Problem.of("number_in_words", file.file, file.line(*location), number=found[0].strip())


def words_are_plain(content: Content, _: KnowledgeBase, __: dt.date) -> Iterator[Problem]:
    """No markup, no look-alike letter of another alphabet."""
    for file in content.of_kind("words"):
        for location, text in _texts(file.model):
            line = file.line(*location)
            mark = re.search(r"<[a-z/]|\*\*|__|\]\(", text)
            if mark:
                yield Problem.of("markup", file.file, line, mark=mark[0])
            for letter in {
                char for char in text if char.isalpha() and not unicodedata.name(char, "").startswith("LATIN")
            }:
                if letter in "ºª":
                    continue
                word = next(word for word in text.split() if letter in word)
                yield Problem.of("foreign_letter", file.file, line, letter=letter, word=word)


def words_fit(content: Content, _: KnowledgeBase, __: dt.date) -> Iterator[Problem]:
    """An answer fits into one message, with room for what the card adds."""
    for file in content.of_kind("words"):
        words = file.model
        text = [words.title, words.answer, *words.steps, words.deadline or "", words.note or ""]
        longest_region = max((len(own.note or "") + len(own.answer or "") for own in words.regions.values()), default=0)
        length = sum(len(part) for part in text) + longest_region
        if length > WORDS_LIMIT:
            yield Problem.of("too_long", file.file, 1, length=str(length), limit=str(WORDS_LIMIT))
        elif length > WORDS_AIM:
            warning = Severity.WARNING
            yield Problem.of("long", file.file, 1, severity=warning, length=str(length), limit=str(WORDS_AIM))


def translations_match(content: Content, knowledge: KnowledgeBase, _: dt.date) -> Iterator[Problem]:
    """A translation has the figures and steps of its original, is not a copy, and is not older."""
    original_language = knowledge.original_language
    originals = {
        (file.country, file.topic): file for file in content.of_kind("words") if file.language == original_language
    }
    for file in content.of_kind("words"):
        original = originals.get((file.country, file.topic))
        if file.language != original_language and original is not None:
            yield from _compare(file, original, original_language)


def _compare(file: ParsedFile, original: ParsedFile, language: str) -> Iterator[Problem]:
    here, there = file.model, original.model
    difference = set(_figures(here)) ^ set(_figures(there))
    if difference:
        names = ", ".join(sorted(difference))
        yield Problem.of("figures_differ", file.file, 1, other=language, difference=names)
    if len(here.steps) != len(there.steps):
        mine, theirs, line = str(len(here.steps)), str(len(there.steps)), file.line("steps")
        yield Problem.of("steps_differ", file.file, line, other=language, here=mine, there=theirs)
    if here.answer == there.answer:
        yield Problem.of("identical_to_original", file.file, file.line("answer"))
    if here.updated_on < there.updated_on:
        date = there.updated_on.isoformat()
        line = file.line("updated_on")
        yield Problem.of("stale_translation", file.file, line, severity=Severity.WARNING, date=date)


def topics_are_cited(content: Content, knowledge: KnowledgeBase, _: dt.date) -> Iterator[Problem]:
    """In a country, the words of a topic rest on at least one source and lead to at least one office."""
    for file in content.of_kind("words"):
        if not file.country or not file.topic:
            continue
        entry = _place(knowledge, file).topics.get(file.topic)
        if not _figures(file.model) and not (entry and entry.facts):
            yield Problem.of("topic_without_facts", file.file, 1, topic=file.topic)
        if not (entry and entry.contacts) and not file.topic.startswith("consulate"):
            yield Problem.of("topic_without_contact", file.file, 1, topic=file.topic)


def interfaces_match(content: Content, knowledge: KnowledgeBase, _: dt.date) -> Iterator[Problem]:
    """The bot's own words have the same keys and gaps in every language."""
    first = knowledge.interface.get(knowledge.original_language, {})
    for file in content.of_kind("interface"):
        mine = file.model.root
        different = {key for key in {*first, *mine} if _gaps(first.get(key)) != _gaps(mine.get(key))}
        if different:
            names = ", ".join(sorted(different))
            yield Problem.of("interface_differs", file.file, 1, other=knowledge.original_language, difference=names)


def _gaps(text: str | None) -> set[str] | None:
    return None if text is None else set(re.findall(r"\{(\w*)", text))


RULES: tuple[Rule, ...] = (
    facts_have_values,
    facts_are_in_order,
    facts_are_used,
    dates_make_sense,
    labels_are_complete,
    regions_are_known,
    places_are_known,
    register_is_sound,
    topic_references_exist,
    country_contacts_exist,
    contacts_are_useful,
    figures_exist,
    no_figure_is_typed,
    words_are_plain,
    words_fit,
    translations_match,
    topics_are_cited,
    interfaces_match,
    *CONSULATE_RULES,
)
