"""Tf-idf weights of n-grams, fast for one short text at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Row = tuple[NDArray[np.int32], NDArray[np.float32]]


def word_ngrams(text: str, low: int, high: int) -> list[str]:
    """Return the runs of `low` to `high` words.

    >>> word_ngrams("no me pagan", 1, 2)
    ['no', 'me', 'pagan', 'no me', 'me pagan']
    """
    words = text.split()
    return [" ".join(words[i : i + n]) for n in range(low, high + 1) for i in range(len(words) - n + 1)]


def character_ngrams(text: str, low: int, high: int) -> list[str]:
    """Return the runs of `low` to `high` characters, across words, with a space at either end."""
    padded = f" {text} "
    return [padded[i : i + n] for n in range(low, high + 1) for i in range(len(padded) - n + 1)]


ANALYZERS: dict[str, Callable[[str, int, int], list[str]]] = {"words": word_ngrams, "characters": character_ngrams}


class NgramTable:
    """The n-grams seen in training and how rare each is; turns a text into sublinear tf-idf weights of length one."""

    def __init__(self, analyzer: str, low: int, high: int, terms: Sequence[str], idf: NDArray[np.float32]) -> None:
        """Index the terms."""
        self.analyzer, self.low, self.high = analyzer, low, high
        self.terms = list(terms)
        self.idf = idf
        self._index = {term: index for index, term in enumerate(self.terms)}
        self._analyze = ANALYZERS[analyzer]

    @classmethod
    def learn(cls, analyzer: str, low: int, high: int, texts: Iterable[str], *, at_least: int) -> NgramTable:
        """Take over the n-grams that stand in at least so many of the texts."""
        seen: Counter[str] = Counter()
        count = 0
        for text in texts:
            seen.update(set(ANALYZERS[analyzer](text, low, high)))
            count += 1
        terms = sorted(term for term, documents in seen.items() if documents >= at_least)
        frequency = np.array([seen[term] for term in terms], dtype=np.float64)
        idf = np.log((1 + count) / (1 + frequency)) + 1
        return cls(analyzer, low, high, terms, idf.astype(np.float32))

    def __len__(self) -> int:
        """Return the number of n-grams known."""
        return len(self.terms)

    def row(self, text: str) -> Row:
        """Return the indices of the n-grams in a text, ascending, and their weights."""
        index = self._index
        counts = Counter(index[term] for term in self._analyze(text, self.low, self.high) if term in index)
        indices = np.array(sorted(counts), dtype=np.int32)
        weights = np.array([counts[i] for i in indices.tolist()], dtype=np.float32)
        weights = (1 + np.log(weights, out=weights)) * self.idf[indices]
        length = float(np.sqrt(np.dot(weights, weights)))
        return indices, weights / length if length else weights


def stacked_row(tables: Sequence[NgramTable], text: str) -> sparse.csr_matrix:
    """Return the weights of all tables side by side, as a matrix of one row."""
    parts, offset = [], 0
    for table in tables:
        indices, weights = table.row(text)
        parts.append((indices + offset, weights))
        offset += len(table)
    indices = np.concatenate([part[0] for part in parts]).astype(np.int32)
    weights = np.concatenate([part[1] for part in parts]).astype(np.float32)
    start_end = np.array([0, len(indices)], dtype=np.int32)
    return sparse.csr_matrix((weights, indices, start_end), shape=(1, offset))
