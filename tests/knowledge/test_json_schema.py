"""The schemas are current, explain every field in both languages, and accept all content as editors' tools read it."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from bot.settings import REPOSITORY
from knowledge.files import KINDS, content_files, kind_of
from knowledge.json_schema import schema_files
from knowledge.problems import Severity
from tests.knowledge.test_validation import EXAMPLES, HERE

KNOWLEDGE = REPOSITORY / "knowledge"


def test_files_are_current() -> None:
    """If this fails, run `amparo knowledge schema`."""
    stale = [name for name, text in schema_files().items() if (REPOSITORY / name).read_text(encoding="utf-8") != text]
    assert stale == []


@pytest.mark.parametrize("kind", [kind.name for kind in KINDS])
def test_every_field_is_explained(kind: str) -> None:
    schema = schema_of(kind)
    Draft7Validator.check_schema(schema)
    for fields in [
        schema.get("properties", {}),
        *(part.get("properties", {}) for part in schema.get("definitions", {}).values()),
    ]:
        for field in fields.values():
            spanish, english = field["description"].split("\n\n")
            assert spanish != english


class Yaml12Loader(yaml.CSafeLoader):
    """Reads as editors' tools do (YAML 1.2): a date is text, `no` is text."""


Yaml12Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if tag.rsplit(":", 1)[1] in {"int", "float", "null", "merge"}]
    for first, found in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}
Yaml12Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(true|false)$"), list("tf"))


def schema_of(kind: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((KNOWLEDGE / "schema" / f"{kind}.json").read_text(encoding="utf-8"))
    return loaded


def test_all_content_fits_its_schema_as_editors_tools_read_it() -> None:
    validators = {kind.name: Draft7Validator(schema_of(kind.name)) for kind in KINDS}
    bad = []
    for file in content_files(KNOWLEDGE):
        found = kind_of(file)
        assert found is not None
        data = yaml.load((KNOWLEDGE / file).read_text(encoding="utf-8"), Loader=Yaml12Loader)
        bad += [f"{file}: {error.json_path} {error.message[:80]}" for error in validators[found[0].name].iter_errors(data)]
    assert bad == []


@pytest.mark.parametrize(
    "rule", ["missing_field", "unknown_key", "not_allowed", "text_too_long", "not_a_list", "list_empty"]
)
def test_schema_refuses_what_the_check_refuses(rule: str) -> None:
    file, _ = EXAMPLES[rule]
    found = kind_of(file)
    assert found is not None
    data = yaml.load((HERE / "invalid" / rule / file).read_text(encoding="utf-8"), Loader=Yaml12Loader)
    assert list(Draft7Validator(schema_of(found[0].name)).iter_errors(data))
    assert Severity.ERROR
