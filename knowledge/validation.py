"""The cross-file rules: each a small function from the whole content to its problems, gathered by subject.

`check` runs them all; `tests/knowledge/invalid/` holds one broken example per rule.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from knowledge.validation_consulates import CONSULATE_RULES
from knowledge.validation_events import EVENT_RULES
from knowledge.validation_facts import FACT_RULES
from knowledge.validation_offers import OFFER_RULES
from knowledge.validation_references import REFERENCE_RULES
from knowledge.validation_translations import TRANSLATION_RULES
from knowledge.validation_words import WORD_RULES

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable

    from knowledge.knowledge_base import KnowledgeBase
    from knowledge.loader import Content
    from knowledge.problems import Problem

Rule: TypeAlias = "Callable[[Content, KnowledgeBase, dt.date], Iterable[Problem]]"

RULES: tuple[Rule, ...] = (
    *FACT_RULES,
    *REFERENCE_RULES,
    *WORD_RULES,
    *TRANSLATION_RULES,
    *CONSULATE_RULES,
    *EVENT_RULES,
    *OFFER_RULES,
)


def check(content: Content, today: dt.date, more: Iterable[Rule] = ()) -> list[Problem]:
    """All problems of a reading, sorted by file and line; those of single files only when the registers are unreadable.

    Args:
        content: what was read.
        today: the day from which the past and the future are told.
        more: rules beyond those that keep content out of the bot, such as readability.
    """
    problems = list(content.problems)
    if content.knowledge is not None:
        for rule in (*RULES, *more):
            problems.extend(rule(content, content.knowledge, today))
    return sorted(set(problems))
