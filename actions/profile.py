"""What the bot may know of a person, and what a message adds to it."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class UserProfile:
    """Language, countries and region; `link`: the consulate link and campaign the person came by. Nothing else, ever."""

    language: str = "es"
    work_country: str | None = None
    region: str | None = None
    home_country: str | None = None
    link: str | None = None

    def working_in(self, country: str, region: str | None = None) -> UserProfile:
        """The profile with another work country; a region of the old country is forgotten."""
        kept = self.region if country == self.work_country else None
        return replace(self, work_country=country, region=region or kept)
