"""Headless Chromium, as a phone or as a window."""

from __future__ import annotations

import contextlib
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from selenium import webdriver

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selenium.webdriver.chrome.webdriver import WebDriver

#: Where pictures go; the folder is not kept in git.
SCREENSHOTS = Path(__file__).parent / "screenshots"
_SWITCHES = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--lang=es",
    "--hide-scrollbars",
)


@contextlib.contextmanager
def chromium(*, width: int = 390, height: int = 844, language: str = "es", phone: bool = True) -> Iterator[WebDriver]:
    """A browser of a size in CSS pixels: a phone with a touch screen, or a window on a desk."""
    options = webdriver.ChromeOptions()
    for switch in _SWITCHES:
        options.add_argument(switch)
    programs = ("chromium", "chromium-browser", "google-chrome")
    options.binary_location = next((found for name in programs if (found := shutil.which(name))), "chromium")
    options.add_experimental_option("prefs", {"intl.accept_languages": language})
    if phone:
        screen = {"width": width, "height": height, "pixelRatio": 2.0}
        options.add_experimental_option("mobileEmulation", {"deviceMetrics": screen})
    driver = webdriver.Chrome(options, webdriver.ChromeService(shutil.which("chromedriver")))
    try:
        if not phone:
            driver.set_window_size(width, height)
        yield driver
    finally:
        driver.quit()


def picture(driver: WebDriver, name: str) -> None:
    """Keep a screenshot for people to look at."""
    SCREENSHOTS.mkdir(exist_ok=True)
    driver.save_screenshot(str(SCREENSHOTS / f"{name}.png"))
