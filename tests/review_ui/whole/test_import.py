"""Bulk upload in a real browser: closed, lost or killed, every file is accounted for."""

from __future__ import annotations

import csv
import io
import os
import random
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request, Route, expect
from sqlalchemy import text

from models.batches import get_batch
from models.database import looking, writing
from models.scans import ScanState, set_state
from saraban.office import Office
from tests.conftest import A4, NOW, given, pdf
from tests.ingest.offices import rows
from tests.ingest.zips import make_zip
from tests.review_ui.conftest import OFFICER
from tests.review_ui.keyboard import presses, take_mouse_away
from tests.review_ui.seats import held_back, seated, until
from tests.review_ui.whole.batches import how_far, new_batch, receipt_says, sums
from tests.saraban.killed_server import served

pytestmark = pytest.mark.browser
MB = 2**20
UPLOADS = "**/api/v1/uploads"  # where a new one begins


def letter(number: int, size: int = 0) -> bytes:
    """A letter unlike any other, of at least so many bytes."""
    return pdf(A4) + b"%" + str(number).encode() + random.Random(number).randbytes(size)


def letters(count: int) -> dict[str, bytes]:
    return {f"{number:04}.pdf": letter(number) for number in range(1, count + 1)}


def choose(tab: Page, folder: Path) -> None:
    tab.locator("#folder").set_input_files(folder)


def sent(tab: Page) -> list[str]:
    """Note every request that sends bytes of files from now on."""
    found: list[str] = []

    def note(request: Request) -> None:
        if "/api/v1/uploads" in request.url and request.method in ("POST", "PATCH"):
            found.append(request.method)

    tab.on("request", note)
    return found


def offsets(office: Office) -> list[int]:
    """How far the uploads are that are under way."""
    with looking(office.engine) as connection:
        under_way = text('SELECT "offset" FROM uploads WHERE finished_at IS NULL')
        return list(connection.execute(under_way).scalars())


def under_way(office: Office, tab: Page, tmp_path: Path, count: int) -> tuple[int, list[Route]]:
    """A batch of more than three files, of which the first three are kept on their way."""
    batch = new_batch(office)
    gate = held_back(tab, UPLOADS)
    tab.goto(f"/import/{batch}")
    choose(tab, given(letters(count), tmp_path / "กล่อง"))
    expect(tab.locator("#sent-text")).to_contain_text(f"0/{count} ไฟล์")
    until(tab, lambda: len(gate) == 3)  # the manifest is there before the first file sets out
    return batch, gate


def let_go(tab: Page, gate: list[Route]) -> None:
    assert gate
    tab.unroute(UPLOADS)  # lets those on their way go on, too


def test_the_receipt_accounts_for_every_file_of_a_folder(
    office: Office, tab: Page, tmp_path: Path
) -> None:
    batch = new_batch(office)
    folder = given(
        {
            "0001.pdf": letter(1),
            "0002.pdf": letter(2),
            "0001 สำเนา.pdf": letter(1),
            "ว่าง.pdf": b"",
            "บันทึก.docx": b"no page at all",
            "เล่มใหญ่.pdf": letter(3, 9 * MB),
            "แฟ้ม.zip": make_zip({"ก.pdf": letter(4), "ข.txt": b"hello"}),
            "Thumbs.db": b"what Windows leaves behind",
            ".hidden": b"what others leave behind",
        },
        tmp_path / "กล่อง 4",
    )
    tab.goto(f"/import/{batch}")
    choose(tab, folder)
    receipt_says(tab, "ไฟล์ที่เลือก 7 = ใหม่ 4 + ซ้ำ 1 + เสีย 2 + ข้าม 0")
    expect(tab.locator("#said")).to_have_text("ส่งครบแล้ว 7 ไฟล์ ปิดหน้านี้ได้")
    assert sums(tab) == {"ใหม่": 4, "ซ้ำ": 1, "เสีย": 2, "ข้าม": 0, "ยังไม่ส่ง": 0}
    assert how_far(office, batch).reconciles
    troubles = tab.locator(".troubles li")
    expect(troubles).to_have_count(3)  # the two, and the one inside the ZIP
    for name, advice in (("ว่าง.pdf", "ให้สแกนหรือส่งใหม่"), ("บันทึก.docx", "ไม่ใช่ไฟล์ PDF")):
        expect(troubles.filter(has_text=name)).to_contain_text(advice)
    with tab.expect_download() as download:
        tab.get_by_role("link", name="ดาวน์โหลด CSV").click()
    table = list(csv.DictReader(io.StringIO(download.value.path().read_text("utf-8-sig"))))
    assert sorted(line["ไฟล์"] for line in table) == sorted(
        [
            *(f"กล่อง 4/{name}" for name in ("0001.pdf", "0002.pdf", "0001 สำเนา.pdf")),
            *(f"กล่อง 4/{name}" for name in ("ว่าง.pdf", "บันทึก.docx", "เล่มใหญ่.pdf")),
            *("แฟ้ม.zip/ก.pdf", "แฟ้ม.zip/ข.txt"),
        ]
    )
    tab.get_by_role("link", name="เสีย").click()
    expect(tab.locator(".group-files tbody tr")).to_have_count(3)


