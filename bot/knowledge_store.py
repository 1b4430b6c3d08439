"""The knowledge in the running bot: read at the start, read again when a file changes, never replaced by a broken one."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import structlog

from knowledge.errors import InvalidKnowledgeError
from knowledge.loader import Reader
from knowledge.problems import Severity
from knowledge.validation import check

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable
    from pathlib import Path

    from knowledge.knowledge_base import KnowledgeBase
    from knowledge.loader import Stamp
    from knowledge.problems import Problem

#: How often the folder is looked at, in seconds; a change is in force within twice that.
LOOK_EVERY = 0.7

log = structlog.get_logger(__name__)


class KnowledgeStore:
    """Holds the last good knowledge. `problems` are those of the last reading, for the log and the editors' page."""

    def __init__(self, root: Path, today: Callable[[], dt.date]) -> None:
        """Read the folder.

        Raises:
            InvalidKnowledgeError: the content is broken at the start, so there is no last good one.
        """
        self._reader = Reader(root)
        self._today = today
        self._stamps: dict[str, Stamp] = {}
        self.problems: tuple[Problem, ...] = ()
        first = self._read()
        if first is None:
            raise InvalidKnowledgeError(self._errors())
        self.current: KnowledgeBase = first

    def refresh(self) -> bool:
        """Read again if a file changed; True when new content is in force."""
        if self._reader.stamps() == self._stamps:
            return False
        fresh = self._read()
        if fresh is None or fresh.version == self.current.version:
            return False
        self.current = fresh
        log.info("knowledge_reloaded", version=fresh.version)
        return True

    def _read(self) -> KnowledgeBase | None:
        self._stamps = self._reader.stamps()
        content = self._reader.read()
        self.problems = tuple(check(content, self._today()))
        errors = self._errors()
        for problem in errors[:10]:
            log.error("knowledge_refused", problem=problem.text("es"))
        return None if errors else content.knowledge

    def _errors(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.severity is Severity.ERROR]

    async def follow(self) -> None:
        """Look for changes for ever; the reading happens beside the event loop."""
        while True:
            await asyncio.sleep(LOOK_EVERY)
            await asyncio.to_thread(self.refresh)
