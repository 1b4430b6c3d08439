"""The bot as a real subprocess against the Bot API emulator, in polling and in webhook mode, with the real classifier."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import sqlite3
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from tests.processes import NLU_TOKEN, Running, bot, nlu_server
from tests.telegram_emulator.server import TOKEN, Emulator

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

pytestmark = [pytest.mark.e2e, pytest.mark.rasa]

SECRET = "secret-of-the-tests"  # of the emulator only
QUESTION = "no me han pagado las últimas dos semanas"


@contextlib.asynccontextmanager
async def serving(
    telegram: Emulator, mode: str, port: int, data: Path, nlu: dict[str, str], **more: str
) -> AsyncIterator[Running]:
    """The bot on the emulator, ready to answer."""
    settings = {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_BASE_URL": telegram.base_url, **nlu, **more}
    if mode == "webhook":
        webhook = {
            "AMPARO_WEBHOOK_URL": f"http://127.0.0.1:{port}",
            "AMPARO_WEBHOOK_SECRET": SECRET,
            "AMPARO_SECRET_KEY": "k" * 32,
        }
        settings |= webhook
    async with bot(port, data, **settings) as child:
        await telegram.wait_until_called("setWebhook" if mode == "webhook" else "getUpdates")
        yield child


@pytest.fixture(params=["polling", "webhook"])
def mode(request: pytest.FixtureRequest) -> str:
    return str(request.param)


async def test_worker_is_answered_and_asked_only_afterwards(
    telegram: Emulator, mode: str, free_port: Callable[[], int], tmp_path: Path, nlu: dict[str, str]
) -> None:
    async with serving(telegram, mode, free_port(), tmp_path / "data", nlu):
        worker = telegram.person(4_210_000_001)
        worker.say(QUESTION)
        first = await worker.answer()
        assert "Qué hacer" in first["text"]
        assert any("Estados Unidos" in label for label in worker.buttons)
        worker.press("Estados Unidos")
        american = await worker.answer()
        assert "1-866-487-9243" in american["text"]
        assert "29 U" in american["text"]
        worker.press("Guatemala")
        complete = await worker.answer()
        assert "Su consulado" in complete["text"]
        worker.press("Mi consulado")
        consulate = await worker.answer()
        assert "Guatemala" in consulate["text"]


async def test_text_says_where_the_worker_is(
    telegram: Emulator, mode: str, free_port: Callable[[], int], tmp_path: Path, nlu: dict[str, str]
) -> None:
    async with serving(telegram, mode, free_port(), tmp_path / "data", nlu):
        worker = telegram.person(4_210_000_002)
        worker.say("soy nica y trabajo en costa rica, el patron no me ha pagado la quincena")
        answer = await worker.answer()
        assert "Costa Rica" in answer["text"]
        assert "Nicaragua en" in answer["text"]


async def test_whoever_writes_english_is_offered_english(
    telegram: Emulator, free_port: Callable[[], int], tmp_path: Path, nlu: dict[str, str]
) -> None:
    async with serving(telegram, "polling", free_port(), tmp_path / "data", nlu):
        worker = telegram.person(4_210_000_099)
        worker.say("my boss in Texas has not paid me for two weeks")
        assert "Qué hacer" in (await worker.answer())["text"]
        worker.press("Shall I speak English?")
        assert "What to do" in (await worker.answer())["text"]


async def test_danger_comes_first(
    telegram: Emulator, mode: str, free_port: Callable[[], int], tmp_path: Path, nlu: dict[str, str]
) -> None:
    async with serving(telegram, mode, free_port(), tmp_path / "data", nlu):
        worker = telegram.person(4_210_000_003)
        worker.say("el patrón nos tiene encerrados y nos quitó el pasaporte, estoy en costa rica")
        answer = await worker.answer()
        lines = answer["text"].splitlines()
        assert "peligro" in lines[0]
        assert "911" in lines[1]


async def test_everything_a_person_can_send_is_answered_kindly(
    telegram: Emulator, mode: str, free_port: Callable[[], int], tmp_path: Path, nlu: dict[str, str]
) -> None:
    async with serving(telegram, mode, free_port(), tmp_path / "data", nlu):
        worker = telegram.person(4_210_000_004)
        file = {"file_id": "f", "file_unique_id": "u"}
        photo = [{**file, "width": 1, "height": 1}]
        sticker = {**file, "type": "regular", "width": 1, "height": 1, "is_animated": False, "is_video": False}
        for content in (
            {"voice": {**file, "duration": 2}},
            {"photo": photo},
            {"sticker": sticker},
            {"document": file},
            {"text": "🙏🙏"},
            {"text": "x" * 4000},
            {"text": "<b>&</b> \x00 no me pagan"},
            {"text": "/greet{}"},
            {"location": {"latitude": 9.93, "longitude": -84.08}},
        ):
            worker.send(**content)
            answer = await worker.answer()
            assert answer["buttons"], content


async def test_forged_dead_and_repeated_updates_do_no_harm(
    telegram: Emulator, mode: str, free_port: Callable[[], int], tmp_path: Path, nlu: dict[str, str]
) -> None:
    async with serving(telegram, mode, free_port(), tmp_path / "data", nlu):
        worker = telegram.person(4_210_000_005)
        for forged in ("work:zz", "topic:'; drop table", "x" * 64, "región:ñ", "work:us:" + "a" * 40):
            worker.start()
            await worker.answer()
            worker.press_data(forged)
            assert "ya no sirve" in (await worker.answer())["text"]
            assert worker.buttons
        telegram._queries.clear()  # every callback query is now too old
        worker.press_data("category:wages")
        assert (await worker.answer())["buttons"]


async def test_too_many_requests_and_server_errors_are_waited_out(
    telegram: Emulator, mode: str, free_port: Callable[[], int], tmp_path: Path, nlu: dict[str, str]
) -> None:
    async with serving(telegram, mode, free_port(), tmp_path / "data", nlu):
        worker = telegram.person(4_210_000_006)
        telegram.fail_next("sendMessage", 429, "Too Many Requests: retry after 1", retry_after=1)
        telegram.fail_next("sendMessage", 502, "Bad Gateway")
        worker.say(QUESTION)
        assert "Qué hacer" in (await worker.answer())["text"]


async def test_blocked_bot_forgets_the_person(
    telegram: Emulator, mode: str, free_port: Callable[[], int], tmp_path: Path, nlu: dict[str, str]
) -> None:
    data = tmp_path / "data"
    async with serving(telegram, mode, free_port(), data, nlu):
        stays, leaves = telegram.person(4_210_000_007), telegram.person(4_210_000_008)
        for person in (stays, leaves):
            person.start()
            await person.answer()
        leaves.block()
        await _until(lambda: _rows(data, "user_preference") == 1)


async def test_group_gets_only_the_private_link(
    telegram: Emulator, mode: str, free_port: Callable[[], int], tmp_path: Path, nlu: dict[str, str]
) -> None:
    data = tmp_path / "data"
    async with serving(telegram, mode, free_port(), data, nlu):
        group = telegram.person(4_210_000_009, chat_id=-100_500)
        group.say("no me han pagado")  # not to the bot: no answer
        group.say("/start@amparo_test_bot")
        answer = await group.answer()
        assert list(group.buttons.values()) == ["https://t.me/amparo_test_bot"]
        assert len(group.messages) == 1
        assert "privado" in answer["text"]
        assert _rows(data, "user_preference") == 0


async def test_order_is_kept_within_a_chat(
    telegram: Emulator, mode: str, free_port: Callable[[], int], tmp_path: Path, nlu: dict[str, str]
) -> None:
    async with serving(telegram, mode, free_port(), tmp_path / "data", nlu):
        worker = telegram.person(4_210_000_010)
        for command in ("/privacidad", "/ayuda", "/borrar", "/pais", "/idioma"):
            worker.say(command)
        await telegram.wait_for_answers(worker.chat_id, 1, 20)
        await _until(lambda: len(worker.messages) == 5)
        said = [message["text"].splitlines()[0] for message in worker.messages]
        assert [line[:8] for line in said] == ["Su priva", "Cómo usa", "¿Borro t", "¿En qué ", "¿En qué "]


async def test_sigterm_loses_nothing(
    telegram: Emulator, mode: str, free_port: Callable[[], int], tmp_path: Path, nlu: dict[str, str]
) -> None:
    port, data = free_port(), tmp_path / "data"
    people = [telegram.person(4_220_000_000 + number) for number in range(12)]
    async with serving(telegram, mode, port, data, nlu) as child:
        for person in people:
            person.say(QUESTION)
        await asyncio.sleep(0.05)
        assert await child.end(signal.SIGTERM) == 0
    async with serving(telegram, mode, port, data, nlu):
        await _until(lambda: all(person.messages for person in people))
    assert all(len(person.messages) == 1 for person in people)


async def test_killed_classifier_leaves_nobody_unanswered(
    telegram: Emulator, mode: str, free_port: Callable[[], int], tmp_path: Path
) -> None:
    port = free_port()
    settings = {"AMPARO_NLU_URL": f"http://127.0.0.1:{port}", "AMPARO_NLU_TOKEN": NLU_TOKEN}
    async with (
        nlu_server(port, tmp_path / "nlu.log") as server,
        serving(telegram, mode, free_port(), tmp_path / "data", settings),
    ):
        worker = telegram.person(4_210_000_011)
        worker.say(QUESTION)
        assert "Qué hacer" in (await worker.answer())["text"]
        server.process.kill()
        worker.say("mi jefe no me paga el salario")
        searched = await worker.answer()
        assert "buscar por palabras" in searched["text"]
        assert len(worker.buttons) >= 2
        worker.say("nos tienen encerrados con llave")
        assert "peligro" in (await worker.answer())["text"].splitlines()[0]


async def test_webhook_refuses_strangers_and_long_bodies(
    telegram: Emulator, free_port: Callable[[], int], tmp_path: Path, nlu: dict[str, str]
) -> None:
    port = free_port()
    async with serving(telegram, "webhook", port, tmp_path / "data", nlu), httpx.AsyncClient(trust_env=False) as client:
        url, header = f"http://127.0.0.1:{port}/telegram", "X-Telegram-Bot-Api-Secret-Token"
        assert (await client.post(url, json={"update_id": 1})).status_code == 403
        assert (await client.post(url, json={"update_id": 1}, headers={header: "x"})).status_code == 403
        assert (await client.post(url, content=b"x" * 300_000, headers={header: SECRET})).status_code == 413
        assert (await client.post(url, content=b"{", headers={header: SECRET})).status_code == 400


async def test_webhook_answers_an_update_once(
    telegram: Emulator, free_port: Callable[[], int], tmp_path: Path, nlu: dict[str, str]
) -> None:
    async with serving(telegram, "webhook", free_port(), tmp_path / "data", nlu):
        worker = telegram.person(4_210_000_012)
        update = worker.say(QUESTION)
        await worker.answer()
        telegram.deliver_again(update, worker.chat_id)
        await _until(lambda: [number for number, _ in telegram.delivered].count(update) == 2)
        assert len(worker.messages) == 1


async def test_commands_are_described_in_each_language(
    telegram: Emulator, free_port: Callable[[], int], tmp_path: Path, nlu: dict[str, str]
) -> None:
    async with serving(telegram, "polling", free_port(), tmp_path / "data", nlu):
        await _until(lambda: set(telegram.commands) == {"", "en"})
        assert [command["command"] for command in telegram.commands["en"]][:3] == ["menu", "country", "consulate"]


async def test_conversation_leaves_no_trace(
    telegram: Emulator, mode: str, free_port: Callable[[], int], tmp_path: Path, nlu: dict[str, str]
) -> None:
    data = tmp_path / "data"
    chat_id, name, words = 4_777_123_456, "Filomena", "zanahoria"
    async with serving(telegram, mode, free_port(), data, nlu, AMPARO_LOG_LEVEL="DEBUG") as child:
        worker = telegram.person(chat_id, name=name)
        telegram.fail_next("sendMessage", 400, "Bad Request: something odd")
        for text in (f"{words} no me pagan", f"me llamo {name} y mi telefono es 5551234567", f"/start {words}"):
            worker.say(text)
            await worker.answer()
        worker.send(location={"latitude": 9.934567, "longitude": -84.087654})
        await worker.answer()
        await child.end()
        output = child.output
    kept = output + _everything_in(data)
    for secret in (str(chat_id), name, words, "5551234567", "9.934567", "84.087654", TOKEN):
        assert secret not in kept, secret


async def test_a_planted_secret_would_be_found(
    telegram: Emulator, free_port: Callable[[], int], tmp_path: Path, nlu: dict[str, str]
) -> None:
    """The search of the test above, seen to fail: a message in a column and in a file of the data folder is found."""
    data = tmp_path / "data"
    async with serving(telegram, "polling", free_port(), data, nlu):
        worker = telegram.person(4_210_000_013)
        worker.start()
        await worker.answer()
    assert "zanahoria" not in _everything_in(data)
    with contextlib.closing(sqlite3.connect(data / "amparo.db")) as connection:
        connection.execute("UPDATE user_preference SET link = 'zanahoria'")
        connection.commit()
    assert "zanahoria" in _everything_in(data)
    (data / "notes.txt").write_text("zapallo")
    assert "zapallo" in _everything_in(data)


def _rows(data: Path, table: str) -> int:
    with contextlib.closing(sqlite3.connect(data / "amparo.db")) as connection:
        return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def _everything_in(data: Path) -> str:
    """Every value of every table, and every other file of the data folder as text."""
    with contextlib.closing(sqlite3.connect(data / "amparo.db")) as connection:
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        values: list[Any] = [row for table in tables for row in connection.execute(f"SELECT * FROM {table}")]
    files = [path.read_bytes().decode("utf-8", "replace") for path in data.rglob("*") if path.is_file()]
    return repr(values) + "".join(files)


async def _until(is_so: Callable[[], bool], within: float = 30.0) -> None:
    async with asyncio.timeout(within):
        while not is_so():  # noqa: ASYNC110  # the outside world has no event to wait for
            await asyncio.sleep(0.05)
