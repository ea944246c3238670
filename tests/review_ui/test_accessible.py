"""No screen of the desk, in any state, breaks a rule that axe-core can check (WCAG 2.2 AA)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Page

from tests.review_ui import beside_states, import_states, review_states
from tests.review_ui.office import Office, open_office
from tests.review_ui.states import STATES

pytestmark = pytest.mark.browser
# They register their states.
assert [beside_states, import_states, review_states]

_AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text("utf-8")
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_RUN = """
async tags => {
  const found = await axe.run(document, {runOnly: tags, resultTypes: ['violations']});
  return found.violations.flatMap(rule => rule.nodes.map(node =>
    `${rule.id}: ${node.target.join(' ')} – ${node.html.slice(0, 160)} – ${node.failureSummary}`));
}
"""


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """An office in which every confirmed letter is read twice."""
    opened = open_office(tmp_path)
    return replace(opened, desk=replace(opened.desk, second_share=1.0, lot=lambda: 0.0))


def violations(tab: Page) -> list[str]:
    tab.evaluate(_AXE)
    found: list[str] = tab.evaluate(_RUN, _TAGS)
    return found


@pytest.mark.parametrize("name", STATES)
def test_axe_finds_nothing(office: Office, tab: Page, name: str) -> None:
    STATES[name](office, tab)
    assert violations(tab) == []


def test_axe_sees_a_fault(office: Office, tab: Page) -> None:
    STATES["queue_empty"](office, tab)
    tab.evaluate(
        "document.querySelector('h1').outerHTML = '<img src=/favicon.ico><button></button>'"
    )
    assert {each.split(":")[0] for each in violations(tab)} >= {"image-alt", "button-name"}
