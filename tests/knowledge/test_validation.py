"""Every rule finds its broken example, on its line, and says in both languages what is wrong and how to mend it.

Each folder of `invalid/` is named after the rule it breaks and is laid over the sample content. The table says what else the
example makes the checks find; most make them find nothing else.
"""

from __future__ import annotations

import shutil
import string
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from bot.settings import REPOSITORY
from knowledge.field_mistakes import explain_fields
from knowledge.loader import Reader
from knowledge.problems import Severity
from knowledge.readability import READABILITY_RULES
from knowledge.validation import check
from knowledge.yaml_loader import Document
from knowledge.yaml_mistakes import explain
from tests.builders import copy_sample
from tests.conftest import AS_OF

if TYPE_CHECKING:
    import datetime as dt

    from knowledge.problems import Problem

HERE = Path(__file__).parent
SENTENCES = yaml.safe_load((REPOSITORY / "knowledge" / "problems.yaml").read_text(encoding="utf-8"))

UNIONS = "common/es/unions.yaml"
FACTS = "common/facts.yaml"
CONTACTS = "common/contacts.yaml"
POSTS = "consulates/cr.yaml"
US = "countries/us/country.yaml"
ENGLISH = "countries/cr/en/wage_minimum.yaml"
OFFERS = "offers.yaml"

#: Rule -> file and line where it must be found.
EXAMPLES = {
    # reading
    "not_utf8": (UNIONS, 1),
    "yaml_colon": (UNIONS, 3),
    "yaml_quote": (UNIONS, 3),
    "yaml_bracket": (UNIONS, 4),
    "yaml_brace": (UNIONS, 4),
    "yaml_indent": (UNIONS, 5),
    "yaml_character": (UNIONS, 5),
    "alias": (UNIONS, 3),
    "tag": (UNIONS, 3),
    "two_documents": (UNIONS, 4),
    "key_not_text": (UNIONS, 3),
    "duplicate_key": (UNIONS, 4),
    "unexpected_file": ("countries/cr/fact.yaml", 1),
    # fields
    "missing_field": (UNIONS, 1),
    "unknown_key": (UNIONS, 4),
    "not_a_date": (UNIONS, 1),
    "not_allowed": (CONTACTS, 4),
    "source_not_https": (CONTACTS, 6),
    "value_empty": (UNIONS, 3),
    "not_text": (UNIONS, 3),
    "text_too_short": (UNIONS, 2),
    "text_too_long": (UNIONS, 2),
    "bad_form": (FACTS, 2),
    "not_a_list": (UNIONS, 4),
    "not_a_group": (FACTS, 1),
    "list_empty": (FACTS, 5),
    "not_yes_or_no": (CONTACTS, 9),
    "not_a_number": (US, 13),
    "out_of_range": (US, 13),
    # facts and what owes a source
    "value_not_number": (FACTS, 6),
    "value_missing": (FACTS, 6),
    "rule_with_value": (FACTS, 6),
    "unknown_unit": (FACTS, 4),
    "money_without_date": (FACTS, 6),
    "dates_overlap": (FACTS, 2),
    "dates_unordered": (FACTS, 2),
    "citation_missing": (FACTS, 6),
    "verified_in_future": (FACTS, 6),
    "review_before_verified": (FACTS, 6),
    "fact_unused": (FACTS, 2),
    "label_missing": (FACTS, 3),
    # references between files
    "unknown_region": ("countries/us/facts.yaml", 8),
    "unknown_topic": ("common/es/union.yaml", 1),
    "unknown_category": ("topics.yaml", 7),
    "unknown_language": ("common/qu/wage_minimum.yaml", 1),
    "unknown_country": ("countries/xx/facts.yaml", 1),
    "wrong_place": (US, 2),
    "unknown_contact": ("countries/us/facts.yaml", 4),
    "contact_empty": (CONTACTS, 2),
    "contact_unused": ("countries/us/contacts.yaml", 9),
    "topic_missing": (US, 1),
    # words
    "unknown_fact": (UNIONS, 5),
    "rule_as_figure": ("countries/cr/es/wage_minimum.yaml", 6),
    "stray_brace": (UNIONS, 3),
    "topic_without_facts": ("countries/cr/es/unions.yaml", 1),
    "topic_without_contact": ("countries/us/es/unions.yaml", 1),
    "number_in_words": (UNIONS, 6),
    "too_long": (UNIONS, 1),
    "long": (UNIONS, 1),
    "foreign_letter": (UNIONS, 4),
    "markup": (UNIONS, 3),
    "hard_to_read": (UNIONS, 3),
    # between languages
    "figures_differ": (ENGLISH, 1),
    "steps_differ": (ENGLISH, 6),
    "stale_translation": (ENGLISH, 1),
    "identical_to_original": (ENGLISH, 3),
    "interface_differs": ("interface/en.yaml", 2),
    # consulates and their events
    "post_at_home": (POSTS, 9),
    "post_id_wrong": (POSTS, 9),
    "post_without_region": (POSTS, 9),
    "post_far_away": (POSTS, 14),
    "jurisdiction_unclear": (POSTS, 17),
    "jurisdiction_twice": (POSTS, 17),
    "telephone_form": (POSTS, 16),
    "telephone_abroad": (POSTS, 16),
    "line_empty": (POSTS, 9),
    "unconfirmed_shown": (POSTS, 17),
    "event_post_unknown": ("events.yaml", 3),
    "event_ends_early": ("events.yaml", 9),
    "event_over": ("events.yaml", 2),
    "time_zone_unknown": ("events.yaml", 12),
    # the offer check
    "offer_code_twice": (OFFERS, 35),
    "offer_label_long": (OFFERS, 28),
    "offer_level_missing": (OFFERS, 4),
    "offer_side_missing": (OFFERS, 46),
    "offer_contact_unknown": (OFFERS, 47),
    "offer_fact_unknown": (OFFERS, 45),
    "offer_verdict": (OFFERS, 29),
}
#: Rules that an example breaks besides its own: what must follow from it.
ALSO = {
    "not_a_number": {"unknown_country"},
    "out_of_range": {"unknown_country"},
    "rule_as_figure": {"figures_differ"},
    "telephone_form": {"telephone_abroad"},
    "topic_without_facts": {"topic_without_contact", "topic_missing"},
    "topic_without_contact": {"topic_missing"},
    "unknown_category": {"topic_missing"},
}
#: Rules that only warn; what breaks another keeps the content out of the bot.
WARNINGS = {
    "contact_unused",
    "event_over",
    "fact_unused",
    "hard_to_read",
    "long",
    "stale_translation",
    "telephone_abroad",
    "topic_missing",
}
#: Rules whose example is no file: see the tests below the table.
WITHOUT_FILE = {"register_missing", "not_readable", "broken_yaml", "bad_value"}


