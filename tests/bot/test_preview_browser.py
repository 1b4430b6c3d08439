"""The editors' page in headless Chromium, served by the real command: it follows the files, and speaks of what is wrong.

Screenshots are left in tests/screenshots for people to look at.
"""

from __future__ import annotations

import contextlib
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException

from bot.settings import REPOSITORY
from tests.browser import chromium, picture
from tests.builders import copy_sample

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from selenium.webdriver.chrome.webdriver import WebDriver

pytestmark = pytest.mark.browser

WORDS = "countries/cr/es/wage_minimum.yaml"


@pytest.fixture(scope="module")
def browser() -> Iterator[WebDriver]:
    with chromium(width=1360, height=1000, phone=False) as driver:
        yield driver


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copy_sample(tmp_path / "knowledge")


@pytest.fixture
def address(folder: Path) -> Iterator[str]:
    command = [sys.executable, "-m", "bot", "knowledge", "preview", "--dir", str(folder), "--port", "0", "--no-classifier"]
    with subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
        process.send_signal(signal.SIGINT)
        process.wait(timeout=20)


def wait_for(browser: WebDriver, text: str, within: float = 10) -> float:
    """Seconds until the page shows `text`."""
    began = time.perf_counter()
    while time.perf_counter() - began < within:
        with contextlib.suppress(NoSuchElementException, StaleElementReferenceException):  # between two pages there is none
            if text in browser.find_element("tag name", "body").text.replace("\xa0", " "):
                return time.perf_counter() - began
        time.sleep(0.05)
    raise AssertionError(f"not shown within {within} s: {text}")


def rewrite(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_page_follows_the_files_as_they_are_saved(browser: WebDriver, address: str, folder: Path) -> None:
    browser.get(f"{address}?country=cr&topic=wage_minimum&as_of=2026-11-25")
    wait_for(browser, "Nadie gana menos del mínimo.")
    picture(browser, "preview_answers")
    rewrite(folder / WORDS, "Nadie gana menos", "Nadie debe ganar menos")
    assert wait_for(browser, "Nadie debe ganar menos del mínimo.") < 3
    rewrite(folder / WORDS, "{claim_limit}", "{claim_limits}")
    wait_for(browser, "El texto usa {claim_limits}, que no está en facts.yaml.")
    wait_for(browser, "el bot sigue con la última versión buena")
    browser.find_element("css selector", ".files").location_once_scrolled_into_view  # noqa: B018  # scrolls when it is read
    picture(browser, "preview_problem")
    rewrite(folder / WORDS, "{claim_limits}", "{claim_limit}")
    wait_for(browser, "Al día")


def test_selectors_change_the_answer(browser: WebDriver, address: str) -> None:
    from selenium.webdriver.support.ui import Select

    browser.get(f"{address}?country=cr&topic=wage_minimum&as_of=2026-11-25")
    wait_for(browser, "₡2 000 al mes")
    Select(browser.find_element("name", "region")).select_by_value("CR-L")
    wait_for(browser, "₡2 500 al mes")
    Select(browser.find_element("name", "topic")).select_by_value("wage_unpaid")
    wait_for(browser, "En Limón hay una oficina.")


def test_search_box_leads_to_the_answer(browser: WebDriver, address: str) -> None:
    browser.get(address)
    box = browser.find_element("css selector", "input[type=search]")
    box.send_keys("oficina de limon\n")
    wait_for(browser, "No le pagaron")
    browser.find_element("css selector", ".found a").click()
    wait_for(browser, "Tiene derecho a su pago.")


def test_board_leads_to_the_answer_of_a_cell(browser: WebDriver, address: str) -> None:
    browser.get(f"{address}board?ui=en")
    wait_for(browser, "Board of topics")
    picture(browser, "preview_board")
    browser.find_element("css selector", ".cell.draft a").click()
    wait_for(browser, "Figures and rules of this topic")


def test_question_is_answered_on_the_page(browser: WebDriver, address: str) -> None:
    browser.get(f"{address}ask?country=cr")
    browser.find_element("css selector", ".question input").send_keys("cuánto es el salario mínimo\n")
    wait_for(browser, "Salario mínimo", within=60)
    picture(browser, "preview_ask")


def test_page_fits_a_narrow_window(browser: WebDriver, address: str) -> None:
    browser.set_window_size(520, 900)
    try:
        for path in ("?country=cr&topic=wage_minimum", "board", "problems", "ask"):
            browser.get(f"{address}{path}")
            assert browser.execute_script("return document.documentElement.scrollWidth <= window.innerWidth")
        picture(browser, "preview_narrow")
    finally:
        browser.set_window_size(1360, 1000)


def test_console_has_no_error(browser: WebDriver, address: str) -> None:
    browser.get("about:blank")
    browser.get_log("browser")
    for path in ("?country=cr", "board", "problems", "search?q=pago"):
        browser.get(f"{address}{path}")
    time.sleep(1.5)
    assert [entry for entry in browser.get_log("browser") if entry["level"] == "SEVERE"] == []
