"""Redaction: tokens, chat ids and telephones leave no log, whoever writes it. Each guard is seen to fail when taken away."""

from __future__ import annotations

import contextlib
import logging
from typing import TYPE_CHECKING

import pytest
import structlog

from bot.logs import configure_logging, redact

if TYPE_CHECKING:
    from collections.abc import Iterator

TOKEN = "123456789:AAEmulatorTokenEmulatorTokenEmulator"  # no real one


@contextlib.contextmanager
def configured() -> Iterator[None]:
    """Our logging, for as long as the block lasts; pytest's own handlers come back afterwards."""
    root = logging.getLogger()
    before = root.handlers[:]
    root.handlers.clear()  # or they would be closed
    configure_logging("DEBUG")
    yield
    root.handlers[:] = before
    structlog.reset_defaults()


@pytest.mark.parametrize("secret", [TOKEN, "4777123456", "+15551234567", "-1001234567890"])
def test_secret_is_redacted(secret: str) -> None:
    assert secret not in redact(f"url https://x/{secret}/getMe and {secret}.")


@pytest.mark.parametrize("harmless", ["2026-11-25", "knowledge 083789a8", "port 42197", "29 U.S.C. 255"])
def test_harmless_text_stays(harmless: str) -> None:
    assert redact(harmless) == harmless


def test_no_logger_lets_a_secret_through(capsys: pytest.CaptureFixture[str]) -> None:
    with configured():
        logging.getLogger("httpx").warning("POST https://api.telegram.org/bot%s/sendMessage", TOKEN)
        logging.getLogger("telegram").error("Received data was %s", {"text": "zanahoria", "chat": 4777123456})
        logging.getLogger("anything").error("chat %s", 4777123456)
        structlog.get_logger().error("event", url=f"/bot{TOKEN}", chat=4777123456)
    written = capsys.readouterr().err
    assert written.count("\n") >= 4
    for secret in (TOKEN, "zanahoria", "4777123456"):
        assert secret not in written


def test_exception_is_named_but_not_told(capsys: pytest.CaptureFixture[str]) -> None:
    with configured():
        try:
            raise ValueError("zanahoria")  # noqa: TRY301
        except ValueError:
            logging.getLogger("anything").exception("it failed")
    written = capsys.readouterr().err
    assert "ValueError" in written
    assert "zanahoria" not in written


def test_the_guard_is_needed() -> None:
    """The same record with a plain formatter shows the secret: the tests above can fail."""
    record = logging.LogRecord("telegram", logging.ERROR, "", 0, "Received data was %s", ("zanahoria",), None)
    assert "zanahoria" in logging.Formatter().format(record)
