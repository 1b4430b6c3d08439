"""The content as the editors' page sees it: the last reading with all its problems, and the last good knowledge.

Until there is a good one, `knowledge` is what could be read, and answering from it may fail anywhere.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from knowledge.loader import Reader
from knowledge.problems import Severity
from knowledge.readability import READABILITY_RULES
from knowledge.validation import check

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable
    from pathlib import Path

    from knowledge.knowledge_base import KnowledgeBase
    from knowledge.loader import Content, ParsedFile
    from knowledge.problems import Problem

#: How often the folder is looked at, in seconds.
LOOK_EVERY = 0.4


class PreviewStore:
    """Reads the folder when a file was saved. `reading` counts the readings, so that a page knows when it is old."""

    def __init__(self, root: Path, today: Callable[[], dt.date]) -> None:
        self._reader = Reader(root)
        self.today = today
        self.reading = 0
        self.content: Content
        self.problems: tuple[Problem, ...] = ()
        self.knowledge: KnowledgeBase | None = None
        self.is_sound = False
        self._read()

    @property
    def errors(self) -> list[Problem]:
        """What keeps the last reading out of the bot."""
        return [problem for problem in self.problems if problem.severity is Severity.ERROR]

    def file(self, name: str) -> ParsedFile | None:
        """One file of the last reading."""
        return next((file for file in self.content.files if file.file == name), None)

    def text(self, name: str) -> str:
        """The text of a file as written, also of one that cannot be read as YAML."""
        file = self.file(name)
        if file and file.text:
            return file.text
        try:
            return (self._reader.root / name).read_text(encoding="utf-8", errors="replace")
        except OSError:
            return ""

    def problems_of(self, name: str) -> list[Problem]:
        """What is wrong with one file."""
        return [problem for problem in self.problems if problem.file == name]

    def refresh(self) -> bool:
        """Read again if a file changed."""
        if self._reader.stamps() == self._stamps:
            return False
        self._read()
        return True

    def _read(self) -> None:
        self._stamps = self._reader.stamps()
        self.content = self._reader.read()
        self.problems = tuple(check(self.content, self.today(), READABILITY_RULES))
        if self.content.knowledge is not None and (not self.errors or not self.is_sound):
            self.knowledge, self.is_sound = self.content.knowledge, not self.errors
        self.reading += 1

    async def follow(self) -> None:
        """Look for saved files for ever; the reading happens beside the event loop."""
        while True:
            await asyncio.sleep(LOOK_EVERY)
            await asyncio.to_thread(self.refresh)
