"""`amparo knowledge`: the editors' commands. Each is thin; what it tells comes from `knowledge`."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path  # typer reads the annotations
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.knowledge_diff import diff_command
from bot.commands.knowledge_new import new_app
from bot.commands.knowledge_options import AsOf, Folder, Json, Language, read_content, read_knowledge, today_or
from bot.commands.knowledge_preview import preview_command
from bot.settings import REPOSITORY
from knowledge.problems import Severity
from knowledge.validation import check
from knowledge.workbench_words import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knowledge.coverage import CoverageRow
    from knowledge.loader import Content
    from knowledge.problems import Problem

knowledge_app = typer.Typer(help="The editors' commands.", no_args_is_help=True)
knowledge_app.add_typer(new_app, name="new")
knowledge_app.command("preview")(preview_command)
knowledge_app.command("diff")(diff_command)


@knowledge_app.command("check")
def check_command(  # one parameter per option
    folder: Folder = None,
    language: Language = "es",
    only: Annotated[str, typer.Option(help="Show only files whose path holds this, such as countries/cr.")] = "",
    worst: Annotated[int, typer.Option(help="List so many texts that are hardest to read, in each language.")] = 0,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """Check every content file; says file, line, what is wrong and how to mend it."""
    from knowledge.readability import READABILITY_RULES  # noqa: PLC0415  # dictionaries that no other command needs

    content = read_content(folder)
    problems = [found for found in check(content, today_or(as_of), READABILITY_RULES) if only in found.file]
    if as_json:
        rows = [_problem_row(problem, language) for problem in problems]
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        _print_problems(content, problems, language)
        if worst:
            _print_worst(content, worst, only, language)
    raise typer.Exit(1 if any(problem.severity is Severity.ERROR for problem in problems) else 0)


def _problem_row(problem: Problem, language: str) -> dict[str, object]:
    values = {"file": problem.file, "line": problem.line, "code": problem.code, "severity": problem.severity}
    return {**values, "what": problem.what(language), "cure": problem.cure(language), "message": problem.text(language)}


def _print_problems(content: Content, problems: Sequence[Problem], language: str) -> None:
    errors = 0
    for problem in problems:
        is_error = problem.severity is Severity.ERROR
        errors += is_error
        typer.echo(f"{'✗' if is_error else '·'} {problem.text(language)}")
    counts = {"files": len(content.files), "errors": errors, "warnings": len(problems) - errors}
    typer.echo(say(language, "check_summary", **counts))


def _print_worst(content: Content, count: int, only: str, language: str) -> None:
    from knowledge.readability import MEASURES, hardest  # noqa: PLC0415  # as above

    for spoken, measure in MEASURES.items():
        found = [(score, file) for score, file in hardest(content, spoken) if only in file][:count]
        typer.echo("\n" + say(language, "worst_title", count=len(found), language=spoken, wanted=f"{measure.wanted:.0f}"))
        for score, file in found:
            typer.echo(f"{score:6.1f}  {file}")


@knowledge_app.command("coverage")
def coverage_command(
    folder: Folder = None,
    language: Language = "es",
    as_of: AsOf = None,
    html: Annotated[Path | None, typer.Option("--html", help="Write the board as an HTML page.")] = None,
    as_json: Json = False,
) -> None:
    """Show country x topic x language: verified, draft, missing or stale."""
    from knowledge.coverage import coverage  # noqa: PLC0415  # each command loads what it needs

    knowledge, day = read_knowledge(folder, language), today_or(as_of)
    rows = coverage(knowledge, day)
    if html is not None:
        from bot.preview.board import board_file  # noqa: PLC0415  # as above

        html.write_text(board_file(knowledge, day, language), encoding="utf-8")
        typer.echo(say(language, "made", file=html))
    elif as_json:
        typer.echo(json.dumps({"rows": [_coverage_json(row) for row in rows]}, ensure_ascii=False, indent=1))
    else:
        _print_coverage(rows, language)


def _coverage_json(row: CoverageRow) -> dict[str, object]:
    values = {"country": row.country, "topic": row.topic, "language": row.language, "status": row.status}
    return {**values, "because": list(row.because)}


def _print_coverage(rows: Sequence[CoverageRow], language: str) -> None:
    from knowledge.coverage import CoverageStatus, share_verified  # noqa: PLC0415  # as above

    marks = {CoverageStatus.VERIFIED: "■", CoverageStatus.DRAFT: "▒", CoverageStatus.STALE: "◪", CoverageStatus.MISSING: "·"}
    typer.echo("  ".join(f"{mark} {say(language, status)}" for status, mark in marks.items()))
    for country, spoken in dict.fromkeys((row.country, row.language) for row in rows):
        mine = [row for row in rows if (row.country, row.language) == (country, spoken)]
        typer.echo(f"{country} {spoken} {''.join(marks[row.status] for row in mine)} {share_verified(mine):6.0%}")
    for row in rows:
        if row.because:
            typer.echo(f"{row.country} {row.language} {row.topic}: {say(language, row.status)}: {', '.join(row.because)}")
    typer.echo(f"{say(language, 'board_total')}: {share_verified(rows):.1%} {say(language, 'verified')}")


@knowledge_app.command("due")
def due_command(  # noqa: PLR0913, PLR0917  # one parameter per option
    folder: Folder = None,
    language: Language = "es",
    by: Annotated[
        dt.datetime | None, typer.Option("--by", formats=["%Y-%m-%d"], help="The day (default: in 30 days).")
    ] = None,
    country: Annotated[str, typer.Option(help="Only this country, such as cr.")] = "",
    editor: Annotated[str, typer.Option(help="Only the countries of this editor of editors.yaml.")] = "",
    ics: Annotated[Path | None, typer.Option("--ics", help="Write an iCalendar file to subscribe to.")] = None,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """List what expires or must be reviewed by a day, the most urgent first."""
    from knowledge.review import due  # noqa: PLC0415  # each command loads what it needs

    content, day = read_content(folder), today_or(as_of)
    until = by.date() if by else day + dt.timedelta(days=30)
    wanted = _countries(content, country, editor)
    entries = [entry for entry in due(content, until, language) if wanted is None or entry.country in wanted]
    if ics is not None:
        from knowledge.review_calendar import calendar  # noqa: PLC0415  # as above

        ics.write_bytes(calendar(entries, language, lambda code: _country_name(content, code, language), day))
        typer.echo(say(language, "made", file=ics))
    elif as_json:
        rows = [{name: _plain(getattr(entry, name)) for name in entry.__dataclass_fields__} for entry in entries]
        typer.echo(json.dumps({"by": until.isoformat(), "entries": rows}, ensure_ascii=False, indent=1))
    else:
        for entry in entries:
            typer.echo(f"{entry.review_by} {entry.country} {entry.file}:{entry.line} {entry.name}")
        key = "due_count" if entries else "due_none"
        typer.echo(say(language, key, count=len(entries), date=until))


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, dt.date) else list(value) if isinstance(value, tuple) else value


def _countries(content: Content, country: str, editor: str) -> set[str] | None:
    """The countries asked for; None for all."""
    if editor:
        known = content.knowledge.editors if content.knowledge else {}
        if editor not in known:
            raise typer.BadParameter(f"editors.yaml: {', '.join(known) or '—'}", param_hint="--editor")
        return set(known[editor].countries)
    return {country} if country else None


def _country_name(content: Content, code: str, language: str) -> str:
    knowledge = content.knowledge
    if knowledge is None or code not in knowledge.countries:
        return say(language, "everywhere")
    return knowledge.country_name(code, language)


@knowledge_app.command("schema")
def schema_command(
    look: Annotated[bool, typer.Option("--check", help="Write nothing; exit 1 if a file is not current.")] = False,
    language: Language = "es",
) -> None:
    """Write the JSON Schemas that let editors' tools complete and explain the fields."""
    from knowledge.json_schema import schema_files  # noqa: PLC0415  # each command loads what it needs

    changed = False
    for name, text in schema_files().items():
        path = REPOSITORY / name
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        changed = True
        if not look:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        typer.echo(say(language, "made", file=name) if not look else name)
    raise typer.Exit(1 if changed and look else 0)
