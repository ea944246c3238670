"""Stories of an officer who parts a pile with separators in it, told by a real Chromium."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.review_ui.office import Office, page
from tests.review_ui.test_piles import blank, numbers, pile, separated, separator

pytestmark = pytest.mark.browser


def test_proposals_are_taken_with_two_keys(office: Office, tab: Page) -> None:
    pages = [separator(1), page(2), page(3), page(4)]
    (draft,) = pile(office, pages, [[2, 3, 4]], 4)
    tab.goto(f"/drafts/{draft.id}")
    expect(tab.get_by_text("เครื่องเสนอแบ่งไฟล์นี้เป็น 2 เรื่อง")).to_be_visible()
    tab.keyboard.press("Alt+KeyS")
    tab.wait_for_url("**/split")
    expect(tab.locator("[data-letters]")).to_have_text("จะได้ 2 เรื่อง")
    tab.keyboard.press("Enter")
    expect(tab.get_by_text("แบ่งใหม่แล้ว ได้ 2 เรื่อง")).to_be_visible()
    assert numbers(office, draft) == [(2, 3), (4,)]


def test_a_separator_is_made_a_page_again_by_keys(office: Office, tab: Page) -> None:
    first, _ = separated(office)
    tab.goto(f"/drafts/{first.id}/split")
    place = tab.locator("[data-apart]").nth(1)
    expect(place).to_contain_text("ใบคั่น ไม่อยู่ในเรื่องใด")
    expect(tab.locator("[data-letters]")).to_have_text("จะได้ 2 เรื่อง")
    for _ in range(2):  # it begins at the first page of a letter
        tab.keyboard.press("ArrowRight")
    expect(place.locator("input")).to_be_focused()
    tab.keyboard.press("KeyR")
    expect(tab.locator("[data-letters]")).to_have_text("หน้านี้ไม่อยู่ในเรื่องใด จึงหมุนไม่ได้")
    tab.keyboard.press("Space")
    expect(tab.locator("[data-letters]")).to_have_text("จะได้ 2 เรื่อง")
    tab.keyboard.press("Enter")
    expect(tab.get_by_text("แบ่งใหม่แล้ว")).to_be_visible()
    assert numbers(office, first) == [(2, 3, 4), (5, 6)]


def test_the_viewer_leafs_past_blank_pages(office: Office, tab: Page) -> None:
    (draft,) = pile(office, [page(1), blank(2), page(3)], [[1, 2, 3]])
    tab.goto(f"/drafts/{draft.id}")
    expect(tab.locator("[data-page]")).to_have_count(2)
    expect(tab.locator(".tools .turn")).to_contain_text("1/2 (ข้ามหน้าว่าง 1 หน้า)")
    tab.keyboard.press("Alt+PageDown")
    expect(tab.locator("[data-page-now]")).to_have_text("2")
