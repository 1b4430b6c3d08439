"""The rules for the offer check: a wrong reference sends a cheated person to nobody, a careless word accuses somebody."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from knowledge.offer_models import OfferLevel
from knowledge.problems import Problem
from knowledge.walk import guess

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from knowledge.knowledge_base import KnowledgeBase
    from knowledge.loader import Content, ParsedFile
    from knowledge.offer_models import CorridorSide

#: A longer label is cut on the button of a small phone.
LABEL_LIMIT = 40
#: Phrases that declare a person guilty or an offer safe; the check can know neither.
VERDICTS = (
    "es una estafa",
    "es estafa",
    "es un estafador",
    "son estafadores",
    "es culpable",
    "es segura",
    "es confiable",
    "es legítima",
    "is a scam",
    "is a fraud",
    "is a scammer",
    "are scammers",
    "is guilty",
    "is safe",
    "is legitimate",
    "can be trusted",
)


def _sides(file: ParsedFile) -> Iterator[tuple[str, str, CorridorSide]]:
    for end in ("home", "work"):
        for country, side in getattr(file.model, end).items():
            yield end, country, side


def offer_codes_are_unique(content: Content, _: KnowledgeBase, __: dt.date) -> Iterator[Problem]:
    """No two signs share a letter."""
    for file in content.of_kind("offers"):
        uses = Counter(sign.code for sign in file.model.signs.values())
        for name, sign in file.model.signs.items():
            if uses[sign.code] > 1:
                line = file.line("signs", name, "code")
                yield Problem.of("offer_code_twice", file.file, line, sign=name, letter=sign.code)


def offer_labels_fit(content: Content, _: KnowledgeBase, __: dt.date) -> Iterator[Problem]:
    """A label fits on its button."""
    for file in content.of_kind("offers"):
        for name, sign in file.model.signs.items():
            for language, label in sign.label.items():
                if len(label) > LABEL_LIMIT:
                    line, length = file.line("signs", name, "label", language), str(len(label))
                    yield Problem.of("offer_label_long", file.file, line, label=label, length=length, limit=str(LABEL_LIMIT))


def offer_levels_are_complete(content: Content, knowledge: KnowledgeBase, _: dt.date) -> Iterator[Problem]:
    """Every level is there, with steps in every complete language, as many in each."""
    wanted = [code for code, language in knowledge.languages.items() if language.status == "complete"]
    for file in content.of_kind("offers"):
        for level in OfferLevel:
            words = file.model.levels.get(level)
            if words is None:
                yield Problem.of("offer_level_missing", file.file, file.line("levels"), level=level.value)
                continue
            line = file.line("levels", level.value, "steps")
            for language in wanted:
                if not words.steps.get(language):
                    field = f"levels.{level.value}.steps"
                    yield Problem.of("label_missing", file.file, line, field=field, language=language)
            first, there = knowledge.original_language, len(words.steps.get(knowledge.original_language, ()))
            for language, steps in words.steps.items():
                if len(steps) != there:
                    line = file.line("levels", level.value, "steps", language)
                    yield Problem.of("steps_differ", file.file, line, other=first, here=str(len(steps)), there=str(there))


def offer_corridors_are_complete(content: Content, knowledge: KnowledgeBase, _: dt.date) -> Iterator[Problem]:
    """Every country can be the country of origin and the country of work."""
    for file in content.of_kind("offers"):
        for end in ("home", "work"):
            for country in sorted(set(knowledge.countries) - set(getattr(file.model, end))):
                yield Problem.of("offer_side_missing", file.file, file.line(end), country=country, end=end)


def offer_references_exist(content: Content, knowledge: KnowledgeBase, _: dt.date) -> Iterator[Problem]:
    """Countries are known, and their offices and facts are there."""
    for file in content.of_kind("offers"):
        for end, country, side in _sides(file):
            line = file.line(end, country)
            place = knowledge.countries.get(country)
            others = {*side.report_from, *(code for check in side.checks for code in check.only_with)}
            for code in sorted({country, *others} - set(knowledge.countries)):
                yield Problem.of("unknown_country", file.file, line, country=code)
            if place is None:
                continue
            for contact in sorted(set(side.contacts) - set(place.contacts)):
                meant = guess(contact, place.contacts)
                yield Problem.of("offer_contact_unknown", file.file, line, contact=contact, country=country, guess=meant)
            facts = {*place.facts, *knowledge.common.facts}
            for fact in sorted(set(side.facts) - facts):
                meant = guess(fact, facts)
                yield Problem.of("offer_fact_unknown", file.file, line, fact=fact, country=country, guess=meant)


def offers_pass_no_verdict(content: Content, _: KnowledgeBase, __: dt.date) -> Iterator[Problem]:
    """No text declares a person guilty or an offer safe."""
    for file in content.of_kind("offers"):
        for location, text in _texts(file):
            for verdict in VERDICTS:
                if verdict in text.casefold():
                    yield Problem.of("offer_verdict", file.file, file.line(*location), words=verdict)


def _texts(file: ParsedFile) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every text that a worker reads, with its place."""
    model = file.model
    for level, words in model.levels.items():
        for name in ("title", "text"):
            yield from _each(("levels", level.value, name), getattr(words, name))
        for language, steps in words.steps.items():
            yield from ((("levels", level.value, "steps", language, index), step) for index, step in enumerate(steps))
    for name in type(model.warning).model_fields:
        yield from _each(("warning", name), getattr(model.warning, name))
    for sign_name, sign in model.signs.items():
        yield from _each(("signs", sign_name, "label"), sign.label)
        yield from _each(("signs", sign_name, "reason"), sign.reason)
    yield from _side_texts(file)


def _side_texts(file: ParsedFile) -> Iterator[tuple[tuple[str | int, ...], str]]:
    for end, country, side in _sides(file):
        if side.rule_text:
            yield from _each((end, country, "rule_text"), side.rule_text)
        for index, check in enumerate(side.checks):
            yield from _each((end, country, "checks", index, "text"), check.text)


def _each(place: tuple[str | int, ...], labels: dict[str, str]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    yield from (((*place, language), text) for language, text in labels.items())


OFFER_RULES = (
    offer_codes_are_unique,
    offer_labels_fit,
    offer_levels_are_complete,
    offer_corridors_are_complete,
    offer_references_exist,
    offers_pass_no_verdict,
)
