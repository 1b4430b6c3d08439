"""The chat page in headless Chromium, with the real bot and the real classifier behind it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import httpx
import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from tests.browser import chromium, picture
from tests.processes import bot

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from selenium.webdriver.chrome.webdriver import WebDriver
    from selenium.webdriver.remote.webelement import WebElement

pytestmark = [pytest.mark.browser, pytest.mark.e2e, pytest.mark.rasa]

QUESTION = "no me han pagado las últimas dos semanas"


@pytest.fixture(scope="module")
async def page(
    free_port: Callable[[], int], tmp_path_factory: pytest.TempPathFactory, nlu: dict[str, str]
) -> AsyncIterator[str]:
    """The address of the page of a running bot without a token."""
    port = free_port()
    async with bot(port, tmp_path_factory.mktemp("page"), **nlu):
        yield f"http://127.0.0.1:{port}/"


async def in_browser(work: Callable[[WebDriver], None], **options: Any) -> None:
    """Selenium blocks, and the servers live in our event loop: drive the browser in a thread."""

    def drive() -> None:
        with chromium(**options) as driver:
            work(driver)

    await asyncio.to_thread(drive)


def answers(driver: WebDriver) -> list[WebElement]:
    return driver.find_elements(By.CSS_SELECTOR, "article.bot:not(.note)")


def wait_for(driver: WebDriver, count: int) -> WebElement:
    """The newest answer, once there are `count`."""
    WebDriverWait(driver, 20).until(lambda _: len(answers(driver)) >= count)
    return answers(driver)[-1]


def wait_until_changed(driver: WebDriver, before: str) -> None:
    """Wait until the newest answer says something else than `before`."""
    WebDriverWait(driver, 20).until(lambda _: answers(driver)[-1].text != before)


def press(driver: WebDriver, label: str) -> None:
    buttons = answers(driver)[-1].find_elements(By.TAG_NAME, "button")
    button = next(button for button in buttons if label in button.text)
    driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", button)
    button.click()


async def test_worker_from_guatemala_in_texas_gets_the_whole_card(page: str) -> None:
    def work(driver: WebDriver) -> None:
        driver.get(page)
        picture(driver, "chat-greeting")
        box = driver.find_element(By.ID, "text")
        box.send_keys(QUESTION, Keys.ENTER)
        first = wait_for(driver, 2)
        assert "Qué hacer" in first.text
        picture(driver, "chat-first-answer")
        press(driver, "Estados Unidos")
        assert "1-866-487-9243" in wait_for(driver, 3).text
        picture(driver, "chat-country")
        press(driver, "Guatemala")
        wait_for(driver, 4)
        press(driver, "Elegir estado")
        wait_for(driver, 5)
        while not any("Texas" in button.text for button in answers(driver)[-1].find_elements(By.TAG_NAME, "button")):
            before = answers(driver)[-1].text
            press(driver, "Más")  # turns the page in place
            wait_until_changed(driver, before)
        assert len(answers(driver)) == 5
        press(driver, "Texas")
        card = wait_for(driver, 6)
        for part in ("180 días", "1-866-487-9243", "Guatemala en Houston", "29 U.S.C.", "Verificado el"):
            assert part in card.text, part
        picture(driver, "chat-card")
        telephone = card.find_element(By.CSS_SELECTOR, 'a[href^="tel:"]')
        assert telephone.get_attribute("href") in {"tel:8008329243", "tel:18664879243"}

    await in_browser(work)


async def test_page_is_usable_with_the_keyboard_alone(page: str) -> None:
    def work(driver: WebDriver) -> None:
        driver.get(page)
        body = driver.find_element(By.TAG_NAME, "body")
        for _ in range(40):
            body.send_keys(Keys.TAB)
            if driver.switch_to.active_element.get_attribute("id") == "text":
                break
        driver.switch_to.active_element.send_keys(QUESTION, Keys.ENTER)
        wait_for(driver, 2)
        assert driver.switch_to.active_element.get_attribute("id") == "text"
        for _ in range(40):
            driver.switch_to.active_element.send_keys(Keys.SHIFT, Keys.TAB)
            if "Menú" in driver.switch_to.active_element.text:
                break
        driver.switch_to.active_element.send_keys(Keys.ENTER)
        assert "Qué necesita" in wait_for(driver, 3).text

    await in_browser(work)


async def test_page_is_named_for_a_screen_reader(page: str) -> None:
    def work(driver: WebDriver) -> None:
        driver.get(page)
        log = driver.find_element(By.CSS_SELECTOR, '[role="log"]')
        assert log.get_attribute("aria-live") == "polite"
        assert driver.find_element(By.TAG_NAME, "html").get_attribute("lang") == "es"
        for field in driver.find_elements(By.CSS_SELECTOR, "textarea, button"):
            assert field.accessible_name, field.get_attribute("outerHTML")
        assert driver.find_element(By.CSS_SELECTOR, "article.bot").get_attribute("aria-label") == "Amparo"

    await in_browser(work)


async def test_page_works_without_a_script(page: str) -> None:
    """What a browser without JavaScript does: it posts the form and shows the page that comes back."""
    async with httpx.AsyncClient(trust_env=False) as client:
        opened = await client.get(page)
        assert '<form id="chat" method="post" action="/">' in opened.text
        asked = await client.post(page, data={"text": QUESTION, "send": "1"})
        assert QUESTION in asked.text
        assert "Qué hacer" in asked.text
        assert '<button name="press" value="work:cr:wage_unpaid">' in asked.text
        chosen = await client.post(page, data={"text": "", "press": "work:cr:wage_unpaid"})
        assert "🇨🇷 Costa Rica" in chosen.text


async def test_page_loads_nothing_from_outside_and_is_small(page: str) -> None:
    def work(driver: WebDriver) -> None:
        driver.get(page)
        wait_for(driver, 1)
        loaded = driver.execute_script("return performance.getEntriesByType('resource').map(e => e.name)")
        assert {urlsplit(address).netloc for address in loaded} <= {urlsplit(page).netloc}

    await in_browser(work)
    async with httpx.AsyncClient(trust_env=False) as client:
        total = 0
        for path in ("", "static/chat.css", "static/chat.js"):
            async with client.stream("GET", page + path) as response:
                total += sum([len(part) async for part in response.aiter_raw()])
        assert total < 12_000


async def test_page_speaks_english_and_opens_a_consulates_link(page: str) -> None:
    def work(driver: WebDriver) -> None:
        driver.get(f"{page}?start=gt-us-houston_en")
        assert "I am Amparo" in wait_for(driver, 1).text
        driver.find_element(By.ID, "text").send_keys("my boss did not pay me for two weeks", Keys.ENTER)
        assert "Guatemala in Houston" in wait_for(driver, 2).text
        picture(driver, "chat-english")

    await in_browser(work, language="en")


async def test_other_sites_cannot_speak_for_the_person(page: str) -> None:
    async with httpx.AsyncClient(trust_env=False) as client:
        foreign = {"origin": "https://evil.example"}
        assert (await client.post(page, data={"press": "erase:yes"}, headers=foreign)).status_code == 403
        assert (await client.post(page, content=b"x" * 70_000)).status_code == 413
        assert (await client.post(page, data={"text": " "})).status_code == 400
        assert (await client.post(page, json={"lat": "nan?", "lon": "1"})).status_code == 400
        answered = await client.get(page)
        assert "default-src 'none'" in answered.headers["content-security-policy"]
        cookie = answered.headers["set-cookie"].lower()
        assert "httponly" in cookie
        assert "samesite=strict" in cookie


async def test_page_speaks_the_language_that_was_chosen(page: str) -> None:
    def work(driver: WebDriver) -> None:
        driver.get(page)
        driver.find_element(By.ID, "text").send_keys("my boss in Texas has not paid me for two weeks", Keys.ENTER)
        wait_for(driver, 2)
        press(driver, "Shall I speak English?")
        assert "What to do" in wait_for(driver, 3).text
        assert driver.find_element(By.ID, "send").text == "Send"
        assert driver.find_element(By.ID, "text").get_attribute("placeholder") == "Write your question"
        picture(driver, "chat-switched")

    await in_browser(work)
