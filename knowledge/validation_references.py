"""The rules for what files say of each other: topics, regions, offices, folders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.knowledge_base import COMMON
from knowledge.models import Status
from knowledge.problems import Problem, Severity
from knowledge.walk import guess, place_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from knowledge.knowledge_base import KnowledgeBase
    from knowledge.loader import Content, ParsedFile
    from knowledge.models import TopicFacts
    from knowledge.yaml_loader import Location


def regions_are_known(content: Content, knowledge: KnowledgeBase, _: dt.date) -> Iterator[Problem]:
    """Regions of facts, contacts and words are those of country.yaml."""
    for file in content.files:
        if file.kind not in {"facts", "contacts", "words"} or not file.country or file.model is None:
            continue
        described = place_of(knowledge, file).country
        known = described.regions if described else {}
        for region, location in _named_regions(file):
            if region not in known:
                line = file.line(*location)
                yield Problem.of("unknown_region", file.file, line, region=region, guess=guess(region, known))


def _named_regions(file: ParsedFile) -> Iterator[tuple[str, Location]]:
    if file.kind == "words":
        yield from ((region, ("regions", region)) for region in file.model.regions)
    elif file.kind == "contacts":
        for name, entry in file.model.contacts.items():
            if entry.region:
                yield entry.region, ("contacts", name, "region")
    else:
        for name, fact in file.model.facts.items():
            for index, value in enumerate(fact.values):
                if value.region:
                    yield value.region, ("facts", name, "values", index, "region")


def folders_are_known(content: Content, knowledge: KnowledgeBase, _: dt.date) -> Iterator[Problem]:
    """Folders and files are named after known countries, languages and topics, and say the same inside."""
    countries = {file.country for file in content.files if file.kind == "country"}
    for file in content.files:
        if file.topic and file.topic not in knowledge.register.topics:
            near = guess(file.topic, knowledge.register.topics)
            yield Problem.of("unknown_topic", file.file, 1, topic=file.topic, guess=near)
        if file.language and file.language not in knowledge.languages:
            yield Problem.of("unknown_language", file.file, 1, language=file.language)
        if file.country and file.country not in countries:
            yield Problem.of("unknown_country", file.file, 1, country=file.country)
        said = {"country": "code", "consulates": "origin"}.get(file.kind)
        if said and file.model and getattr(file.model, said) != file.country:
            inside, folder = getattr(file.model, said), file.country or ""
            yield Problem.of("wrong_place", file.file, file.line(said), said=inside, folder=folder)


def editors_keep_known_countries(content: Content, knowledge: KnowledgeBase, _: dt.date) -> Iterator[Problem]:
    """The countries an editor keeps exist; `common` is what holds everywhere."""
    for file in content.of_kind("editors"):
        for name, editor in file.model.editors.items():
            for country in set(editor.countries) - {*knowledge.countries, COMMON}:
                line = file.line("editors", name, "countries")
                yield Problem.of("unknown_country", file.file, line, country=country)


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
                    yield Problem.of("unknown_topic", file.file, line, topic=related, guess=guess(related, topics))


def topic_references_exist(content: Content, knowledge: KnowledgeBase, _: dt.date) -> Iterator[Problem]:
    """Topics of facts.yaml are known and name facts and contacts that exist."""
    for file in content.of_kind("facts"):
        for topic, entry in file.model.topics.items():
            if topic not in knowledge.register.topics:
                line, near = file.line("topics", topic), guess(topic, knowledge.register.topics)
                yield Problem.of("unknown_topic", file.file, line, topic=topic, guess=near)
            yield from _missing_references(file, knowledge, topic, entry)


def _missing_references(file: ParsedFile, knowledge: KnowledgeBase, topic: str, entry: TopicFacts) -> Iterator[Problem]:
    place = place_of(knowledge, file)
    for fact in entry.all_facts:
        if fact not in place.facts and fact not in knowledge.common.facts:
            line = file.line("topics", topic, "facts")
            yield Problem.of("unknown_fact", file.file, line, fact=fact, guess=guess(fact, place.facts))
    for contact in entry.all_contacts:
        if contact not in place.contacts:
            line, near = file.line("topics", topic, "contacts"), guess(contact, place.contacts)
            yield Problem.of("unknown_contact", file.file, line, contact=contact, guess=near)


def country_contacts_exist(content: Content, knowledge: KnowledgeBase, _: dt.date) -> Iterator[Problem]:
    """The emergency numbers and the labour office of country.yaml stand in contacts.yaml."""
    for file in content.of_kind("country"):
        known = place_of(knowledge, file).contacts
        named = [("labour_office", file.model.labour_office)]
        named += [("emergency_contacts", contact) for contact in file.model.emergency_contacts]
        for field, contact in named:
            if contact not in known:
                line, near = file.line(field), guess(contact, known)
                yield Problem.of("unknown_contact", file.file, line, contact=contact, guess=near)


def contacts_are_useful(content: Content, _: KnowledgeBase, __: dt.date) -> Iterator[Problem]:
    """An office can be reached somehow."""
    for file in content.of_kind("contacts"):
        for name, entry in file.model.contacts.items():
            if not any((entry.telephone, entry.whatsapp, entry.email, entry.website, entry.address)):
                yield Problem.of("contact_empty", file.file, file.line("contacts", name), contact=name)


def contacts_are_used(content: Content, knowledge: KnowledgeBase, _: dt.date) -> Iterator[Problem]:
    """Some topic, country.yaml or a check of job offers leads to every office of a country; drafts may wait."""
    for file in content.of_kind("contacts"):
        place = place_of(knowledge, file)
        if not place.country:
            continue
        used = {contact for entry in place.topics.values() for contact in entry.all_contacts}
        used |= {place.country.labour_office, *place.country.emergency_contacts, *_named_by_offers(knowledge, place.code)}
        for name, contact in file.model.contacts.items():
            if name not in used and contact.status is Status.VERIFIED:
                line, warning = file.line("contacts", name), Severity.WARNING
                yield Problem.of("contact_unused", file.file, line, severity=warning, contact=name)


def _named_by_offers(knowledge: KnowledgeBase, country: str) -> set[str]:
    offers = knowledge.offers
    sides = (offers.home.get(country), offers.work.get(country)) if offers else ()
    return {contact for side in sides if side for contact in side.contacts}


def topics_are_there(content: Content, knowledge: KnowledgeBase, _: dt.date) -> Iterator[Problem]:
    """A country has every topic in every language whose status is complete."""
    wanted = [code for code, language in knowledge.languages.items() if language.status == "complete"]
    for file in content.of_kind("country"):
        place = place_of(knowledge, file)
        for language in wanted:
            missing = [topic for topic in knowledge.register.topics if place.words_of(topic, language) is None]
            if missing:
                values = {"topics": ", ".join(missing), "language": language, "country": file.country or ""}
                yield Problem.of("topic_missing", file.file, 1, severity=Severity.WARNING, **values)


REFERENCE_RULES = (
    regions_are_known,
    folders_are_known,
    editors_keep_known_countries,
    register_is_sound,
    topic_references_exist,
    country_contacts_exist,
    contacts_are_useful,
    contacts_are_used,
    topics_are_there,
)
