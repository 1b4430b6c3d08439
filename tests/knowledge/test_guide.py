"""The editors' guide is held to the code: commands, options, files and pictures it names exist, in both languages."""

from __future__ import annotations

import re
from typing import Any

from typer.main import get_command

from bot.cli import app
from bot.settings import REPOSITORY

GUIDE = (REPOSITORY / "knowledge" / "README.md").read_text(encoding="utf-8")
SPANISH, ENGLISH = re.split(r"^## ", GUIDE, flags=re.MULTILINE)[1:]


def commands() -> Any:
    root: Any = get_command(app)
    return root.get_command(None, "knowledge")


def test_commands_and_options_exist() -> None:
    group = commands()
    named = set(re.findall(r"amparo knowledge ([a-z]+)", GUIDE)) | set(re.findall(r"^\| `([a-z]+)", GUIDE, re.MULTILINE))
    assert named <= set(group.commands)
    assert {"check", "coverage", "due", "new", "preview", "diff"} <= named
    options = {option for command in group.commands.values() for parameter in command.params for option in parameter.opts}
    assert set(re.findall(r"(--[a-z][a-z-]*)", GUIDE)) <= options


def test_every_command_has_a_line_of_help_and_what_prints_data_has_json() -> None:
    for name, command in commands().commands.items():
        assert command.help, name
    for name in ("check", "coverage", "due", "diff"):
        assert "--json" in {option for parameter in commands().commands[name].params for option in parameter.opts}


def test_pictures_exist_and_are_small() -> None:
    pictures = re.findall(r"\]\(\.\./([\w/.]+\.png)\)", GUIDE)
    assert len(pictures) == 3
    assert all((REPOSITORY / picture).stat().st_size < 150_000 for picture in pictures)


def test_both_languages_say_the_same() -> None:
    for pattern in (r"`[^`\n]*\.yaml`", r"\| `[^|]+\|", r"`status: draft`"):
        assert len(re.findall(pattern, SPANISH)) == len(re.findall(pattern, ENGLISH))


def test_guide_is_a_page_a_language_and_speaks_no_python() -> None:
    assert all(len(part.split()) < 800 for part in (SPANISH, ENGLISH))
    assert not re.search(r"python|pydantic|pip ", GUIDE, re.IGNORECASE)
