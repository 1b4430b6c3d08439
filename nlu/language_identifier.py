"""How probable each of the bot's languages is for a text, by the text alone: py3langid (BSD licence), limited to them.

The model lies inside the package. It takes 75 MB, so the classifier's process holds it and the bot does not.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

LANGUAGES = ("es", "en")
DIGITS = 4


@lru_cache(maxsize=1)
def _identifier() -> Any:
    """Load the model at first use: it takes a second, and editors' commands seldom need it."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(list(LANGUAGES))
    return identifier


def identify(text: str) -> dict[str, float]:
    """Return the probability of each language, adding up to one."""
    return {language: round(float(probability), DIGITS) for language, probability in _identifier().rank(text)}
