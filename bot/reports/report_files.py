"""A report as page, PDF and CSV. What is withheld is an empty cell in all three, and said to be so."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, select_autoescape

from bot.posters.canvas import GREY, INK, TEAL, TEAL_SOFT, Box, Canvas, Type
from bot.reports.charts import bar_chart, share_chart

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from bot.reports.consulate_report import Tables
    from bot.reports.report_words import ReportWords, Rows

_TEMPLATES = Path(__file__).parent / "templates"
_COLUMNS = ("month", "running", "unit", "table", "row", "days", "count")
_MARGIN = 18.0
_BOTTOM = 280.0


def sections(words: ReportWords) -> Iterator[tuple[str, Rows]]:
    """The sums of the report, each with its title: links, topics, outcomes, unanswered, votes."""
    report = words.report
    people = report.summed(lambda table: table.people)
    yield words.say("people"), [(words.link(link), number) for link, number in people.items()]
    yield words.say("topics"), words.topics(report.summed(lambda table: table.topics))
    yield words.say("outcomes"), words.named("outcome", report.summed(lambda table: table.outcomes))
    yield words.say("unanswered"), words.topics(report.summed(lambda table: table.unanswered))
    yield words.say("votes"), words.named("vote", report.summed(lambda table: table.votes))


def report_page(words: ReportWords, made_on: dt.date) -> str:
    """The report as one HTML page with its charts inside."""
    shares = words.say("outcomes"), words.say("votes")
    charts = [(title, (share_chart if title in shares else bar_chart)(rows, title)) for title, rows in sections(words)]
    environment = Environment(loader=FileSystemLoader(_TEMPLATES), autoescape=select_autoescape())
    template = environment.get_template("report.html")
    return template.render(words=words, charts=charts, weeks=list(words.week_tables()), made_on=made_on)


def report_csv(words: ReportWords) -> str:
    """Every number that is told, one a line; numbers that are withheld have no line."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for table in words.report.tables:
        start = (str(table.month), "yes" if table.running else "no", table.unit)
        writer.writerows((*start, *line) for line in _lines(table))
    return buffer.getvalue()


def _lines(table: Tables) -> Iterable[tuple[str, str, str, int]]:
    groups = {
        "people": table.people,
        "topics": table.topics,
        "outcomes": table.outcomes,
        "unanswered": table.unanswered,
        "votes": table.votes,
    }
    for name, group in groups.items():
        if group.total is not None:
            yield name, "total", "", group.total
        yield from ((name, row, "", number) for row, number in group.shown.items())
        if group.others is not None:
            yield name, "others", "", group.others
    for topic, group in table.weeks.items():
        yield from (("weeks", topic, part, number) for part, number in group.shown.items())


def report_pdf(words: ReportWords, made_on: dt.date) -> bytes:
    """The report on A4."""
    canvas = Canvas(210, 297, title=f"Amparo · {words.subject}", made_on=made_on)
    pen = _Pen(canvas)
    pen.line("Amparo", Type(12, "bold", TEAL), 7)
    pen.line(words.subject, Type(22, "extra", TEAL), 11)
    pen.line(words.say("period", period=period(words)), Type(11, colour=GREY), 9)
    for title, rows in sections(words):
        pen.line(title, Type(14, "bold", INK), 9)
        pen.bars(rows, words.say("nothing"))
    for note in words.say("notes").splitlines():
        pen.line(note, Type(9, colour=GREY, lines=3), 9)
    return canvas.save()


def period(words: ReportWords) -> str:
    """The months the report covers."""
    names = [words.month(month) for month in words.report.months]
    return names[0] if len(names) == 1 else f"{names[0]} - {names[-1]}" if names else "-"


class _Pen:
    """Sets lines and bars from the top of a page to its foot, and goes on on the next."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._y = _BOTTOM
        self._width = canvas.width - 2 * _MARGIN

    def line(self, text: str, kind: Type, height: float) -> None:
        """A text across the page."""
        self._make_room(height + 8)
        self._canvas.text(Box(_MARGIN, self._y, self._width, height), text, kind)
        self._y += height

    def bars(self, rows: Rows, nothing: str) -> None:
        """A bar a row, as long as its number; a sentence where nothing may be told."""
        most = max((number for _, number in rows), default=0)
        if not rows:
            self.line(nothing, Type(10, colour=GREY), 7)
        for label, number in rows:
            self._make_room(7)
            self._canvas.text(Box(_MARGIN, self._y, 70, 6), label, Type(10, valign="middle"))
            room = self._width - 70 - 18
            self._canvas.fill(Box(_MARGIN + 72, self._y + 1, room, 4.4), TEAL_SOFT)
            self._canvas.fill(Box(_MARGIN + 72, self._y + 1, room * number / most, 4.4), TEAL)
            self._canvas.text(Box(_MARGIN + 74 + room, self._y, 16, 6), str(number), Type(10, "bold", valign="middle"))
            self._y += 6.6
        self._y += 5

    def _make_room(self, height: float) -> None:
        if self._y + height > _BOTTOM:
            self._canvas.add_page()
            self._y = _MARGIN
