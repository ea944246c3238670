"""What the list of keys says is so: each key does it, and no key is kept from the list."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.review_ui.key_stories import STORIES, at, field, key, opened
from tests.review_ui.office import Office, doubtful
from tests.review_ui.states import confirm
from tests.review_ui.test_pages_in_chromium import opened as opened_with_words
from tests.review_ui.test_pages_in_chromium import page_of_words

pytestmark = pytest.mark.browser
STATIC = Path(__file__).parents[2] / "review_ui/static"
COMMAND = r'"((?:[A-Z][a-z]+\+)*(?:Key[A-Z]|F\d|Slash|Minus|Page\w+|Digit0))":'
# Of the list as a letter shows it that nobody works on here.
READ_ONLY = ["Alt+U", "Alt+G", "Alt+PageUp/PageDown", "F2", "Alt+H ค้างไว้", "+ - 0", "Alt+/"]


@key("Alt+PageUp/PageDown")
def leaf(office: Office, tab: Page) -> None:
    opened(office, tab)
    tab.keyboard.press("Alt+PageDown")
    expect(tab.locator("[data-page-now]")).to_have_text("2")
    tab.keyboard.press("Alt+PageUp")
    expect(tab.locator("[data-page-now]")).to_have_text("1")


def wide(tab: Page) -> float:
    return float(tab.evaluate("document.querySelector('[data-sheet]').offsetWidth"))


@key("F2")
def from_close_up(office: Office, tab: Page) -> None:
    opened(office, tab)
    before = wide(tab)
    tab.keyboard.press("F2")
    assert wide(tab) > 2 * before
    tab.keyboard.press("F2")
    assert wide(tab) == before


@key("Alt+H ค้างไว้")
def without_boxes(office: Office, tab: Page) -> None:
    opened(office, tab)
    hold_h(tab)


def hold_h(tab: Page) -> None:
    tab.keyboard.down("Alt")
    tab.keyboard.down("KeyH")
    expect(tab.locator("#page-1 .marks")).to_be_hidden()
    tab.keyboard.up("KeyH")
    tab.keyboard.up("Alt")
    expect(tab.locator("#page-1 .marks")).to_be_visible()


@key("Alt+I")
def to_and_fro(office: Office, tab: Page) -> None:
    opened(office, tab)
    tab.keyboard.press("Alt+KeyI")
    expect(tab.locator("[data-sheets]")).to_be_focused()
    tab.keyboard.press("Alt+KeyI")
    at(tab, "reference_no")


@key("+ - 0")
def zoom(office: Office, tab: Page) -> None:
    opened(office, tab)
    tab.locator("[data-sheets]").focus()
    zoom_pages(tab)


def zoom_pages(tab: Page) -> None:
    fit = wide(tab)
    tab.keyboard.press("+")
    assert wide(tab) > fit
    tab.keyboard.press("0")
    assert wide(tab) == fit
    tab.keyboard.press("-")
    assert wide(tab) < fit


@key("Ctrl+← → ↑ ↓")
def words(office: Office, tab: Page) -> None:
    opened_with_words(office, tab)
    tab.keyboard.press("Alt+KeyI")
    tab.keyboard.press("Control+ArrowDown")
    tab.keyboard.press("Control+ArrowRight")
    expect(tab.locator(".picked")).to_have_count(1)  # the words of a page come from the server
    tab.keyboard.press("Shift+Control+ArrowRight")
    expect(tab.locator("[data-say]")).to_contain_text(" ")
    tab.keyboard.press("Enter")
    expect(tab.locator("#s-subject")).to_contain_text("แก้แล้ว")
    taken = field(tab, "subject").input_value()
    assert taken in " ".join(line.text for line in page_of_words().lines)
    assert len(taken.split()) > 1


@key("Alt+/")
def this_list(office: Office, tab: Page) -> None:
    opened(office, tab)
    tab.keyboard.press("Alt+Slash")
    expect(tab.get_by_role("dialog")).to_be_visible()
    tab.keyboard.press("Escape")
    expect(tab.get_by_role("dialog")).to_be_hidden()


@pytest.mark.parametrize("listed", STORIES)
def test_a_key_does_what_the_list_says(office: Office, tab: Page, listed: str) -> None:
    STORIES[listed](office, tab)


def listed(tab: Page) -> list[str]:
    return [text.strip() for text in tab.locator("dialog[data-dialog] dt").all_text_contents()]


def test_the_list_names_the_keys_that_work_and_no_others(office: Office, tab: Page) -> None:
    opened(office, tab)
    assert sorted(listed(tab)) == sorted(STORIES)


def test_no_command_is_kept_from_the_list(office: Office, tab: Page) -> None:
    opened(office, tab)
    known = " ".join(listed(tab))
    script = (STATIC / "review.js").read_text("utf-8")
    commands = set(
        re.findall(r'"((?:[A-Z][a-z]+\+)*(?:Key[A-Z]|F\d|Slash|Minus|Page\w+|Digit0))":', script)
    )
    assert len(commands) > 12
    spelt = {"Slash": "/", "Minus": "-", "Digit0": "0"}
    for command in commands:
        *held, last = command.split("+")
        last = spelt.get(last, last.removeprefix("Key"))
        assert last in known, command
        assert all(each in known for each in held), command


def test_the_list_of_a_letter_that_is_only_looked_at_is_shorter_and_true(
    office: Office, tab: Page
) -> None:
    draft = office.add("a.pdf", doubtful())
    confirm(office, draft)
    tab.goto(f"/drafts/{draft.id}")
    assert listed(tab) == READ_ONLY
    tab.keyboard.press("Alt+PageDown")
    expect(tab.locator("[data-page-now]")).to_have_text("2")
    tab.keyboard.press("Alt+PageUp")
    before = wide(tab)
    tab.keyboard.press("F2")
    assert wide(tab) > before
    tab.keyboard.press("F2")
    hold_h(tab)
    tab.locator("[data-sheets]").focus()
    zoom_pages(tab)
    tab.keyboard.press("Alt+Slash")
    expect(tab.get_by_role("dialog")).to_be_visible()


def test_the_last_letter_of_the_queue_is_taken_back_with_its_key(office: Office, tab: Page) -> None:
    opened(office, tab)
    for _ in range(4):
        tab.keyboard.press("Enter")
    expect(tab.get_by_text("หมดคิวแล้ว")).to_be_visible()
    tab.keyboard.press("Alt+KeyU")
    expect(tab.locator("[data-status]")).to_contain_text("ยกเลิกการบันทึกแล้ว")
    at(tab, "reference_no")