def valid_content(target: Path) -> Path:
    """The sample with a second country and posts."""
    folder = copy_sample(target)
    shutil.copytree(HERE / "two_countries", folder, dirs_exist_ok=True)
    return folder


def problems_of(folder: Path, today: dt.date = AS_OF) -> list[Problem]:
    return check(Reader(folder).read(), today, READABILITY_RULES)


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> set[Problem]:
    """What the sample itself lacks."""
    return set(problems_of(valid_content(tmp_path_factory.mktemp("valid") / "knowledge")))


def test_sample_lacks_topics_and_nothing_else(expected: set[Problem]) -> None:
    assert {problem.code for problem in expected} == {"topic_missing"}


@pytest.mark.parametrize("rule", EXAMPLES)
def test_broken_example_is_found_on_its_line(rule: str, expected: set[Problem], tmp_path: Path) -> None:
    folder = valid_content(tmp_path / "knowledge")
    shutil.copytree(HERE / "invalid" / rule, folder, dirs_exist_ok=True)
    found = [problem for problem in problems_of(folder) if problem not in expected]
    assert EXAMPLES[rule] in [(problem.file, problem.line) for problem in found if problem.code == rule]
    assert {problem.code for problem in found} == {rule, *ALSO.get(rule, ())}
    for problem in found:
        assert (problem.severity is Severity.WARNING) == (problem.code in WARNINGS)
        assert problem.text("es") != problem.text("en")


def test_missing_register_is_named(tmp_path: Path) -> None:
    folder = valid_content(tmp_path / "knowledge")
    (folder / "languages.yaml").unlink()
    assert [problem.code for problem in problems_of(folder)] == ["register_missing"]


def test_file_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    folder = valid_content(tmp_path / "knowledge")
    (folder / UNIONS).mkdir()
    assert (UNIONS, "not_readable") in [(problem.file, problem.code) for problem in problems_of(folder)]


def test_mistake_nobody_foresaw_has_its_sentences_too() -> None:
    unknown = yaml.MarkedYAMLError(problem="something new")
    assert explain(unknown, "a: b", "f.yaml").code == "broken_yaml"

    class Strange:
        @staticmethod
        def errors() -> list[dict[str, object]]:
            return [{"type": "something_new", "loc": ("a",), "input": "b", "msg": "in English"}]

    found = explain_fields(Strange(), Document("f.yaml", "a: b", {}), dict)  # type: ignore[arg-type]
    assert [problem.code for problem in found] == ["bad_value"]
    assert "English" not in found[0].text("es")


def test_every_rule_has_an_example() -> None:
    assert set(SENTENCES) == set(EXAMPLES) | WITHOUT_FILE
    assert {path.name for path in (HERE / "invalid").iterdir()} == set(EXAMPLES)


@pytest.mark.parametrize("rule", SENTENCES)
def test_rule_says_what_and_how_in_both_languages(rule: str) -> None:
    spanish, english = SENTENCES[rule]["es"], SENTENCES[rule]["en"]
    for part in ("what", "cure"):
        assert spanish[part].endswith((".", "?"))
        assert english[part].endswith((".", "?"))
        assert spanish[part] != english[part]
    assert gaps(spanish) == gaps(english)
    assert ("hint" in spanish) == ("hint" in english)


def gaps(sentences: dict[str, str]) -> set[str]:
    """Names of the gaps in the sentences of a rule."""
    return {name for text in sentences.values() for _, name, _, _ in string.Formatter().parse(text) if name}


def test_all_content_is_checked_in_two_seconds() -> None:
    """The best of three, since other work may share the machine."""
    folder, times = REPOSITORY / "knowledge", []
    for _ in range(3):
        began = time.perf_counter()
        check(Reader(folder).read(), AS_OF, READABILITY_RULES)
        times.append(time.perf_counter() - began)
    assert min(times) < 2
