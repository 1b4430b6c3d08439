"""Mend misspelt words with the vocabulary of the training data: *travajo*, *kiere*, *haser* -> trabajo, quiere, hacer.

Spanish is misspelt by sound, so words are compared by a phonetic key; other slips are found one letter away (deletions
of both words are compared, after Garbe's SymSpell). Short forms (*q*, *xq*, *pls*) come from a fixed list. A known word is
left alone unless another with the same sound is ten times as frequent.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from nlu.text_folding import fold_word, folded_words

SHORT_FORMS = {
    "q": "que", "k": "que", "ke": "que", "xq": "porque", "xk": "porque", "porq": "porque", "pq": "porque",
    "pa": "para", "xa": "para", "x": "por", "xr": "por", "tb": "tambien", "tmb": "tambien", "tbn": "tambien",
    "d": "de", "t": "te", "m": "me", "toy": "estoy", "stoy": "estoy", "sta": "esta", "bn": "bien", "mxo": "mucho",
    "sem": "semana", "sems": "semanas", "kon": "con", "cn": "con", "grax": "gracias",
    "u": "you", "ur": "your", "r": "are", "bc": "because", "cuz": "because", "coz": "because", "pls": "please",
    "plz": "please", "ppl": "people", "wat": "what", "wht": "what", "wit": "with", "da": "the", "th": "the",
    "dat": "that", "tht": "that", "dey": "they", "dis": "this", "hv": "have", "hav": "have", "nd": "and",
    "abt": "about", "wrk": "work", "wud": "would", "shud": "should", "cud": "could", "wk": "week", "wks": "weeks",
}  # fmt: skip
SOUND_LENGTH = 3
SLIP_LENGTH = 5
RARER_TIMES = 10
KNOWN_COUNT = 4


def sound(word: str) -> str:
    """Return a key that is the same for words which sound the same in Latin-American Spanish.

    >>> sound("quiero") == sound("kiero"), sound("hacer") == sound("aser"), sound("llave") == sound("yabe")
    (True, True, True)
    """
    key = word.replace("qu", "k").replace("ch", "X").replace("h", "").replace("X", "x")
    key = re.sub(r"c(?=[eiy])", "s", key).replace("c", "k").replace("q", "k").replace("z", "s")
    key = key.replace("v", "b").replace("ll", "y")
    return re.sub(r"y$", "i", re.sub(r"g(?=[ei])", "j", key))


def _one_letter_less(word: str) -> Iterator[str]:
    yield word
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]


class SpellingRepair:
    """A vocabulary with its counts, and what misspelt words become."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        """Index the vocabulary by sound and by one letter less."""
        self.counts = dict(counts)
        self._by_sound: dict[str, str] = {}
        self._by_slip: dict[str, str] = {}
        for word, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
            if not word.isalpha() or len(word) < SOUND_LENGTH:
                continue
            self._by_sound.setdefault(sound(word), word)
            if count >= KNOWN_COUNT and len(word) >= SLIP_LENGTH - 1:
                for key in _one_letter_less(word):
                    self._by_slip.setdefault(key, word)
        self.word = lru_cache(maxsize=8192)(self._word)

    @classmethod
    def learn(cls, texts: Iterable[str]) -> SpellingRepair:
        """Count the words of the training texts."""
        return cls(Counter(word.text for text in texts for word in folded_words(text)))

    def _word(self, word: str) -> str:
        """Return the mended form of a folded word, or the word itself."""
        if word in SHORT_FORMS:
            return SHORT_FORMS[word]
        if not word.isalpha() or len(word) < SOUND_LENGTH:
            return word
        count = self.counts.get(word, 0)
        alike = self._by_sound.get(sound(word))
        if alike is not None and self.counts[alike] >= RARER_TIMES * max(count, 1):
            return alike
        return word if count or len(word) < SLIP_LENGTH else self._one_slip_away(word)

    def _one_slip_away(self, word: str) -> str:
        found = {self._by_slip[key] for key in _one_letter_less(word) if key in self._by_slip}
        near = [candidate for candidate in found if abs(len(candidate) - len(word)) <= 1]
        return max(near, key=lambda candidate: (self.counts[candidate], candidate), default=word)


def mended_text(text: str, words: Iterable[tuple[str, int, int]]) -> str:
    """Return the text with each mended word (word, start, end) in place; untouched words keep accents and case."""
    parts, position = [], 0
    for word, start, end in words:
        original = text[start:end]
        parts += [text[position:start], original if fold_word(original) == word else word]
        position = end
    return "".join(parts) + text[position:]
