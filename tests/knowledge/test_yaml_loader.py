"""Strict YAML: text stays text, and every refusal names its line."""

from __future__ import annotations

import pytest

from knowledge.errors import BrokenYamlError
from knowledge.yaml_loader import parse_document


@pytest.mark.parametrize("written", ["no", "yes", "12:30", "0123", "+506 800", "1.10", "2026-01-01", "1_000", "0x10", ".5"])
def test_scalar_stays_the_text_the_editor_wrote(written: str) -> None:
    assert parse_document(f"key: {written}", "f").data == {"key": written}


def test_empty_value_is_none_and_quoted_empty_is_text() -> None:
    assert parse_document("a:\nb: ~\nc: ''", "f").data == {"a": None, "b": None, "c": ""}


def test_line_of_every_key_is_kept() -> None:
    document = parse_document("a: 1\nb:\n  - x\n  - c: 2\n", "f")
    assert document.line(("b", 1, "c")) == 4
    assert document.line(("b", 1, "unknown")) == 4


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("a: 1\na: 2", "duplicate_key", 2),
        ("a: &x 1\nb: *x", "alias", 1),
        ("a: [1\nb: 2", "yaml_bracket", 1),
        ("a: 1\n b: 2", "yaml_colon", 2),
        ("? [a]\n: 1", "key_not_text", 1),
        ("a: &x 1", "alias", 1),
        ("a: 1\nb: !x 1", "tag", 2),
        ("a: 1\n---\nb: 2", "two_documents", 2),
        ("a: \x07", "yaml_character", 1),
    ],
)
def test_what_is_not_strict_is_refused_with_its_line(text: str, code: str, line: int) -> None:
    with pytest.raises(BrokenYamlError) as raised:
        parse_document(text, "f.yaml")
    assert (raised.value.problem.code, raised.value.problem.line) == (code, line)


def test_empty_file_is_an_empty_mapping() -> None:
    assert parse_document("", "f").data == {}
