"""Two officers and their supervisor at one queue: nobody overwrites, nobody waits in vain."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from models import unfinished
from models.claims import holder
from models.database import looking
from models.draft_states import DraftState
from models.records import get_record
from models.terms import FieldName
from tests.review_ui.conftest import OFFICER, check_and_save
from tests.review_ui.office import NOW, Office, letter, open_office, seen
from tests.review_ui.seats import seated

pytestmark = pytest.mark.browser
NEIGHBOUR, HEAD = "มานี มีนา", "ปิติ พอใจ"
LEASE = dt.timedelta(minutes=15)


@dataclass
class Clock:
    """The clock of the office, moved by hand."""

    now: dt.datetime = NOW

    def __call__(self) -> dt.datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def office(tmp_path: Path, clock: Clock) -> Office:
    opened = open_office(tmp_path)
    return replace(opened, desk=replace(opened.desk, now=clock, lease=LEASE))


@pytest.fixture
def neighbour(browser: Browser, address: str, tab: Page) -> Iterator[Page]:
    with seated(browser, address, NEIGHBOUR) as page:
        yield page


@pytest.fixture
def head(browser: Browser, address: str, tab: Page) -> Iterator[Page]:
    with seated(browser, address, HEAD, supervisor=True) as page:
        yield page


def pass_time(clock: Clock, tab: Page, minutes: float) -> None:
    """Let time pass for the office and in a tab whose clock is installed."""
    clock.now += dt.timedelta(minutes=minutes)
    tab.clock.fast_forward(int(minutes * 60_000))


def reference(tab: Page) -> str:
    field = tab.locator("[name=reference_no]")
    expect(field).to_be_visible()
    return field.input_value()


def test_two_who_start_at_once_get_different_letters(
    office: Office, tab: Page, neighbour: Page
) -> None:
    for number in range(4):
        office.add(f"{number}.pdf", letter({"reference_no": seen(f"มท 1/{number}", None)}))
    for page in (tab, neighbour):
        page.goto("/queue")
    for page in (tab, neighbour):
        page.keyboard.press("Enter")
    assert reference(tab) != reference(neighbour)
    for page in (tab, neighbour):  # each has the next one already, and not the other's
        check_and_save(page)
        expect(page.locator("[data-status]")).to_contain_text("บันทึกลงทะเบียนแล้ว")
    assert reference(tab) != reference(neighbour)
    for page in (tab, neighbour):
        check_and_save(page)
        expect(page.get_by_role("heading", name="คิวตรวจ")).to_be_visible()
    with looking(office.engine) as connection:
        records = [get_record(connection, number) for number in range(1, 5)]
    numbers = {record.values[FieldName.REFERENCE_NO] for record in records if record}
    assert numbers == {f"มท 1/{number}" for number in range(4)}


def test_a_letter_that_somebody_has_can_be_looked_at_only(
    office: Office, tab: Page, neighbour: Page
) -> None:
    draft = office.add("a.pdf", letter())
    tab.goto(f"/drafts/{draft.id}")
    neighbour.goto("/queue")
    expect(neighbour.get_by_role("row").last).to_contain_text(OFFICER)
    expect(neighbour.get_by_role("row").last).to_contain_text("อีก 15 นาที")
    neighbour.goto(f"/drafts/{draft.id}")
    expect(neighbour.get_by_role("alert")).to_contain_text(f"{OFFICER} กำลังตรวจเรื่องนี้")
    expect(neighbour.get_by_role("alert")).to_contain_text("ให้หัวหน้ารับช่วงต่อ")
    expect(neighbour.get_by_role("button", name="รับช่วงต่อ")).to_have_count(0)
    expect(neighbour.locator("[data-save]")).to_have_count(0)
    expect(neighbour.locator("[name=subject]")).not_to_be_editable()
    neighbour.keyboard.press("Control+Enter")
    neighbour.goto("/queue")
    neighbour.keyboard.press("Enter")  # nothing is left to start with
    expect(neighbour.get_by_text("ไม่มีเรื่องให้ตรวจตามที่กรองไว้")).to_be_visible()


def test_a_supervisor_takes_over_and_nothing_is_overwritten(
    office: Office, tab: Page, head: Page
) -> None:
    draft = office.add("a.pdf", letter())
    tab.goto(f"/drafts/{draft.id}")
    with tab.expect_response(lambda answer: answer.url.endswith("/form")):
        tab.locator("[name=subject]").fill("ของคนแรก")
    head.goto(f"/drafts/{draft.id}")
    head.get_by_role("button", name="รับช่วงต่อ").press("Enter")
    expect(head.get_by_text(f"มีงานค้างของ {OFFICER}")).to_be_visible()
    expect(head.locator("[name=subject]")).to_have_value("ของคนแรก")
    with head.expect_response(lambda answer: answer.url.endswith("/form")):
        head.locator("[name=subject]").fill("ของหัวหน้า")
    tab.locator("[name=subject]").fill("ของคนแรก พิมพ์ต่อ")
    stopped = tab.locator("[data-stale]")  # by the heartbeat or by the save, whichever is first
    expect(stopped).to_contain_text("หยุดก่อน")
    expect(stopped).to_contain_text("สิ่งที่ท่านพิมพ์ยังอยู่ครบ")
    tab.get_by_role("button", name="เทียบสองฉบับ").press("Enter")
    row = tab.get_by_role("row", name="เรื่อง")
    expect(row).to_contain_text("ของคนแรก พิมพ์ต่อ")
    expect(row).to_contain_text("ของหัวหน้า")
    expect(tab.get_by_role("alert")).to_contain_text(f"{HEAD} กำลังตรวจเรื่องนี้อยู่")
    with looking(office.engine) as connection:
        kept = unfinished.kept(connection, draft.id)
    assert kept is not None
    assert kept.form["values"]["subject"] == "ของหัวหน้า"
    check_and_save(head)
    expect(head.get_by_text("หมดคิวแล้ว")).to_be_visible()
    with looking(office.engine) as connection:
        record = get_record(connection, 1)
    assert record is not None
    assert record.values[FieldName.SUBJECT] == "ของหัวหน้า"
    assert record.confirmed_by == HEAD


def test_whoever_is_away_is_asked_and_may_stay(office: Office, tab: Page, clock: Clock) -> None:
    draft = office.add("a.pdf", letter())
    tab.clock.install(time=NOW)
    tab.goto(f"/drafts/{draft.id}")
    expect(tab.locator("[name=reference_no]")).to_be_focused()
    pass_time(clock, tab, 12)
    expect(tab.get_by_role("dialog")).to_be_hidden()
    pass_time(clock, tab, 2)
    expect(tab.get_by_role("dialog")).to_contain_text("ยังตรวจเรื่องนี้อยู่หรือไม่")
    expect(tab.get_by_role("button", name="ทำต่อ")).to_be_focused()
    with tab.expect_response("**/claims/renew"):
        tab.keyboard.press("Enter")
    expect(tab.get_by_role("dialog")).to_be_hidden()
    pass_time(clock, tab, 12)
    with looking(office.engine) as connection:
        assert holder(connection, draft.id, clock.now)
    expect(tab.locator("form[data-review]")).to_be_visible()


def test_the_letter_of_whoever_stays_away_goes_back_with_what_was_typed(
    office: Office, tab: Page, neighbour: Page, clock: Clock
) -> None:
    draft = office.add("a.pdf", letter())
    tab.clock.install(time=NOW)
    tab.goto(f"/drafts/{draft.id}")
    with tab.expect_response(lambda answer: answer.url.endswith("/form")):
        tab.locator("[name=subject]").fill("พิมพ์ค้างไว้")
    pass_time(clock, tab, 14)
    expect(tab.get_by_role("dialog")).to_be_visible()
    pass_time(clock, tab, 1.5)
    expect(tab.get_by_text("ไม่มีการทำงานนานเกินกำหนด")).to_be_visible()
    assert office.fresh(draft).state is DraftState.WAITING
    neighbour.goto("/queue")
    neighbour.keyboard.press("Enter")
    expect(neighbour.get_by_text(f"มีงานค้างของ {OFFICER}")).to_be_visible()
    expect(neighbour.locator("[name=subject]")).to_have_value("พิมพ์ค้างไว้")


def test_the_letter_of_a_computer_that_died_goes_back_after_the_lease(
    office: Office, tab: Page, neighbour: Page, clock: Clock
) -> None:
    draft = office.add("a.pdf", letter())
    tab.goto(f"/drafts/{draft.id}")
    with tab.expect_response(lambda answer: answer.url.endswith("/form")):
        tab.locator("[name=subject]").fill("พิมพ์ค้างไว้")
    tab.context.set_offline(True)  # as the office sees it
    neighbour.goto(f"/drafts/{draft.id}")
    expect(neighbour.get_by_text(f"{OFFICER} กำลังตรวจเรื่องนี้")).to_be_visible()
    clock.now += LEASE + dt.timedelta(seconds=1)
    neighbour.goto(f"/drafts/{draft.id}")
    expect(neighbour.get_by_text(f"มีงานค้างของ {OFFICER}")).to_be_visible()
    expect(neighbour.locator("[name=subject]")).to_have_value("พิมพ์ค้างไว้")


def test_alt_n_gives_a_letter_to_others_with_what_was_typed(
    office: Office, tab: Page, neighbour: Page
) -> None:
    office.add("a.pdf", letter())
    office.add("b.pdf", letter({"reference_no": seen("มท 1/2", None)}))
    tab.goto("/drafts/1")
    expect(tab.locator("[name=reference_no]")).to_be_focused()
    tab.keyboard.type("สน 1")
    tab.keyboard.press("Alt+KeyN")
    expect(tab.locator("[name=reference_no]")).to_have_value("มท 1/2")
    neighbour.goto("/queue")
    neighbour.keyboard.press("Enter")
    expect(neighbour.get_by_text(f"มีงานค้างของ {OFFICER}")).to_be_visible()
    expect(neighbour.locator("[name=reference_no]")).to_have_value("สน 1")
