from __future__ import annotations

import pytest

from nlu.language import recognise


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("no me han pagado las últimas dos semanas", "es"),
        ("q ago si no m pagan", "es"),
        ("my boss has not paid me for two weeks", "en"),
        ("what is the minimum wage here", "en"),
    ],
)
def test_recognises(text: str, language: str) -> None:
    assert recognise(text, "es").language == language
    assert recognise(text, "en").language == language


def test_offers_a_switch_only_when_sure() -> None:
    assert recognise("my boss has not paid me for two weeks", "es").offers_switch_from("es")
    assert not recognise("my boss has not paid me for two weeks", "en").offers_switch_from("en")


@pytest.mark.parametrize("text", ["hola", "no", "hello there", "", "👍"])
def test_never_offers_a_switch_on_a_short_word(text: str) -> None:
    assert not recognise(text, "es").offers_switch_from("es")
    assert not recognise(text, "en").offers_switch_from("en")


def test_a_text_without_words_keeps_the_language_of_the_profile() -> None:
    assert recognise("👍", "en").language == "en"
