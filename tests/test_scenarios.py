"""What editors expect of the bot, from their own tables: the answer on a topic holds the terms.

The other half, from question to topic, is `test_scenario_questions.py`.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from actions.answer import answer_topic
from actions.context import Context
from actions.profile import UserProfile
from bot.rendering.plain import plain_text
from tests.scenario_tables import Scenario, scenarios

if TYPE_CHECKING:
    from knowledge.knowledge_base import KnowledgeBase

ALL = scenarios()
#: The least number of rows in each country and category.
AT_LEAST = 5


def folded(text: str) -> str:
    """Without case and without the kinds of space that formats of numbers use."""
    return " ".join(text.casefold().split())


def holds(said: str, term: str) -> bool:
    """Whether the answer holds the term; `2 años` does not stand in `12 años`."""
    return re.search(rf"(?<!\d){re.escape(folded(term))}(?!\d)", said) is not None


def answer(knowledge: KnowledgeBase, row: Scenario) -> str:
    profile = UserProfile(language=row.language, work_country=row.country, region=row.region, home_country=row.home)
    return folded(plain_text(answer_topic(Context(knowledge, profile, row.as_of), row.topic)))


@pytest.mark.parametrize("row", ALL, ids=lambda row: row.id)
def test_answer_holds_what_the_editors_expect(row: Scenario, knowledge: KnowledgeBase) -> None:
    said = answer(knowledge, row)
    assert [term for term in row.says if not holds(said, term)] == [], said
    assert [term for term in row.never if holds(said, term)] == [], said


def test_tables_name_known_countries_categories_and_topics(knowledge: KnowledgeBase) -> None:
    for row in ALL:
        country, _, category = row.file.partition("/")
        assert row.country == country
        assert knowledge.register.topics[row.topic].category == category
        assert row.region is None or row.region in knowledge.countries[country].country.regions
        assert row.home is None or row.home in knowledge.countries


def test_every_country_and_category_has_five(knowledge: KnowledgeBase) -> None:
    counted = Counter(row.file for row in ALL)
    wanted = {f"{country}/{category}" for country in knowledge.countries for category in knowledge.register.categories}
    assert {file: counted[file] for file in wanted if counted[file] < AT_LEAST} == {}


def test_every_topic_has_a_scenario_somewhere(knowledge: KnowledgeBase) -> None:
    assert set(knowledge.register.topics) - {row.topic for row in ALL} == set()


def test_no_question_is_written_twice() -> None:
    assert [text for text, count in Counter(folded(row.question) for row in ALL).items() if count > 1] == []
