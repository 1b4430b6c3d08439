"""The knowledge as it is shipped, read once for all tests that are about its content."""

from __future__ import annotations

import datetime as dt
import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from knowledge.loader import load_knowledge_base

if TYPE_CHECKING:
    from knowledge.knowledge_base import KnowledgeBase
    from knowledge.offer_models import OffersFile

#: A day on which nothing of the shipped consulates has expired.
AS_OF = dt.date(2026, 11, 25)
FOLDER = Path(os.environ.get("AMPARO_KNOWLEDGE_DIR") or Path(__file__).parent.parent / "knowledge")


@cache
def real_knowledge() -> KnowledgeBase:
    return load_knowledge_base(FOLDER)


def real_offers() -> OffersFile:
    """The shipped checklist."""
    offers = real_knowledge().offers
    assert offers is not None
    return offers
