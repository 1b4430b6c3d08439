from __future__ import annotations

import doctest

import pytest

import nlu.place_roles
import nlu.spelling_variants
import nlu.text_folding
from nlu.spelling_variants import looks_spanish, sms_spelling, strip_accents
from nlu.text_folding import fold, folded_words


@pytest.mark.parametrize("module", [nlu.text_folding, nlu.spelling_variants, nlu.place_roles])
def test_examples_in_docstrings(module: object) -> None:
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "folded"),
    [("¿CUÁNTO me DEBEN?", "cuanto me deben"), ("nooooo", "no"), ("llamar", "llamar"), ("👍", ""), ("ñandú", "nandu")],
)
def test_folding(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_folding_keeps_offsets() -> None:
    text = "¡Ay, patrón!"

    assert [text[word.start : word.end] for word in folded_words(text)] == ["Ay", "patrón"]


def test_spelling_variants_are_the_same_every_time() -> None:
    text = "¿Qué hago si el contratista no me quiere pagar?"

    assert sms_spelling(text, "es", seed=1) == sms_spelling(text, "es", seed=1)
    assert sms_spelling(text, "es", seed=1) != text
    assert strip_accents(text) == "¿Que hago si el contratista no me quiere pagar?"


@pytest.mark.parametrize(
    ("text", "spanish"), [("no me pagan", True), ("they do not pay me", False), ("mi boss no paga el overtime", True)]
)
def test_spanish_or_english(text: str, spanish: bool) -> None:
    assert looks_spanish(text) is spanish
