"""The loaded knowledge: immutable, looked up by country, topic, language, region and date.

Nothing here asks for today's date; every look-up takes `as_of`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from knowledge.consulate_models import ConsulatesFile, Event, Place
    from knowledge.figures import UnitWords
    from knowledge.models import Contact, Country, Editor, Fact, Language, TopicFacts, TopicsFile, Words
    from knowledge.offer_models import OffersFile

#: The code under which guidance that holds everywhere is kept.
COMMON = "common"


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    """All that is known of one country, or (`country` None) of every country."""

    code: str
    country: Country | None
    facts: Mapping[str, Fact] = field(default_factory=dict)
    topics: Mapping[str, TopicFacts] = field(default_factory=dict)
    contacts: Mapping[str, Contact] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, Words]] = field(default_factory=dict)

    def words_of(self, topic: str, language: str) -> Words | None:
        """The words on `topic` in `language`, or None."""
        return self.words.get(language, {}).get(topic)


@dataclass(frozen=True, slots=True)
class KnowledgeBase:
    """Everything the bot knows. `version` is a short fingerprint of the files it was read from."""

    register: TopicsFile
    languages: Mapping[str, Language]
    units: Mapping[str, UnitWords]
    interface: Mapping[str, Mapping[str, str]]
    common: Jurisdiction
    countries: Mapping[str, Jurisdiction]
    consulates: Mapping[str, ConsulatesFile]
    danger_phrases: Mapping[str, tuple[str, ...]]
    places: Mapping[str, Mapping[str, Place]] = field(default_factory=dict)
    events: Mapping[str, Event] = field(default_factory=dict)
    offers: OffersFile | None = None
    editors: Mapping[str, Editor] = field(default_factory=dict)
    version: str = ""

    @property
    def original_language(self) -> str:
        """The language the words are written in first."""
        return next(code for code, language in self.languages.items() if language.original)

    def say(self, language: str, key: str, /, **values: object) -> str:
        """The bot's own words for `key`.

        Raises:
            KeyError: no such key in the interface of `language`; the content check excludes it.
        """
        return self.interface[language][key].format(**values)

    def jurisdiction(self, country: str | None) -> Jurisdiction:
        """The knowledge of a country, or the common one for None."""
        return self.common if country is None else self.countries[country]

    def country_name(self, country: str, language: str) -> str:
        """Name of a country."""
        described = self.countries[country].country
        return described.name[language] if described else country.upper()
