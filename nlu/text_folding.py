"""Fold what people type to one shape: case, accents, repeated letters; standard library only, for both environments.

Offsets are kept, so that what was found in the folded text can be shown in the original.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

WORD = re.compile(r"[^\W_]+", re.UNICODE)
REPEATED = re.compile(r"([^\W\d_])\1{2,}", re.UNICODE)


@dataclass(frozen=True, slots=True)
class FoldedWord:
    """A word, folded, and where it stands in the original text."""

    text: str
    start: int
    end: int


@lru_cache(maxsize=4096)
def fold_word(word: str) -> str:
    """Return a word in lower case, without accents, with letters repeated three times or more written once.

    >>> fold_word("Pagóoooo"), fold_word("NIÑO"), fold_word("llamar")
    ('pago', 'nino', 'llamar')
    """
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    plain = "".join(character for character in decomposed if not unicodedata.combining(character))
    return REPEATED.sub(r"\1", plain)


def folded_words(text: str) -> list[FoldedWord]:
    """Return the words and numbers of a text, folded, with their offsets."""
    return [FoldedWord(fold_word(m.group()), m.start(), m.end()) for m in WORD.finditer(text)]


def fold(text: str) -> str:
    """Return the folded words of a text with one space between them.

    >>> fold("¿Por qué NO me pagaaan?")
    'por que no me pagan'
    """
    return " ".join(fold_word(word) for word in WORD.findall(text))
