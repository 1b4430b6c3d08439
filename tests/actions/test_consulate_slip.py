"""The slip: few taps, nothing personal, and the code alone gives it back."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actions.buttons import decode
from actions.context import Context
from actions.presses import press
from actions.profile import UserProfile
from actions.reply import Labelled
from actions.slip import slip_step
from actions.slip_code import ALPHABET, SINCE, WISHES, BadSlipCodeError, Slip, decode_slip, encode_slip
from tests.real_knowledge import AS_OF, real_knowledge

CODES = sorted(real_knowledge().countries)
TOPICS = list(real_knowledge().register.topics)
IN_IOWA = UserProfile("es", "us", "US-IA", "gt")


def context(profile=IN_IOWA):
    return Context(real_knowledge(), profile, AS_OF)


def tap(reply, label):
    """Press the button whose label contains `label`."""
    button = next(button for row in reply.buttons for button in row if label in button.label)
    return press(context(reply.profile), decode(button.data))


def labelled(reply):
    return {block.label: block.text for block in reply.blocks if isinstance(block, Labelled)}


def test_four_taps_make_a_slip_in_the_language_of_the_consulate():
    asked = slip_step(context(), "")
    made = tap(tap(tap(tap(asked, "Pago"), "pag"), "Hace 1 a 3"), "cobrar")
    said = labelled(made)

    assert made.outcome == "slip"
    assert said["Quién:"] == "persona trabajadora de Guatemala, en Estados Unidos (Iowa)"
    assert said["Desde:"] == "Hace 1 a 3 meses"
    assert decode_slip(said["Código:"], real_knowledge()).wish == "pay"


def test_the_slip_of_a_worker_who_speaks_english_is_in_both_languages():
    made = slip_step(context(UserProfile("en", "us", "US-IA", "gt")), "t.wage_unpaid.month.pay")

    assert {"Código:", "Code:"} <= set(labelled(made))


def test_the_slip_for_a_belizean_office_is_in_english():
    made = slip_step(context(UserProfile("en", "us", "US-IL", "bz")), "t.wage_unpaid.month.pay")

    assert set(labelled(made)) == {"Code:", "Who:", "About:", "Since:", "Asks for:", "Made on:"}


@pytest.mark.parametrize("profile", [UserProfile(), UserProfile("es", "us"), UserProfile("es", "us", None, "us")])
def test_without_two_countries_there_is_a_question_or_a_reason_instead(profile):
    assert slip_step(context(profile), "t.wage_unpaid.month.pay").outcome != "slip"


@pytest.mark.parametrize(
    "state", ["x", "c.nothing", "t.nothing", "t.wage_unpaid.ever", "t.wage_unpaid.month.gold", "t.a.b.c.d"]
)
def test_a_forged_state_gives_nothing(state):
    assert slip_step(context(), state) is None


slips = st.builds(
    Slip,
    home=st.sampled_from(CODES),
    work=st.just("us"),
    topic=st.sampled_from(TOPICS),
    day=st.dates(dt.date(2026, 1, 1), dt.date(2036, 12, 31)),
    region=st.sampled_from([None, *real_knowledge().countries["us"].country.regions]),
    since=st.sampled_from(SINCE),
    wish=st.sampled_from(WISHES),
)


@settings(max_examples=200)
@given(slips)
def test_the_code_holds_the_whole_slip(slip):
    code = encode_slip(slip, real_knowledge())

    assert decode_slip(code, real_knowledge()) == slip
    assert decode_slip(code.lower().replace("-", " "), real_knowledge()) == slip
    assert len(code) == 11


@settings(max_examples=300)
@given(slips, st.integers(0, 8), st.sampled_from(ALPHABET))
def test_a_misheard_letter_is_nearly_always_noticed(slip, place, letter):
    letters = list(encode_slip(slip, real_knowledge()).replace("-", ""))
    if letters[place] == letter:
        return
    letters[place] = letter
    try:
        read = decode_slip("".join(letters), real_knowledge())
    except BadSlipCodeError:
        return
    assert encode_slip(read, real_knowledge()).replace("-", "") == "".join(letters)


@pytest.mark.parametrize("code", ["", "A", "AAA-AAA-AAAA", "ÑÑÑ-ÑÑÑ-ÑÑÑ", "'; drop table--", "000-000-000" * 9])
def test_what_is_no_code_is_refused(code):
    with pytest.raises(BadSlipCodeError):
        decode_slip(code, real_knowledge())


def test_the_card_of_a_consulate_offers_the_slip():
    card = press(context(), decode("consulate"))

    assert any(button.data.startswith("slip") for row in card.buttons for button in row)
