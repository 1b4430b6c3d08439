"""A consulate's link, opened in Telegram: it sets the profile, and is in the report from the tenth person on."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from bot.cli import app
from tests.processes import bot
from tests.telegram_emulator.server import TOKEN

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.telegram_emulator.server import Emulator

pytestmark = pytest.mark.e2e

LINK = "gt-us-houston_es_feria2026"


def reported(data: Path) -> dict[str, object]:
    """What `amparo consulate report` tells of today's month."""
    day = dt.datetime.now(dt.UTC).date().isoformat()
    arguments = ["consulate", "report", "gt-us-houston", "--from", day, "--to", day, "--json"]
    result = CliRunner().invoke(app, arguments, env={"AMPARO_DATA_DIR": str(data)})
    assert result.exit_code == 0, result.output
    said: dict[str, object] = json.loads(result.output)["since_begun"]
    return said


async def test_link_sets_the_profile_and_is_reported_from_the_tenth_person_on(
    telegram: Emulator, free_port: Callable[[], int], tmp_path: Path
) -> None:
    data = tmp_path / "data"
    settings = {
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_API_BASE_URL": telegram.base_url,
        "AMPARO_NLU_URL": f"http://127.0.0.1:{free_port()}",  # nobody answers there: the link needs no classifier
        "AMPARO_NLU_TOKEN": "none",
    }
    async with bot(free_port(), data, **settings):
        await telegram.wait_until_called("getUpdates")
        for number in range(10):
            worker = telegram.person(4_210_000_100 + number)
            worker.say(f"/start {LINK}")
            await worker.answer()
            if number == 8:
                assert await asyncio.to_thread(reported, data) == {}
        worker.press("Mi consulado")
        card = await worker.answer()
        assert "Consulado General de Guatemala en Houston" in card["text"]
        assert await asyncio.to_thread(reported, data) == {"gt-us-houston_feria2026": 10}
