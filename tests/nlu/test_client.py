from __future__ import annotations

import json
import logging

import httpx
import pytest

from nlu.circuit_breaker import CircuitBreaker
from nlu.client import MAX_CHARACTERS, NluBadResponse, NluUnavailable, NotClassifiable, RasaClient, prepare
from tests.nlu.test_prediction import payload


class Server:
    """A parse server by hand: answers what it is told to, and remembers what it was asked."""

    def __init__(self) -> None:
        self.answer: httpx.Response | Exception = httpx.Response(200, json=payload())
        self.asked: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def client(server: Server, clock: Clock) -> RasaClient:
    return RasaClient("http://nlu", "secret", transport=httpx.MockTransport(server), breaker=CircuitBreaker(clock=clock))


async def test_asks_rasa_s_route_with_the_token(client: RasaClient, server: Server) -> None:
    prediction = await client.classify("no me pagan")

    assert prediction.intent == "set_country"
    (request,) = server.asked
    assert (request.method, request.url.path) == ("POST", "/model/parse")
    assert request.headers["authorization"] == "Bearer secret"
    assert json.loads(request.content) == {"text": "no me pagan"}


@pytest.mark.parametrize("text", ["", "   ", "👍", "...", "¿?!", "\x00", "/", "❤️ 😂", "\ud83d"])
async def test_never_sends_what_holds_no_word(client: RasaClient, server: Server, text: str) -> None:
    with pytest.raises(NotClassifiable):
        await client.classify(text)

    assert server.asked == []


@pytest.mark.parametrize(
    ("text", "sent"),
    [("/greet", "greet"), (" //  hola", "hola"), ("911", "911"), ("a\ud83db", "ab"), ("x" * 5000, "x" * MAX_CHARACTERS)],
)
def test_prepares_what_is_sent(text: str, sent: str) -> None:
    assert prepare(text) == sent


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (httpx.ConnectError("refused"), NluUnavailable),
        (httpx.ReadTimeout("slow"), NluUnavailable),
        (httpx.Response(500), NluUnavailable),
        (httpx.Response(401, json={}), NluUnavailable),
        (httpx.Response(200, text="<html>"), NluBadResponse),
        (httpx.Response(200, json={"intent": None}), NluBadResponse),
    ],
)
async def test_names_every_failure(
    client: RasaClient, server: Server, answer: httpx.Response | Exception, error: type[Exception]
) -> None:
    server.answer = answer

    with pytest.raises(error):
        await client.classify("hola")


async def test_leaves_a_failing_server_alone_and_probes_it_later(client: RasaClient, server: Server, clock: Clock) -> None:
    good, server.answer = server.answer, httpx.ConnectError("down")
    for _ in range(5):
        with pytest.raises(NluUnavailable):
            await client.classify("hola")
    assert len(server.asked) == 3

    clock.now += 5
    with pytest.raises(NluUnavailable):
        await client.classify("hola")
    assert len(server.asked) == 4, "one probe"
    with pytest.raises(NluUnavailable, match="not asked"):
        await client.classify("hola")
    assert len(server.asked) == 4, "the probe failed: closed again for a while"

    clock.now += 5
    server.answer = good
    await client.classify("hola")
    await client.classify("hola")
    assert len(server.asked) == 6


async def test_a_text_without_words_is_no_failure_of_the_server(client: RasaClient, server: Server) -> None:
    for _ in range(5):
        with pytest.raises(NotClassifiable):
            await client.classify("👍")

    await client.classify("hola")
    assert len(server.asked) == 1


async def test_health(client: RasaClient, server: Server) -> None:
    server.answer = httpx.Response(200, json={"status": "ready"})
    assert await client.healthy()

    server.answer = httpx.Response(503)
    assert not await client.healthy()

    server.answer = httpx.ConnectError("down")
    assert not await client.healthy()


async def test_logs_no_message(client: RasaClient, server: Server, caplog: pytest.LogCaptureFixture) -> None:
    server.answer = httpx.Response(500, text="mi secreto")
    with caplog.at_level(logging.DEBUG, logger="nlu"), pytest.raises(NluUnavailable):
        await client.classify("mi secreto")

    assert "secreto" not in caplog.text
    assert "HTTP 500" in caplog.text
