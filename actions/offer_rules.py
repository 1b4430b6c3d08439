"""What a set of warning signs amounts to: a pure rule over the weights of `offers.yaml`.

One decisive sign, or weights that reach the limit together, mean `stop`; any sign at all means `careful`. Weights are at
least one, so a further sign never lowers the level. There is no level "safe": the best is "no sign found".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.offer_models import OfferLevel

if TYPE_CHECKING:
    from collections.abc import Iterable

    from knowledge.offer_models import OffersFile, Sign


def level_of(offers: OffersFile, codes: Iterable[str]) -> OfferLevel:
    """The level of the signs with these letters."""
    signs = offers.ticked(codes)
    if not signs:
        return OfferLevel.NO_SIGN_FOUND
    if any(sign.stop for sign in signs) or sum(sign.weight for sign in signs) >= offers.stop_at:
        return OfferLevel.STOP
    return OfferLevel.CAREFUL


def weightiest_first(signs: Iterable[Sign]) -> tuple[Sign, ...]:
    """Urgent signs, then decisive ones, then by weight; the order of the screen between equals."""
    return tuple(sorted(signs, key=lambda sign: (not sign.urgent, not sign.stop, -sign.weight)))
