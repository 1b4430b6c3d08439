"""The report as page, PDF and CSV, from the stored counts to the file; nothing withheld is in any of them."""

from __future__ import annotations

import asyncio
import csv
import datetime as dt
import io
import json
import random
import re

import pypdfium2
import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.reports.charts import bar_chart, share_chart
from bot.reports.consulate_report import make_report
from bot.reports.counts import OPENED, Count, Month, days_of_part, months_between, part_of
from bot.reports.report_files import report_csv, report_page, report_pdf
from bot.reports.report_words import ReportWords
from bot.storage.database import make_engine, make_sessions, migrate
from bot.storage.repositories import Counted, PreferenceRepository
from tests.real_knowledge import FOLDER, real_knowledge

TODAY = dt.date(2027, 2, 10)
POST = "gt-us-houston"


def some_rows(seed=7):
    """Two months of a busy post with a campaign, and a post that two people use."""
    chance = random.Random(seed)
    rows = []
    for number in range(59):
        day = dt.date(2026, 11, 1) + dt.timedelta(days=number)
        link = POST if number % 3 else f"{POST}_feria2026"
        rows.append(Count(day, link, OPENED, "us", "es", "opened", chance.randrange(4)))
        for topic, weight in (("wage_unpaid", 9), ("work_injury", 3), ("consulate_find", 2), ("housing", 1)):
            for outcome, part in (("answer", 1.0), ("ask", 0.3), ("not_covered", 0.2)):
                rows.append(Count(day, link, topic, "us", "es", outcome, int(chance.random() * weight * part + 0.5)))
        rows.append(Count(day, link, "wage_unpaid", "us", "es", "useful", chance.randrange(3)))
    rows.append(Count(dt.date(2026, 11, 5), "gt-us-miami", OPENED, "us", "es", "opened", 2))
    rows.append(Count(dt.date(2026, 11, 5), "gt-us-miami", "emergency", "us", "es", "danger", 7))
    return rows


def words(language="es", subject="gt", today=TODAY):
    topics = list(real_knowledge().register.topics)
    report = make_report(some_rows(), subject, dt.date(2026, 11, 1), dt.date(2026, 12, 31), topics, today)
    return ReportWords(real_knowledge(), report, language)


def test_no_number_under_ten_stands_in_the_csv():
    lines = list(csv.DictReader(io.StringIO(report_csv(words()))))

    assert {line["table"] for line in lines} == {"people", "topics", "outcomes", "unanswered", "votes", "weeks"}
    assert all(int(line["count"]) >= 10 for line in lines)
    assert not any("miami" in line["unit"] for line in lines)


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_page_needs_nothing_from_outside_and_tells_no_small_number(language):
    page = report_page(words(language), TODAY)

    assert not re.search(r'(?:src|href)="', page)
    assert "http" not in page
    assert "Houston" in page
    assert "miami" not in page.lower()
    told = re.findall(r'class="n">(\d+)<', page) + re.findall(r"<td>(\d+)</td>", page)
    assert told
    assert all(int(number) >= 10 for number in told)


def test_the_pdf_has_the_same_topics():
    document = pypdfium2.PdfDocument(report_pdf(words(), TODAY))
    text = "".join(document[number].get_textpage().get_text_range() for number in range(len(document)))
    document.close()

    assert real_knowledge().common.words_of("wage_unpaid", "es").title in text
    assert "Uso" in text or "Período" in text


def test_a_report_without_numbers_says_so():
    empty = ReportWords(real_knowledge(), make_report([], "gt", TODAY, TODAY, [], TODAY), "es")

    assert "menos de 10" in report_page(empty, TODAY)
    assert report_csv(empty).count("\n") == 1
    assert report_pdf(empty, TODAY).startswith(b"%PDF")


def test_charts_escape_what_they_are_given():
    assert "<script>" not in bar_chart([("<script>", 10)], "<b>")
    assert "<script>" not in share_chart([("<script>", 10)], "<b>")


def test_months_and_their_parts():
    months = list(months_between(dt.date(2026, 11, 30), dt.date(2027, 1, 1)))

    assert [str(month) for month in months] == ["2026-11", "2026-12", "2027-01"]
    assert [part_of(dt.date(2026, 11, day)) for day in (1, 7, 8, 21, 22, 30)] == ["1", "1", "2", "3", "4", "4"]
    assert [days_of_part(Month(2027, 2), part) for part in "14"] == ["1-7", "22-28"]


# --- from the stored counts ----------------------------------------------------------------------------------------------


def store(url, people):
    async def fill():
        await migrate(url)
        engine = make_engine(url)
        repository = PreferenceRepository(make_sessions(engine))
        today = dt.datetime.now(dt.UTC).date()
        opened = Counted(today, OPENED, "opened", "es", "us", POST)
        await repository.count([opened] * people)
        await engine.dispose()

    asyncio.run(fill())


def run(tmp_path, *arguments):
    environment = {"AMPARO_KNOWLEDGE_DIR": str(FOLDER), "AMPARO_DATA_DIR": str(tmp_path)}
    day = dt.datetime.now(dt.UTC).date().isoformat()
    return CliRunner().invoke(app, ["consulate", "report", *arguments, "--from", day, "--to", day], env=environment)


@pytest.mark.parametrize(("people", "shown"), [(9, False), (10, True), (17, True)])
def test_a_link_appears_in_the_stored_report_once_ten_people_used_it(tmp_path, people, shown):
    store(f"sqlite+aiosqlite:///{tmp_path / 'amparo.db'}", people)
    result = run(tmp_path, POST, "--json")

    assert result.exit_code == 0
    data = json.loads(result.output)
    assert data["since_begun"] == ({POST: 10} if shown else {})
    assert bool(data["tables"]) is shown


def test_the_command_writes_page_pdf_and_csv(tmp_path):
    store(f"sqlite+aiosqlite:///{tmp_path / 'amparo.db'}", 30)
    result = run(tmp_path, "gt", "--out", str(tmp_path / "reports"))

    assert result.exit_code == 0
    assert sorted(file.suffix for file in (tmp_path / "reports").iterdir()) == [".csv", ".html", ".pdf"]


def test_an_unknown_country_is_refused(tmp_path):
    assert run(tmp_path, "zz-us-houston").exit_code == 2
