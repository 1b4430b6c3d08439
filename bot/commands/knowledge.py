"""`amparo knowledge`: the editors' commands."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path  # noqa: TC003  # typer reads the annotations
from typing import Annotated

import typer

from bot.settings import default_knowledge_dir
from knowledge.loader import Reader
from knowledge.problems import Severity
from knowledge.validation import check

knowledge_app = typer.Typer(help="The editors' commands.", no_args_is_help=True)


@knowledge_app.command("check")
def check_command(
    folder: Annotated[Path | None, typer.Option("--dir", help="The knowledge folder.")] = None,
    language: Annotated[str, typer.Option(help="Language of the messages: es or en.")] = "es",
    only: Annotated[str, typer.Option(help="Show only files whose path holds this, such as countries/cr.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Check every content file; says file, line, what is wrong and how to mend it."""
    content = Reader(folder or default_knowledge_dir()).read()
    problems = [problem for problem in check(content, dt.date.today()) if only in problem.file]  # noqa: DTZ011
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    if as_json:
        rows = [
            {"file": p.file, "line": p.line, "code": p.code, "severity": p.severity, "message": p.text(language)}
            for p in problems
        ]
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        for problem in problems:
            mark = "✗" if problem.severity is Severity.ERROR else "·"
            typer.echo(f"{mark} {problem.text(language)}")
        typer.echo(f"{len(content.files)} files, {len(errors)} errors, {len(problems) - len(errors)} warnings")
    raise typer.Exit(1 if errors else 0)
