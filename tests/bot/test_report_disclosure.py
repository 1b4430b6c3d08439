"""Attackers who know every published number, and how they were made, cannot work out one that was withheld."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.reports.consulate_report import OTHERS, make_report
from bot.reports.counts import OPENED, OUTCOMES, Count, part_of
from bot.reports.disclosure import LEAST, protect, rounded, withheld_cells

TODAY = dt.date(2027, 1, 15)
DAYS = [dt.date(2026, 11, day) for day in (3, 10, 17, 25)]
TOPICS = ("wage_unpaid", "work_injury", "emergency", "housing")
POST = "gt-us-houston"
STORED = {"answered": "answer", "asked": "ask", "unanswered": "not_covered"}

#: The largest total tried by brute force.
MOST = 48

cells = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 40), min_size=1)


@settings(max_examples=400)
@given(cells)
def test_what_is_withheld_is_two_cells_or_more_and_ten_or_more(counts):
    group = protect(counts)

    assert all(count >= LEAST for count in group.shown.values())
    if group.total is None:
        assert not group.shown
        return
    hidden = set(counts) - set(group.shown)
    if hidden:
        assert len(hidden) > 1
        assert group.total - sum(group.shown.values()) >= LEAST
        assert group.others == sum(counts[name] for name in hidden)


@settings(max_examples=200)
@given(cells, st.sets(st.sampled_from("abcdefgh")))
def test_what_another_table_forbids_is_withheld_too(counts, forbidden):
    assert not forbidden & set(protect(counts, also=forbidden).shown)


def test_a_second_cell_is_withheld_where_one_could_be_computed():
    assert withheld_cells({"a": 50, "b": 30, "c": 4}) == {"c", "b"}
    assert withheld_cells({"a": 50, "b": 30, "c": 4, "d": 5}) == {"b", "c", "d"}
    assert withheld_cells({"a": 50, "b": 30, "c": 4, "d": 6}) == {"c", "d"}
    assert withheld_cells({"a": 10, "b": 9, "c": 9}) == {"a", "b", "c"}
    assert withheld_cells({"a": 50, "b": 30}) == frozenset()


@pytest.mark.parametrize("size", [2, 3])
def test_an_attacker_who_knows_the_rule_and_tries_every_table_cannot_tell_a_withheld_cell(size):
    """Every table of small numbers that gives the same publication: each withheld cell takes several values among them."""
    seen = defaultdict(list)
    for values in product(range(MOST + 1), repeat=size):
        if LEAST <= sum(values) <= MOST:  # all tables with such a total are tried
            counts = dict(zip("abc", values, strict=False))
            group = protect(counts)
            seen[group.total, tuple(sorted(group.shown.items()))].append(counts)
    for (_, shown), tables in seen.items():
        for name in set(tables[0]) - {shown_name for shown_name, _ in shown}:
            assert len({table[name] for table in tables}) >= 4, tables


# --- the whole of a month's tables, attacked by linear algebra -----------------------------------------------------------

numbers = st.sampled_from([0, 0, 0, 1, 2, 4, 8, 9, 10, 11, 15, 30])
messages = st.dictionaries(st.tuples(st.sampled_from(TOPICS), st.sampled_from(DAYS), st.sampled_from(OUTCOMES)), numbers)


def rows_of(counts, opened=12, link=POST):
    rows = [Count(DAYS[0], link, OPENED, "us", "es", "opened", opened)]
    rows += [Count(day, link, topic, "us", "es", STORED[kind], number) for (topic, day, kind), number in counts.items()]
    return rows


def report(rows, subject=POST, first=DAYS[0], last=DAYS[-1], today=TODAY):
    return make_report(rows, subject, first, last, TOPICS, today)


def equations(table):
    """What is published, as (which atoms are added up, their sum)."""

    def atoms(topic=None, part=None, kind=None):
        return [
            (t, p, k)
            for t, p, k in product(TOPICS, "1234", OUTCOMES)
            if topic in {None, t} and part in {None, p} and kind in {None, k}
        ]

    found = []
    if table.topics.total is not None:
        found.append((atoms(), table.topics.total))
    found += [(atoms(topic=topic), number) for topic, number in table.topics.shown.items()]
    found += [(atoms(kind=kind), number) for kind, number in table.outcomes.shown.items()]
    found += [(atoms(topic=topic, kind="unanswered"), number) for topic, number in table.unanswered.shown.items()]
    if table.unanswered.total is not None:
        found.append((atoms(kind="unanswered"), table.unanswered.total))
    for topic, group in table.weeks.items():
        found += [(atoms(topic=topic, part=part), number) for part, number in group.shown.items()]
    return found, atoms


class Solver:
    """Exact linear algebra: tells the value of a sum of atoms if the published equations fix it."""

    def __init__(self, found):
        self.rows = {}
        for chosen, number in found:
            self._add({atom: Fraction(1) for atom in chosen}, Fraction(number))

    def _reduce(self, vector, number):
        vector = dict(vector)
        for pivot, (row, value) in self.rows.items():
            factor = vector.get(pivot)
            if factor:
                for atom, weight in row.items():
                    vector[atom] = vector.get(atom, 0) - factor * weight
                number -= factor * value
        return {atom: weight for atom, weight in vector.items() if weight}, number

    def _add(self, vector, number):
        rest, number = self._reduce(vector, number)
        if not rest:
            assert number == 0
            return
        pivot = min(rest)
        scale = rest[pivot]
        row, value = {atom: weight / scale for atom, weight in rest.items()}, number / scale
        for other, (old, old_value) in list(self.rows.items()):
            factor = old.get(pivot)
            if factor:
                changed = {atom: old.get(atom, 0) - factor * row.get(atom, 0) for atom in {*old, *row}}
                self.rows[other] = ({atom: weight for atom, weight in changed.items() if weight}, old_value - factor * value)
        self.rows[pivot] = (row, value)

    def value(self, chosen):
        rest, number = self._reduce({atom: Fraction(1) for atom in chosen}, Fraction(0))
        return None if rest else -number


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(messages)
def test_no_cell_under_ten_can_be_computed_from_all_that_is_told_of_a_month(counts):
    for table in report(rows_of(counts)).tables:
        found, atoms = equations(table)
        solver = Solver(found)
        families = [
            *(atoms(topic=topic) for topic in TOPICS),
            *(atoms(kind=kind) for kind in OUTCOMES),
            *(atoms(topic=topic, kind=kind) for topic in TOPICS for kind in OUTCOMES),
            *(atoms(topic=topic, part=part) for topic in TOPICS for part in "1234"),
            *(atoms(part=part) for part in "1234"),
        ]
        for family in families:
            value = solver.value(family)
            assert value is None or value >= LEAST, (family, value)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(messages)
def test_what_is_told_is_true(counts):
    for table in report(rows_of(counts)).tables:
        for topic, number in table.topics.shown.items():
            assert number == sum(n for (t, _, _), n in counts.items() if t == topic)
        for topic, group in table.weeks.items():
            for part, number in group.shown.items():
                assert number == sum(n for (t, d, _), n in counts.items() if t == topic and part_of(d) == part)


@pytest.mark.parametrize(
    ("first", "last"), [("2026-11-01", "2026-11-30"), ("2026-11-29", "2026-11-30"), ("2026-11-05", "2026-11-05")]
)
def test_reports_over_other_days_of_a_month_are_the_same_and_cannot_be_subtracted(first, last):
    rows = rows_of({(TOPICS[0], DAYS[0], "answered"): 30, (TOPICS[1], DAYS[1], "asked"): 11})

    assert report(rows, first=dt.date.fromisoformat(first), last=dt.date.fromisoformat(last)).tables == report(rows).tables


def test_a_link_appears_once_ten_people_came_by_it_not_before():
    for today in (DAYS[0], TODAY):
        assert report(rows_of({}, opened=9), today=today).tables == ()
        assert report(rows_of({}, opened=9), today=today).since_begun == {}
        shown = report(rows_of({}, opened=10), today=today)
        assert shown.tables[0].people.shown == {POST: 10}
        assert shown.since_begun == {POST: 10}


def test_a_campaign_with_few_people_hides_behind_the_other_links():
    rows = (
        rows_of({}, opened=40) + rows_of({}, opened=25, link=f"{POST}_feria") + rows_of({}, opened=3, link=f"{POST}_radio")
    )
    people = report(rows).tables[0].people

    assert people.total == 68
    assert people.shown == {POST: 40}
    assert people.others == 28


def test_small_posts_are_told_together_and_a_single_one_not_at_all():
    one = rows_of({(TOPICS[0], DAYS[0], "answered"): 50}, opened=6, link="gt-us-miami")
    two = rows_of({(TOPICS[0], DAYS[0], "answered"): 50}, opened=6, link="gt-us-omaha")

    assert report(one, subject="gt").tables == ()
    together = report(one + two, subject="gt").tables
    assert [table.unit for table in together] == [OTHERS]
    assert together[0].topics.shown == {TOPICS[0]: 100} or together[0].topics.shown == {}
    assert report(one + two, subject="gt-us-miami").tables == ()


def test_a_countrys_figures_are_sums_of_what_its_posts_tell():
    large = rows_of({(TOPICS[0], DAYS[0], "answered"): 30, (TOPICS[1], DAYS[0], "answered"): 12}, opened=20)
    other = rows_of(
        {(TOPICS[0], DAYS[0], "answered"): 5, (TOPICS[1], DAYS[0], "answered"): 40}, opened=20, link="gt-us-miami"
    )
    country = report(large + other, subject="gt")
    posts = [report(large + other, subject=post) for post in (POST, "gt-us-miami")]

    assert country.tables == tuple(table for one in posts for table in one.tables)


def test_a_month_that_is_not_over_is_told_in_tens():
    rows = rows_of({(TOPICS[0], DAYS[0], "answered"): 37, (TOPICS[1], DAYS[0], "unanswered"): 12}, opened=19)
    table = report(rows, today=DAYS[-1]).tables[0]

    assert table.running
    assert table.people.shown == {POST: 10}
    assert table.topics.shown == {TOPICS[0]: 30, TOPICS[1]: 10}
    assert table.weeks == {}


@given(cells)
def test_a_rounded_group_tells_tens_only(counts):
    group = rounded(counts)

    assert all(number % 10 == 0 and number >= 10 for number in group.shown.values())


def test_rows_of_other_countries_and_without_link_count_nothing():
    rows = [*rows_of({}, opened=30, link="mx-us-dallas"), *rows_of({}, opened=30, link="")]

    assert report(rows, subject="gt").tables == ()
