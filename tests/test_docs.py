"""The documents are held to the code: targets, settings, folders and commands that README names exist, and the reverse."""

from __future__ import annotations

import re
from typing import Any

from typer.main import get_command

from bot.cli import app
from bot.settings import REPOSITORY, Settings

README = (REPOSITORY / "README.md").read_text(encoding="utf-8")


def test_make_targets_named_in_readme_exist() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (REPOSITORY / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = set(re.findall(r"(?:    |`)make ([a-z-]+)", README))
    assert named <= targets
    assert {"run", "test"} <= named


def test_readme_begins_with_the_two_commands() -> None:
    assert re.findall(r"^    (make \w+)", README, re.MULTILINE)[:2] == ["make run", "make test"]


def test_settings_and_readme_name_the_same_variables() -> None:
    named = set(re.findall(r"`((?:AMPARO|TELEGRAM)_[A-Z_]+)`", README))
    fields = Settings.model_fields.items()
    real = {field.alias or f"AMPARO_{name.upper()}" for name, field in fields}
    assert named == real


def test_folders_and_files_named_in_readme_exist() -> None:
    for path in re.findall(r"\]\((?!http)([^)]+)\)", README) + re.findall(
        r"`((?:bot|actions|knowledge|nlu|tests|docs)/[\w./]*)`", README
    ):
        assert (REPOSITORY / path).exists(), path


def test_commands_named_in_readme_exist() -> None:
    root = get_command(app)
    for line in re.findall(r"uv run amparo ([a-z ]+)", README):
        command: Any = root
        for word in line.split():
            if not hasattr(command, "get_command"):
                break
            command = command.get_command(None, word)
            assert command is not None, line


def test_decisions_are_numbered_once() -> None:
    names = [path.name for path in (REPOSITORY / "docs" / "decisions").glob("*.md")]
    numbers = [name[:4] for name in names]
    assert all(number.isdigit() for number in numbers)
    assert len(numbers) == len(set(numbers))
