"""The checklist travels in 64 bytes, nothing forged is believed, and one more sign never makes an offer look better."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.buttons import MAX_BYTES, decode, encode
from actions.offer_rules import level_of, weightiest_first
from actions.offer_state import OfferState, Step, decode_resume, decode_state, encode_resume, encode_state
from knowledge.offer_models import OfferLevel
from tests.real_knowledge import real_offers

OFFERS = real_offers()
CODES = sorted(OFFERS.codes)
ticks = st.frozensets(st.sampled_from(CODES))
LEVELS = list(OfferLevel)


@given(ticks, st.sampled_from(Step))
def test_any_combination_comes_back_as_it_was_sent(codes: frozenset[str], step: Step) -> None:
    state = OfferState(step, codes)
    data = encode("offer", encode_state(state))
    assert len(data.encode()) <= MAX_BYTES
    assert decode_state(decode(data).argument(0) or "", OFFERS) == state


@given(ticks)
def test_any_combination_outlives_the_choice_of_a_country(codes: frozenset[str]) -> None:
    for verb in ("work", "home"):
        data = encode(verb, "gt", encode_resume(codes))
        assert len(data.encode()) <= MAX_BYTES
        assert decode_resume(decode(data).argument(1) or "", OFFERS) == OfferState(Step.RESULT, codes)
    assert len(encode("ask_work", encode_resume(codes)).encode()) <= MAX_BYTES


@given(st.text(max_size=60))
def test_only_what_we_would_send_is_read(argument: str) -> None:
    state = decode_state(argument, OFFERS)
    assert state is None or argument in {"", encode_state(state)}
    resumed = decode_resume(argument, OFFERS)
    assert resumed is None or encode_resume(resumed.codes) == argument


@pytest.mark.parametrize(
    "forged", ["tick.", "tick.fa", "tick.ff", "tick.q", "tick.F", "tick.a.f", "nope", "nope.a", "result,a", "law-a"]
)
def test_forged_state_is_refused(forged: str) -> None:
    assert decode_state(forged, OFFERS) is None


@pytest.mark.parametrize(
    "forged", ["", "a", "offer", "offer_q", "offer_fa", "offer_aa", "offer_A", "wage_unpaid", "recruitment_fraud"]
)
def test_forged_or_other_wait_is_no_offer(forged: str) -> None:
    assert decode_resume(forged, OFFERS) is None


@given(ticks, st.sampled_from(CODES))
def test_one_more_sign_never_lowers_the_level(codes: frozenset[str], code: str) -> None:
    before, after = level_of(OFFERS, codes), level_of(OFFERS, codes | {code})
    assert LEVELS.index(before) <= LEVELS.index(after)


@given(ticks)
def test_order_of_signs_keeps_them_all_and_puts_the_worst_first(codes: frozenset[str]) -> None:
    signs = weightiest_first(OFFERS.ticked(codes))
    assert {sign.code for sign in signs} == codes
    if any(sign.stop for sign in signs):
        assert signs[0].stop


def test_levels_are_as_the_weights_say() -> None:
    assert level_of(OFFERS, ()) is OfferLevel.NO_SIGN_FOUND
    assert level_of(OFFERS, {"c"}) is OfferLevel.CAREFUL
    assert level_of(OFFERS, {"c", "w"}) is OfferLevel.CAREFUL
    assert level_of(OFFERS, {"c", "d", "w"}) is OfferLevel.STOP
    assert level_of(OFFERS, {"a", "v"}) is OfferLevel.STOP
    for sign in OFFERS.signs.values():
        assert (level_of(OFFERS, sign.code) is OfferLevel.STOP) == sign.stop, sign.label
