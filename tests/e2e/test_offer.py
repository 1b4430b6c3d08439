"""The offer check in eight taps, on Telegram (the emulator) and on the chat page, in both languages; no classifier."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

import httpx
import pytest

from bot.settings import REPOSITORY
from tests.processes import bot
from tests.telegram_emulator.server import TOKEN, Emulator

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.e2e

#: Nothing listens there: buttons need no classifier.
SETTINGS = {
    "AMPARO_NLU_URL": "http://127.0.0.1:9",
    "AMPARO_NLU_TOKEN": "unused",
    "AMPARO_KNOWLEDGE_DIR": str(REPOSITORY / "knowledge"),
}
TAPS = {
    "es": ("Ofertas de trabajo", "🔎", "Piden dinero", "WhatsApp", "como turista", "Ver el resultado"),
    "en": ("Job offers", "🔎", "They ask for money", "WhatsApp", "as a tourist", "See the result"),
}
STOP = {"es": "⛔ Pare", "en": "⛔ Stop"}
REPORT = {"es": "Dónde denunciar", "en": "Where to report"}


@pytest.mark.parametrize("language", ["es", "en"])
async def test_offer_is_checked_in_eight_taps_on_telegram(
    telegram: Emulator, free_port: Callable[[], int], tmp_path: Path, language: str
) -> None:
    port = free_port()
    more = {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_BASE_URL": telegram.base_url}
    async with bot(port, tmp_path / "data", **SETTINGS, **more):
        worker = telegram.person(4_210_000_101, language=language)
        worker.start("gt-us-houston")
        await worker.answer()
        for tap in TAPS[language]:
            worker.press(tap)
            await worker.answer()
        assert len(TAPS[language]) <= 8
        assert STOP[language] in worker.last["text"]
        assert REPORT[language] in worker.last["text"]
        assert len(worker.messages) == 3, "the menu stays, the ticks change one message, the result is a new one"
        worker.press("📣")
        warning = await worker.answer()
        assert "1511" in warning["text"]
        assert any(address.startswith("https://wa.me/?text=") for address in worker.buttons.values())


@pytest.mark.parametrize("language", ["es", "en"])
async def test_offer_is_checked_in_eight_taps_on_the_page(
    free_port: Callable[[], int], tmp_path: Path, language: str
) -> None:
    port = free_port()
    async with (
        bot(port, tmp_path / "data", **SETTINGS),
        httpx.AsyncClient(
            base_url=f"http://127.0.0.1:{port}", trust_env=False, headers={"Accept-Language": language}
        ) as client,
    ):
        shown = (await client.get("/", params={"start": f"gt-us-houston_{language}"})).text
        for tap in TAPS[language]:
            buttons = re.findall(r'<button name="press" value="([^"]*)">([^<]*)</button>', shown)
            data = next(unescape(value) for value, label in buttons if tap in unescape(label))
            shown = (await client.post("/", data={"press": data})).text
        assert STOP[language] in shown
        assert REPORT[language] in shown
