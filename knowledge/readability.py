"""How hard a text is to read, by the measures in use for each language.

Spanish: the Szigriszt-Pazos index (1993), read on the INFLESZ scale (Barrio-Cantalejo et al., 2008): 55 to 65 is normal,
65 to 80 fairly easy (primary school), above 80 very easy. English: Flesch reading ease (1948): 70 to 80 is fairly easy
(seventh year of school), 80 to 90 easy (sixth). Syllables come from Pyphen's hyphenation dictionaries, which find 3 % fewer
than are spoken in Spanish and 5 % fewer in English, so texts seem a little easier than they are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import pyphen

from knowledge.lookup import PLACEHOLDER
from knowledge.problems import Problem, Severity

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator

    from knowledge.knowledge_base import KnowledgeBase
    from knowledge.loader import Content
    from knowledge.models import Words

_WORD = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")
_SENTENCE_END = re.compile(r"[.!?]+(?=\s|$)|\n+")


#: Texts shorter than this, in words, have no index that means anything.
FEWEST_WORDS = 30


@dataclass(frozen=True, slots=True)
class Measure:
    """The formula of a language: from syllables a word and words a sentence to an index; below `wanted` is too hard.

    `shortest`: letters a syllable has at least at the ends of a word; the dictionaries keep two together for the eye.
    """

    dictionary: str
    shortest: int
    index: Callable[[float, float], float]
    wanted: float


MEASURES = {
    "es": Measure("es", 1, lambda syllables, words: 206.835 - 62.3 * syllables - words, 65.0),
    "en": Measure("en_US", 2, lambda syllables, words: 206.835 - 84.6 * syllables - 1.015 * words, 70.0),
}


def reading_ease(text: str, language: str) -> float | None:
    """The index of a text from 0 (hard) to 100 (easy); None for a language without a measure, or a short text."""
    measure = MEASURES.get(language)
    words = _WORD.findall(text)
    if measure is None or len(words) < FEWEST_WORDS:
        return None
    sentences = [part for part in _SENTENCE_END.split(text) if _WORD.search(part)]
    syllables = sum(_syllables(word.lower(), measure.dictionary, measure.shortest) for word in words)
    index = measure.index(syllables / len(words), len(words) / len(sentences))
    return round(min(max(index, 0.0), 100.0), 1)


def text_to_read(words: Words) -> str:
    """What a person reads of a topic, sentence by sentence; a figure reads like a short word."""
    parts = [words.answer, *words.steps, words.deadline or "", words.note or ""]
    return PLACEHOLDER.sub("dos", "\n".join(part for part in parts if part))


def words_are_readable(content: Content, _: KnowledgeBase, __: dt.date) -> Iterator[Problem]:
    """A topic can be read by a child of ten or so. A warning only: names of offices and laws weigh on the index."""
    for file in content.of_kind("words"):
        language = file.language or ""
        score = reading_ease(text_to_read(file.model), language)
        if score is not None and score < MEASURES[language].wanted:
            values = {"score": str(int(score)), "wanted": f"{MEASURES[language].wanted:.0f}"}
            yield Problem.of("hard_to_read", file.file, file.line("answer"), severity=Severity.WARNING, **values)


def hardest(content: Content, language: str) -> list[tuple[float, str]]:
    """Every measured text of one language with its file, the hardest first."""
    files = [file for file in content.of_kind("words") if file.language == language]
    measured = ((reading_ease(text_to_read(file.model), language), file.file) for file in files)
    return sorted((score, file) for score, file in measured if score is not None)


@lru_cache(maxsize=20_000)
def _syllables(word: str, dictionary: str, shortest: int) -> int:
    return len(_hyphenation(dictionary, shortest).positions(word)) + 1


@cache
def _hyphenation(dictionary: str, shortest: int) -> pyphen.Pyphen:
    return pyphen.Pyphen(lang=dictionary, left=shortest, right=shortest)


READABILITY_RULES = (words_are_readable,)
