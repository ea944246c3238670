"""What each key does in the review, as a story for each entry of the list of keys."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from models.claims import holder
from models.database import looking
from models.draft_states import DraftState
from models.letters import Box
from models.pages import standings
from tests.review_ui.office import NOW, Office, doubtful, letter, page, seen
from tests.review_ui.seats import painted
from tests.review_ui.test_compare import take_in

Story = Callable[[Office, Page], None]
STORIES: dict[str, Story] = {}


def key(listed: str) -> Callable[[Story], Story]:
    def keep(story: Story) -> Story:
        STORIES[listed] = story
        return story

    return keep


def field(tab: Page, name: str) -> Locator:
    return tab.locator(f"[name={name}]")


def at(tab: Page, name: str) -> None:
    expect(field(tab, name)).to_be_focused()


def opened(office: Office, tab: Page, clean: bool = True) -> None:
    reading = letter(pages=[page(), page(2)]) if clean else doubtful()
    tab.goto(f"/drafts/{office.add('a.pdf', reading).id}")
    at(tab, "reference_no" if clean else "category")


def mark(tab: Page, name: str) -> Locator:
    return tab.locator(f"#s-{name}")


@key("Enter")
def is_right(office: Office, tab: Page) -> None:
    opened(office, tab)
    tab.keyboard.press("Enter")
    at(tab, "date")
    expect(mark(tab, "reference_no")).to_contain_text("ยืนยันแล้ว")


@key("Shift+Enter")
def back(office: Office, tab: Page) -> None:
    opened(office, tab)
    tab.keyboard.press("Enter")
    tab.keyboard.press("Shift+Enter")
    at(tab, "reference_no")


@key("Tab")
def every_field(office: Office, tab: Page) -> None:
    opened(office, tab)
    names = tab.evaluate("""[...document.querySelectorAll('[data-field]')]
        .filter(each => each.checkVisibility())
        .map(each => each.querySelector('input:not([type=checkbox]), select, textarea').name)""")
    after = names[names.index("reference_no") + 1]
    for _ in range(3):
        tab.keyboard.press("Tab")
        if tab.evaluate("document.activeElement.name") == after:
            return
    pytest.fail(f"Tab does not reach {after}")


@key("F8 / Shift+F8")
def only_look(office: Office, tab: Page) -> None:
    opened(office, tab)
    tab.keyboard.press("F8")
    at(tab, "date")
    tab.keyboard.press("Shift+F8")
    at(tab, "reference_no")
    expect(mark(tab, "reference_no")).not_to_contain_text("ยืนยันแล้ว")
    expect(tab.locator("[data-left]")).to_have_text("เหลือ 3 ช่องที่ต้องตรวจ")


@key("Ctrl+Enter")
def save(office: Office, tab: Page) -> None:
    opened(office, tab)
    field(tab, "phone").focus()
    tab.keyboard.press("Control+Enter")
    at(tab, "reference_no")  # led to what is open first
    for _ in range(3):
        tab.keyboard.press("Enter")
    tab.keyboard.press("Control+Enter")
    expect(tab.get_by_text("หมดคิวแล้ว")).to_be_visible()


@key("F9")
def the_rest(office: Office, tab: Page) -> None:
    doubt = seen("นางสมศรี ใจดี", Box(0.52, 0.632, 0.22, 0.022), doubts=("ลายมือ",))
    draft = office.add("a.pdf", letter({"urgency": doubt, "date": None}))
    tab.goto(f"/drafts/{draft.id}")
    at(tab, "reference_no")
    tab.keyboard.press("F9")
    expect(tab.locator("[data-say]")).to_contain_text("อีก 1 ช่องยังไม่ได้ขึ้นจอ")
    field(tab, "urgency").scroll_into_view_if_needed()
    painted(tab)  # for an eye to fall on it
    tab.keyboard.press("F9")
    expect(tab.locator("[data-say]")).to_contain_text("รับ 1 ช่อง")
    expect(mark(tab, "urgency")).to_contain_text("รับแล้ว")
    expect(tab.locator("[data-left]")).to_have_text("เหลือ 3 ช่องที่ต้องตรวจ")  # the critical ones


@key("Alt+1…9")
def suggested(office: Office, tab: Page) -> None:
    opened(office, tab, clean=False)
    tab.keyboard.press("Alt+Digit3")
    expect(field(tab, "category")).to_have_value("HELP")
    at(tab, "reference_no")
    tab.keyboard.press("Alt+Digit1")
    expect(field(tab, "reference_no")).to_have_value("สน 0018.1/439")


@key("Alt+0")
def not_there(office: Office, tab: Page) -> None:
    opened(office, tab)
    tab.keyboard.press("Alt+Digit0")
    expect(field(tab, "reference_no")).to_have_value("")
    expect(mark(tab, "reference_no")).to_contain_text("ไม่มีในเอกสาร")
    at(tab, "date")


@key("Alt+-")
def unreadable(office: Office, tab: Page) -> None:
    opened(office, tab)
    tab.keyboard.press("Alt+Minus")
    expect(mark(tab, "reference_no")).to_contain_text("อ่านไม่ออก")
    at(tab, "date")


@key("Esc")
def as_it_was(office: Office, tab: Page) -> None:
    opened(office, tab)
    tab.keyboard.type("ผิด")
    tab.keyboard.press("Escape")
    expect(field(tab, "reference_no")).to_have_value("สน 0018.1/456")
    expect(mark(tab, "reference_no")).to_contain_text("เครื่องอ่านได้")


@key("Alt+C")
def category(office: Office, tab: Page) -> None:
    opened(office, tab)
    tab.keyboard.press("Alt+KeyC")
    at(tab, "category")


@key("↑ ↓")
def a_day(office: Office, tab: Page) -> None:
    opened(office, tab)
    tab.keyboard.press("Enter")
    tab.keyboard.press("ArrowUp")
    expect(field(tab, "date")).to_have_value("14/11/2567")
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("ArrowDown")
    expect(field(tab, "date")).to_have_value("12/11/2567")


@key("F4")
def put_aside(office: Office, tab: Page) -> None:
    opened(office, tab)
    tab.keyboard.press("F4")
    expect(tab.locator("[name=park_reason]").first).to_be_focused()
    tab.keyboard.press("3")
    expect(tab.locator("[name=park_reason]").nth(2)).to_be_checked()


@key("Alt+N")
def skip(office: Office, tab: Page) -> None:
    second = office.add("b.pdf", letter({"reference_no": seen("มท 1/2", None)}))
    draft = office.add("a.pdf", letter())
    tab.goto(f"/drafts/{draft.id}")
    at(tab, "reference_no")
    tab.keyboard.type("สน 1")
    tab.keyboard.press("Alt+KeyN")
    expect(field(tab, "reference_no")).to_have_value("มท 1/2")
    with looking(office.engine) as connection:
        assert holder(connection, draft.id, NOW) is None
        assert holder(connection, second.id, NOW)
    assert office.fresh(draft).state is DraftState.WAITING
    tab.goto(f"/drafts/{draft.id}")
    expect(field(tab, "reference_no")).to_have_value("สน 1")


@key("Alt+R")
def rotate(office: Office, tab: Page) -> None:
    opened(office, tab)
    tab.keyboard.press("Alt+KeyR")
    expect(tab.locator("#page-1 [data-sheet]")).to_have_attribute("data-turned", "90")
    with looking(office.engine) as connection:
        assert standings(connection, 1)[1].turn == 90


@key("Alt+S")
def split(office: Office, tab: Page) -> None:
    opened(office, tab)
    tab.keyboard.press("Alt+KeyS")
    expect(tab.get_by_role("heading", name="แบ่งเรื่องในไฟล์")).to_be_visible()


@key("Alt+G")
def alike(office: Office, tab: Page) -> None:
    take_in(office, "a.pdf", letter())
    take_in(office, "b.pdf", letter())
    tab.goto("/drafts/2")
    at(tab, "reference_no")
    tab.keyboard.press("Alt+KeyG")
    expect(tab.get_by_role("heading", name="เป็นเรื่องเดียวกันหรือไม่")).to_be_visible()


@key("Alt+U")
def undo(office: Office, tab: Page) -> None:
    office.add("b.pdf", letter({"reference_no": seen("มท 1/2", None)}))
    opened(office, tab)
    for _ in range(4):
        tab.keyboard.press("Enter")
    expect(tab.locator("[data-status]")).to_contain_text("บันทึกลงทะเบียนแล้ว")
    tab.keyboard.press("Alt+KeyU")
    expect(tab.locator("[data-status]")).to_contain_text("ยกเลิกการบันทึกแล้ว")
    expect(field(tab, "reference_no")).to_have_value("สน 0018.1/456")