def test_a_tab_closed_at_half_costs_no_file_and_sends_none_twice(
    office: Office, browser: Browser, address: str, tmp_path: Path
) -> None:
    batch = new_batch(office)
    large = {"0000 เล่มใหญ่.pdf": letter(99, 9 * MB)}
    folder = given(letters(20) | large, tmp_path / "กล่อง")
    let_through: list[str] = []

    def let_half_through(route: Route) -> None:
        request = route.request
        small = int(request.headers.get("upload-length", 9 * MB)) < 4 * MB
        kind = "small" if small else request.method
        if let_through.count(kind) >= {"small": 10, "PATCH": 1}.get(kind, 99):
            return  # stays on the way until the tab is closed
        let_through.append(kind)
        route.continue_()

    with seated(browser, address, OFFICER) as first:
        first.route("**/api/v1/uploads**", let_half_through)
        first.goto(f"/import/{batch}")
        choose(first, folder)
        expect(first.locator(".receipt-line")).to_contain_text("ยังไม่ส่ง 11")
        until(first, lambda: offsets(office) == [4 * MB])
    assert how_far(office, batch).waiting == 11
    with seated(browser, address, OFFICER) as second:
        again = sent(second)
        second.goto(f"/import/{batch}")
        expect(second.get_by_text("ยังส่งไม่ครบ 11 ไฟล์")).to_be_visible()
        choose(second, folder)
        receipt_says(second, "ไฟล์ที่เลือก 21 = ใหม่ 21 + ซ้ำ 0 + เสีย 0 + ข้าม 0")
    assert (again.count("POST"), again.count("PATCH")) == (10, 2)  # of three chunks one was here
    assert rows(office, "scans") == rows(office, "arrivals") == 21
    assert how_far(office, batch).reconciles


def test_a_killed_server_that_comes_back_finds_the_page_going_on(
    office: Office, browser: Browser, tmp_path: Path
) -> None:
    batch = new_batch(office)
    files = letters(40) | {"เล่มใหญ่.pdf": letter(99, 9 * MB)}
    folder = given(files, tmp_path / "กล่อง")
    with (
        served(office.settings.data_dir) as server,
        seated(browser, server.address, OFFICER) as tab,
    ):
        tab.goto(f"/import/{batch}")
        choose(tab, folder)
        until(tab, lambda: rows(office, "arrivals") >= 8)
        server.kill()
        expect(tab.locator("#unsent")).to_contain_text("รอส่งใหม่")
        expect(tab.locator("#unsent")).to_contain_text("ติดต่อระบบไม่ได้")
        server.start()
        receipt_says(tab, "ไฟล์ที่เลือก 41 = ใหม่ 41 + ซ้ำ 0 + เสีย 0 + ข้าม 0")
        expect(tab.locator("#said")).to_have_text("ส่งครบแล้ว 41 ไฟล์ ปิดหน้านี้ได้")
    assert rows(office, "scans") == rows(office, "arrivals") == 41


def test_sending_is_held_and_goes_on(office: Office, tab: Page, tmp_path: Path) -> None:
    _, gate = under_way(office, tab, tmp_path, 12)
    tab.get_by_role("button", name="พักการส่ง").click()
    expect(tab.locator("#sent-text")).to_contain_text("พักอยู่")
    tab.wait_for_timeout(200)
    assert len(gate) == 3  # at once, and no more while it rests
    let_go(tab, gate)
    tab.wait_for_timeout(700)
    assert rows(office, "arrivals") == 0
    tab.get_by_role("button", name="ส่งต่อ").click()
    receipt_says(tab, "ไฟล์ที่เลือก 12 = ใหม่ 12")
    expect(tab.locator("#hold")).to_be_hidden()


def test_orders_and_groups_do_not_stop_what_is_being_sent(
    office: Office, tab: Page, tmp_path: Path
) -> None:
    batch, gate = under_way(office, tab, tmp_path, 6)
    tab.get_by_role("button", name="อ่านชุดนี้ก่อน").click()
    expect(tab.get_by_text("อ่านก่อนงานอื่น")).to_be_visible()
    tab.get_by_role("button", name="พักการอ่าน").click()
    expect(tab.get_by_text("พักการอ่านอยู่")).to_be_visible()
    tab.get_by_role("link", name="ยังไม่ส่ง").click()
    expect(tab.locator(".group-files tbody tr")).to_have_count(6)
    let_go(tab, gate)
    receipt_says(tab, "ไฟล์ที่เลือก 6 = ใหม่ 6")
    with looking(office.engine) as connection:
        assert get_batch(connection, batch).urgent


