"""What is in sight: on an office monitor, at 200 %, on 400 pixels, and in high contrast."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.review_ui import beside_states, import_states, review_states
from tests.review_ui.office import Office, doubtful, letter, open_office, page
from tests.review_ui.states import STATES

pytestmark = pytest.mark.browser
assert [beside_states, import_states, review_states]  # they register their states

MAIN_FIELDS = (
    *("kind", "category", "reference_no", "date", "district"),
    *("subdistrict", "subject", "complainant", "phone"),
)
SCREENS = (
    *("queue_with_letters", "queue_standing_still", "review_clean", "review_being_put_aside"),
    *("review_doubtful_with_unread_pages", "review_result_report_unfolded", "review_with_problems"),
    *("review_beside_a_newer_version", "review_with_the_list_of_keys", "review_beside_one_alike"),
    *("split_page", "third_reading", "compare", "overview_full", "registry_with_records"),
    *("record", "classifier", "officer_seat", "error_page"),
    *("import_with_batches", "import_with_mistakes", "batch_reading_with_troubles", "batch_group"),
    *("stations_with_new_key", "device_approve", "device_wrong", "printing"),
)
# What has the focus, and how much of it can be seen: 0 where a bar lies over all of it.
_SEEN = """() => {
  const at = document.activeElement;
  if (at === document.body) return null;
  const box = at.getBoundingClientRect();
  const places = [.1, .5, .9].flatMap(x => [.1, .5, .9].map(y =>
    [box.left + x * box.width, box.top + y * box.height]));
  const free = places.filter(([x, y]) => {
    const top = document.elementFromPoint(x, y);
    return top && (at.contains(top) || top.contains(at) || top.closest('label')?.control === at);
  });
  return [at.name || at.className || at.textContent.trim().slice(0, 30) || at.tagName, free.length];
}"""


@pytest.fixture
def office(tmp_path: Path) -> Office:
    opened = open_office(tmp_path)
    return replace(opened, desk=replace(opened.desk, second_share=1.0, lot=lambda: 0.0))


def test_the_nine_main_fields_and_the_buttons_are_in_sight_without_scrolling(
    office: Office, tab: Page
) -> None:
    """On 1366×768, of which the browser leaves 625 pixels."""
    draft = office.add("a.pdf", letter())
    tab.set_viewport_size({"width": 1366, "height": 625})
    tab.goto(f"/drafts/{draft.id}")
    expect(tab.locator("[name=reference_no]")).to_be_focused()
    view = tab.locator("[data-fields]").bounding_box()
    assert view is not None
    for name in MAIN_FIELDS:
        box = tab.locator(f"[name={name}]").bounding_box()
        assert box is not None, name
        assert view["y"] <= box["y"], name
        assert box["y"] + box["height"] <= view["y"] + view["height"], name
    for button in tab.locator(".save button:visible, .save summary:visible").all():
        box = button.bounding_box()
        assert box is not None
        assert box["y"] >= view["y"] + view["height"] - 1
        assert box["y"] + box["height"] <= 625
        assert box["x"] + box["width"] <= 1366


@pytest.mark.parametrize("name", SCREENS)
def test_nothing_is_wider_than_the_window(office: Office, tab: Page, name: str) -> None:
    """At 200 % on 1366×768, and on 400 pixels."""
    STATES[name](office, tab)
    for width, height in ((683, 384), (400, 800)):
        tab.set_viewport_size({"width": width, "height": height})
        wide = tab.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert wide[0] <= wide[1], (width, widest(tab))


def widest(tab: Page) -> str:
    found: str = tab.evaluate("""[...document.querySelectorAll('body *')]
        .map(each => [each.getBoundingClientRect().right, each.outerHTML.slice(0, 80)])
        .sort((one, other) => other[0] - one[0])[0].join(' ')""")
    return found


@pytest.mark.parametrize("size", [(1366, 625), (683, 384), (400, 800)])
@pytest.mark.parametrize(
    "name",
    [
        "queue_with_letters",
        "review_doubtful_with_unread_pages",
        "split_page",
        "third_reading",
        "compare",
        "overview_full",
        "import_with_mistakes",
        "batch_group",
        "stations_with_new_key",
    ],
)
def test_whatever_has_the_focus_can_be_seen(
    office: Office, tab: Page, name: str, size: tuple[int, int]
) -> None:
    tab.set_viewport_size({"width": size[0], "height": size[1]})
    STATES[name](office, tab)
    tab.locator("body").evaluate("each => { each.tabIndex = -1; each.focus(); scrollTo(0, 0); }")
    visited = []
    for _ in range(90):
        tab.keyboard.press("Tab")
        seen = tab.evaluate(_SEEN)
        if seen is None or seen in visited[:1]:
            break
        visited.append(seen)
    assert len(visited) > 7
    assert [each for each in visited if each[1] == 0] == []


def test_boxes_and_states_are_seen_in_high_contrast(office: Office, tab: Page) -> None:
    draft = office.add("a.pdf", doubtful())
    tab.emulate_media(forced_colors="active")
    tab.goto(f"/drafts/{draft.id}")
    tab.locator("[name=date]").focus()
    look = """selector => {
      const style = getComputedStyle(document.querySelector(selector));
      return [style.stroke, style.outlineStyle, style.outlineColor, style.borderLeftStyle];
    }"""
    ground = tab.evaluate("getComputedStyle(document.body).backgroundColor")
    every, lit = (tab.evaluate(look, each)[0] for each in (".box .edge", ".box.lit .edge"))
    assert len({every, lit, ground}) == 3  # three colours of the system's choice
    assert tab.evaluate(look, "[data-field=date]")[1] == "solid"
    assert tab.evaluate(look, "[data-field=reference_no]")[3] == "dashed"  # a doubt
    crop = tab.locator("[data-field=date] .crop").bounding_box()
    assert crop is not None


def test_a_letter_of_thirty_pages_opens_at_its_first(office: Office, tab: Page) -> None:
    draft = office.add("long.pdf", letter(pages=[page(number) for number in range(1, 31)]))
    fetched: list[str] = []
    tab.on("request", lambda request: fetched.append(request.url))
    tab.goto(f"/drafts/{draft.id}")
    expect(tab.locator("[name=reference_no]")).to_be_focused()
    tab.wait_for_load_state("networkidle")
    full = [url for url in fetched if "/pictures/" in url and "small=1" not in url]
    assert 1 <= len({url.split("/")[-1] for url in full}) <= 3  # what is in sight, and the next
    tab.get_by_role("button", name="ไปหน้า 30").click()
    expect(tab.locator("[data-page-now]")).to_have_text("30")
    expect(tab.locator("#page-30 img")).to_be_in_viewport()
    tab.keyboard.press("Alt+PageUp")
    expect(tab.locator("[data-page-now]")).to_have_text("29")
