"""The bot's side of the classifier: text in, Prediction out, every failure named.

async with RasaClient("http://127.0.0.1:5005", token) as client:
    prediction = await client.classify("no me han pagado")
"""

from __future__ import annotations

import logging
from types import TracebackType
from typing import Self

import httpx

from nlu.circuit_breaker import CircuitBreaker
from nlu.errors import NluBadResponse, NluError, NluUnavailable, NotClassifiable
from nlu.prediction import Prediction

__all__ = ["MAX_CHARACTERS", "NluBadResponse", "NluError", "NluUnavailable", "NotClassifiable", "RasaClient", "prepare"]

MAX_CHARACTERS = 1000
TIMEOUT_SECONDS = 1.5
# Below the server's keep-alive, so that the client never writes into a connection the server is closing.
KEEP_ALIVE_SECONDS = 30.0

logger = logging.getLogger(__name__)


def prepare(text: str) -> str:
    """Return what may be sent: no leading slash (Rasa would take it for a forced intent), at most 1,000 characters.

    Raise NotClassifiable when no letter or digit is left.
    """
    sendable = text.encode("utf-8", "ignore").decode("utf-8").replace("\x00", " ")
    cut = sendable.lstrip("/ \t\r\n")[:MAX_CHARACTERS]
    if not any(character.isalnum() for character in cut):
        raise NotClassifiable("the text holds no letter and no digit")
    return cut


class RasaClient:
    """Asks the parse server, gives up after 1.5 s, and leaves a failing server alone for a while."""

    def __init__(
        self,
        base_url: str,
        token: str,
        *,
        timeout: float = TIMEOUT_SECONDS,
        transport: httpx.AsyncBaseTransport | None = None,
        breaker: CircuitBreaker | None = None,
    ) -> None:
        """Prepare a client; nothing is sent until the first call."""
        self._breaker = breaker or CircuitBreaker()
        self._http = httpx.AsyncClient(
            base_url=base_url,
            headers={"Authorization": f"Bearer {token}"},
            timeout=timeout,
            transport=transport,
            trust_env=False,
            verify=base_url.startswith("https:"),  # reading the certificates takes a fifth of a second; loopback has none
            limits=httpx.Limits(max_connections=64, keepalive_expiry=KEEP_ALIVE_SECONDS),
        )

    async def __aenter__(self) -> Self:
        """Return the client itself."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the connections."""
        await self.aclose()

    async def aclose(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def classify(self, text: str) -> Prediction:
        """Classify one message.

        Raises NotClassifiable, NluUnavailable or NluBadResponse.
        """
        prepared = prepare(text)
        if not self._breaker.allow():
            raise NluUnavailable("not asked: it failed moments ago")
        try:
            prediction = await self._ask(prepared)
        except NluError as error:
            self._breaker.failed()
            logger.warning("nlu failed: %s", error)
            raise
        except BaseException:
            self._breaker.failed()
            raise
        self._breaker.succeeded()
        return prediction

    async def healthy(self) -> bool:
        """Return whether the server is up with its model loaded; a good answer also closes the circuit."""
        try:
            response = await self._http.get("/healthz")
        except httpx.HTTPError:
            return False
        if response.status_code != httpx.codes.OK:
            return False
        self._breaker.succeeded()
        return True

    async def _ask(self, text: str) -> Prediction:
        try:
            response = await self._http.post("/model/parse", json={"text": text})
        except httpx.HTTPError as error:
            raise NluUnavailable(type(error).__name__) from None
        if response.status_code != httpx.codes.OK:
            raise NluUnavailable(f"HTTP {response.status_code}")
        try:
            payload = response.json()
        except ValueError:
            raise NluBadResponse("the answer is not JSON") from None
        return Prediction.from_rasa(payload)
