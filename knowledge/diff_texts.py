"""What changed in offices, consulates and words, in sentences; see `knowledge.diff`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.workbench_words import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from knowledge.consulate_models import Post
    from knowledge.knowledge_base import Jurisdiction
    from knowledge.models import Contact, Words

_CONTACT_FIELDS = ("telephone", "whatsapp", "email", "website", "address", "hours", "status")
_PARTS = ("title", "answer", "steps", "deadline", "note", "regions", "home")


def contact_changes(before: Jurisdiction, after: Jurisdiction, language: str, place: str) -> Iterator[str]:
    """New, removed and changed offices of a place."""
    for id_, contact in before.contacts.items():
        if id_ not in after.contacts:
            yield say(language, "diff_contact_removed", place=place, name=_name(contact, language))
    for id_, contact in after.contacts.items():
        known = before.contacts.get(id_)
        if known is None:
            yield say(language, "diff_contact_new", place=place, name=_name(contact, language))
        else:
            yield from _fields(known, contact, language, place)


def _fields(old: Contact, new: Contact, language: str, place: str) -> Iterator[str]:
    for field in _CONTACT_FIELDS:
        before, after = _said(old, field, language), _said(new, field, language)
        if before != after:
            name, label = _name(new, language), say(language, f"field_{field}")
            yield say(language, "diff_contact_field", place=place, name=name, field=label, old=before, new=after)


def _name(contact: Contact, language: str) -> str:
    return contact.name.get(language) or next(iter(contact.name.values()))


def _said(contact: Contact | Post, field: str, language: str) -> str:
    value = getattr(contact, field)
    if field == "status":
        return say(language, str(value))
    if isinstance(value, dict):
        value = value.get(language)
    return str(value) if value else say(language, "nothing")


def words_changes(before: Jurisdiction, after: Jurisdiction, language: str, place: str) -> Iterator[str]:
    """New, removed and changed topics of a place, in each language."""
    for spoken in sorted({*before.words, *after.words}):
        old, new = before.words.get(spoken, {}), after.words.get(spoken, {})
        for topic in sorted({*old, *new}):
            values = {"place": place, "topic": (new.get(topic) or old[topic]).title, "language": spoken}
            if topic not in old:
                yield say(language, "diff_words_new", **values)
            elif topic not in new:
                yield say(language, "diff_words_removed", **values)
            elif parts := _changed_parts(old[topic], new[topic], language):
                yield say(language, "diff_words", parts=", ".join(parts), **values)


def _changed_parts(old: Words, new: Words, language: str) -> list[str]:
    return [say(language, f"part_{part}") for part in _PARTS if getattr(old, part) != getattr(new, part)]


def post_changes(old: Mapping[str, Post], new: Mapping[str, Post], language: str, place: str) -> Iterator[str]:
    """New, closed and changed consulates of a country of origin."""
    for id_ in sorted({*old, *new}):
        before, after = old.get(id_), new.get(id_)
        name = say(language, "diff_post", city=(after or old[id_]).city_in(language))
        if before is None:
            yield say(language, "diff_contact_new", place=place, name=name)
        elif after is None:
            yield say(language, "diff_contact_removed", place=place, name=name)
        else:
            yield from _post_fields(before, after, name, language, place)


def _post_fields(old: Post, new: Post, name: str, language: str, place: str) -> Iterator[str]:
    for field in (*_CONTACT_FIELDS, "emergency_telephone"):
        before, after = _said(old, field, language), _said(new, field, language)
        if before != after:
            label = say(language, f"field_{field}")
            yield say(language, "diff_contact_field", place=place, name=name, field=label, old=before, new=after)
