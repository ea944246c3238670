"""Officers at their browsers: each has a context, and so a cookie, of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote, urlsplit

from playwright.sync_api import Browser, Page, Route, expect

# A machine that does much else at once is slow; a test that fails says something of the desk.
_PATIENCE = 20_000  # milliseconds
_MOMENT = 20  # milliseconds
expect.set_options(timeout=_PATIENCE)


@contextmanager
def seated(
    browser: Browser, address: str, officer: str, supervisor: bool = False, **context: Any
) -> Iterator[Page]:
    """A tab of this officer; it must stay in the office and raise no error."""
    settings = {"viewport": {"width": 1366, "height": 768}, "base_url": address} | context
    opened = browser.new_context(**settings)
    cookies = {"saraban_officer": quote(officer), "saraban_supervisor": "yes" if supervisor else ""}
    for name, value in cookies.items():
        if value:
            opened.add_cookies([{"name": name, "value": value, "url": address}])
    page = opened.new_page()
    page.set_default_timeout(_PATIENCE)
    _hands_wait(page)
    strangers: list[str] = []
    errors: list[str] = []
    home = urlsplit(address).netloc
    opened.on("request", lambda r: urlsplit(r.url).netloc == home or strangers.append(r.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda said: said.type == "error" and errors.append(said.text))
    yield page
    opened.close()
    assert strangers == []
    # Chromium itself notes every answer of 4xx; those answers are what some stories are about.
    assert [error for error in errors if "Failed to load resource" not in error] == []


def until(tab: Page, right: Callable[[], bool]) -> None:
    """Let the page go on until something is so that Playwright cannot wait for by itself."""
    for _ in range(_PATIENCE // _MOMENT):
        if right():
            return
        tab.wait_for_timeout(_MOMENT)
    raise AssertionError("it never comes")


def held_back(tab: Page, address: str) -> list[Route]:
    """Keep every request for such an address on its way until the test lets it through."""
    gate: list[Route] = []

    def keep(route: Route) -> None:
        gate.append(route)

    tab.route(address, keep)
    return gate


def painted(tab: Page) -> None:
    """Wait until the page was painted twice, so that it knows what stands on the screen."""
    tab.evaluate(
        "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame("
        "() => setTimeout(done))))"
    )


def _hands_wait(page: Page) -> None:
    """Press no key while a page is still coming: what listens for it may not be there yet."""
    press = page.keyboard.press

    def press_when_loaded(key: str, **more: Any) -> None:
        page.wait_for_load_state()
        press(key, **more)

    setattr(page.keyboard, "press", press_when_loaded)  # noqa: B010  (mypy forbids the assignment)
