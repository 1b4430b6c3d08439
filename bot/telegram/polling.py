"""Polling: asks Telegram for updates and has them answered, in order per chat, losing none.

An update is confirmed to Telegram (by the next `offset`) only when all before it were answered, so that a crash has them
delivered again; `HandledUpdate` then keeps them from being answered twice.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import structlog
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError, TimedOut

from bot.telegram.application import ALLOWED_UPDATES, explain, process_in_order

if TYPE_CHECKING:
    from telegram.ext import Application

log = structlog.get_logger(__name__)

#: Seconds Telegram may hold a request while there is nothing to tell.
LONG_POLL = 25
#: Pauses after failures, in seconds, doubled up to the second.
PAUSE_FIRST, PAUSE_MOST = 1.0, 30.0
#: Seconds given to the answers under way when the process is asked to end.
FINISH_WITHIN = 20.0


class Poller:
    """Fetches batches and lets the application process them."""

    def __init__(self, application: Application) -> None:  # type: ignore[type-arg]
        self._application = application
        self._offset = 0
        self._running: list[asyncio.Task[None]] = []
        self._next_offset = 0

    async def run(self) -> None:
        """Poll until cancelled; what is under way is finished first.

        Raises:
            InvalidToken: Telegram does not know the token.
        """
        await self._take_over()
        pause = PAUSE_FIRST
        try:
            while True:
                try:
                    await self._batch()
                    pause = PAUSE_FIRST
                except TimedOut:
                    continue
                except InvalidToken:
                    raise
                except TelegramError as error:
                    wait = _wait_for(error, pause)
                    log.warning("polling_failed", error=type(error).__name__, hint=explain(error), again_in=wait)
                    await asyncio.sleep(wait)
                    pause = min(pause * 2, PAUSE_MOST)
        finally:
            await self._finish()

    async def _take_over(self) -> None:
        """A webhook left set would make every poll fail; it is removed, its waiting updates kept."""
        try:
            await self._application.bot.delete_webhook(drop_pending_updates=False)
        except InvalidToken:
            raise
        except TelegramError as error:
            log.warning("webhook_not_removed", error=type(error).__name__)

    async def _batch(self) -> None:
        updates = await self._application.bot.get_updates(
            offset=self._offset, timeout=LONG_POLL, allowed_updates=ALLOWED_UPDATES, read_timeout=LONG_POLL + 10
        )
        if not updates:
            return
        self._next_offset = updates[-1].update_id + 1
        self._running = [asyncio.create_task(process_in_order(self._application, update)) for update in updates]
        await asyncio.wait(self._running)
        self._settle()

    def _settle(self) -> None:
        self._running = []
        self._offset = self._next_offset

    async def _finish(self) -> None:
        """Finish what is under way and confirm it to Telegram."""
        if self._running:
            _, unfinished = await asyncio.wait(self._running, timeout=FINISH_WITHIN)
            if unfinished:
                return
            self._settle()
        if self._offset:
            try:
                await self._application.bot.get_updates(offset=self._offset, timeout=0, limit=1)
            except TelegramError as error:
                log.info("offset_not_confirmed", error=type(error).__name__)


def _wait_for(error: TelegramError, pause: float) -> float:
    if isinstance(error, RetryAfter):
        wait = error.retry_after
        return float(wait if isinstance(wait, int | float) else wait.total_seconds())
    return PAUSE_MOST if isinstance(error, Conflict) else pause
