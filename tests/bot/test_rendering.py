"""Rendering: every block on every channel, escaped, within Telegram's limits, whatever the text."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from actions.reply import Button, Fine, Heading, Labelled, OfficeLine, Paragraph, Reply, SourceLine, Steps
from bot.rendering.page_html import reply_html
from bot.rendering.plain import plain_text
from bot.rendering.telegram_html import html_messages, keyboard, utf16_length
from tests.telegram_emulator.rules import visible_text

TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=3000).filter(lambda text: text.strip())
SHORT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60).filter(lambda text: text.strip())
URL = st.just("https://example.org/a?b=1&c='2'")
BLOCKS = st.one_of(
    st.builds(Heading, SHORT),
    st.builds(Paragraph, TEXT, st.booleans()),
    st.builds(Steps, SHORT, st.lists(TEXT, min_size=1, max_size=5).map(tuple)),
    st.builds(Labelled, SHORT, TEXT),
    st.builds(
        OfficeLine, SHORT, SHORT | st.none(), URL | st.none(), st.lists(SHORT, max_size=2).map(tuple), URL | st.none(), SHORT
    ),
    st.builds(SourceLine, SHORT, SHORT | st.none(), SHORT, URL),
    st.builds(Fine, TEXT),
)


@given(st.lists(BLOCKS, min_size=1, max_size=8))
@settings(max_examples=150, deadline=None)
def test_telegram_accepts_every_message(blocks: list[object]) -> None:
    for message in html_messages(Reply(tuple(blocks))):  # type: ignore[arg-type]
        visible_text(message, "HTML")
        assert utf16_length(message) <= 4096


@given(st.lists(BLOCKS, min_size=1, max_size=5))
@settings(max_examples=60, deadline=None)
def test_page_shows_text_and_never_markup_of_the_text(blocks: list[object]) -> None:
    html = reply_html(Reply((*blocks, Paragraph("<script>alert(1)</script>"))))  # type: ignore[arg-type]
    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_all_channels_say_the_same_words() -> None:
    reply = Reply(
        (
            Heading("Título"),
            Paragraph("Uno & dos <tres>"),
            Steps("Qué hacer", ("Primero", "Segundo")),
            Labelled("Plazo:", "2 años"),
            OfficeLine("Oficina", "1-866-487-9243", None, ("gratis",)),
            SourceLine("Ley:", "29 U.S.C. § 255", "Fuente:", "https://www.dol.gov/x"),
            Fine("General"),
        )
    )
    telegram = visible_text(html_messages(reply)[0], "HTML")
    plain = plain_text(reply)
    for words in (
        "Título",
        "Uno & dos <tres>",
        "1. Primero",
        "2 años",
        "1-866-487-9243",
        "gratis",
        "29 U.S.C. § 255",
        "General",
    ):
        assert words in telegram
        assert words in plain
    assert 'href="tel:18664879243"' in reply_html(reply)


def test_keyboard_carries_data_or_address() -> None:
    markup = keyboard(((Button("A", "menu"), Button("B", url="https://t.me/x")), ()))
    assert markup is not None
    assert [[button.callback_data for button in row] for row in markup.inline_keyboard] == [["menu", None]]
    assert keyboard(()) is None


def test_long_reply_is_split_between_blocks() -> None:
    messages = html_messages(Reply(tuple(Paragraph("x" * 900) for _ in range(10))))
    assert len(messages) == 3
    assert all(utf16_length(message) <= 4000 for message in messages)
