"""The real Rasa server, once for all end-to-end tests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.processes import NLU_TOKEN, nlu_server
from tests.telegram_emulator import Emulator

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@pytest.fixture(scope="session")
async def nlu(free_port: Any, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[dict[str, str]]:
    """The settings that lead a bot to the running classifier."""
    port = free_port()
    async with nlu_server(port, tmp_path_factory.mktemp("nlu") / "nlu.log"):
        yield {"AMPARO_NLU_URL": f"http://127.0.0.1:{port}", "AMPARO_NLU_TOKEN": NLU_TOKEN}


@pytest.fixture
async def telegram() -> AsyncIterator[Emulator]:
    """A Bot API server."""
    async with Emulator() as emulator:
        yield emulator
