"""Every screen of the desk, in every state that an officer may meet it in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from urllib.parse import quote

from fastapi.testclient import TestClient
from playwright.sync_api import Page, expect

from models.claims import claim
from models.database import writing
from models.drafts import Draft
from models.scans import ScanState, set_state
from models.vouching import CRITICAL
from tests.models.letters import keep_scan
from tests.review_ui.office import (
    NOW,
    Office,
    doubtful,
    letter,
)

OTHER = "มานี มีนา"
THIRD = "ปิติ พอใจ"
State = Callable[[Office, Page], None]
STATES: dict[str, State] = {}


def state(build: State) -> State:
    """Register how a state is brought about."""
    STATES[build.__name__] = build
    return build


def open_letter(office: Office, tab: Page, draft: Draft) -> None:
    tab.goto(f"/drafts/{draft.id}")
    expect(tab.locator("main")).to_be_visible()


def confirm(office: Office, draft: Draft, officer: str = OTHER) -> None:
    """Record a letter as the form does without JavaScript."""
    form = {"kind": "complaint", "category": "HARDSHIP", "version": str(draft.version)}
    said = {"reference_no": "สน 0018.1/456", "date": "13/11/2567", "district": "เมืองสกลนคร"}
    ticked = {"checked": [name.value for name in CRITICAL], "action": "confirm"}
    with TestClient(office.app(), follow_redirects=False) as client:
        client.cookies.set("saraban_officer", quote(officer))
        answer = client.post(f"/drafts/{draft.id}", data=form | said | ticked)
    assert answer.status_code == 303, answer.text


def hold(office: Office, draft: Draft, officer: str = OTHER) -> None:
    with writing(office.engine) as connection:
        claim(connection, draft.id, officer, NOW, dt.timedelta(minutes=15))


def scan(office: Office, name: str, when: dt.datetime = NOW, failed: str = "") -> None:
    """A file without a draft: still to be read, or one that cannot be opened."""
    with writing(office.engine) as connection:
        sha256 = name.encode().hex().ljust(64, "0")[:64]
        number = keep_scan(connection, sha256, name, now=when)
        if failed:
            set_state(connection, number, ScanState.FAILED, NOW, reason=failed)


def park(tab: Page, draft: Draft) -> None:
    tab.goto(f"/drafts/{draft.id}")
    tab.keyboard.press("F4")
    tab.keyboard.press("2")
    tab.keyboard.press("Enter")
    expect(tab.locator("[data-status]")).to_contain_text("พักเรื่องไว้แล้ว")


# ---- the queue ----


@state
def queue_empty(office: Office, tab: Page) -> None:
    tab.goto("/queue")


@state
def queue_with_letters(office: Office, tab: Page) -> None:
    office.add("a.pdf", letter())
    office.add("b.pdf", doubtful())
    hold(office, office.add("c.pdf", letter({"subject": None, "date": None}, suggestion=None)))
    tab.goto("/queue")
    expect(tab.get_by_text(OTHER)).to_be_visible()


@state
def queue_urgent(office: Office, tab: Page) -> None:
    office.add("b.pdf", doubtful())
    tab.goto("/queue?tab=urgent&order=instructive")


@state
def queue_parked(office: Office, tab: Page) -> None:
    park(tab, office.add("a.pdf", letter()))
    tab.goto("/queue?tab=parked")


@state
def queue_rejected_empty(office: Office, tab: Page) -> None:
    tab.goto("/queue?tab=rejected")


@state
def queue_failed(office: Office, tab: Page) -> None:
    scan(office, "x.pdf", failed="ตั้งรหัสผ่านไว้")
    tab.goto("/queue?tab=failed")


@state
def queue_sieved_to_nothing(office: Office, tab: Page) -> None:
    office.add("a.pdf", letter())
    tab.goto("/queue?sieve=1&text=ไม่มีคำนี้&district=กุสุมาลย์")
    expect(tab.get_by_text("ไม่มีเรื่องตรงกับที่กรอง")).to_be_visible()


@state
def queue_standing_still(office: Office, tab: Page) -> None:
    scan(office, "waiting.pdf", NOW - dt.timedelta(hours=1))
    tab.goto("/queue")
    expect(tab.get_by_text("เครื่องอ่านหยุดอยู่")).to_be_visible()


@state
def queue_after_the_last_letter(office: Office, tab: Page) -> None:
    tab.goto(f"/drafts/{office.add('a.pdf', letter()).id}")
    for _ in range(4):
        tab.keyboard.press("Enter")
    expect(tab.get_by_role("button", name="เลิกทำ")).to_be_visible()


@state
def queue_of_two_pages(office: Office, tab: Page) -> None:
    for number in range(51):
        office.add(f"{number}.pdf", letter(), picture=False)
    tab.goto("/queue?page=2")


@state
def overview_empty(office: Office, tab: Page) -> None:
    tab.goto("/overview")


@state
def overview_full(office: Office, tab: Page) -> None:
    confirm(office, office.add("a.pdf", letter()))
    office.add("b.pdf", doubtful())
    office.add("c.pdf", letter({"district": None}))
    tab.goto("/overview")
    expect(tab.get_by_role("link", name="เมืองสกลนคร")).to_be_visible()


@state
def registry_empty(office: Office, tab: Page) -> None:
    tab.goto("/registry")


@state
def registry_with_records(office: Office, tab: Page) -> None:
    confirm(office, office.add("a.pdf", letter()))
    tab.goto("/registry?q=456")
    expect(tab.get_by_role("link", name="สน 0018.1/456")).to_be_visible()


@state
def registry_without_a_hit(office: Office, tab: Page) -> None:
    tab.goto("/registry?q=ไม่มีคำนี้")


@state
def record(office: Office, tab: Page) -> None:
    confirm(office, office.add("a.pdf", doubtful()))
    tab.goto("/registry/1")


@state
def classifier(office: Office, tab: Page) -> None:
    confirm(office, office.add("a.pdf", letter()))
    office.add("b.pdf", letter())
    tab.goto("/classifier")
    expect(tab.locator(".chart").first).to_be_visible()


@state
def officer_seat(office: Office, tab: Page) -> None:
    tab.goto("/officer")


@state
def officer_seat_without_a_name(office: Office, tab: Page) -> None:
    tab.goto("/officer")
    tab.evaluate("document.querySelector('#name').required = false")
    tab.locator("#name").fill("")
    tab.keyboard.press("Enter")
    expect(tab.locator("#name-error")).to_be_visible()


@state
def error_page(office: Office, tab: Page) -> None:
    tab.goto("/drafts/99")
    expect(tab.get_by_role("heading", name="ไม่พบหน้านี้")).to_be_visible()
