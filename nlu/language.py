"""Which of the bot's languages a message is in; a guess to offer a switch by, never to force one.

py3langid (BSD licence, the model is inside the package) limited to Spanish and English, weighed with the profile's language.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from nlu.text_folding import folded_words

LANGUAGES = ("es", "en")
PRIOR = 0.7
MIN_WORDS = 3
MIN_PROBABILITY = 0.9


@dataclass(frozen=True, slots=True)
class LanguageGuess:
    """A language and how likely it is, given the text and the language of the profile."""

    language: str
    probability: float
    words: int

    def offers_switch_from(self, current: str) -> bool:
        """Return whether to offer another language: only for three words or more, and only when nearly sure."""
        return self.language != current and self.words >= MIN_WORDS and self.probability >= MIN_PROBABILITY


@lru_cache(maxsize=1)
def _identifier() -> Any:
    """Load the model at first use: it takes a second, and many messages never need it."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(list(LANGUAGES))
    return identifier


def recognise(text: str, prior: str | None = None) -> LanguageGuess:
    """Return the likelier language of a text; `prior` is the language of the profile, if there is one."""
    words = len(folded_words(text))
    if not words:
        return LanguageGuess(prior if prior in LANGUAGES else LANGUAGES[0], 0.0, 0)
    said = {language: max(float(probability), 1e-9) for language, probability in _identifier().rank(text)}
    weighed = {language: math.log(said.get(language, 1e-9)) + math.log(_prior(language, prior)) for language in LANGUAGES}
    best = max(weighed, key=lambda language: weighed[language])
    total = sum(math.exp(value) for value in weighed.values())
    return LanguageGuess(best, math.exp(weighed[best]) / total, words)


def _prior(language: str, prior: str | None) -> float:
    if prior not in LANGUAGES:
        return 1 / len(LANGUAGES)
    return PRIOR if language == prior else 1 - PRIOR
