"""The anonymous counts a report is made of, and how they are parted: by post, month, week, topic and outcome."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: What `topic` says of people who came by a link.
OPENED = "_opened"
ANSWERED = frozenset({"answer", "danger", "location", "slip", "offer"})
ASKED = frozenset({"ask"})
UNANSWERED = frozenset({"out_of_scope", "not_covered", "out_of_date", "not_translated", "search"})
USEFUL = frozenset({"useful", "not_useful"})
#: In the order in which they are told; where one has to be withheld, the last is first.
OUTCOMES = ("answered", "unanswered", "asked")
#: First days of the four parts of a month that stand for weeks; the last part is longer.
PARTS = (1, 8, 15, 22)


@dataclass(frozen=True, slots=True)
class Count:
    """How many messages of a kind came on a day by a link; with topic `_opened`, how many people came by it."""

    day: dt.date
    link: str
    topic: str
    country: str
    language: str
    outcome: str
    number: int

    @property
    def post(self) -> str:
        """The post whose link it is: `gt-us-houston` of `gt-us-houston_feria2026`."""
        return self.link.partition("_")[0]

    @property
    def outcome_class(self) -> str | None:
        """Answered, asked back or unanswered; None for what is neither, such as a greeting."""
        if self.outcome in ANSWERED:
            return "answered"
        if self.outcome in ASKED:
            return "asked"
        return "unanswered" if self.outcome in UNANSWERED else None


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month."""

    year: int
    month: int

    @classmethod
    def of(cls, day: dt.date) -> Month:
        """The month a day lies in."""
        return cls(day.year, day.month)

    @property
    def first(self) -> dt.date:
        """Its first day."""
        return dt.date(self.year, self.month, 1)

    @property
    def last(self) -> dt.date:
        """Its last day."""
        return self.first.replace(day=monthrange(self.year, self.month)[1])

    def next(self) -> Month:
        """The month after it."""
        return Month.of(self.last + dt.timedelta(days=1))

    def __str__(self) -> str:
        return f"{self.year}-{self.month:02}"


def months_between(first: dt.date, last: dt.date) -> Iterator[Month]:
    """The months that hold the days from `first` to `last`."""
    month = Month.of(first)
    while month.first <= last:
        yield month
        month = month.next()


def part_of(day: dt.date) -> str:
    """The part of its month a day lies in: "1" (days 1 to 7) to "4" (from day 22)."""
    return str(sum(day.day >= start for start in PARTS))


def days_of_part(month: Month, part: str) -> str:
    """The days of a part, such as "8-14"."""
    number = int(part)
    end = PARTS[number] - 1 if number < len(PARTS) else month.last.day
    return f"{PARTS[number - 1]}-{end}"


def people(rows: Iterable[Count]) -> int:
    """How many people came by the links of these rows."""
    return sum(row.number for row in rows if row.topic == OPENED)
