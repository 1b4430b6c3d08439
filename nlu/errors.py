"""Every way in which asking the classifier can fail.

    NluError
    |-- NluUnavailable     down, too slow, refusing, or left alone by the circuit breaker
    |-- NluBadResponse     it answered, but the answer makes no sense
    `-- NotClassifiable    there is no word in the text, so it was never sent

None of them ever carries what a person wrote.
"""

from __future__ import annotations


class NluError(Exception):
    """The classifier gave no usable prediction."""


class NluUnavailable(NluError):
    """The classifier is down, too slow, or not asked because it failed moments ago."""


class NluBadResponse(NluError):
    """The classifier answered something that is no prediction."""


class NotClassifiable(NluError):
    """The text holds no letter and no digit (empty, emoji, punctuation): nothing to classify."""