def test_a_batch_is_paused_resumed_cancelled_and_taken_up_again(
    office: Office, tab: Page, tmp_path: Path
) -> None:
    batch = new_batch(office)
    tab.goto(f"/import/{batch}")
    choose(tab, given(letters(3), tmp_path / "กล่อง"))
    expect(tab.get_by_text("3 รออ่าน")).to_be_visible()
    tab.get_by_role("button", name="พักการอ่าน").click()
    expect(tab.get_by_text("พักการอ่านอยู่")).to_be_visible()
    tab.get_by_role("button", name="ทำต่อ").click()
    expect(tab.get_by_text("พักการอ่านอยู่")).to_have_count(0)
    asked: list[str] = []
    tab.once("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    tab.get_by_role("button", name="ยกเลิกชุดงาน").click()
    expect(tab.get_by_text("ยกเลิกแล้ว")).to_have_count(0)
    assert "ไฟล์ที่ส่งแล้วยังอยู่" in asked[0]
    tab.once("dialog", lambda dialog: dialog.accept())
    tab.get_by_role("button", name="ยกเลิกชุดงาน").click()
    expect(tab.get_by_text("3 ยกเลิกก่อนอ่าน")).to_be_visible()
    expect(tab.locator("#choosing")).to_have_count(0)
    tab.get_by_role("button", name="ทำต่อ").click()
    expect(tab.get_by_text("3 รออ่าน")).to_be_visible()


def test_a_file_that_is_gone_from_the_disk_is_told_and_stops_no_other(
    office: Office, tab: Page, tmp_path: Path
) -> None:
    batch = new_batch(office)
    folder = given(letters(5), tmp_path / "กล่อง")
    gone, stood = (folder / "0002.pdf").read_bytes(), (folder / "0002.pdf").stat()

    def lose_one(route: Route) -> None:
        (folder / "0002.pdf").unlink()
        route.continue_()

    tab.route(f"**/api/v1/batches/{batch}/files", lose_one)
    tab.goto(f"/import/{batch}")
    choose(tab, folder)
    expect(tab.locator("#unsent")).to_contain_text("0002.pdf — เปิดไฟล์ไม่ได้")
    expect(tab.locator("#said")).to_contain_text("ส่งแล้ว 4 ไฟล์ ส่งไม่ได้ 1 ไฟล์")
    receipt_says(tab, "ไฟล์ที่เลือก 5 = ใหม่ 4 + ซ้ำ 0 + เสีย 0 + ข้าม 0 + ยังไม่ส่ง 1")
    tab.unroute(f"**/api/v1/batches/{batch}/files")
    (folder / "0002.pdf").write_bytes(gone)  # found again, and chosen again
    os.utime(folder / "0002.pdf", ns=(stood.st_atime_ns, stood.st_mtime_ns))
    choose(tab, folder)
    receipt_says(tab, "ไฟล์ที่เลือก 5 = ใหม่ 5 + ซ้ำ 0 + เสีย 0 + ข้าม 0")
    expect(tab.locator("#said")).to_have_text("ส่งครบแล้ว 5 ไฟล์ ปิดหน้านี้ได้")


def test_sending_goes_on_when_the_network_is_back(
    office: Office, tab: Page, tmp_path: Path
) -> None:
    batch = new_batch(office)
    folder = given(letters(8), tmp_path / "กล่อง")
    with tab.expect_request(f"**/api/v1/batches/{batch}/events"):
        tab.goto(f"/import/{batch}")
    gate = held_back(tab, UPLOADS)
    choose(tab, folder)
    expect(tab.locator("#sent-text")).to_contain_text("0/8 ไฟล์")
    until(tab, lambda: bool(gate))  # offline, a file would not even set out
    tab.context.set_offline(True)
    let_go(tab, gate)
    expect(tab.locator("#unsent")).to_contain_text("ติดต่อระบบไม่ได้")
    tab.context.set_offline(False)
    receipt_says(tab, "ไฟล์ที่เลือก 8 = ใหม่ 8")
    expect(tab.locator("#unsent")).to_be_hidden()
    assert rows(office, "arrivals") == 8


def test_closing_the_page_while_bytes_move_asks_first(
    office: Office, tab: Page, tmp_path: Path
) -> None:
    batch = new_batch(office)
    folder = given(letters(2), tmp_path / "กล่อง")
    gate = held_back(tab, UPLOADS)
    tab.goto(f"/import/{batch}")
    with tab.expect_file_chooser() as chooser:
        tab.get_by_role("button", name="เลือกโฟลเดอร์").click()
    chooser.value.set_files(folder)
    expect(tab.locator("#sent-text")).to_contain_text("0/2 ไฟล์")
    until(tab, lambda: len(gate) == 2)
    kinds: list[str] = []
    tab.on("dialog", lambda dialog: (kinds.append(dialog.type), dialog.dismiss()))
    tab.evaluate("location.assign('/queue')")
    until(tab, lambda: bool(kinds))
    assert kinds == ["beforeunload"]
    let_go(tab, gate)
    receipt_says(tab, "ไฟล์ที่เลือก 2 = ใหม่ 2")
    tab.goto("/queue")
    assert kinds == ["beforeunload"]  # and nobody is asked once all is sent


def test_a_batch_is_opened_and_filled_by_the_keyboard_alone(
    office: Office, tab: Page, tmp_path: Path
) -> None:
    folder = given(letters(2), tmp_path / "กล่อง")
    take_mouse_away(tab)
    tab.goto("/import")
    tab.get_by_label("ชื่อชุดงาน").focus()
    for typed in ("แฟ้มค้าง 2566 กล่อง 4", "เมืองนนทบุรี", "ที่ว่าการอำเภอเมืองนนทบุรี", "4", "2"):
        tab.keyboard.type(typed)
        tab.keyboard.press("Tab")
    tab.keyboard.press("Tab")
    tab.keyboard.type("31/3/2566")
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("heading", name="แฟ้มค้าง 2566 กล่อง 4")).to_be_visible()
    expect(tab.locator("#origin")).to_contain_text("เมืองนนทบุรี")
    expect(tab.locator("#origin")).to_contain_text("รับเมื่อ 31 มี.ค. 66")
    with tab.expect_file_chooser() as chooser:
        tab_to(tab, "เลือกโฟลเดอร์")
        tab.keyboard.press("Enter")
    chooser.value.set_files(folder)
    receipt_says(tab, "ไฟล์ที่เลือก 2 = ใหม่ 2")
    tab_to(tab, "ใหม่")
    tab.keyboard.press("Enter")
    expect(tab.locator(".group-files tbody tr")).to_have_count(2)
    presses(tab)


