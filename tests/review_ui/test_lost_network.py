"""What happens to an officer's typing when the network, the tab or an answer is lost: nothing."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Route, expect

from models import unfinished
from models.claims import holder
from models.database import looking
from models.draft_states import DraftState
from models.drafts import Draft
from models.records import count, get_record
from models.terms import FieldName
from tests.review_ui.office import NOW, Office, letter, seen
from tests.review_ui.seats import until

pytestmark = pytest.mark.browser
TYPED = "ขอให้ซ่อมสะพานข้ามคลอง"


def opened(office: Office, tab: Page) -> Draft:
    draft = office.add("a.pdf", letter())
    tab.goto(f"/drafts/{draft.id}")
    expect(tab.locator("[name=reference_no]")).to_be_focused()
    return draft


def kept_subject(office: Office, draft: Draft) -> str:
    with looking(office.engine) as connection:
        found = unfinished.kept(connection, draft.id)
    return str(found.form["values"]["subject"]) if found else ""


def type_subject(tab: Page) -> None:
    tab.locator("[name=subject]").focus()
    tab.keyboard.press("Control+A")
    tab.keyboard.type(TYPED)


def make_sure(tab: Page) -> None:
    tab.locator("[name=reference_no]").focus()
    for _ in range(3):
        tab.keyboard.press("Enter")
    expect(tab.locator("[data-left]")).to_have_text("ดูครบแล้ว")


def recorded_subject(office: Office) -> str | None:
    with looking(office.engine) as connection:
        assert count(connection) == 1
        record = get_record(connection, 1)
    assert record is not None
    return record.values[FieldName.SUBJECT]


def test_typing_goes_on_without_network_and_is_sent_when_it_is_back(
    office: Office, tab: Page
) -> None:
    draft = opened(office, tab)
    tab.context.set_offline(True)
    type_subject(tab)
    banner = tab.locator("[data-offline]")
    expect(banner).to_be_visible()
    expect(banner).to_contain_text("สิ่งที่พิมพ์เก็บไว้ในแท็บนี้")
    assert kept_subject(office, draft) == ""
    tab.context.set_offline(False)
    expect(banner).to_be_hidden()
    assert kept_subject(office, draft) == TYPED
    expect(tab.locator("[name=subject]")).to_be_focused()


def test_a_letter_saved_without_network_is_saved_by_pressing_again(
    office: Office, tab: Page
) -> None:
    draft = opened(office, tab)
    type_subject(tab)
    make_sure(tab)
    tab.context.set_offline(True)
    tab.keyboard.press("Control+Enter")
    expect(tab.locator("[data-offline]")).to_be_visible()
    expect(tab.locator("[data-say]")).to_contain_text("กดอีกครั้ง")
    expect(tab.locator("[name=subject]")).to_have_value(TYPED)
    assert office.fresh(draft).state is DraftState.WAITING
    tab.context.set_offline(False)
    expect(tab.locator("[data-offline]")).to_be_hidden()
    tab.keyboard.press("Control+Enter")
    expect(tab.get_by_text("หมดคิวแล้ว")).to_be_visible()
    assert recorded_subject(office) == TYPED


def lose_the_answer(tab: Page, draft: Draft) -> None:
    """Save; the server does so, and what it answers never comes."""
    lost: list[int] = []

    def lose_the_first(route: Route) -> None:
        if route.request.method != "POST" or lost:
            return route.continue_()
        lost.append(route.fetch().status)
        return route.abort()

    tab.route(f"**/drafts/{draft.id}", lose_the_first)
    tab.keyboard.press("Control+Enter")
    expect(tab.locator("[data-offline]")).to_be_visible()
    assert lost == [200]


@pytest.mark.parametrize("wait", [0, 3000])
def test_a_save_whose_answer_was_lost_is_repeated_and_makes_one_record(
    office: Office, tab: Page, wait: int
) -> None:
    office.add("b.pdf", letter({"reference_no": seen("มท 1/2", None)}))
    draft = opened(office, tab)
    type_subject(tab)
    make_sure(tab)
    lose_the_answer(tab, draft)
    tab.wait_for_timeout(wait)
    expect(tab.locator("[data-stale]")).to_be_hidden()
    tab.keyboard.press("Control+Enter")
    expect(tab.locator("[name=reference_no]")).to_have_value("มท 1/2")
    expect(tab.locator("[data-offline]")).to_be_hidden()
    assert recorded_subject(office) == TYPED


def test_what_is_typed_after_a_save_whose_answer_was_lost_is_not_dropped(
    office: Office, tab: Page
) -> None:
    draft = opened(office, tab)
    make_sure(tab)
    lose_the_answer(tab, draft)
    type_subject(tab)
    tab.keyboard.press("Control+Enter")
    row = tab.get_by_role("row", name="เรื่อง")
    expect(row).to_contain_text(TYPED)
    assert recorded_subject(office) == "ขอให้ซ่อมไฟถนนหน้าโรงเรียน"


def test_a_save_that_the_server_fails_is_pressed_again(office: Office, tab: Page) -> None:
    draft = opened(office, tab)
    make_sure(tab)
    tab.route(
        f"**/drafts/{draft.id}", lambda route: route.fulfill(status=503, body="busy"), times=1
    )
    tab.keyboard.press("Control+Enter")
    expect(tab.locator("[data-offline]")).to_be_visible()
    tab.keyboard.press("Control+Enter")
    expect(tab.get_by_text("หมดคิวแล้ว")).to_be_visible()


@pytest.mark.parametrize("moment", [0, 1500])
def test_loading_the_page_anew_keeps_the_typing_and_the_letter(
    office: Office, tab: Page, moment: int
) -> None:
    """At once, before anything went to the server; and after it did."""
    draft = opened(office, tab)
    tab.keyboard.press("Enter")
    type_subject(tab)
    tab.wait_for_timeout(moment)
    tab.reload()
    expect(tab.locator("[name=subject]")).to_have_value(TYPED)
    expect(tab.locator("#s-subject")).to_contain_text("แก้แล้ว")
    expect(tab.locator("#s-reference_no")).to_contain_text("ยืนยันแล้ว")
    expect(tab.locator("[data-left]")).to_have_text("เหลือ 2 ช่องที่ต้องตรวจ")
    tab.wait_for_timeout(2500)  # past the first heartbeat
    expect(tab.locator("[data-stale]")).to_be_hidden()
    until(tab, lambda: kept_subject(office, draft) == TYPED)
    with looking(office.engine) as connection:
        assert holder(connection, draft.id, NOW)
    make_sure(tab)
    tab.keyboard.press("Control+Enter")
    expect(tab.get_by_text("หมดคิวแล้ว")).to_be_visible()
    assert recorded_subject(office) == TYPED


def test_a_tab_that_died_is_opened_again_with_what_was_typed(office: Office, tab: Page) -> None:
    draft = opened(office, tab)
    type_subject(tab)
    until(tab, lambda: kept_subject(office, draft) == TYPED)
    tab.close()
    again = tab.context.new_page()
    again.goto(f"/drafts/{draft.id}")
    expect(again.locator("[name=subject]")).to_have_value(TYPED)
    expect(again.locator("[name=reference_no]")).to_be_focused()
