"""A real office in a temporary folder, served to a test client or to a real Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import Browser, Page, sync_playwright

from tests.review_ui.office import Office, open_office
from tests.review_ui.seats import seated
from tests.review_ui.serving import serving

CHROMIUM = Path("/usr/bin/chromium")
OFFICER = "สมชาย ใจเย็น"
_ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return open_office(tmp_path)


@pytest.fixture
def client(office: Office) -> Iterator[TestClient]:
    """A browser without JavaScript, with an officer at it."""
    with TestClient(office.app(), follow_redirects=False) as client:
        client.cookies.set("saraban_officer", quote(OFFICER))
        yield client


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip(f"no Chromium at {CHROMIUM}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=_ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def address(office: Office) -> Iterator[str]:
    """The address of the office on a free port."""
    with serving(office.app()) as address:
        yield address


@pytest.fixture
def tab(browser: Browser, address: str) -> Iterator[Page]:
    """A browser tab on an office computer; it must stay in the office and raise no error."""
    with seated(browser, address, OFFICER) as page:
        yield page


def check_and_save(tab: Page) -> None:
    """Make sure of every field that needs it, with Enter, and save with Ctrl+Enter."""
    tab.keyboard.press("F8")
    for _ in range(50):
        if tab.locator("[data-left]").text_content() == "ดูครบแล้ว":
            break
        tab.keyboard.press("Enter")
    tab.keyboard.press("Control+Enter")