def tab_to(tab: Page, name: str) -> None:
    for _ in range(40):
        if tab.evaluate("document.activeElement.textContent.trim()") == name:
            return
        tab.keyboard.press("Tab")
    raise AssertionError(f"Tab does not reach {name}")


def test_files_left_out_are_skipped_and_the_sum_comes_out(
    office: Office, tab: Page, tmp_path: Path
) -> None:
    batch, _ = under_way(office, tab, tmp_path, 4)
    tab.get_by_role("button", name="พักการส่ง").click()
    tab.goto(f"/import/{batch}?group=waiting")
    tab.get_by_label("ข้าม กล่อง/0002.pdf").check()
    tab.get_by_role("button", name="ข้ามไฟล์ที่เลือก").click()
    receipt_says(tab, "ไฟล์ที่เลือก 4 = ใหม่ 0 + ซ้ำ 0 + เสีย 0 + ข้าม 1 + ยังไม่ส่ง 3")
    tab.goto(f"/import/{batch}?group=waiting")
    tab.once("dialog", lambda dialog: dialog.accept())
    tab.get_by_role("button", name="ข้ามทั้งหมดที่ยังไม่ส่ง (3)").click()
    receipt_says(tab, "✓ ครบ ไฟล์ที่เลือก 4 = ใหม่ 0 + ซ้ำ 0 + เสีย 0 + ข้าม 4")


def test_what_could_not_be_read_is_tried_again(office: Office, tab: Page, tmp_path: Path) -> None:
    batch = new_batch(office)
    tab.goto(f"/import/{batch}")
    choose(tab, given(letters(2), tmp_path / "กล่อง"))
    expect(tab.get_by_text("2 รออ่าน")).to_be_visible()
    with writing(office.engine) as connection:
        set_state(connection, 1, ScanState.FAILED, NOW, reason="ตั้งรหัสผ่านไว้ ให้ถอดแล้วส่งใหม่")
    expect(tab.locator(".troubles li")).to_contain_text("ให้ถอดแล้วส่งใหม่")
    tab.get_by_role("button", name="ลองอ่านที่อ่านไม่ได้อีกครั้ง (1)").click()
    expect(tab.get_by_text("2 รออ่าน")).to_be_visible()
    expect(tab.locator(".troubles")).to_have_count(0)
