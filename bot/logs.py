"""Logging: JSON lines or console, with nothing in them that leads to a person.

httpx puts the bot token into every address it logs, PTB prints message contents when it cannot parse an update: both are
raised to WARNING and every record passes a redaction that knows tokens and long digit strings.
"""

from __future__ import annotations

import logging
import re
import sys
from typing import TYPE_CHECKING

import structlog

if TYPE_CHECKING:
    from structlog.typing import EventDict, WrappedLogger

_TOKEN = re.compile(r"\d{5,}:[A-Za-z0-9_-]{20,}")
_LONG_NUMBER = re.compile(r"(?<![A-Za-z0-9])[+-]?\d{7,}(?![A-Za-z0-9])")
#: Loggers that would print addresses with the token, updates or message contents.
_CHATTY = ("httpx", "httpcore", "telegram", "telegram.ext", "uvicorn.access", "asyncio", "alembic", "aiosqlite")


def redact(text: str) -> str:
    """A text without bot tokens and without numbers long enough to be a chat id or a telephone."""
    return _LONG_NUMBER.sub("[number]", _TOKEN.sub("[token]", text))


def _redact_event(_logger: WrappedLogger, _name: str, event: EventDict) -> EventDict:
    return {key: redact(str(value)) if isinstance(value, str | int) else value for key, value in event.items()}


class _SafeFormatter(logging.Formatter):
    """Formats records of other libraries: the message redacted, exceptions reduced to their type."""

    def format(self, record: logging.LogRecord) -> str:
        kind = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else ""
        text = (
            record.getMessage()
            if not record.name.startswith(("telegram", "httpx", "httpcore"))
            else record.levelname.lower()
        )
        return redact(f"{record.levelname.lower()} {record.name}: {text} {kind}".rstrip())


def configure_logging(level: str = "INFO") -> None:
    """Set up structlog and the standard library's logging, both to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_SafeFormatter())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in _CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)
    as_lines = structlog.dev.ConsoleRenderer(colors=False) if sys.stderr.isatty() else structlog.processors.JSONRenderer()
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _redact_event,
            as_lines,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level)),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
