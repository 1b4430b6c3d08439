"""The editors' commands from outside: exit codes, JSON that others build on, files written, both languages."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from bot.cli import app
from knowledge.workbench_words import LANGUAGES, words
from tests.builders import copy_sample

if TYPE_CHECKING:
    from pathlib import Path

    from typer.testing import Result


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copy_sample(tmp_path / "knowledge")


def run(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["knowledge", *arguments, "--dir", str(folder)])


def test_check_says_done_with_0_and_findings_with_1_in_the_language_asked_for(folder: Path) -> None:
    assert run(folder, "check").exit_code == 0
    (folder / "countries/cr/es/wage_minimum.yaml").write_text("answer: [", encoding="utf-8")
    spanish, english = run(folder, "check"), run(folder, "check", "--language", "en")
    assert (spanish.exit_code, english.exit_code) == (1, 1)
    assert "✗ countries/cr/es/wage_minimum.yaml:1: Aquí se abre un corchete" in spanish.output
    assert "✗ countries/cr/es/wage_minimum.yaml:1: A bracket or brace opens here" in english.output
    rows = json.loads(run(folder, "check", "--json").output)
    assert {"file", "line", "code", "severity", "what", "cure", "message"} <= set(rows[0])


def test_check_lists_the_worst_to_read(folder: Path) -> None:
    text = "answer: |\n" + "  La obstaculización patronal configura infracciones administrativas sancionables.\n" * 6
    (folder / "common/es/unions.yaml").write_text(f"updated_on: 2026-11-25\ntitle: Sindicatos\n{text}", encoding="utf-8")
    assert re.search(r"\d\.\d  common/es/unions\.yaml", run(folder, "check", "--worst", "3").output)


def test_coverage_prints_rows_a_table_or_a_page(folder: Path, tmp_path: Path) -> None:
    rows = json.loads(run(folder, "coverage", "--json", "--as-of", "2026-11-25").output)["rows"]
    assert len(rows) == 76
    assert {"country", "topic", "language", "status"} <= set(rows[0])
    assert {row["status"] for row in rows} == {"verified", "draft", "missing"}
    table = run(folder, "coverage").output
    assert "cr es" in table
    assert "unsure" in table
    page = tmp_path / "board.html"
    assert run(folder, "coverage", "--html", str(page)).exit_code == 0
    assert page.read_text(encoding="utf-8").count('class="cell ') == 76


def test_due_lists_by_day_country_and_editor(folder: Path, tmp_path: Path) -> None:
    found = json.loads(run(folder, "due", "--by", "2026-12-31", "--json").output)
    assert found["by"] == "2026-12-31"
    assert {entry["file"] for entry in found["entries"]} == {"countries/cr/facts.yaml"}
    assert "Nada vence" in run(folder, "due", "--by", "2026-01-01").output
    assert json.loads(run(folder, "due", "--by", "2026-12-31", "--country", "us", "--json").output)["entries"] == []
    assert run(folder, "due", "--editor", "nobody").exit_code == 2
    calendar = tmp_path / "due.ics"
    assert run(folder, "due", "--by", "2027-12-31", "--ics", str(calendar)).exit_code == 0
    assert calendar.read_bytes().startswith(b"BEGIN:VCALENDAR")


def test_new_says_what_it_made_or_why_not(folder: Path) -> None:
    made = run(folder, "new", "topic", "cr", "unions")
    assert made.exit_code == 0
    assert "Hecho: countries/cr/es/unions.yaml" in made.output
    assert run(folder, "check").exit_code == 0
    again = run(folder, "new", "topic", "cr", "unions")
    assert again.exit_code == 2
    assert run(folder, "new", "country", "co").exit_code == 0
    assert run(folder, "new", "language", "fr").exit_code == 0
    assert run(folder, "check").exit_code == 0


def test_folder_without_registers_is_a_configuration_error(tmp_path: Path) -> None:
    for command in ("coverage", "diff"):
        assert run(tmp_path, command).exit_code == 2


def test_workbench_speaks_both_languages_with_the_same_gaps() -> None:
    spanish, english = (words(language) for language in LANGUAGES)
    assert set(spanish) == set(english)
    for key, text in spanish.items():
        assert set(re.findall(r"\{\w+\}", text)) == set(re.findall(r"\{\w+\}", english[key])), key
