"""The review of a letter in every state; see ``states``."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import quote

from fastapi.testclient import TestClient
from playwright.sync_api import Page, expect

from models.claims import give_back
from models.database import writing
from models.letters import Alarm, Box
from models.terms import Danger
from tests.review_ui.conftest import OFFICER
from tests.review_ui.office import Office, doubtful, filled, letter, page
from tests.review_ui.states import OTHER, confirm, hold, open_letter, park, state


@state
def review_clean(office: Office, tab: Page) -> None:
    open_letter(office, tab, office.add("a.pdf", letter()))


@state
def review_doubtful_with_unread_pages(office: Office, tab: Page) -> None:
    open_letter(office, tab, office.add("b.pdf", doubtful()))


@state
def review_with_an_alarm(office: Office, tab: Page) -> None:
    gun = Alarm(Danger.WEAPON, "ถือปืนลูกซอง", 1, Box(0.2, 0.345, 0.12, 0.022))
    open_letter(office, tab, office.add("b.pdf", replace(letter(), alarms=(gun,))))


@state
def review_result_report_unfolded(office: Office, tab: Page) -> None:
    open_letter(office, tab, office.add("c.pdf", filled()))
    tab.evaluate(
        "for (const each of document.querySelectorAll('main details:not([data-aside])'))"
        " each.open = true"
    )


@state
def review_parked(office: Office, tab: Page) -> None:
    draft = office.add("a.pdf", letter())
    park(tab, draft)
    open_letter(office, tab, draft)


@state
def review_confirmed(office: Office, tab: Page) -> None:
    draft = office.add("a.pdf", doubtful())
    confirm(office, draft)
    open_letter(office, tab, draft)
    expect(tab.get_by_text("ดูทะเบียนที่ 1")).to_be_visible()


@state
def review_held_by_another(office: Office, tab: Page) -> None:
    draft = office.add("a.pdf", letter())
    hold(office, draft)
    open_letter(office, tab, draft)
    expect(tab.get_by_text(f"{OTHER} กำลังตรวจเรื่องนี้")).to_be_visible()


@state
def review_held_seen_by_a_supervisor(office: Office, tab: Page) -> None:
    tab.context.add_cookies(
        [{"name": "saraban_supervisor", "value": "yes", "url": tab.request.get("/queue").url}]
    )
    review_held_by_another(office, tab)
    expect(tab.get_by_role("button", name="รับช่วงต่อ")).to_be_visible()


@state
def review_with_work_of_another(office: Office, tab: Page) -> None:
    draft = office.add("a.pdf", letter())
    with TestClient(office.app()) as client:
        client.cookies.set("saraban_officer", quote(OTHER))
        typed = {"kind": "complaint", "version": "1", "subject": "พิมพ์ค้างไว้", "phone": "0812"}
        assert client.patch(f"/drafts/{draft.id}/form", data=typed).status_code == 200
    with writing(office.engine) as connection:
        give_back(connection, [draft.id], OTHER)
    open_letter(office, tab, draft)
    expect(tab.get_by_text("มีงานค้างของ")).to_be_visible()
    expect(tab.locator("[name=subject]")).to_have_value("พิมพ์ค้างไว้")


@state
def review_with_problems(office: Office, tab: Page) -> None:
    open_letter(office, tab, office.add("a.pdf", letter()))
    tab.locator("[name=date]").fill("30/2/2567")
    tab.keyboard.press("F4")
    tab.get_by_role("button", name="ตีกลับ", exact=True).press("Enter")
    expect(tab.get_by_text("เลือกเหตุผลที่ตีกลับ")).to_be_visible()


@state
def review_with_a_broken_rule(office: Office, tab: Page) -> None:
    open_letter(office, tab, office.add("a.pdf", letter()))
    tab.locator("[name=phone]").fill("08123")
    expect(tab.locator("[data-field=phone] [data-against]")).to_contain_text("▲")


@state
def review_with_the_lapse_dialog(office: Office, tab: Page) -> None:
    tab.clock.install()
    open_letter(office, tab, office.add("a.pdf", letter()))
    tab.clock.fast_forward(14 * 60 * 1000)
    expect(tab.get_by_role("dialog")).to_contain_text("ยังตรวจเรื่องนี้อยู่หรือไม่")


@state
def review_with_the_list_of_keys(office: Office, tab: Page) -> None:
    review_clean(office, tab)
    tab.keyboard.press("Alt+Slash")
    expect(tab.get_by_role("dialog")).to_be_visible()


@state
def review_being_put_aside(office: Office, tab: Page) -> None:
    review_clean(office, tab)
    tab.keyboard.press("F4")
    expect(tab.get_by_role("group", name="พักไว้ก่อน")).to_be_visible()


@state
def review_without_network(office: Office, tab: Page) -> None:
    review_clean(office, tab)
    tab.context.set_offline(True)
    tab.locator("[name=subject]").fill("พิมพ์ตอนเน็ตหลุด")
    expect(tab.locator("[data-offline]")).to_be_visible()


@state
def review_without_pictures(office: Office, tab: Page) -> None:
    open_letter(office, tab, office.add("a.pdf", letter(pages=[page(), page(2)]), picture=False))


@state
def review_taken_over_while_open(office: Office, tab: Page) -> None:
    draft = office.add("a.pdf", letter())
    with tab.expect_response("**/claims/renew"):  # the next one comes a minute later
        open_letter(office, tab, draft)
    with writing(office.engine) as connection:
        give_back(connection, [draft.id], OFFICER)
    confirm(office, draft)
    tab.locator("[name=subject]").fill("ที่พิมพ์ไว้")
    expect(tab.locator("[data-stale]")).to_be_visible()


@state
def review_beside_a_newer_version(office: Office, tab: Page) -> None:
    review_taken_over_while_open(office, tab)
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("row", name="เรื่อง")).to_contain_text("ที่พิมพ์ไว้")
