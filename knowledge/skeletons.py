"""Skeletons for a topic, a language or a country: valid at once, and never said to a worker before they are written.

A new topic rests on a draft figure, `{<topic>_pending}`, so that its text is withheld until an editor replaces it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from babel import Locale, UnknownLocaleError
from babel.numbers import get_territory_currencies

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from knowledge.knowledge_base import KnowledgeBase


class SkeletonError(Exception):
    """The skeleton cannot be made; the message says why, in English and Spanish."""


#: What a new text says until it is written, by language; English for languages without one.
_TO_WRITE = {
    "es": "Escriba aquí la respuesta en dos o tres frases sencillas.",
    "en": "Write the answer here in two or three plain sentences.",
}


def new_topic(root: Path, knowledge: KnowledgeBase, country: str, topic: str, today: dt.date) -> list[Path]:
    """Files for `topic` in `country`, one per complete language that lacks it, and what they rest on in facts.yaml.

    Raises:
        SkeletonError: the country or topic is unknown, or every file is there.
    """
    if country not in knowledge.countries:
        raise SkeletonError(f"No hay país «{country}» / there is no country '{country}'.")
    if topic not in knowledge.register.topics:
        raise SkeletonError(f"No hay tema «{topic}» en topics.yaml / there is no topic '{topic}' in topics.yaml.")
    place = knowledge.countries[country]
    wanted = [code for code, language in knowledge.languages.items() if language.status == "complete"]
    lacking = [code for code in wanted if place.words_of(topic, code) is None]
    if not lacking:
        raise SkeletonError(f"«{topic}» ya está en {country} / '{topic}' is there already in {country}.")
    folder = root / "countries" / country
    made = [_write(folder / code / f"{topic}.yaml", _words(knowledge, topic, code, today)) for code in lacking]
    made.append(_add_facts(folder / "facts.yaml", knowledge, country, topic, today))
    return made


def _words(knowledge: KnowledgeBase, topic: str, language: str, today: dt.date) -> str:
    common = knowledge.common.words_of(topic, language)
    title = common.title if common else topic.replace("_", " ").capitalize()
    text = _TO_WRITE.get(language, _TO_WRITE["en"])
    return f'updated_on: {today}\ntitle: {title}\nanswer: "{text} {{{topic}_pending}}"\nsteps: []\n'


def _add_facts(path: Path, knowledge: KnowledgeBase, country: str, topic: str, today: dt.date) -> Path:
    """Add the draft figure, and the topic's entry unless it has one, leaving the rest of the file as it is."""
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    place = knowledge.countries[country]
    names = ", ".join(f"{code}: {word}" for code, word in _pending_names(knowledge).items())
    fact = (
        f"  {topic}_pending:\n    name: {{{names}}}\n    unit: text\n    values:\n      - value: PENDIENTE\n"
        f"        citation: PENDIENTE\n        source: https://www.example.org/pendiente\n        verified_on: {today}\n"
        f"        review_by: {today}\n        status: draft\n"
    )
    office = place.country.labour_office if place.country else ""
    entry = f"  {topic}:\n    contacts: [{office}]\n"
    text = _insert(text, "facts", fact)
    return _write(path, text if topic in place.topics else _insert(text, "topics", entry))


def _pending_names(knowledge: KnowledgeBase) -> dict[str, str]:
    known = {"es": "respuesta por escribir", "en": "answer to be written"}
    return {code: known.get(code, known["en"]) for code in knowledge.languages}


def _insert(text: str, group: str, entry: str) -> str:
    """Put an entry at the head of a top-level group, making the group if it is not there or empty."""
    pattern = re.compile(rf"^{group}:[ \t]*(?:\{{\}})?[ \t]*(#.*)?$", re.MULTILINE)
    if pattern.search(text):
        return pattern.sub(lambda match: f"{group}:{' ' + match[1] if match[1] else ''}\n{entry.rstrip()}", text, count=1)
    return f"{text.rstrip()}\n{group}:\n{entry}".lstrip()


