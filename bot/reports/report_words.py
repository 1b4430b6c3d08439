"""A report in words: the names of topics, links and months in a language, the same for page, PDF and CSV."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from babel.dates import format_date

from actions.consulate_words import full_name
from bot.reports.consulate_report import OTHERS
from bot.reports.counts import PARTS, days_of_part

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.reports.consulate_report import Report, Tables
    from bot.reports.counts import Month
    from knowledge.knowledge_base import KnowledgeBase

Rows = list[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class WeekTable:
    """The weeks of a month's topics: the days of each part, and per topic a count or None where it is withheld."""

    title: str
    parts: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int | None, ...]], ...]


@dataclass(frozen=True, slots=True)
class ReportWords:
    """Names for one report. `knowledge` gives the titles of topics and posts."""

    knowledge: KnowledgeBase
    report: Report
    language: str

    def say(self, key: str, **values: object) -> str:
        """The bot's own words under `report_<key>`."""
        return self.knowledge.say(self.language, f"report_{key}", **values)

    @property
    def subject(self) -> str:
        """Name of the post or the country the report is about."""
        return self.post(self.report.subject) if "-" in self.report.subject else self._country(self.report.subject)

    def _country(self, code: str) -> str:
        return self.knowledge.country_name(code, self.language)

    def post(self, id_: str) -> str:
        """Name of a post, its id where it is not known any more."""
        file = self.knowledge.consulates.get(id_[:2])
        post = file.posts.get(id_) if file else None
        if post is None:
            return id_
        return full_name(self.knowledge, id_[:2], post, self.language)

    def link(self, link: str) -> str:
        """A link by the city of its post and its campaign."""
        id_, _, campaign = link.partition("_")
        file = self.knowledge.consulates.get(id_[:2])
        post = file.posts.get(id_) if file else None
        city = post.city_in(self.language) if post else id_
        return f"{city} · {campaign}" if campaign else city

    def unit(self, unit: str) -> str:
        """Name of a unit of the report."""
        return self.say("others_unit") if unit == OTHERS else self.post(unit)

    def topic(self, topic: str) -> str:
        """Title of a topic."""
        words = self.knowledge.common.words_of(topic, self.language)
        return words.title if words else topic

    def month(self, month: Month) -> str:
        """A month by name."""
        return format_date(month.first, "MMMM y", locale=self.language)

    def topics(self, counts: dict[str, int]) -> Rows:
        """Topics by their titles, in the order given."""
        return [(self.topic(topic), number) for topic, number in counts.items()]

    def named(self, prefix: str, counts: dict[str, int]) -> Rows:
        """Cells whose names are words of the interface."""
        return [(self.say(f"{prefix}_{name}"), number) for name, number in counts.items()]

    def week_tables(self) -> Iterable[WeekTable]:
        """The weeks of every month that is over."""
        for table in self.report.tables:
            if table.weeks:
                yield self._weeks(table)

    def _weeks(self, table: Tables) -> WeekTable:
        names = [str(number + 1) for number in range(len(PARTS))]
        rows = ((self.topic(topic), tuple(group.shown.get(name) for name in names)) for topic, group in table.weeks.items())
        parts = tuple(days_of_part(table.month, name) for name in names)
        return WeekTable(f"{self.month(table.month)} · {self.unit(table.unit)}", parts, tuple(rows))
