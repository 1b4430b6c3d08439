from __future__ import annotations

import pytest

from nlu.language import LanguageGuess, likeliest_language
from nlu.language_identifier import identify


def guess(text: str, prior: str) -> LanguageGuess:
    return likeliest_language(text, identify(text), prior)


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
    assert guess(text, "es").language == language
    assert guess(text, "en").language == language


def test_offers_a_switch_only_when_sure() -> None:
    assert guess("my boss has not paid me for two weeks", "es").offers_switch_from("es")
    assert not guess("my boss has not paid me for two weeks", "en").offers_switch_from("en")


@pytest.mark.parametrize("text", ["hola", "no", "hello there", "", "👍"])
def test_never_offers_a_switch_on_a_short_word(text: str) -> None:
    assert not guess(text, "es").offers_switch_from("es")
    assert not guess(text, "en").offers_switch_from("en")


@pytest.mark.parametrize(("text", "said"), [("👍", {"es": 0.9, "en": 0.1}), ("my boss has not paid", {})])
def test_a_text_that_tells_nothing_keeps_the_language_of_the_profile(text: str, said: dict[str, float]) -> None:
    assert likeliest_language(text, said, "en").language == "en"


def test_the_profile_decides_where_the_words_do_not() -> None:
    said = {"es": 0.5, "en": 0.5}
    assert likeliest_language("taxi hotel bar", said, "es").language == "es"
    assert likeliest_language("taxi hotel bar", said, "en").language == "en"
    assert likeliest_language("taxi hotel bar", {"es": 0.6, "en": 0.4}, "fr").language == "es"
