"""Scanner workstations in a real browser: enrolled by the keyboard alone, re-keyed, shut out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect

from models.database import looking, writing
from models.stations import add_station, list_stations
from saraban.office import Office
from tests.conftest import A4, NOW, pdf
from tests.review_ui.keyboard import presses, take_mouse_away

pytestmark = pytest.mark.browser
LETTER = pdf(A4)


@pytest.fixture
def station(address: str) -> Iterator[httpx.Client]:
    """The program at a scanner."""
    with httpx.Client(base_url=address) as client:
        yield client


def enrol(station: httpx.Client, name: str = "เคาน์เตอร์ 3") -> dict[str, Any]:
    return dict(station.post("/api/v1/enrolments", json={"name": name}).json())


def fetch(station: httpx.Client, new: dict[str, Any]) -> httpx.Response:
    told = {"device_code": new["device_code"]}
    return station.post("/api/v1/enrolments/key", json=told)


def sends(station: httpx.Client, key: str, content: bytes = LETTER) -> int:
    headers = {"Authorization": f"Bearer {key}", "Idempotency-Key": str(len(content))}
    files = {"file": ("a.pdf", content)}
    return station.post("/api/v1/documents", files=files, headers=headers).status_code


def row(tab: Page, name: str = "เคาน์เตอร์ 3") -> Any:
    return tab.get_by_role("row", name=name)


def test_a_code_typed_by_keyboard_in_lower_case_gives_the_station_its_key(
    office: Office, tab: Page, station: httpx.Client
) -> None:
    new = enrol(station)
    take_mouse_away(tab)
    tab.goto("/device")
    tab.keyboard.type(new["user_code"].lower().replace("-", "  "))
    tab.keyboard.press("Enter")
    expect(tab.get_by_label("อำเภอ")).to_be_focused()
    expect(tab.get_by_label("ชื่อเครื่อง")).to_have_value("เคาน์เตอร์ 3")
    expect(tab.locator("main")).to_contain_text(new["user_code"])
    expect(tab.locator("main")).to_contain_text("127.0.0.1")
    tab.keyboard.type("ไม่มีอำเภอนี้")
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("alert")).to_contain_text("เลือกอำเภอจากรายการ")
    expect(tab.get_by_label("อำเภอ")).to_be_focused()
    assert fetch(station, new).json()["error"] == "authorization_pending"
    tab.keyboard.press("Control+A")
    tab.keyboard.type("เมืองนนทบุรี")
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("status")).to_contain_text("อนุมัติแล้ว")
    presses(tab)
    enrolled = fetch(station, new).json()
    assert enrolled["district"] == "เมืองนนทบุรี"
    assert sends(station, enrolled["key"]) == 201
    tab.goto("/stations")
    expect(row(tab)).to_contain_text("127.0.0.1")
    expect(row(tab)).to_contain_text("โดย สมชาย ใจเย็น")
    tab.goto("/device")  # the code is used up
    tab.keyboard.type(new["user_code"])
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("alert")).to_contain_text("ไม่พบรหัสนี้ หรือหมดอายุแล้ว")
    expect(tab.get_by_label("รหัส 8 ตัว")).to_be_focused()


def test_a_link_with_the_code_asks_who_one_is_and_comes_back(
    browser: Any, address: str, station: httpx.Client
) -> None:
    new = enrol(station)
    context = browser.new_context(base_url=address)
    tab = context.new_page()
    tab.goto(f"/device?code={new['user_code']}")
    tab.get_by_label("ชื่อ").first.fill("สมชาย ใจเย็น")
    tab.keyboard.press("Enter")
    expect(tab.get_by_label("ชื่อเครื่อง")).to_have_value("เคาน์เตอร์ 3")
    context.close()


def test_a_station_that_is_refused_hears_so(tab: Page, station: httpx.Client) -> None:
    new = enrol(station)
    tab.goto(f"/device?code={new['user_code']}")
    tab.get_by_role("button", name="ไม่อนุมัติ").click()
    expect(tab.get_by_role("status")).to_contain_text("ไม่อนุมัติเครื่องนี้แล้ว")
    assert fetch(station, new).json()["error"] == "access_denied"


def test_a_new_key_is_shown_once_and_the_one_before_still_works(
    office: Office, tab: Page, station: httpx.Client
) -> None:
    with writing(office.engine) as connection:
        first = add_station(connection, "เคาน์เตอร์ 3", NOW, "เมืองนนทบุรี")
    tab.goto("/stations")
    row(tab).get_by_text("ออกกุญแจใหม่", exact=True).click()
    row(tab).get_by_role("button", name="ออกกุญแจ").click()
    second = tab.locator(".station-key").text_content() or ""
    assert re.fullmatch("sk_live_[A-Za-z0-9]{8}_[A-Za-z0-9]{32}", second)
    assert second not in tab.url
    expect(tab.locator(".said")).to_contain_text("เคาน์เตอร์ 3")
    assert (sends(station, first), sends(station, second, pdf(A4, A4))) == (201, 201)
    tab.goto("/stations")
    assert second not in tab.content()
    expect(row(tab)).to_contain_text("กุญแจเดิมใช้ได้ถึง")
    row(tab).get_by_text("ออกกุญแจใหม่", exact=True).click()
    expect(row(tab)).to_contain_text("จะใช้ไม่ได้ทันที")  # the very first one, that is


def test_a_key_taken_away_shuts_the_station_out_at_once(
    office: Office, tab: Page, station: httpx.Client
) -> None:
    with writing(office.engine) as connection:
        key = add_station(connection, "เคาน์เตอร์ 3", NOW)
    assert sends(station, key) == 201
    tab.goto("/stations")
    row(tab).get_by_text("เพิกถอน", exact=True).click()
    expect(row(tab)).to_contain_text("เอกสารที่ส่งมาแล้วยังอยู่")
    row(tab).get_by_role("button", name="ยืนยันเพิกถอน").click()
    expect(tab.get_by_role("status")).to_contain_text("เพิกถอนกุญแจแล้ว")
    assert sends(station, key, pdf(A4, A4)) == 401
    expect(row(tab)).to_contain_text("เพิกถอนแล้ว")
    expect(row(tab).get_by_role("button")).to_have_count(0)


def test_what_went_wrong_last_is_shown(office: Office, tab: Page, station: httpx.Client) -> None:
    with writing(office.engine) as connection:
        key = add_station(connection, "เคาน์เตอร์ 3", NOW)
    assert sends(station, key, b"no page at all") == 415
    with looking(office.engine) as connection:
        (news,) = list_stations(connection)
    assert news.last_error
    tab.goto("/stations")
    expect(row(tab)).to_contain_text("ไม่ใช่ไฟล์ PDF")
