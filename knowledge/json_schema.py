"""JSON Schemas of the content files, made from the models, so that editors' tools complete and explain the fields.

The words come from `field_guide.yaml`. The tool reads YAML its own way, so a text may also be written as a bare number.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from knowledge.files import KINDS

_GUIDE = Path(__file__).with_name("field_guide.yaml")
#: Kind of file -> the paths it has, for tools that match by path.
GLOBS = {
    "interface": ("interface/*.yaml",),
    "country": ("countries/*/country.yaml",),
    "facts": ("countries/*/facts.yaml", "common/facts.yaml"),
    "contacts": ("countries/*/contacts.yaml", "common/contacts.yaml"),
    "words": ("countries/*/*/*.yaml", "common/*/*.yaml"),
    "consulates": ("consulates/*.yaml",),
}


def schema_files() -> dict[str, str]:
    """The text of every schema, by its path below the repository, and of the settings that map files to them."""
    files = {f"knowledge/schema/{kind.name}.json": _text(_schema(kind.name, kind.adapter.json_schema())) for kind in KINDS}
    mapping = {
        f"./knowledge/schema/{kind.name}.json": [
            f"knowledge/{glob}" for glob in GLOBS.get(kind.name, (f"{kind.name}.yaml",))
        ]
        for kind in KINDS
    }
    files[".vscode/settings.json"] = _text({"yaml.schemas": mapping, "yaml.format.enable": False})
    return files


def _text(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _schema(name: str, made: dict[str, Any]) -> dict[str, Any]:
    described = _described(made)
    return {"$schema": "http://json-schema.org/draft-07/schema#", **_for_yaml(described), "title": f"Amparo: {name}"}


def _described(node: Any) -> Any:
    """The schema with the guide's words on every field of every model."""
    if isinstance(node, list):
        return [_described(item) for item in node]
    if not isinstance(node, dict):
        return node
    changed = {key: _described(value) for key, value in node.items() if not (key == "description" and "type" in node)}
    model = node.get("title", "")
    if isinstance(node.get("properties"), dict) and node.get("type") == "object":
        changed["properties"] = {field: _field(model, field, value) for field, value in changed["properties"].items()}
    return changed


def _field(model: str, field: str, schema: dict[str, Any]) -> dict[str, Any]:
    words = guide_to(model, field)
    examples = {"examples": [words["example"]]} if "example" in words else {}
    explained = {"title": field, "description": f"{words['es']}\n\n{words['en']}", **examples}
    if "$ref" in schema:
        return {"allOf": [{"$ref": schema["$ref"]}], **{k: v for k, v in schema.items() if k != "$ref"}, **explained}
    return {**schema, **explained}


def guide_to(model: str, field: str) -> dict[str, Any]:
    """What the guide says of a field; its bare name where the guide is silent, which a test does not allow."""
    words = _guide()
    return words.get(f"{model}.{field}") or words.get(field) or {"es": field, "en": field}


@cache
def _guide() -> dict[str, dict[str, Any]]:
    text = _GUIDE.read_text(encoding="utf-8")
    loaded: dict[str, dict[str, Any]] = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506  # strings only, by design
    return loaded


def _for_yaml(node: Any) -> Any:
    """Let a text be a bare number too (`telephone: 911`), and a date what YAML makes of it."""
    if isinstance(node, list):
        return [_for_yaml(item) for item in node]
    if not isinstance(node, dict):
        return node
    changed = {key: _for_yaml(value) for key, value in node.items()}
    if changed.get("type") == "string" and "enum" not in changed and "const" not in changed:
        changed["type"] = ["string", "number"]
    if isinstance(changed.get("$ref"), str):
        changed["$ref"] = changed["$ref"].replace("#/$defs/", "#/definitions/")
    if "$defs" in changed:
        changed["definitions"] = changed.pop("$defs")
    return changed
