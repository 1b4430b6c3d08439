"""`amparo knowledge diff`: what changed since a release, in words a lawyer reads, and the changelog made from it."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import tarfile
import tempfile
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.knowledge_options import Folder, Json, Language, read_knowledge
from bot.settings import default_knowledge_dir
from knowledge.knowledge_base import COMMON
from knowledge.workbench_words import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knowledge.diff import Change
    from knowledge.knowledge_base import KnowledgeBase


class NoRevisionError(Exception):
    """There is nothing to compare with; the message says what to give."""


def diff_command(  # one parameter per option
    folder: Folder = None,
    language: Language = "es",
    since: Annotated[str, typer.Option(help="A git revision (default: the last release tag).")] = "",
    old: Annotated[Path | None, typer.Option("--from", help="A folder to compare with, instead of git.")] = None,
    changelog: Annotated[bool, typer.Option("--changelog", help="Print an entry for CHANGELOG.md.")] = False,
    as_json: Json = False,
) -> None:
    """Say what changed since the last release, in words a lawyer reads."""
    from knowledge.diff import changes  # noqa: PLC0415  # each command loads what it needs

    root = folder or default_knowledge_dir()
    after = read_knowledge(root, language)
    try:
        before, name = _before(root, old, since, language)
    except NoRevisionError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None
    found = changes(before, after, language)
    if as_json:
        typer.echo(
            json.dumps([{"country": c.country, "kind": c.kind, "text": c.text} for c in found], ensure_ascii=False, indent=1)
        )
    elif changelog:
        typer.echo(changelog_entry(found, after, language))
    else:
        typer.echo(say(language, "diff_since", since=name))
        for change in found:
            typer.echo(f"· {change.text}")
        if not found:
            typer.echo(say(language, "diff_none"))


def changelog_entry(found: Sequence[Change], knowledge: KnowledgeBase, language: str) -> str:
    """The changes as Markdown: a heading per country, a line per change."""
    lines: list[str] = []
    for country, group in groupby(found, key=lambda change: change.country):
        known = country in knowledge.countries
        name = (
            knowledge.country_name(country, language)
            if known
            else say(language, "everywhere")
            if country == COMMON
            else country
        )
        lines += [f"### {name}", "", *(f"- {change.text.removeprefix(f'{name}, ')}" for change in group), ""]
    return "\n".join(lines).rstrip() or say(language, "diff_none")


def _before(root: Path, old: Path | None, since: str, language: str) -> tuple[KnowledgeBase, str]:
    if old is not None:
        return read_knowledge(old, language), str(old)
    top = Path(_git(root, "rev-parse", "--show-toplevel").decode().strip())
    revision = since or _last_release(root)
    inside = root.resolve().relative_to(top.resolve()).as_posix()
    archive = _git(top, "archive", revision, inside)
    with tempfile.TemporaryDirectory() as temporary:
        with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
            tar.extractall(temporary, filter="data")
        return read_knowledge(Path(temporary) / inside, language), revision


def _last_release(root: Path) -> str:
    try:
        return _git(root, "describe", "--tags", "--abbrev=0").decode().strip()
    except NoRevisionError:
        raise NoRevisionError(
            "No hay ninguna versión publicada (etiqueta de git): diga desde cuándo con --since o --from.\n"
            "There is no release (git tag) yet: say since when with --since or --from."
        ) from None


def _git(folder: Path, *arguments: str) -> bytes:
    git = shutil.which("git")
    if git is None:
        raise NoRevisionError("git no está instalado: use --from / git is not installed: use --from.")
    done = subprocess.run([git, "-C", str(folder), *arguments], capture_output=True, check=False)  # noqa: S603  # fixed program
    if done.returncode:
        raise NoRevisionError(done.stderr.decode("utf-8", "replace").strip())
    return done.stdout
