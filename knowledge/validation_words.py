"""The rules for words: figures by name, plain letters, a length that fits, a source and an office behind every topic."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from knowledge.lookup import PLACEHOLDER
from knowledge.problems import Problem, Severity
from knowledge.walk import figures_of, guess, place_of, texts_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from knowledge.knowledge_base import KnowledgeBase
    from knowledge.loader import Content, ParsedFile
    from knowledge.models import Words
    from knowledge.yaml_loader import Location

#: Telegram's limit is 4,096 with everything the card adds around the words; the aim is 900.
WORDS_LIMIT = 2600
WORDS_AIM = 1300

_STRAY_BRACE = re.compile(r"[{}]")
_UNITS_ES = (
    "años?|meses|mes|semanas?|días?|horas?|minutos?|por ciento|dólares|pesos|colones|quetzales|lempiras|córdobas|balboas"
)
_UNITS_EN = "years?|months?|weeks?|days?|hours?|minutes?|per ?cent|dollars"
#: An amount of money, a percentage, a number with its unit, or a telephone.
_TYPED_FIGURE = re.compile(
    rf"(?:[$₡₲€£]\s?\d[\d.,]*|\d[\d.,]*\s?%|\b\d[\d.,]*\s(?:{_UNITS_ES}|{_UNITS_EN})\b|\+?\d[\d ()./-]{{6,}}\d)",
    re.IGNORECASE,
)
_ALWAYS_OPEN = re.compile(r"\b24 (?:horas|hours)\b", re.IGNORECASE)
_MARKUP = re.compile(r"<[a-z/]|\*\*|__|\]\(")
#: Letters outside the Latin script. Ranges are those of Unicode's Latin blocks, with the ordinals and the micro sign.
_FOREIGN = re.compile(r"[^\W\d_a-zA-ZªºµÀ-ɏḀ-ỿⱠ-Ɀꜧ-ꟿﬀ-ﬆ]")


def _texts(content: Content) -> Iterator[tuple[ParsedFile, Location, str]]:
    for file in content.of_kind("words"):
        for location, text in texts_of(file.model):
            yield file, location, text


def figures_exist(content: Content, knowledge: KnowledgeBase, _: dt.date) -> Iterator[Problem]:
    """A name in braces is a fact with a figure."""
    for file, location, text in _texts(content):
        if "{" not in text and "}" not in text:
            continue
        if _STRAY_BRACE.search(PLACEHOLDER.sub("", text)):
            yield Problem.of("stray_brace", file.file, file.line(*location))
        place = place_of(knowledge, file)
        for name in PLACEHOLDER.findall(text):
            fact = place.facts.get(name) or knowledge.common.facts.get(name)
            if fact is None:
                line, near = file.line_with(f"{{{name}}}", *location), guess(name, place.facts)
                yield Problem.of("unknown_fact", file.file, line, fact=name, guess=near)
            elif fact.unit == "rule":
                line = file.line_with(f"{{{name}}}", *location)
                yield Problem.of("rule_as_figure", file.file, line, fact=name)


def no_figure_is_typed(content: Content, _: KnowledgeBase, __: dt.date) -> Iterator[Problem]:
    """Words carry figures by name only, so that a translator never retypes one."""
    for file, location, text in _texts(content):
        found = _TYPED_FIGURE.search(_ALWAYS_OPEN.sub("", text))
        if found:
            number = found[0].strip()
            yield Problem.of("number_in_words", file.file, file.line_with(number, *location), number=number)


def words_are_plain(content: Content, _: KnowledgeBase, __: dt.date) -> Iterator[Problem]:
    """No markup, no look-alike letter of another alphabet."""
    for file, location, text in _texts(content):
        mark = _MARKUP.search(text)
        if mark:
            yield Problem.of("markup", file.file, file.line_with(mark[0], *location), mark=mark[0])
        for letter in sorted(set(_FOREIGN.findall(text))):
            word = next(word for word in text.split() if letter in word)
            line = file.line_with(word, *location)
            yield Problem.of("foreign_letter", file.file, line, letter=letter, word=word)


def words_fit(content: Content, _: KnowledgeBase, __: dt.date) -> Iterator[Problem]:
    """An answer fits into one message, with room for what the card adds."""
    for file in content.of_kind("words"):
        length = length_of(file.model)
        if length > WORDS_LIMIT:
            yield Problem.of("too_long", file.file, 1, length=str(length), limit=str(WORDS_LIMIT))
        elif length > WORDS_AIM:
            warning = Severity.WARNING
            yield Problem.of("long", file.file, 1, severity=warning, length=str(length), limit=str(WORDS_AIM))


def length_of(words: Words) -> int:
    """Characters of a topic, with the longest of its regions; figures count as their names."""
    text = [words.title, words.answer, *words.steps, words.deadline or "", words.note or ""]
    longest_region = max((len(own.note or "") + len(own.answer or "") for own in words.regions.values()), default=0)
    return sum(len(part) for part in text) + longest_region


def topics_are_cited(content: Content, knowledge: KnowledgeBase, _: dt.date) -> Iterator[Problem]:
    """In a country, the words of a topic rest on at least one source and lead to at least one office."""
    for file in content.of_kind("words"):
        if not file.country or not file.topic:
            continue
        entry = place_of(knowledge, file).topics.get(file.topic)
        if not (entry and entry.facts) and not figures_of(file.model):
            yield Problem.of("topic_without_facts", file.file, 1, topic=file.topic)
        if not (entry and entry.contacts) and not file.topic.startswith("consulate"):
            yield Problem.of("topic_without_contact", file.file, 1, topic=file.topic)


WORD_RULES = (figures_exist, no_figure_is_typed, words_are_plain, words_fit, topics_are_cited)
