"""The pages of the way in, in every state: batches, stations, and the code of a new station."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from models.batches import BatchOrigin, open_batch, set_urgent
from models.database import writing
from models.enrolments import enrol, shown
from models.letters import MediaType
from models.manifests import ChosenFile, declare, note_sent, skip
from models.scans import Arrival, Origin, Outcome, ScanState, add_arrival, add_scan, set_state
from models.stations import add_station, note_error, station_of_key
from tests.review_ui.office import NOW, Office
from tests.review_ui.states import OTHER, state

LONG = (
    "แฟ้มเรื่องร้องเรียนค้างพิจารณา ปีงบประมาณ พ.ศ. ๒๕๖๖ ถึง ๒๕๖๗ กล่องที่ ๔ จาก ๑๒ ศูนย์ดำรงธรรมอำเภอเมืองนนทบุรี"
)
LONG_FILE = (
    "กล่อง 4/แฟ้มร้องเรียน มกราคม ถึง มีนาคม/"
    "หนังสือร้องทุกข์เรื่องน้ำท่วมขังหมู่บ้านจัดสรรซอยวัดป่าบางกระสอ_สแกนครั้งที่2_แก้ไขแล้ว.pdf"
)
PASSWORD = "ไฟล์ตั้งรหัสผ่านไว้ ให้ถอดรหัสผ่านแล้วส่งใหม่"


def batch(opened: Office, name: str = "แฟ้มค้าง 2566 กล่อง 4", **more: str) -> int:
    origin = BatchOrigin(name, "browser", **more)  # type: ignore[arg-type]
    with writing(opened.engine) as connection:
        return open_batch(connection, origin, NOW, OTHER)


def come(
    office: Office,
    number: int,
    name: str,
    outcome: Outcome = Outcome.NEW,
    state: ScanState | None = None,
    reason: str | None = None,
) -> None:
    """Let a file be chosen, sent, and perhaps read."""
    with writing(office.engine) as connection:
        (line,) = declare(connection, number, [ChosenFile(name, 300_000, 1)], NOW, "officer")
        sha256 = f"{number:04}{line.id:060}"
        origin, scan_id = Origin("browser", number, line.id), None
        refusal = reason if outcome is Outcome.REFUSED else None
        if outcome is not Outcome.DUPLICATE:
            scan_id = add_scan(
                connection,
                sha256=sha256,
                name=name,
                media_type=MediaType.PDF,
                size=300_000,
                origin=origin,
                now=NOW,
                refused=refusal,
            )
        arrival = Arrival(name.rpartition("/")[2], sha256, outcome, refusal, scan_id)
        add_arrival(connection, arrival, origin, NOW)
        note_sent(connection, line.id, [arrival])
        if state and scan_id:
            set_state(connection, scan_id, state, NOW, pages=2, reason=reason)


def wait(office: Office, number: int, *names: str) -> list[int]:
    """Let files be chosen and not sent."""
    with writing(office.engine) as connection:
        chosen = [ChosenFile(name, 300_000, 1) for name in names]
        return [line.id for line in declare(connection, number, chosen, NOW, "officer")]


@state
def import_empty(office: Office, tab: Page) -> None:
    tab.goto("/import")
    expect(tab.get_by_text("ยังไม่มีชุดงาน")).to_be_visible()


def done(office: Office) -> int:
    number = batch(office, district="เมืองนนทบุรี", box="4", channel="letter")
    for name in ("0001.pdf", "0002.pdf"):
        come(office, number, name, state=ScanState.READ)
    come(office, number, "0003.pdf", Outcome.DUPLICATE)
    left_out = wait(office, number, "ปกแฟ้ม.jpg")
    with writing(office.engine) as connection:
        skip(connection, number, left_out)
    return number


def in_trouble(office: Office) -> int:
    number = batch(
        office,
        LONG,
        district="เมืองนนทบุรี",
        office="ที่ว่าการอำเภอเมืองนนทบุรี ศูนย์ดำรงธรรมอำเภอ",
        box="4 (ชั้นวางที่ 2 ห้องเก็บเอกสารชั้นใต้ดิน)",
        binder="ร้องเรียนทั่วไป ม.ค.-มี.ค. 2566",
        channel="walk_in",
    )
    for each in range(3):
        come(office, number, f"กล่อง 4/{each:04}.pdf", state=ScanState.READ)
        come(office, number, f"กล่อง 4/ค้าง {each:04}.pdf")
    come(office, number, LONG_FILE, state=ScanState.FAILED, reason=PASSWORD)
    come(
        office,
        number,
        "กล่อง 4/รายชื่อผู้ร้อง.xlsx",
        Outcome.REFUSED,
        reason="ไม่ใช่ไฟล์ PDF, TIFF, JPEG, PNG หรือ ZIP เก็บไฟล์ไว้ให้เจ้าหน้าที่ดูแล้ว",
    )
    wait(office, number, *(f"กล่อง 4/ยังไม่ส่ง {each}.pdf" for each in range(4)))
    with writing(office.engine) as connection:
        set_urgent(connection, number, True)
    return number


@state
def import_with_batches(office: Office, tab: Page) -> None:
    done(office)
    in_trouble(office)
    batch(office, "ยังว่าง")
    tab.goto("/import")
    expect(tab.get_by_role("link", name=LONG)).to_be_visible()


@state
def import_with_mistakes(office: Office, tab: Page) -> None:
    done(office)
    tab.goto("/import")
    tab.get_by_label("วันที่รับเอกสาร").fill("31/2/2567")
    tab.get_by_label("ชื่อชุดงาน").evaluate("each => (each.required = false)")
    tab.get_by_role("button", name="เปิดชุดงาน").click()
    expect(tab.locator(".problem")).to_have_count(2)


@state
def batch_new(office: Office, tab: Page) -> None:
    tab.goto(f"/import/{batch(office)}")
    expect(tab.get_by_role("button", name="เลือกโฟลเดอร์")).to_be_visible()


@state
def batch_reading_with_troubles(office: Office, tab: Page) -> None:
    tab.goto(f"/import/{in_trouble(office)}")
    expect(tab.get_by_text("รายการที่ต้องดู (2)")).to_be_visible()


@state
def batch_done(office: Office, tab: Page) -> None:
    tab.goto(f"/import/{done(office)}")
    expect(tab.get_by_text("ไฟล์ที่เลือก 4 = ใหม่ 2 + ซ้ำ 1 + เสีย 0 + ข้าม 1")).to_be_visible()


@state
def batch_group(office: Office, tab: Page) -> None:
    tab.goto(f"/import/{in_trouble(office)}?group=waiting")
    expect(tab.locator(".group-files tbody tr")).to_have_count(4)


def two_stations(office: Office) -> None:
    with writing(office.engine) as connection:
        key = add_station(connection, "เคาน์เตอร์ 1", NOW, "เมืองนนทบุรี", OTHER)
        station = station_of_key(connection, key, NOW, "192.168.1.23")
        assert station is not None
        told = "เครื่องนี้ลงทะเบียนไว้กับอำเภอเมืองนนทบุรี ส่งเอกสารของอำเภอบางบัวทองไม่ได้"
        note_error(connection, station.id, told, NOW)
        add_station(connection, "เครื่องถ่ายเอกสารห้องสารบรรณ ชั้น 2 อาคารหลังใหม่", NOW)


@state
def stations(office: Office, tab: Page) -> None:
    two_stations(office)
    tab.goto("/stations")
    expect(tab.get_by_text("192.168.1.23")).to_be_visible()


@state
def stations_empty(office: Office, tab: Page) -> None:
    tab.goto("/stations")
    expect(tab.get_by_text("ยังไม่มีเครื่องสแกน")).to_be_visible()


@state
def stations_with_new_key(office: Office, tab: Page) -> None:
    stations(office, tab)
    row = tab.get_by_role("row", name="เคาน์เตอร์ 1")
    row.get_by_text("ออกกุญแจใหม่", exact=True).click()
    row.get_by_role("button", name="ออกกุญแจ").click()
    expect(tab.locator(".station-key")).to_be_visible()


@state
def device_code(office: Office, tab: Page) -> None:
    tab.goto("/device")
    expect(tab.get_by_label("รหัส 8 ตัว")).to_be_focused()


@state
def device_approve(office: Office, tab: Page) -> None:
    with writing(office.engine) as connection:
        new = enrol(connection, "เคาน์เตอร์ 3", "192.168.1.30", NOW)
    tab.goto(f"/device?code={shown(new.user_code)}")
    expect(tab.get_by_role("button", name="อนุมัติ", exact=True)).to_be_visible()


@state
def device_wrong(office: Office, tab: Page) -> None:
    tab.goto("/device?code=BBBB-BBBB")
    expect(tab.get_by_role("alert")).to_contain_text("ไม่พบรหัสนี้")


@state
def printing(office: Office, tab: Page) -> None:
    tab.goto("/print?district=เฉลิมพระเกียรติ น่าน&batch=กล่อง 4")
    expect(tab.get_by_role("heading", name="พิมพ์ใบคั่นและสติกเกอร์")).to_be_visible()


@state
def printing_what_cannot_be(office: Office, tab: Page) -> None:
    tab.goto("/print")
    tab.locator("#district").fill("อำเภอที่ไม่มีอยู่จริงในทะเบียน")
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("alert")).to_contain_text("อำเภอที่ไม่มีอยู่จริงในทะเบียน")
