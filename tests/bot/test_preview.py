"""The editors' page without a browser: answers side by side, problems under their line, search, board, reloading."""

from __future__ import annotations

import asyncio
import shutil
from typing import TYPE_CHECKING

import httpx
import pytest

from bot.preview.application import make_preview_application
from bot.preview.asking import Asking
from bot.preview.store import PreviewStore
from bot.preview.texts import block_lines, show_file
from knowledge.problems import Problem, Severity
from tests.builders import copy_sample, make_prediction
from tests.conftest import AS_OF

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.preview.asking import Classify

MINIMUM = "countries/cr/es/wage_minimum.yaml"


class Page:
    """The page, asked without a server."""

    def __init__(self, store: PreviewStore, asking: Asking) -> None:
        self._transport = httpx.ASGITransport(make_preview_application(store, asking, "es"))

    def get(self, path: str, params: dict[str, str] | None = None) -> httpx.Response:
        async def ask() -> httpx.Response:
            async with httpx.AsyncClient(transport=self._transport, base_url="http://page", follow_redirects=True) as client:
                return await client.get(path, params=params)

        return asyncio.run(ask())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copy_sample(tmp_path / "knowledge")


@pytest.fixture
def store(folder: Path) -> PreviewStore:
    return PreviewStore(folder, lambda: AS_OF)


@pytest.fixture
def page(store: PreviewStore) -> Page:
    return Page(store, Asking(None))


def test_answer_is_shown_in_every_language_side_by_side(page: Page) -> None:
    html = page.get("/?country=cr&topic=wage_minimum").text
    assert "₡2\xa0000 al mes" in html
    assert "₡2\xa0000 a month" in html
    assert html.count('class="phone"') == 2


def test_figures_stand_with_value_law_source_dates_and_line(page: Page) -> None:
    html = page.get("/?country=cr&topic=wage_minimum").text
    for expected in ("Decree 3", "https://example.org/2027", "2027-01-01", "2027-12-31", "countries/cr/facts.yaml:19"):
        assert expected in html
    assert "borrador" in html


def test_day_and_region_change_the_answer(page: Page) -> None:
    assert "₡3\xa0000,25 al mes" in page.get("/?country=cr&topic=wage_minimum&as_of=2027-03-01").text
    assert "₡2\xa0500 al mes" in page.get("/?country=cr&topic=wage_minimum&region=CR-L").text


def test_nonsense_in_the_address_falls_back_to_what_is_known(page: Page) -> None:
    answer = page.get("/?country=zz&topic=%3Cscript%3E&region=XX-1&home=qq&as_of=tomorrow&ui=xx")
    assert answer.status_code == 200
    assert "<script>" not in answer.text.split("</head>")[1]


def test_page_speaks_english_when_asked(page: Page) -> None:
    assert "Amparo's workbench" in page.get("/?ui=en").text.replace("&#39;", "'")


def test_missing_text_is_said(page: Page) -> None:
    assert "No hay texto en English" in page.get("/?country=cr&topic=hours_maximum").text


def test_problem_stands_under_its_line(page: Page, store: PreviewStore, folder: Path) -> None:
    path = folder / MINIMUM
    path.write_text(path.read_text(encoding="utf-8").replace("{claim_limit}", "{claim_limits}"), encoding="utf-8")
    assert store.refresh()
    html = page.get("/?country=cr&topic=wage_minimum").text
    line = html.index("{claim_limits} después")
    message = html.index("El texto usa {claim_limits}")
    assert line < message < html.index("note: &#34;Esto")
    assert "El texto usa" in page.get("/problems").text
    assert "el bot sigue con la última versión buena" in html


def test_last_good_answer_stays_while_a_file_is_broken(page: Page, store: PreviewStore, folder: Path) -> None:
    (folder / "countries/cr/facts.yaml").write_text("facts: [\n", encoding="utf-8")
    store.refresh()
    assert "₡2\xa0000 al mes" in page.get("/?country=cr&topic=wage_minimum").text
    html = page.get("/problems").text
    assert html.index("facts: [") < html.index("Aquí se abre un corchete")


