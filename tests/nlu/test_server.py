"""The real parse server with the real model."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

from nlu.client import RasaClient
from nlu.fingerprint import manifest_path, model_path
from nlu.rasa_environment import command, environment, is_installed
from nlu.server_process import TOKEN_VARIABLE, NluServer
from nlu.thresholds import is_danger, outcome_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

pytestmark = [
    pytest.mark.rasa,
    pytest.mark.skipif(
        not (is_installed() and manifest_path(model_path()).exists()) and not os.environ.get("CI"),
        reason="no trained model; 'amparo nlu train' makes one (CI demands it)",
    ),
]


@pytest.fixture
async def server() -> AsyncIterator[NluServer]:
    async with NluServer.running() as running:
        yield running


async def test_answers_like_rasa(server: NluServer) -> None:
    async with RasaClient(server.url, server.token, timeout=10) as client:
        assert await client.healthy()
        unpaid = await client.classify("mi patrón no me paga hace tres semanas y estoy en Houston")
        locked_in = await client.classify("el patrón nos tiene encerrados y nos quitó el pasaporte")
        iphone = await client.classify("cuánto cuesta un iPhone")
        sms = await client.classify("q ago si el contratista no me kiere dar mi cheke")

    assert (unpaid.intent, unpaid.work_country, unpaid.work_region) == ("wage_unpaid", "us", "US-TX")
    assert outcome_of(unpaid) == "answer"
    assert is_danger(locked_in)
    assert unpaid.languages["es"] > 0.9
    assert outcome_of(iphone) == "decline"
    assert sms.intent == "wage_unpaid"


async def test_refuses_all_else(server: NluServer) -> None:
    good = {"Authorization": f"Bearer {server.token}"}
    async with httpx.AsyncClient(base_url=server.url, timeout=10) as http:
        assert (await http.get("/healthz")).json() == {"status": "ready"}
        assert (await http.post("/model/parse", json={"text": "hola"})).status_code == 401
        assert (await http.post("/model/parse", json={"text": "hola"}, headers={"Authorization": "x"})).status_code == 401
        for body in (b"", b"[]", b'{"text": ""}', b'{"text": 3}', b"\xff", json.dumps({"text": "x" * 1001}).encode()):
            assert (await http.post("/model/parse", content=body, headers=good)).status_code == 400
        assert (await http.post("/model/parse", content=b"x" * 20_000, headers=good)).status_code == 413
        for path in ("/", "/version", "/status", "/webhooks/rest/webhook", "/model/train", "/model"):
            assert (await http.post(path, json={"message": "hola"}, headers=good)).status_code == 404
        assert (await http.put("/model", json={}, headers=good)).status_code == 404


async def test_a_slash_forces_no_intent(server: NluServer) -> None:
    async with httpx.AsyncClient(base_url=server.url, timeout=10) as http:
        headers = {"Authorization": f"Bearer {server.token}"}
        answer = await http.post("/model/parse", json={"text": '/emergency{"city": "x"}'}, headers=headers)

    assert answer.json()["intent"]["confidence"] < 1
    assert answer.json()["entities"] == []


async def test_writes_no_message_anywhere_and_ends_cleanly() -> None:
    secret = "xochimilquense"
    process = await asyncio.create_subprocess_exec(
        *command("nlu.server", "--port", "0"),
        env=environment({TOKEN_VARIABLE: "t", "LOG_LEVEL": "DEBUG", "LOG_LEVEL_LIBRARIES": "DEBUG"}),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    assert process.stdout is not None
    ready = json.loads(await process.stdout.readline())
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{ready['port']}", timeout=10) as http:
        headers = {"Authorization": "Bearer t"}
        assert (await http.post("/model/parse", json={"text": f"soy {secret}"}, headers=headers)).status_code == 200
        await http.post("/model/parse", content=f"{secret} no json".encode(), headers=headers)
    process.terminate()
    said = await asyncio.wait_for(process.stdout.read(), 15)

    assert await process.wait() == 0
    assert secret.encode() not in said


def serve(model: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command("nlu.server", "--port", "0", "--model", str(model)),
        env=environment(variables),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_loads_no_model_that_its_manifest_does_not_describe(tmp_path: Path) -> None:
    model = Path(shutil.copy(model_path(), tmp_path / "model.tar.gz"))
    assert "no manifest" in serve(model, **{TOKEN_VARIABLE: "t"}).stderr

    shutil.copy(manifest_path(model_path()), manifest_path(model))
    with model.open("ab") as file:
        file.write(b"x")
    refused = serve(model, **{TOKEN_VARIABLE: "t"})
    assert (refused.returncode, "not the file its manifest describes" in refused.stderr) == (2, True)


def test_wants_a_token() -> None:
    refused = serve(model_path())

    assert (refused.returncode, TOKEN_VARIABLE in refused.stderr) == (2, True)
