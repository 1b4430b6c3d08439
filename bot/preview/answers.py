"""One topic for one person, in every language: the reply as the bot gives it, what it rests on, the files behind it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from actions.answer import answer_topic
from actions.context import Context
from actions.profile import UserProfile
from bot.preview.texts import ShownFile, block_lines, show_file
from bot.rendering.page_html import block_html, buttons_html
from bot.rendering.plain import plain_text
from knowledge.figures import say_value
from knowledge.readability import MEASURES, reading_ease, text_to_read
from knowledge.walk import figures_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from actions.reply import Reply
    from bot.preview.store import PreviewStore
    from knowledge.knowledge_base import Jurisdiction, KnowledgeBase
    from knowledge.models import DatedValue, Fact
    from knowledge.yaml_loader import Location


@dataclass(frozen=True, slots=True)
class Asked:
    """What the selectors of the page say."""

    topic: str
    country: str | None
    region: str | None
    home: str | None
    as_of: dt.date


@dataclass(frozen=True, slots=True)
class Phone:
    """The answer in one language. `reading`: the index of readability and whether it is good enough."""

    language: str
    name: str
    blocks: str
    buttons: str
    outcome: str
    length: int
    reading: float | None
    easy: bool
    there: bool


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One dated value behind the answer."""

    name: str
    value: str
    entry: DatedValue
    file: str
    line: int
    overdue: bool


def asked_of(values: dict[str, str], knowledge: KnowledgeBase, today: dt.date) -> Asked:
    """The selectors, with what is unknown left out."""
    country = values.get("country") or None
    if country not in knowledge.countries:
        country = None if values.get("country") in {"", "common"} else next(iter(sorted(knowledge.countries)), None)
    described = knowledge.countries[country].country if country else None
    region, home = values.get("region"), values.get("home")
    topic = values.get("topic", "")
    return Asked(
        topic=topic if topic in knowledge.register.topics else next(iter(knowledge.register.topics)),
        country=country,
        region=region if described and region in described.regions else None,
        home=home if home in knowledge.countries else None,
        as_of=_date(values.get("as_of", ""), today),
    )


def _date(text: str, otherwise: dt.date) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return otherwise


def phones(store: PreviewStore, asked: Asked) -> list[Phone]:
    """The answer in every language, side by side; none while no good content was read and this topic cannot be answered."""
    knowledge = store.knowledge
    if knowledge is None:
        return []
    try:
        return [_phone(knowledge, asked, language) for language in knowledge.languages]
    except Exception:
        if store.is_sound:
            raise
        return []


def _phone(knowledge: KnowledgeBase, asked: Asked, language: str) -> Phone:
    reply = reply_to(knowledge, asked, language)
    words = knowledge.jurisdiction(asked.country).words_of(asked.topic, language)
    score = reading_ease(text_to_read(words), language) if words else None
    measure = MEASURES.get(language)
    return Phone(
        language=language,
        name=knowledge.languages[language].name,
        blocks=blocks_html(reply),
        buttons=buttons_html(reply.buttons),
        outcome=reply.outcome,
        length=len(plain_text(reply)),
        reading=score,
        easy=score is None or measure is None or score >= measure.wanted,
        there=words is not None,
    )


def reply_to(knowledge: KnowledgeBase, asked: Asked, language: str) -> Reply:
    """What the bot says to a person of whom just this is known."""
    profile = UserProfile(language=language, work_country=asked.country, region=asked.region, home_country=asked.home)
    return answer_topic(Context(knowledge, profile, asked.as_of), asked.topic)


def blocks_html(reply: Reply) -> str:
    """The text of a reply without its buttons."""
    return "".join(block_html(block) for block in reply.blocks)


def figure_rows(store: PreviewStore, asked: Asked, language: str) -> list[FigureRow]:
    """Every dated value behind the topic: those its words say, then those it cites."""
    knowledge = store.knowledge
    if knowledge is None or not store.is_sound:
        return []
    place = knowledge.jurisdiction(asked.country)
    return [
        FigureRow(
            name=fact.name.get(language) or name,
            value=_value(knowledge, place, fact, value, language),
            entry=value,
            file=_facts_file(knowledge, asked.country, name),
            line=_line(store, _facts_file(knowledge, asked.country, name), ("facts", name, "values", index)),
            overdue=value.review_by < asked.as_of,
        )
        for name, fact in _facts(knowledge, place, asked.topic)
        for index, value in enumerate(fact.values)
        if value.region in {None, asked.region} or asked.region is None
    ]


def _facts(knowledge: KnowledgeBase, place: Jurisdiction, topic: str) -> Iterator[tuple[str, Fact]]:
    said = [name for spoken in knowledge.languages if (words := place.words_of(topic, spoken)) for name in figures_of(words)]
    entry = place.topics.get(topic)
    for name in dict.fromkeys([*said, *(entry.all_facts if entry else ())]):
        fact = place.facts.get(name) or knowledge.common.facts.get(name)
        if fact is not None:
            yield name, fact


def _value(knowledge: KnowledgeBase, place: Jurisdiction, fact: Fact, value: DatedValue, language: str) -> str:
    if fact.unit == "rule":
        return ""
    locale = place.country.number_locale if place.country else language
    return say_value(value, fact, knowledge.units[language], language, locale)


def _facts_file(knowledge: KnowledgeBase, country: str | None, name: str) -> str:
    own = country is not None and name in knowledge.countries[country].facts
    return f"countries/{country}/facts.yaml" if own else "common/facts.yaml"


def _line(store: PreviewStore, file: str, location: Location) -> int:
    found = store.file(file)
    return found.line(*location) if found else 1


def files_behind(store: PreviewStore, asked: Asked, language: str) -> list[ShownFile]:
    """The words of the topic in full, then what it rests on in facts.yaml and contacts.yaml."""
    knowledge = store.knowledge
    if knowledge is None:
        return []
    folder = f"countries/{asked.country}" if asked.country else "common"
    words = [f"{folder}/{spoken}/{asked.topic}.yaml" for spoken in knowledge.languages]
    shown = [show_file(name, store.text(name), store.problems_of(name), language) for name in words if store.file(name)]
    place = knowledge.jurisdiction(asked.country)
    entry = place.topics.get(asked.topic)
    facts: list[Location] = [("facts", name) for name, _ in _facts(knowledge, place, asked.topic)]
    offices: list[Location] = [("contacts", name) for name in (entry.all_contacts if entry else ())]
    parts = {f"{folder}/facts.yaml": [*facts, ("topics", asked.topic)], f"{folder}/contacts.yaml": offices}
    for name, locations in parts.items():
        file = store.file(name)
        if file is not None:
            lines = {line for where in locations for line in block_lines(file.text, file.line(*where))}
            shown.append(show_file(name, store.text(name), store.problems_of(name), language, only=lines))
    return shown
