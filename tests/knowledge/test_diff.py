"""Changes are told in sentences a lawyer reads, in both languages, and become a changelog entry."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.commands.knowledge_diff import changelog_entry
from knowledge.diff import changes
from knowledge.loader import load_knowledge_base
from tests.builders import copy_sample

HERE = Path(__file__).parent
NEW_VALUE = """      - from: 2028-01-01
        value: 3500
        citation: Decree 4
        source: https://example.org/2028
        verified_on: 2026-11-20
        review_by: 2028-12-31
  regional_only:
"""


@pytest.fixture
def old(tmp_path: Path) -> Path:
    return copy_sample(tmp_path / "old")


@pytest.fixture
def new(tmp_path: Path) -> Path:
    return copy_sample(tmp_path / "new")


def rewrite(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


def told(old: Path, new: Path, language: str = "es") -> list[str]:
    found = changes(load_knowledge_base(old), load_knowledge_base(new), language)
    return [change.text.replace("\xa0", " ") for change in found]


def test_same_content_has_no_changes(old: Path, new: Path) -> None:
    assert told(old, new) == []


@pytest.mark.parametrize(
    ("file", "before", "after", "spanish"),
    [
        (
            "facts",
            "  regional_only:\n",
            NEW_VALUE,
            "Costa Rica, salario mínimo: ₡3 000,25 al mes → ₡3 500 al mes desde el 1 de enero de 2028, Decree 4",
        ),
        (
            "facts",
            "value: 2000\n",
            "value: 2100\n",
            "Costa Rica, salario mínimo: ₡2 000 al mes → ₡2 100 al mes desde el 1 de enero de 2026, Decree 2",
        ),
        (
            "facts",
            "value: 2500\n",
            "value: 2600\n",
            "Costa Rica, salario mínimo (Limón): ₡2 500 al mes → ₡2 600 al mes desde el 1 de enero de 2026, Decree 2b",
        ),
        ("facts", ", status: draft", "", "Costa Rica, dato sin confirmar: confirmado, 7 días, Act 4"),
        (
            "facts",
            "review_by: 2027-12-31}\ntopics",
            "review_by: 2027-12-31, status: draft}\ntopics",
            "Costa Rica, vale para todos: vuelve a borrador y deja de mostrarse",
        ),
        (
            "facts",
            "citation: Act 3",
            "citation: Act 3b",
            "Costa Rica, plazo para reclamar: ahora se cita Act 3b; antes, Act 3",
        ),
        (
            "facts",
            "https://example.org/c",
            "https://example.org/cc",
            "Costa Rica, plazo para reclamar: otra fuente, https://example.org/cc",
        ),
        ("contacts", "800-000-0000", "800-000-0009", "Costa Rica, Inspección: teléfono 800-000-0000 → 800-000-0009"),
        (
            "es/wage_unpaid",
            "Tiene derecho",
            "Usted tiene derecho",
            "Costa Rica, No le pagaron (es): texto cambiado en la respuesta",
        ),
    ],
)
def test_change_is_one_sentence(old: Path, new: Path, file: str, before: str, after: str, spanish: str) -> None:
    rewrite(new / "countries/cr" / f"{file}.yaml", before, after)
    assert told(old, new) == [spanish]
    assert told(old, new, "en") != [spanish]


def test_english_has_its_own_words(old: Path, new: Path) -> None:
    rewrite(new / "countries/cr/facts.yaml", "value: 2000\n", "value: 2100\n")
    assert told(old, new, "en") == [
        "Costa Rica, minimum wage: ₡2 000 a month → ₡2 100 a month from January 1, 2026, Decree 2"
    ]


def test_removed_topic_and_value_are_told(old: Path, new: Path) -> None:
    (new / "countries/cr/en/wage_unpaid.yaml").unlink()
    path = new / "countries/cr/facts.yaml"
    path.write_text(re.sub(r".*region: CR-SJ}\n", "", path.read_text(encoding="utf-8")), encoding="utf-8")
    assert told(old, new) == [
        "Costa Rica, plazo regional (San José): ya no se dice 90 días",
        "Costa Rica, Not paid (en): tema quitado",
    ]


def test_consulates_are_told(old: Path, new: Path) -> None:
    for folder in (old, new):
        shutil.copytree(HERE / "two_countries", folder, dirs_exist_ok=True)
    rewrite(new / "consulates/cr.yaml", "713-555-0100", "713-555-0199")
    assert told(old, new) == ["Costa Rica, consulado en Houston: teléfono +1 713-555-0100 → +1 713-555-0199"]
    (new / "consulates/cr.yaml").unlink()
    assert told(old, new) == ["Costa Rica, oficina quitada: consulado en Houston"]


def test_changelog_has_a_heading_per_country(old: Path, new: Path) -> None:
    rewrite(new / "countries/cr/facts.yaml", "value: 2000\n", "value: 2100\n")
    after = load_knowledge_base(new)
    entry = changelog_entry(changes(load_knowledge_base(old), after, "es"), after, "es").replace("\xa0", " ")
    assert entry == "### Costa Rica\n\n- salario mínimo: ₡2 000 al mes → ₡2 100 al mes desde el 1 de enero de 2026, Decree 2"


def test_diff_since_a_revision_of_git(tmp_path: Path) -> None:
    top = tmp_path / "repository"
    folder = copy_sample(top / "knowledge")
    for arguments in (
        ["init", "-q"],
        ["add", "."],
        ["-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "-qm", "x"],
        ["tag", "v1"],
    ):
        subprocess.run(["git", "-C", str(top), *arguments], check=True)
    rewrite(folder / "countries/cr/facts.yaml", "value: 2000\n", "value: 2100\n")
    run = CliRunner().invoke(app, ["knowledge", "diff", "--dir", str(folder)])
    assert run.exit_code == 0
    assert "Cambios desde v1" in run.output
    assert "2 100 al mes".replace(" ", "\xa0", 1) in run.output
    untagged = CliRunner().invoke(app, ["knowledge", "diff", "--dir", str(folder), "--since", "nope"])
    assert untagged.exit_code == 2
