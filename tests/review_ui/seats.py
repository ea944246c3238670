"""Officers at their browsers: each has a context, and so a cookie, of their own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote, urlsplit

from playwright.sync_api import Browser, Page, expect

# A machine that does much else at once is slow; a test that fails says something of the desk.
_PATIENCE = 20_000  # milliseconds
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
