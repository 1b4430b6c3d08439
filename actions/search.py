"""The plain search over the knowledge that answers while the classifier is away.

Accents and case are folded, words cut to their first letters (a cheap stem that serves Spanish and English alike), typing
errors bridged by edit distance, topics ranked by BM25 (Robertson & Zaragoza, 2009; k1 = 1.2, b = 0.75).
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from knowledge.knowledge_base import KnowledgeBase
    from knowledge.models import Words

STEM_LENGTH = 6
K1, B = 1.2, 0.75
#: Below this ratio two words are not the same word misspelt.
TYPO_RATIO = 80
#: The title says what a card is about; its words count so many times.
TITLE_WEIGHT = 6
#: A topic scoring under this share of the best one is not offered.
SHARE_OF_BEST = 0.5


def fold(text: str) -> str:
    """Lower case without accents; ñ becomes n."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def stems(text: str) -> list[str]:
    """The words of a text, folded and cut; short function words fall away."""
    return [word[:STEM_LENGTH] for word in re.findall(r"[a-z]{3,}", fold(text))]


class KeywordIndex:
    """Topics of one language by the words of all their cards."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._counts = {topic: Counter(stems(text)) for topic, text in texts.items()}
        self._length = {topic: sum(counts.values()) for topic, counts in self._counts.items()}
        self._mean = sum(self._length.values()) / max(len(texts), 1)
        self._topics_with = Counter(stem for counts in self._counts.values() for stem in counts)

    def search(self, text: str, most: int = 3) -> list[str]:
        """Topics that fit `text`, best first; empty when no word of it is known."""
        terms = [term for word in set(stems(text)) if (term := self._known(word))]
        scores = {topic: sum(self._weight(term, topic) for term in terms) for topic in self._counts}
        ranked = sorted((score, topic) for topic, score in scores.items() if score > 0)[::-1]
        return [topic for score, topic in ranked[:most] if score >= SHARE_OF_BEST * ranked[0][0]]

    def _known(self, stem: str) -> str | None:
        if stem in self._topics_with:
            return stem
        if len(stem) < 5:
            return None
        close = process.extractOne(stem, self._topics_with.keys(), scorer=fuzz.ratio, score_cutoff=TYPO_RATIO)
        return close[0] if close else None

    def _weight(self, stem: str, topic: str) -> float:
        count = self._counts[topic][stem]
        if not count:
            return 0.0
        found = self._topics_with[stem]
        rarity = math.log(1 + (len(self._counts) - found + 0.5) / (found + 0.5))
        size = 1 - B + B * self._length[topic] / self._mean
        return rarity * count * (K1 + 1) / (count + K1 * size)


def build_index(knowledge: KnowledgeBase, language: str) -> KeywordIndex:
    """Index every card of `language`."""
    return KeywordIndex({topic: " ".join(parts) for topic, parts in _texts(knowledge, language).items()})


#: One index per content version and language; the version names the content, so an entry can never be stale.
_built: dict[tuple[str, str], KeywordIndex] = {}


def keyword_topics(knowledge: KnowledgeBase, language: str, text: str) -> list[str]:
    """Up to three topics whose cards share words with `text`."""
    key = (knowledge.version, language)
    if key not in _built:
        for old in [known for known in _built if known[0] != knowledge.version]:
            del _built[old]
        _built[key] = build_index(knowledge, language)
    return _built[key].search(text)


def _texts(knowledge: KnowledgeBase, language: str) -> dict[str, list[str]]:
    gathered: dict[str, list[str]] = {}
    for place in (knowledge.common, *knowledge.countries.values()):
        for topic, words in place.words.get(language, {}).items():
            gathered.setdefault(topic, []).extend(_words_of(words))
    return gathered


def _words_of(words: Words) -> Iterable[str]:
    yield from [words.title] * TITLE_WEIGHT
    yield words.answer
    yield from words.steps
