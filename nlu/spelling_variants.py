"""The same sentence as people type it in a hurry: without accents, or in SMS spelling; standard library only.

Used twice: the evaluation measures how much accuracy such spelling costs, and the trainer learns from some training lines
written so. What is written how follows the spelling guide for the training data: sound decides (`kiero`, `aser`, `oi`), and
small words shrink (`q`, `xq`, `tb`, `pa`, `d`).
"""

from __future__ import annotations

import random
import re
import unicodedata
import zlib

_SHORT_ES = {
    "que": ("q", "k", "ke"),
    "qué": ("q", "k", "ke"),
    "porque": ("xq", "xk", "porq"),
    "para": ("pa", "xa"),
    "por": ("x", "xr"),
    "también": ("tb", "tmb", "tambien"),
    "tampoco": ("tmpoco", "tampoko"),
    "de": ("d",),
    "te": ("t",),
    "me": ("m",),
    "se": ("c", "se"),
    "sé": ("c", "se"),
    "estoy": ("toy", "stoy"),
    "está": ("ta", "sta"),
    "bien": ("bn",),
    "mucho": ("mxo",),
    "muchos": ("mxos",),
    "hacer": ("aser", "hacr"),
    "trabajo": ("trabjo", "trabajo"),
    "semana": ("sem", "semana"),
    "semanas": ("sems", "semanas"),
    "dinero": ("dnero", "dinero"),
    "patrón": ("patron", "ptron"),
    "gracias": ("grax", "grasias"),
    "ahora": ("aora", "haora"),
    "cuando": ("cuando", "kuando"),
    "con": ("kon", "cn"),
    "no": ("no", "n"),
    "todo": ("todo", "to"),
    "nada": ("nada", "na"),
}
_SHORT_EN = {
    "you": ("u",),
    "your": ("ur",),
    "are": ("r",),
    "for": ("4", "fr"),
    "to": ("2", "to"),
    "because": ("bc", "cuz", "coz"),
    "please": ("pls", "plz"),
    "people": ("ppl",),
    "what": ("wat", "wht"),
    "with": ("w", "wit"),
    "without": ("w/o", "witout"),
    "the": ("da", "the", "th"),
    "that": ("dat", "tht"),
    "they": ("dey", "thy"),
    "this": ("dis", "ths"),
    "have": ("hav", "hv"),
    "and": ("n", "nd"),
    "boss": ("bos", "boss"),
    "money": ("mony", "money"),
    "about": ("abt",),
    "know": ("kno", "no"),
    "working": ("workin", "wrking"),
    "nothing": ("nuthin", "nothin"),
    "don't": ("dont",),
    "can't": ("cant",),
    "doesn't": ("dosnt", "doesnt"),
    "work": ("wrk", "work"),
    "would": ("wud",),
    "should": ("shud",),
    "could": ("cud",),
    "week": ("wk", "week"),
    "weeks": ("wks", "weeks"),
}
_SOUND_ES = (
    (re.compile(r"qu(?=[eéií])"), "k"),
    (re.compile(r"(?<![ck])h"), ""),
    (re.compile(r"c(?=[eéií])"), "s"),
    (re.compile(r"z"), "s"),
    (re.compile(r"ll"), "y"),
    (re.compile(r"v"), "b"),
    (re.compile(r"g(?=[eéií])"), "j"),
    (re.compile(r"ch"), "x"),
    (re.compile(r"ñ"), "n"),
    (re.compile(r"b"), "v"),
)
_SOUND_EN = (
    (re.compile(r"ing$"), "in"),
    (re.compile(r"ght$"), "t"),
    (re.compile(r"ck"), "k"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"(?<=\w)e$"), ""),
    (re.compile(r"([a-z])\1"), r"\1"),
)
_SMALL_ES = frozenset("el la los las un una de del en y que no me mi se por para con es son lo le les si su al pago".split())
_SMALL_EN = frozenset("the a an of in on and that not i my is are for to with it he she they we you do does can at".split())
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?", re.UNICODE)
_MARKS = re.compile(r"[¿¡?!.,;:]")


def strip_accents(text: str) -> str:
    """Return the text without accents and without the tilde of ñ.

    >>> strip_accents("¿Cuánto me debía el señor?")
    '¿Cuanto me debia el senor?'
    """
    decomposed = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if not unicodedata.combining(c)))


def looks_spanish(text: str) -> bool:
    """Return whether a text is Spanish rather than English, by its small words; for spelling rules this is good enough."""
    words = {strip_accents(word) for word in _WORD.findall(text.lower())}
    return len(words & _SMALL_EN) <= len(words & _SMALL_ES)


def sms_spelling(text: str, language: str, *, seed: int = 0) -> str:
    """Return the text as typed in a hurry; the same text and seed always give the same result."""
    dice = random.Random(zlib.crc32(f"{seed}:{text}".encode()))  # noqa: S311  (no secret, only variety)
    short, sound = (_SHORT_ES, _SOUND_ES) if language == "es" else (_SHORT_EN, _SOUND_EN)

    def respell(match: re.Match[str]) -> str:
        word = match.group().lower()
        if word in short and dice.random() < 0.7:
            return dice.choice(short[word])
        for pattern, replacement in sound:
            if dice.random() < 0.3:
                word = pattern.sub(replacement, word)
        return word if len(word) < 5 or dice.random() > 0.1 else _slip(word, dice)

    return strip_accents(_WORD.sub(respell, _MARKS.sub("", text)))


def _slip(word: str, dice: random.Random) -> str:
    """Return the word with one letter left out or two neighbours swapped."""
    at = dice.randrange(1, len(word) - 1)
    if dice.random() < 0.5:
        return word[:at] + word[at + 1 :]
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
