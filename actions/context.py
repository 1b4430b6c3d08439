"""What every part of an answer needs: the knowledge, the person, the day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

    from actions.profile import UserProfile
    from knowledge.knowledge_base import KnowledgeBase
    from knowledge.models import Country


@dataclass(frozen=True, slots=True)
class Context:
    """The setting of one reply. `nearby`: coordinates (degrees) the person shared or a city they named, never stored."""

    knowledge: KnowledgeBase
    profile: UserProfile
    as_of: dt.date
    nearby: tuple[float, float] | None = None

    @property
    def language(self) -> str:
        """Language of the reply."""
        return self.profile.language

    def say(self, key: str, /, **values: object) -> str:
        """The bot's own words in the person's language."""
        return self.knowledge.say(self.language, key, **values)

    def with_profile(self, profile: UserProfile) -> Context:
        """The same setting for a person of whom more is known."""
        return replace(self, profile=profile)

    def country(self, code: str | None) -> Country | None:
        """Description of a country, None for an unknown or missing one."""
        jurisdiction = self.knowledge.countries.get(code or "")
        return jurisdiction.country if jurisdiction else None

    def country_name(self, code: str) -> str:
        """Name of a country."""
        return self.knowledge.country_name(code, self.language)

    def phrase_country(self, code: str | None) -> str:
        """The phrase "in <country>", empty when no country is known."""
        country = self.country(code)
        return country.in_country[self.language] if country else ""

    def region_name(self, code: str | None) -> str | None:
        """Name of a region by its ISO 3166-2 code."""
        country = self.country(code[:2].lower()) if code else None
        region = country.regions.get(code or "") if country else None
        return region.name if region else None

    def topic_title(self, topic: str) -> str:
        """The short name of a topic, as on its buttons."""
        words = self.knowledge.common.words_of(topic, self.language)
        return words.title if words else topic.replace("_", " ").capitalize()