def test_page_that_starts_on_broken_content_shows_the_problem_and_follows(folder: Path) -> None:
    path = folder / MINIMUM
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole.replace("{claim_limit}", "{claim_limits}"), encoding="utf-8")
    store = PreviewStore(folder, lambda: AS_OF)
    page = Page(store, Asking(None))
    assert "El texto usa {claim_limits}" in page.get("/?country=cr&topic=wage_minimum").text
    for address in ("/board", "/ask?q=pago", "/search?q=pago"):
        assert page.get(address).status_code == 200
    path.write_text(whole, encoding="utf-8")
    store.refresh()
    assert "₡2\xa0000 al mes" in page.get("/?country=cr&topic=wage_minimum").text


def test_broken_register_leads_to_the_problems(folder: Path) -> None:
    (folder / "topics.yaml").write_text("topics", encoding="utf-8")
    page = Page(PreviewStore(folder, lambda: AS_OF), Asking(None))
    for path in ("/", "/board", "/search?q=pago", "/ask?q=pago"):
        assert page.get(path).status_code == 200
    assert "topics.yaml" in page.get("/").text


def test_saved_file_is_a_new_reading(page: Page, store: PreviewStore, folder: Path) -> None:
    before = page.get("/reading").json()["reading"]
    path = folder / MINIMUM
    path.write_text(path.read_text(encoding="utf-8").replace("Nadie gana menos", "Nadie cobra menos"), encoding="utf-8")
    store.refresh()
    assert page.get("/reading").json()["reading"] == before + 1
    assert "Nadie cobra menos" in page.get("/?country=cr&topic=wage_minimum").text


@pytest.mark.parametrize("typed", ["minimo", "Limón", "800-000-0001", "plazo regional"])
def test_search_finds_texts_figures_and_offices_without_accents(page: Page, typed: str) -> None:
    html = page.get("/search", params={"q": typed}).text
    assert "country=cr" in html


def test_search_for_nothing_known_says_so(page: Page) -> None:
    assert "No se encontró nada" in page.get("/search?q=xyzzy").text


def test_board_shows_every_cell_and_what_is_due(page: Page) -> None:
    html = page.get("/board?as_of=2026-12-20").text
    assert html.count('class="cell ') == 38 * 2
    assert 'class="cell missing"' in html
    assert "salario mínimo" in html


def test_asking_without_a_classifier_searches_by_words_and_says_so(page: Page) -> None:
    html = page.get("/ask?q=salario+minimo&country=cr").text
    assert "Sin el clasificador" in html
    assert "Salario mínimo" in html


def test_asking_shows_topic_confidence_and_answer(store: PreviewStore) -> None:
    from contextlib import asynccontextmanager

    @asynccontextmanager
    async def session() -> AsyncIterator[Classify]:
        async def classify(_: str) -> object:
            return make_prediction("wage_minimum", 0.91)

        yield classify  # type: ignore[misc]

    html = Page(store, Asking(session)).get("/ask?q=cuanto+es+el+minimo&country=cr").text
    assert "91 %" in html
    assert "wage_minimum" in html
    assert "₡2\xa0000 al mes" in html


def test_nothing_comes_from_outside(page: Page) -> None:
    for path in ("/", "/board", "/problems", "/ask", "/search?q=pago"):
        answer = page.get(path)
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert 'src="http' not in answer.text
        assert '<link rel="stylesheet" href="http' not in answer.text


def test_board_file_needs_no_other_file(store: PreviewStore) -> None:
    from bot.preview.board import board_file

    assert store.knowledge is not None
    html = board_file(store.knowledge, AS_OF, "en")
    assert "<style>" in html
    assert "href=" not in html


def test_part_of_a_file_keeps_the_lines_around_a_problem() -> None:
    text = "\n".join(f"line{number}: x" for number in range(1, 21))
    problem = Problem.of("fact_unused", "f.yaml", 10, severity=Severity.WARNING, fact="x")
    shown = show_file("f.yaml", text, [problem], "es", only=[1, 2])
    assert [line.number for line in shown.lines] == [1, 2, 8, 9, 10, 11, 12]
    assert [line.number for line in shown.lines if line.gap] == [8]
    assert shown.problems == 1


def test_block_ends_where_the_indentation_does() -> None:
    text = "facts:\n  a:\n    unit: x\n\n    values: []\n\n  b:\n    unit: y\n"
    assert list(block_lines(text, 2)) == [2, 3, 4, 5]
    assert list(block_lines(text, 99)) == []


def test_folder_that_is_gone_is_no_stack_trace(folder: Path) -> None:
    store = PreviewStore(folder, lambda: AS_OF)
    shutil.rmtree(folder)
    assert store.refresh()
    assert store.errors
