"""`amparo consulate report`: the anonymous counts of a post or a country, as page, PDF and CSV."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from sqlalchemy.exc import SQLAlchemyError

from bot.commands.consulate_support import known_country, known_language, load_knowledge, refuse
from bot.commands.settings import settings_or_exit
from bot.reports.consulate_report import make_report
from bot.reports.counts import Count
from bot.reports.report_files import report_csv, report_page, report_pdf
from bot.reports.report_words import ReportWords
from bot.storage.database import make_engine, make_sessions, migrate
from bot.storage.repositories import PreferenceRepository

if TYPE_CHECKING:
    from bot.reports.consulate_report import Report, Tables
    from bot.reports.disclosure import Group
    from bot.settings import Settings

#: Before this day there was no bot.
BEGUN = dt.date(2026, 1, 1)
Day = Annotated[dt.datetime, typer.Option("--from", formats=["%Y-%m-%d"], help="First day; its whole month is counted.")]
LastDay = Annotated[dt.datetime, typer.Option("--to", formats=["%Y-%m-%d"], help="Last day; its whole month is counted.")]


def report(
    subject: Annotated[str, typer.Argument(help="Id of a post, or code of a country of origin for all its posts.")],
    first: Day,
    last: LastDay,
    out: Annotated[Path, typer.Option(help="Folder for the files; made if need be.")] = Path("reports"),
    language: Annotated[str, typer.Option(help="Language of the report: es or en.")] = "es",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of writing files.")] = False,
) -> None:
    """Write what was asked by those who came by a consulate's links. No number under ten, and none that gives one away."""
    settings, knowledge = settings_or_exit(), load_knowledge()
    known_country(knowledge, subject[:2])
    spoken = known_language(knowledge, language)
    if last < first:
        refuse("--to lies before --from.")
    rows = asyncio.run(_counts(settings, last.date()))
    today = dt.datetime.now(dt.UTC).date()
    made = make_report(rows, subject, first.date(), last.date(), list(knowledge.register.topics), today)
    if as_json:
        typer.echo(json.dumps(report_data(made), ensure_ascii=False, indent=1))
        return
    words = ReportWords(knowledge, made, spoken)
    for file in _write(words, out, today):
        typer.echo(str(file))


async def _counts(settings: Settings, last: dt.date) -> list[Count]:
    """All counts up to the end of the month of `last`."""
    engine = make_engine(settings.database)
    try:
        await migrate(settings.database)
        repository = PreferenceRepository(make_sessions(engine))
        rows = await repository.counts(BEGUN, last + dt.timedelta(days=31))
    except SQLAlchemyError as error:
        refuse(f"The counts could not be read from the database ({type(error).__name__}): check AMPARO_DATABASE_URL.")
    finally:
        await engine.dispose()
    return [Count(row.day, row.link, row.topic, row.country, row.language, row.outcome, row.count) for row in rows]


def _write(words: ReportWords, out: Path, today: dt.date) -> list[Path]:
    months = words.report.months
    stem = f"{words.report.subject}_{months[0]}_{months[-1]}" if months else words.report.subject
    files = {
        "html": report_page(words, today).encode(),
        "pdf": report_pdf(words, today),
        "csv": report_csv(words).encode(),
    }
    try:
        out.mkdir(parents=True, exist_ok=True)
        for ending, content in files.items():
            (out / f"{stem}.{ending}").write_bytes(content)
    except OSError as error:
        refuse(f"The files could not be written to {out}: {error.strerror}.")
    return [out / f"{stem}.{ending}" for ending in files]


def report_data(report: Report) -> dict[str, object]:
    """The report as JSON: only what is told."""
    return {
        "subject": report.subject,
        "months": [str(month) for month in report.months],
        "since_begun": dict(report.since_begun),
        "tables": [_table_data(table) for table in report.tables],
    }


def _table_data(table: Tables) -> dict[str, object]:
    groups = ("people", "topics", "outcomes", "unanswered", "votes")
    return {
        "unit": table.unit,
        "month": str(table.month),
        "running": table.running,
        **{name: _group_data(getattr(table, name)) for name in groups},
        "weeks": {topic: _group_data(group) for topic, group in table.weeks.items()},
    }


def _group_data(group: Group) -> dict[str, object]:
    return {"total": group.total, "shown": dict(group.shown), "others": group.others}
