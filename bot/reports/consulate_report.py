"""The report of a post or a country: who came by which link, what was asked, what stayed unanswered; no small number told.

Three things keep a person out of reach, beside the withholding of `bot.reports.disclosure`:

- The unit is one post and one calendar month, whatever days are asked for: two reports that overlap cannot be subtracted.
- A post has tables of its own once ten people in all came by its links; the others of its country are told together.
- A country's figures are sums of what its posts tell, never of what they withhold.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.reports.counts import OPENED, OUTCOMES, PARTS, USEFUL, Count, Month, months_between, part_of, people
from bot.reports.disclosure import LEAST, NOTHING, STEP, Group, protect, rounded

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Mapping, Sequence

#: The unit of all posts of a country that are too small for tables of their own.
OTHERS = "others"


@dataclass(frozen=True, slots=True)
class Tables:
    """One unit (a post, or `others`) in one month. `running`: the month is not over, counts are rounded down."""

    unit: str
    month: Month
    running: bool
    people: Group
    topics: Group
    weeks: Mapping[str, Group]
    outcomes: Group
    unanswered: Group
    votes: Group


@dataclass(frozen=True, slots=True)
class Report:
    """All that may be told of `subject`, a post id or a country code. `since_begun`: people in all by link, in tens."""

    subject: str
    months: tuple[Month, ...]
    tables: tuple[Tables, ...] = ()
    since_begun: Mapping[str, int] = field(default_factory=dict)

    def summed(self, group: Callable[[Tables], Group]) -> dict[str, int]:
        """The shown cells of all months and units added up, largest first; nothing withheld is in it."""
        sums: Counter[str] = Counter()
        for table in self.tables:
            sums.update(group(table).shown)
        return dict(sorted(sums.items(), key=lambda item: (-item[1], item[0])))


def make_report(
    rows: Iterable[Count], subject: str, first: dt.date, last: dt.date, topics: Sequence[str], today: dt.date
) -> Report:
    """The report on `subject` for the months that hold the days from `first` to `last`.

    Args:
        rows: all counts up to `last`, also those before `first`: they decide which posts are large enough.
        subject: a post id, or the code of a country of origin for all its posts.
        first: the report begins with the month of this day.
        last: it ends with the month of this day, or of `today` if that is earlier.
        topics: every topic of the register; those without a message are cells too.
        today: the month of this day is not over.
    """
    origin = subject[:2]
    mine = [row for row in rows if row.post[:2] == origin and len(row.post) > 2]
    months = tuple(month for month in months_between(first, last) if month.first <= today)
    tables: list[Tables] = []
    for month in months:
        for unit, posts in _units(mine, month).items():
            if subject in {origin, unit}:
                chosen = [row for row in mine if row.post in posts and Month.of(row.day) == month]
                tables.append(_tables(unit, month, chosen, topics, running=month.last >= today))
    return Report(subject, months, tuple(tables), _since_begun(mine, subject, last))


def _units(rows: Sequence[Count], month: Month) -> dict[str, set[str]]:
    """The posts that had ten people by the end of the month, each alone, and the rest together if they have ten."""
    known = [row for row in rows if row.day <= month.last]
    came = {post: people(row for row in known if row.post == post) for post in {row.post for row in known}}
    large = {post: {post} for post, number in sorted(came.items()) if number >= LEAST}
    small = {post for post in came if post not in large}
    together = sum(came[post] for post in small)
    return {**large, OTHERS: small} if together >= LEAST else large


def _since_begun(rows: Sequence[Count], subject: str, last: dt.date) -> dict[str, int]:
    """People in all by link, rounded down to tens; links with fewer than ten are not there."""
    came: Counter[str] = Counter()
    for row in rows:
        if row.topic == OPENED and row.day <= Month.of(last).last and subject in {row.post, row.post[:2]}:
            came[row.link] += row.number
    return {link: number // STEP * STEP for link, number in sorted(came.items()) if number >= LEAST}


def _tables(unit: str, month: Month, rows: Sequence[Count], topics: Sequence[str], *, running: bool) -> Tables:
    told = rounded if running else protect
    asked = [row for row in rows if row.topic in topics and row.outcome_class]
    by_topic = _by(asked, lambda row: row.topic, topics)
    outcomes = told(_by(asked, lambda row: row.outcome_class or "", OUTCOMES))
    topic_group = told(by_topic)
    votes = _by([row for row in rows if row.outcome in USEFUL], lambda row: row.outcome, sorted(USEFUL))
    links = _by([row for row in rows if row.topic == OPENED], lambda row: row.link, sorted({row.link for row in rows}))
    return Tables(
        unit=unit,
        month=month,
        running=running,
        people=told(links) if unit != OTHERS else Group(told(links).total),
        topics=topic_group,
        weeks=_weeks(asked, topic_group, running=running),
        outcomes=outcomes,
        unanswered=_unanswered(asked, by_topic, topic_group, outcomes, running=running),
        votes=told(votes),
    )


def _by(rows: Iterable[Count], name: Callable[[Count], str], names: Sequence[str]) -> dict[str, int]:
    counts = dict.fromkeys(names, 0)
    for row in rows:
        counts[name(row)] += row.number
    return counts


def _weeks(rows: Sequence[Count], topics: Group, *, running: bool) -> dict[str, Group]:
    """The weeks of each topic that is told. A running month has none: its weeks would be day by day."""
    if running:
        return {}
    of_topic: dict[str, list[Count]] = defaultdict(list)
    for row in rows:
        of_topic[row.topic].append(row)
    parts = [str(number + 1) for number in range(len(PARTS))]
    return {topic: protect(_by(of_topic[topic], lambda row: part_of(row.day), parts)) for topic in topics.shown}


def _unanswered(
    rows: Sequence[Count], by_topic: Mapping[str, int], topics: Group, outcomes: Group, *, running: bool
) -> Group:
    """Unanswered messages by topic, told only where their total is told and the answered rest of the topic is not small."""
    if "unanswered" not in outcomes.shown:
        return NOTHING
    cells = _by([row for row in rows if row.outcome_class == "unanswered"], lambda row: row.topic, list(by_topic))
    if running:
        return rounded(cells)
    close = {topic for topic, count in cells.items() if topic not in topics.shown or by_topic[topic] - count < LEAST}
    return protect(cells, also=close)