def new_language(root: Path, knowledge: KnowledgeBase, code: str) -> list[Path]:
    """A language: its entry (partial), the bot's own words copied from the original to be translated, its units.

    Raises:
        SkeletonError: the code is unknown to CLDR, or the language is there.
    """
    if code in knowledge.languages:
        raise SkeletonError(f"«{code}» ya está en languages.yaml / '{code}' is in languages.yaml already.")
    try:
        name = (Locale.parse(code).get_display_name(code) or code).capitalize()
    except (UnknownLocaleError, ValueError) as error:
        raise SkeletonError(
            f"No se conoce el idioma «{code}» / the language '{code}' is not known: use a BCP 47 code."
        ) from error
    original = knowledge.original_language
    languages, units = root / "languages.yaml", root / "units.yaml"
    copied = (root / "interface" / f"{original}.yaml").read_text(encoding="utf-8")
    notice = f"# TRADUCIR / TO TRANSLATE: {name}. Todavía es una copia de {original}.\n"
    made = [_write(root / "interface" / f"{code}.yaml", notice + copied)]
    made.append(
        _write(
            languages,
            _insert(languages.read_text(encoding="utf-8"), "languages", f"  {code}:\n    name: {name}\n    status: partial"),
        )
    )
    text = units.read_text(encoding="utf-8")
    block = re.search(rf"^{original}:\n(?:[ #].*\n|\n)*", text, re.MULTILINE)
    if block is None:
        raise SkeletonError(f"units.yaml no tiene «{original}» / units.yaml lacks '{original}'.")
    copy = block[0].replace(f"{original}:", f"{code}:", 1).rstrip()
    made.append(_write(units, f"{text.rstrip()}\n{copy}\n"))
    return made


def new_country(root: Path, knowledge: KnowledgeBase, code: str, today: dt.date) -> list[Path]:
    """A country: names, currency and flag from CLDR; an emergency number and a labour office as drafts.

    Raises:
        SkeletonError: the code is no country's, or the country is there.
    """
    territory = code.upper()
    if not re.fullmatch(r"[a-z]{2}", code):
        raise SkeletonError(f"«{code}» no es un código / '{code}' is no code: use ISO 3166, such as co.")
    if code in knowledge.countries or (root / "countries" / code).exists():
        raise SkeletonError(f"«{code}» ya está en countries/ / '{code}' is in countries/ already.")
    names = {language: Locale.parse(language).territories.get(territory) for language in knowledge.languages}
    if None in names.values() or territory in _NO_COUNTRIES:
        raise SkeletonError(f"No se conoce el país «{code}» / the country '{code}' is not known: use its ISO 3166 code.")
    folder = root / "countries" / code
    return [
        _write(folder / "country.yaml", _country(knowledge, code, {key: name or "" for key, name in names.items()})),
        _write(folder / "contacts.yaml", "contacts:\n" + "".join(_office(knowledge, *office, today) for office in _OFFICES)),
        _write(folder / "facts.yaml", "facts: {}\ntopics: {}\n"),
    ]


def _country(knowledge: KnowledgeBase, code: str, names: dict[str, str]) -> str:
    prepositions, regions = {"es": "en", "en": "in"}, {"es": "provincia", "en": "province"}
    currency = next(iter(get_territory_currencies(code.upper())), "USD")
    flag = "".join(chr(0x1F1E6 + ord(letter) - ord("a")) for letter in code)
    locale = next(
        (f"{language}_{code.upper()}" for language in knowledge.languages if _is_locale(f"{language}_{code.upper()}")), "en"
    )
    lines = {
        "code": code,
        "name": _labels(names),
        "in_country": _labels({key: f"{prepositions.get(key, 'in')} {name}" for key, name in names.items()}),
        "flag": flag,
        "currency": currency,
        "number_locale": locale,
        "region_word": _labels({key: regions.get(key, "province") for key in names}),
        "office_language": locale[:2],
        "emergency_contacts": "[emergency]",
        "labour_office": "labour_office",
    }
    return "".join(f"{key}: {value}\n" for key, value in lines.items())


#: Codes that CLDR names but that are no country.
_NO_COUNTRIES = frozenset({"ZZ", "EU", "EZ", "UN", "XA", "XB", "QO"})
_OFFICES = (
    ("emergency", "emergency", {"es": "Emergencias (por escribir)", "en": "Emergencies (to be written)"}),
    ("labour_office", "labour", {"es": "Oficina de trabajo (por escribir)", "en": "Labour office (to be written)"}),
)


def _office(knowledge: KnowledgeBase, id_: str, kind: str, names: dict[str, str], today: dt.date) -> str:
    labels = _labels({code: names.get(code, names["en"]) for code in knowledge.languages})
    return (
        f"  {id_}:\n    name: {labels}\n    kind: {kind}\n    website: https://www.example.org/pendiente\n"
        f"    source: https://www.example.org/pendiente\n    verified_on: {today}\n    review_by: {today}\n"
        "    status: draft\n"
    )


def _labels(names: dict[str, str]) -> str:
    return "{" + ", ".join(f'{code}: "{name}"' for code, name in names.items()) + "}"


def _is_locale(name: str) -> bool:
    try:
        Locale.parse(name)
    except (UnknownLocaleError, ValueError):
        return False
    return True


def _write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path
