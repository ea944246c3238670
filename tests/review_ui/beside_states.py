"""The pages that a review leads to, in every state: parting, second readings, pairs of letters."""

from __future__ import annotations

from dataclasses import replace

from playwright.sync_api import Page, expect

from models.database import writing
from models.matters import Verdict, judge
from models.second_readings import open_to, read_second
from models.terms import FieldName
from models.vouching import CRITICAL
from tests.review_ui.office import NOW, Office, letter, page
from tests.review_ui.states import OTHER, THIRD, confirm, state
from tests.review_ui.test_compare import take_in


@state
def split_page(office: Office, tab: Page) -> None:
    pages = [replace(page(number), read_by=str(number)) for number in range(1, 5)]
    tab.goto(f"/drafts/{office.add('pile.pdf', letter(pages=pages)).id}/split")
    expect(tab.locator("[data-letters]")).to_contain_text("จะได้ 1 เรื่อง")


@state
def split_done(office: Office, tab: Page) -> None:
    split_page(office, tab)
    tab.keyboard.press("ArrowRight")
    tab.keyboard.press("Space")
    tab.keyboard.press("Enter")
    expect(tab.get_by_text("แบ่งใหม่แล้ว ได้ 2 เรื่อง")).to_be_visible()


@state
def second_empty(office: Office, tab: Page) -> None:
    tab.goto("/second")
    expect(tab.get_by_text("ไม่มีเรื่องให้ท่านตรวจซ้ำ")).to_be_visible()


@state
def second_reading(office: Office, tab: Page) -> None:
    confirm(office, office.add("a.pdf", letter()))
    tab.goto("/second")
    expect(tab.locator("[name=reference_no]")).to_be_focused()


@state
def second_reading_with_problems(office: Office, tab: Page) -> None:
    second_reading(office, tab)
    tab.keyboard.press("Control+Enter")
    expect(tab.locator(".problem")).to_have_count(3)


@state
def third_reading(office: Office, tab: Page) -> None:
    confirm(office, office.add("a.pdf", letter()))
    with writing(office.engine) as connection:
        (reading,) = open_to(connection, THIRD, 1)
        said = {name: reading.first[name] for name in CRITICAL}
        said |= {FieldName.DATE: "2024-11-18", FieldName.DISTRICT: None}
        read_second(connection, reading, THIRD, said, NOW)
    tab.goto("/second")
    expect(tab.get_by_text("ผู้ตรวจสองคนอ่านไม่ตรงกัน")).to_be_visible()


def two_of_one_matter(office: Office) -> None:
    take_in(office, "a.pdf", letter(pages=[page(), page(2)]))
    take_in(office, "b.pdf", letter())


@state
def queue_of_letters_alike(office: Office, tab: Page) -> None:
    two_of_one_matter(office)
    tab.goto("/queue?tab=alike")
    expect(tab.get_by_role("link", name="สน 0018.1/456").first).to_be_visible()


@state
def review_beside_one_alike(office: Office, tab: Page) -> None:
    two_of_one_matter(office)
    tab.goto("/drafts/2")
    expect(tab.locator("[data-matters]")).to_contain_text("อาจซ้ำ")


@state
def review_beside_one_judged(office: Office, tab: Page) -> None:
    compare_judged(office, tab)
    tab.goto("/drafts/2")
    tab.locator("[data-matters] details").evaluate("each => (each.open = true)")


@state
def compare(office: Office, tab: Page) -> None:
    two_of_one_matter(office)
    tab.goto("/drafts/2/compare/1")
    expect(tab.locator("[data-verdicts]")).to_be_focused()


@state
def compare_judged(office: Office, tab: Page) -> None:
    two_of_one_matter(office)
    with writing(office.engine) as connection:
        judge(connection, 1, 2, Verdict.FOLLOW_UP, OTHER, NOW)
    tab.goto("/drafts/2/compare/1")
    expect(tab.get_by_text("ตัดสินแล้ว")).to_be_visible()


@state
def compare_without_pictures(office: Office, tab: Page) -> None:
    take_in(office, "a.pdf", letter(), picture=False)
    take_in(office, "b.pdf", letter(pages=[page(), page(2)]), picture=False)
    tab.goto("/drafts/2/compare/1")
