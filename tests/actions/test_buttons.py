"""Button data: whatever comes back from the network is one of ours, or refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.buttons import MAX_BYTES, BadButtonError, decode, encode, turns_page

VERBS = ["menu", "category", "topic", "work", "home", "region", "language", "useful", "erase", "nonsense"]


@given(st.text(max_size=80) | st.builds(":".join, st.lists(st.sampled_from(VERBS) | st.text(max_size=20), max_size=4)))
def test_any_text_is_decoded_to_what_encodes_again_or_refused(data: str) -> None:
    try:
        pressed = decode(data)
    except BadButtonError:
        return
    assert encode(pressed.verb, *pressed.arguments) == data.rstrip(":")
    assert len(data.encode()) <= MAX_BYTES


@pytest.mark.parametrize(
    ("data", "turns"), [("category:wages", True), ("regions:1", True), ("menu", False), ("work:us", False), ("offer", False)]
)
def test_only_pages_and_ticks_change_their_own_message(data: str, turns: bool) -> None:
    assert turns_page(data) is turns
