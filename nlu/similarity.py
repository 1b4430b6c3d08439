"""Find near-duplicates among short texts: those that share most of their words."""

from __future__ import annotations

from collections import Counter, defaultdict

NEAR = 0.6
SHORT = 4


class SimilarTexts:
    """Texts with a name each, found again by a text that shares at least 60 % of the words.

    Of a text of fewer than four words only the very same is near: "no me pagan" and "no me dejan" share two of three.
    """

    def __init__(self) -> None:
        """Start with no text."""
        self._words: list[frozenset[str]] = []
        self._names: list[str] = []
        self._with_word: dict[str, list[int]] = defaultdict(list)

    def add(self, folded: str, name: str) -> None:
        """Remember a folded text under a name."""
        for word in (words := frozenset(folded.split())):
            self._with_word[word].append(len(self._words))
        self._words.append(words)
        self._names.append(name)

    def nearest(self, folded: str) -> str | None:
        """Return the name of the most similar text, None when none is near."""
        words = frozenset(folded.split())
        shared = Counter(index for word in words for index in self._with_word.get(word, ()))
        best = max(shared, key=lambda index: shared[index] / len(words | self._words[index]), default=None)
        if best is None:
            return None
        needed = NEAR if len(words) >= SHORT else 1.0
        return self._names[best] if shared[best] / len(words | self._words[best]) >= needed else None
