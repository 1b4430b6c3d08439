"""What is wrong with a field, in an editor's words: the rule of `problems.yaml` for every kind of pydantic error."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, RootModel

from knowledge.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import ValidationError
    from pydantic_core import ErrorDetails

    from knowledge.yaml_loader import Document

#: The rule for each type of error; what is not here is `bad_value`.
_RULES = {
    "missing": "missing_field",
    "extra_forbidden": "unknown_key",
    "date_from_datetime_parsing": "not_a_date",
    "date_parsing": "not_a_date",
    "date_type": "not_a_date",
    "date_from_datetime_inexact": "not_a_date",
    "enum": "not_allowed",
    "literal_error": "not_allowed",
    "value_error": "source_not_https",
    "string_type": "not_text",
    "string_too_short": "text_too_short",
    "string_too_long": "text_too_long",
    "string_pattern_mismatch": "bad_form",
    "tuple_type": "not_a_list",
    "dict_type": "not_a_group",
    "model_type": "not_a_group",
    "model_attributes_type": "not_a_group",
    "too_short": "list_empty",
    "bool_parsing": "not_yes_or_no",
    "bool_type": "not_yes_or_no",
    "int_parsing": "not_a_number",
    "int_type": "not_a_number",
    "float_parsing": "not_a_number",
    "float_type": "not_a_number",
    "greater_than_equal": "out_of_range",
    "less_than_equal": "out_of_range",
}
#: For each form a code may have, one that has it; a form without example shows the form itself.
_EXAMPLES = {
    "^[a-z]$": "f",
    "^[a-z][a-z0-9_]*$": "minimum_wage",
    "^[a-z]{2}$": "cr",
    "^[a-z]{2,3}$": "es",
    "^[A-Z]{2}-[A-Z0-9]{1,3}$": "US-TX",
    "^[A-Z]{3}$": "CRC",
    "^[a-z]{2}-[a-z]{2}-[a-z0-9-]+$": "gt-us-houston",
    "^([01][0-9]|2[0-3]):[0-5][0-9]$": "09:30",
}


def explain_fields(error: ValidationError, document: Document, model: type) -> list[Problem]:
    """The problems behind a validation error, each once."""
    problems = (_problem(document, detail, model) for detail in error.errors())
    return list(dict.fromkeys(problems))


def _problem(document: Document, detail: ErrorDetails, model: type) -> Problem:
    code = _RULES.get(detail["type"], "bad_value")
    location = tuple(part for part in detail["loc"] if part != "[key]")
    if code == "not_text" and detail["input"] is None:
        code = "value_empty"
    values = sorted(_values(code, detail, location, model))
    return Problem(document.file, document.line(location), code, tuple(values))


def _values(code: str, detail: ErrorDetails, location: tuple[str | int, ...], model: type) -> Iterator[tuple[str, str]]:
    """What fills the gaps of the rule's sentences; more than they need does no harm."""
    known: dict[str, Any] = detail.get("ctx", {})
    field = ".".join(str(part) for part in location)
    yield "field", field
    yield "value", _short(detail["input"])
    yield "allowed", str(known.get("expected", "")).replace("'", "").replace(" or ", ", ")
    yield "example", _EXAMPLES.get(str(known.get("pattern", "")), str(known.get("pattern", "")))
    yield "limit", str(known.get("max_length", known.get("min_length", known.get("ge", known.get("le", "")))))
    if code == "unknown_key":
        yield "key", str(location[-1])
        yield "guess", _did_you_mean(str(location[-1]), model)


def _short(value: object, most: int = 60) -> str:
    text = value if isinstance(value, str) else str(value)
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _did_you_mean(key: str, model: type) -> str:
    names = {name for found in _models_below(model) for name in _field_names(found)}
    close = get_close_matches(key, sorted(names), n=1, cutoff=0.6)
    return close[0] if close else ""


def _models_below(model: type) -> set[type[BaseModel]]:
    found: set[type[BaseModel]] = set()
    queue: list[Any] = [model]
    while queue:
        current = queue.pop()
        queue.extend(getattr(current, "__args__", ()))
        if isinstance(current, type) and issubclass(current, BaseModel) and current not in found:
            found.add(current)
            queue.extend(field.annotation for field in current.model_fields.values())
    return found


def _field_names(model: type[BaseModel]) -> list[str]:
    if issubclass(model, RootModel):
        return []
    return [field.alias or name for name, field in model.model_fields.items()]
