"""The code on a slip: the slip itself in nine letters, so that a consulate can read it out of the code and nothing is kept.

Letters and digits of Crockford's base 32 (no I, L, O, U: none is misread on the telephone). Seven of the 45 bits check the
rest against the names they stand for: a misheard letter, or content in which topics or regions have moved, is noticed
127 times of 128 instead of giving another slip.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from knowledge.knowledge_base import KnowledgeBase

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SINCE = ("unsaid", "today", "week", "month", "quarter", "year", "longer")
WISHES = ("unsaid", "advice", "pay", "complaint", "lawyer", "papers", "visit", "return")
#: Days are counted from here; twelve bits last until 2037.
EPOCH = dt.date(2026, 1, 1)
_BITS = {"home": 4, "work": 4, "region": 6, "topic": 6, "since": 3, "wish": 3, "day": 12}
_CHECK_BITS = 7
_LENGTH = (sum(_BITS.values()) + _CHECK_BITS) // 5
_MISREAD = str.maketrans("OIL", "011")


class BadSlipCodeError(ValueError):
    """The code is misspelt, or was made with other content."""


@dataclass(frozen=True, slots=True)
class Slip:
    """What a person chose to tell a consulate. `region` is None where unknown; `since` is of SINCE, `wish` of WISHES."""

    home: str
    work: str
    topic: str
    day: dt.date
    region: str | None = None
    since: str = "unsaid"
    wish: str = "unsaid"


def encode_slip(slip: Slip, knowledge: KnowledgeBase) -> str:
    """The code of a slip, in three groups of three.

    Raises:
        ValueError: a country, region or topic that the content does not have.
    """
    number = 0
    for name, value in _numbers(slip, knowledge).items():
        number = (number << _BITS[name]) | value
    number = (number << _CHECK_BITS) | _check(slip)
    letters = [ALPHABET[(number >> 5 * place) & 31] for place in range(_LENGTH)][::-1]
    return "-".join("".join(letters[start : start + 3]) for start in range(0, _LENGTH, 3))


def decode_slip(code: str, knowledge: KnowledgeBase) -> Slip:
    """The slip behind a code, as it was made with this content.

    Raises:
        BadSlipCodeError: wrong length or letters, or the check does not hold.
    """
    letters = re.sub(r"[\s-]", "", code).upper().translate(_MISREAD)
    if len(letters) != _LENGTH or any(letter not in ALPHABET for letter in letters):
        raise BadSlipCodeError(code[:20])
    number = 0
    for letter in letters:
        number = number * 32 + ALPHABET.index(letter)
    check = number & ((1 << _CHECK_BITS) - 1)
    slip = _slip_of(number >> _CHECK_BITS, knowledge)
    if slip is None or _check(slip) != check:
        raise BadSlipCodeError(code[:20])
    return slip


def _numbers(slip: Slip, knowledge: KnowledgeBase) -> dict[str, int]:
    countries = sorted(knowledge.countries)
    return {
        "home": countries.index(slip.home),
        "work": countries.index(slip.work),
        "region": _regions(knowledge, slip.work).index(slip.region or ""),
        "topic": list(knowledge.register.topics).index(slip.topic),
        "since": SINCE.index(slip.since),
        "wish": WISHES.index(slip.wish),
        "day": (slip.day - EPOCH).days % (1 << _BITS["day"]),
    }


def _slip_of(number: int, knowledge: KnowledgeBase) -> Slip | None:
    fields: dict[str, int] = {}
    for name, bits in reversed(_BITS.items()):
        fields[name] = number & ((1 << bits) - 1)
        number >>= bits
    countries = sorted(knowledge.countries)
    try:
        work = countries[fields["work"]]
        return Slip(
            home=countries[fields["home"]],
            work=work,
            region=_regions(knowledge, work)[fields["region"]] or None,
            topic=list(knowledge.register.topics)[fields["topic"]],
            since=SINCE[fields["since"]],
            wish=WISHES[fields["wish"]],
            day=EPOCH + dt.timedelta(days=fields["day"]),
        )
    except IndexError:
        return None


def _regions(knowledge: KnowledgeBase, country: str) -> list[str]:
    """The regions of a country in a fixed order; the first stands for one that is not known."""
    described = knowledge.countries[country].country
    return ["", *sorted(described.regions if described else {})]


def _check(slip: Slip) -> int:
    names = (slip.home, slip.work, slip.region or "", slip.topic, slip.since, slip.wish, slip.day.isoformat())
    return hashlib.sha256("|".join(names).encode()).digest()[0] >> 1
