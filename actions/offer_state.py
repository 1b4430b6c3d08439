"""The state of the checklist in the data of a button: the step and the letters of the ticked signs, such as `tick.afw`.

Nothing is kept anywhere else. A press may be forged or older than the content, so only the one form that `encode_state`
makes is read back: known letters, each once, in order.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from knowledge.offer_models import OffersFile

#: Before the letters, where the data of a button carries a topic to go on with after a country was chosen.
RESUME_PREFIX = "offer_"

_STATE = re.compile(r"(?:(tick|result|law|warn)(?:\.([a-z]{1,26}))?)?")
_RESUME = re.compile(rf"{RESUME_PREFIX}([a-z]{{0,26}})")


class Step(StrEnum):
    """Where the person is: ticking, at the result, at the laws behind it, at the text to forward."""

    TICK = "tick"
    RESULT = "result"
    LAW = "law"
    WARN = "warn"


@dataclass(frozen=True, slots=True)
class OfferState:
    """A step and the letters of the ticked signs."""

    step: Step = Step.TICK
    codes: frozenset[str] = frozenset()

    def at(self, step: Step) -> OfferState:
        """The same signs at another step."""
        return OfferState(step, self.codes)

    def toggled(self, code: str) -> OfferState:
        """The same step with one sign ticked or unticked."""
        return OfferState(self.step, self.codes ^ {code})


def encode_state(state: OfferState) -> str:
    """The argument of the verb `offer`."""
    letters = "".join(sorted(state.codes))
    return f"{state.step}.{letters}" if letters else state.step.value


def decode_state(argument: str, offers: OffersFile) -> OfferState | None:
    """The state behind an argument (empty: the beginning), None for what we did not make."""
    match = _STATE.fullmatch(argument)
    if match is None:
        return None
    codes = _codes(match[2] or "", offers)
    return None if codes is None else OfferState(Step(match[1] or "tick"), codes)


def encode_resume(codes: frozenset[str]) -> str:
    """What stands for the topic while a country is being chosen."""
    return RESUME_PREFIX + "".join(sorted(codes))


def decode_resume(argument: str, offers: OffersFile) -> OfferState | None:
    """The result to go back to once the country is known, None for what is no such thing."""
    match = _RESUME.fullmatch(argument)
    codes = _codes(match[1], offers) if match else None
    return None if codes is None else OfferState(Step.RESULT, codes)


def _codes(letters: str, offers: OffersFile) -> frozenset[str] | None:
    codes = frozenset(letters)
    in_order = "".join(sorted(codes)) == letters
    return codes if in_order and codes <= offers.codes else None
