"""An officer's day without a mouse: how many keys each job takes, in any keyboard layout."""

from __future__ import annotations

from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from models.database import looking
from models.decisions import decisions_of
from models.draft_states import DraftState
from models.letters import Box
from models.rearrangements import live_drafts
from models.records import Record, get_record
from models.terms import FieldName
from tests.review_ui.keyboard import presses, take_mouse_away, type_in_thai
from tests.review_ui.office import Office, doubtful, letter, page, seen

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def no_mouse(tab: Page) -> None:
    take_mouse_away(tab)


def recorded(office: Office, number: int = 1) -> Record:
    with looking(office.engine) as connection:
        record = get_record(connection, number)
    assert record is not None
    return record


def start(tab: Page) -> None:
    """From the queue to the first letter; keys are counted from there."""
    tab.goto("/queue")
    tab.keyboard.press("Enter")
    expect(tab.locator("[data-field] :focus")).to_be_visible()
    presses(tab)


def saved(tab: Page) -> None:
    expect(tab.locator("[data-status]")).to_contain_text("บันทึกลงทะเบียนแล้ว")


def test_a_clean_letter_takes_five_keys_at_most(office: Office, tab: Page) -> None:
    office.add("a.pdf", letter())
    start(tab)
    for name in ("reference_no", "date", "district"):
        expect(tab.locator(f"[name={name}]")).to_be_focused()
        tab.keyboard.press("Enter")
    expect(tab.locator("[data-save]")).to_be_focused()
    tab.keyboard.press("Enter")
    saved(tab)
    assert presses(tab) <= 5
    assert recorded(office).values[FieldName.REFERENCE_NO] == "สน 0018.1/456"


def test_a_wrong_digit_takes_eight_keys_at_most(office: Office, tab: Page) -> None:
    wrong = seen("สน 0018.1/496", Box(0.12, 0.132, 0.22, 0.022))
    office.add("a.pdf", letter({"reference_no": wrong}))
    start(tab)
    for key in ("End", "ArrowLeft", "Backspace", "5", "Enter", "Enter", "Enter"):
        tab.keyboard.press(key)
    expect(tab.locator("[data-save]")).to_be_focused()
    tab.keyboard.press("Enter")
    saved(tab)
    assert presses(tab) <= 8
    assert recorded(office).values[FieldName.REFERENCE_NO] == "สน 0018.1/456"


def test_a_doubtful_letter_is_put_right_by_alternatives(office: Office, tab: Page) -> None:
    office.add("b.pdf", doubtful())
    start(tab)
    for key in ("Alt+1", "Alt+2", "Enter", "Alt+1", "Enter"):
        tab.keyboard.press(key)
    saved(tab)
    assert presses(tab) == 5
    values = recorded(office).values
    assert values[FieldName.REFERENCE_NO] == "สน 0018.1/456"
    assert values[FieldName.DISTRICT] == "กุสุมาลย์"


def test_a_letter_is_parked_with_three_keys(office: Office, tab: Page) -> None:
    draft = office.add("a.pdf", letter())
    start(tab)
    for key in ("F4", "2", "Enter"):
        tab.keyboard.press(key)
    expect(tab.locator("[data-status]")).to_contain_text("พักเรื่องไว้แล้ว")
    assert presses(tab) == 3
    assert office.fresh(draft).state is DraftState.PARKED
    with looking(office.engine) as connection:
        assert decisions_of(connection, [draft.id])[draft.id][0].reason


def test_a_letter_is_rejected_with_words_of_ones_own(office: Office, tab: Page) -> None:
    draft = office.add("a.pdf", letter())
    start(tab)
    tab.keyboard.press("F4")
    for _ in range(20):
        if tab.evaluate("document.activeElement.name") == "reject_reason":
            break
        tab.keyboard.press("Tab")
    tab.keyboard.press("ArrowUp")  # from the first to the last: other reasons
    for _ in range(20):
        if tab.evaluate("document.activeElement.name") == "note":
            break
        tab.keyboard.press("Tab")
    tab.keyboard.type("ส่งผิดที่")
    tab.keyboard.press("Enter")
    expect(tab.locator("[data-status]")).to_contain_text("ตีกลับแล้ว")
    presses(tab)
    assert office.fresh(draft).state is DraftState.REJECTED


def test_a_file_of_two_letters_is_parted_and_joined_again(office: Office, tab: Page) -> None:
    pages = [replace(page(number), read_by=str(number)) for number in (1, 2, 3)]
    draft = office.add("pile.pdf", letter(pages=pages))
    start(tab)
    tab.keyboard.press("Alt+KeyS")
    expect(tab.get_by_label("เริ่มเรื่องใหม่ที่หน้า 1")).to_be_focused()
    for key in ("ArrowRight", "ArrowRight", "Space", "Enter"):
        tab.keyboard.press(key)
    expect(tab.get_by_text("แบ่งใหม่แล้ว ได้ 2 เรื่อง")).to_be_visible()
    assert presses(tab) == 5
    with looking(office.engine) as connection:
        spans = [(x.first_page, x.last_page) for x in live_drafts(connection, draft.scan_id)]
    assert spans == [(1, 2), (3, 3)]
    tab.keyboard.press("Enter")  # on to the first of the new letters
    expect(tab.locator("form[data-review]")).to_be_visible()


def test_a_letter_is_typed_anew_without_ever_switching_the_layout(
    office: Office, tab: Page
) -> None:
    """Kedmanee throughout: what stands on the number row comes as Thai letters."""
    office.add("a.pdf", letter({"phone": None, "reference_no": None, "date": None}))
    start(tab)
    expect(tab.locator("[name=reference_no]")).to_be_focused()
    type_in_thai(tab, "สน 0018.1/ว457")
    expect(tab.locator("[name=reference_no]")).to_have_value("สน 0018.1/ว457")
    tab.keyboard.press("Enter")
    type_in_thai(tab, "16/8/2567")
    expect(tab.locator("[name=date]")).to_have_value("16/8/2567")
    tab.keyboard.press("Enter")
    tab.locator("[name=phone]").focus()
    type_in_thai(tab, "0812345679")
    tab.locator("[name=district]").focus()
    tab.keyboard.press("Enter")
    tab.keyboard.press("Control+Enter")
    saved(tab)
    presses(tab)
    values = recorded(office).values
    assert values[FieldName.REFERENCE_NO] == "สน 0018.1/ว457"
    assert values[FieldName.DATE] == "2024-08-16"
    assert values[FieldName.PHONE] == "0812345679"


def test_the_queue_is_walked_opened_searched_and_a_row_parked(office: Office, tab: Page) -> None:
    office.add("a.pdf", letter())
    second = office.add("b.pdf", letter({"reference_no": seen("มท 0307.2/ว 50255", None)}))
    tab.goto("/queue")
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("ArrowDown")
    expect(tab.get_by_role("link", name="มท 0307.2/ว 50255")).to_be_focused()
    tab.keyboard.press("Alt+KeyP")
    expect(tab.get_by_role("group", name="พักไว้ก่อน")).to_be_visible()
    tab.keyboard.press("1")
    tab.keyboard.press("Enter")
    expect(tab.locator("[data-status]")).to_contain_text("พักเรื่องไว้แล้ว")
    assert office.fresh(second).state is DraftState.PARKED
    tab.goto("/queue")
    tab.keyboard.press("Alt+KeyK")
    tab.keyboard.type("ไฟถนน")
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("link", name="สน 0018.1/456")).to_be_visible()
    presses(tab)
