"""Which of the bot's languages a message is in; a guess to offer a switch by, never to force one.

The classifier says how probable each language is by the words alone (`nlu.language_identifier`); here that is weighed with
the language the person speaks so far.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from nlu.text_folding import folded_words

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


def likeliest_language(text: str, said: Mapping[str, float], prior: str) -> LanguageGuess:
    """Return the likeliest language of a text.

    Args:
        text: what the person wrote; only the number of its words counts.
        said: the probability of each language by the words alone.
        prior: the language of the profile; a text without words, or of which nothing is said, is taken to be in it.
    """
    words = len(folded_words(text))
    weighed = {language: probability * _prior(language, prior, said) for language, probability in said.items()}
    total = sum(weighed.values())
    if not words or total <= 0:
        return LanguageGuess(prior, 0.0, words)
    best = max(weighed, key=lambda language: weighed[language])
    return LanguageGuess(best, weighed[best] / total, words)


def _prior(language: str, prior: str, said: Mapping[str, float]) -> float:
    """Return the share of a language before anything is read; a profile in a language unknown here tells nothing."""
    if prior not in said:
        return 1 / len(said)
    return PRIOR if language == prior else (1 - PRIOR) / max(len(said) - 1, 1)
