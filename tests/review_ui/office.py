"""Builds a small real office: tables in SQLite, pages drawn with Pillow, drafts as read."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from fastapi import FastAPI, Request, Response
from PIL import Image, ImageDraw, ImageFont
from sqlalchemy import Engine

from models.database import looking, open_database, writing
from models.drafts import Draft, add_draft, drafts_of_scan
from models.letters import (
    Box,
    Citation,
    Evidence,
    Field,
    Fields,
    LetterPart,
    Line,
    MediaType,
    OcrPage,
    PageState,
    RankedCategory,
    Reading,
    Receipt,
    Suggestion,
)
from models.marks import Marks, marks_of, values_read
from models.pages import add_page, get_pages
from models.scans import ScanState, set_state
from models.schema import upgrade
from models.sheet_codes import Separator
from models.terms import FieldName, LetterKind, PartKind
from review_ui.desk import ClassifierNews, RereadPage, ShelfEvent, ShelvedModel, Unreadable
from review_ui.pages import Desk, officer_pages
from saraban.printing import OfficePrinter
from saraban.settings import Settings
from tests.models.letters import keep_scan

NOW = dt.datetime(2025, 3, 4, 5, 6, tzinfo=dt.UTC)
WIDTH, HEIGHT = 827, 1170
_FONT = Path("/usr/share/fonts/truetype/tlwg/Laksaman.ttf")
# As saraban/app.py sends it: the pages must live with it.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


@dataclass(frozen=True)
class FakeCategory:
    code: str
    label: str


CATEGORIES = (
    FakeCategory("HELP", "ขอความช่วยเหลือ"),
    FakeCategory("HARDSHIP", "ปัญหาความเดือดร้อน"),
    FakeCategory("LAND", "ปัญหาที่ดิน/ที่ทำกิน"),
    FakeCategory("OFFICIAL", "กล่าวโทษเจ้าหน้าที่ของรัฐ"),
    FakeCategory("OTHER", "อื่นๆ"),
)

RETIRED = {"ROADS": "ถนนหนทาง", "RUMOUR": "ข่าวลือ"}  # one of them has an heir
IN_USE = ShelvedModel("20250303T010203Z-0123abcd", NOW, 5000, 12, 0.9, 0.98, 0.03)
NEWS = ClassifierNews(
    IN_USE,
    (IN_USE,),
    (ShelfEvent(NOW, "ไม่นำขึ้นใช้", "20250304T010203Z-4567abcd", ("หมวด “ที่ดิน” แย่ลง",)),),
    38,
)

SUGGESTION = Suggestion(
    categories=(
        RankedCategory("HARDSHIP", "ปัญหาความเดือดร้อน", 0.92),
        RankedCategory("OFFICIAL", "กล่าวโทษเจ้าหน้าที่ของรัฐ", 0.05),
        RankedCategory("HELP", "ขอความช่วยเหลือ", 0.02),
    ),
    abstained=False,
    evidence=(
        Evidence("ไฟถนนดับ", 1.4, 1, Box(0.20, 0.345, 0.12, 0.022)),
        Evidence("มืดและอันตราย", 0.8, 1, Box(0.30, 0.375, 0.16, 0.022)),
    ),
    model_version="test-1",
)


@dataclass(frozen=True)
class FakeArchive:
    root: Path

    def original(self, sha256: str) -> Path:
        return self.root / f"{sha256}.bin"

    def view(self, sha256: str, page: int) -> Path:
        return self.root / f"{sha256}-{page}.jpg"


@dataclass
class FakeRereader:
    """Reads a region as ``says``, and a page as the one in ``pages``; notes what it was asked."""

    archive: FakeArchive
    says: tuple[str, ...] = ("อ่านใหม่จากกรอบ",)
    trouble: Unreadable | None = None
    pages: dict[int, OcrPage] = field(default_factory=dict)
    asked: list[tuple[object, ...]] = field(default_factory=list)
    separators: list[Separator | None] = field(default_factory=list)

    def region(self, sha256: str, page: int, box: Box, turn: int) -> tuple[str, ...]:
        self._ask("region", page, box, turn)
        return self.says

    def page(self, sha256: str, media_type: MediaType, page: int, turn: int) -> RereadPage:
        self._ask("page", page, media_type, turn)
        return RereadPage(self.pages[page], self.picture(sha256, page, turn))

    def letter(
        self, pages: Sequence[OcrPage], number: int, separator: Separator | None = None
    ) -> Reading:
        self._ask("letter", tuple(page.number for page in pages), number)
        self.separators.append(separator)
        subject = seen("+".join(page.read_by or str(page.number) for page in pages), None)
        found = Fields(LetterKind.MEMO, 0.9, fields(subject=subject))
        return Reading(number, tuple(pages), found, None)

    def marks(self, reading: Reading, looks: Mapping[int, str | None]) -> Marks:
        return marks_of(values_read(reading.fields))

    def picture(self, sha256: str, page: int, turn: int, longest: int | None = None) -> bytes:
        file = io.BytesIO()
        with Image.open(self.archive.view(sha256, page)) as image:
            turned = image.rotate(-turn, expand=True)
            turned.thumbnail((longest or 9999,) * 2)
            turned.save(file, "JPEG")
        return file.getvalue()

    def keep_picture(self, sha256: str, page: int, picture: bytes) -> None:
        self.archive.view(sha256, page).write_bytes(picture)

    def _ask(self, *what: object) -> None:
        self.asked.append(what)
        if self.trouble:
            raise self.trouble


@dataclass(frozen=True)
class Office:
    desk: Desk
    archive: FakeArchive

    @property
    def engine(self) -> Engine:
        return self.desk.engine

    @property
    def rereader(self) -> FakeRereader:
        assert isinstance(self.desk.rereader, FakeRereader)
        return self.desk.rereader

    def app(self) -> FastAPI:
        app = FastAPI()
        officer_pages(app, self.desk)

        @app.middleware("http")
        async def strict(request: Request, call_next: object) -> Response:
            response: Response = await call_next(request)  # type: ignore[operator]
            response.headers.setdefault("Content-Security-Policy", POLICY)
            return response

        return app

    def add(self, name: str, reading: Reading, picture: bool = True) -> Draft:
        """Take a letter in as the pipeline does: the scan, its pages and its draft."""
        original = f"original of {name}".encode()
        sha256 = hashlib.sha256(original).hexdigest()
        self.archive.original(sha256).write_bytes(original)
        with writing(self.engine) as connection:
            scan_id = keep_scan(connection, sha256, name, size=len(original))
            for page in reading.pages:
                add_page(connection, scan_id, page, NOW)
                if picture:
                    draw(page, self.archive.view(sha256, page.number))
            add_draft(connection, scan_id, reading, NOW)
            set_state(connection, scan_id, ScanState.READ, NOW, pages=len(reading.pages))
            return drafts_of_scan(connection, scan_id)[0]

    def pages(self, draft: Draft) -> list[OcrPage]:
        with looking(self.engine) as connection:
            return get_pages(connection, draft.scan_id)

    def fresh(self, draft: Draft) -> Draft:
        with looking(self.engine) as connection:
            return drafts_of_scan(connection, draft.scan_id)[0]


def open_office(folder: Path) -> Office:
    engine = open_database(f"sqlite:///{folder / 'office.sqlite'}")
    upgrade(engine)
    archive = FakeArchive(folder)
    labels = {category.code: category.label for category in CATEGORIES} | RETIRED
    desk = Desk(
        engine=engine,
        archive=archive,
        categories=CATEGORIES,
        labels=labels,
        heirs={"ROADS": "HARDSHIP"},
        classifier=lambda: NEWS,
        now=lambda: NOW,
        rereader=FakeRereader(archive),
        printer=OfficePrinter(Settings()),
    )
    return Office(desk, archive)


def seen(
    value: str | None,
    box: Box | None,
    *,
    doubts: Sequence[str] = (),
    alternatives: Sequence[str] = (),
    raw: str | None = None,
) -> Field:
    return Field(
        value=value,
        raw=raw or value or "",
        confidence=0.6 if doubts else 0.95,
        page=1,
        boxes=(box,) if box else (),
        alternatives=tuple(alternatives),
        doubts=tuple(doubts),
    )


def fields(**changes: Field | None) -> dict[FieldName, Field | None]:
    found: dict[FieldName, Field | None] = {
        FieldName.REFERENCE_NO: seen("สน 0018.1/456", Box(0.12, 0.132, 0.22, 0.022)),
        FieldName.DATE: seen("2024-11-13", Box(0.46, 0.182, 0.22, 0.022)),
        FieldName.SUBJECT: seen("ขอให้ซ่อมไฟถนนหน้าโรงเรียน", Box(0.12, 0.222, 0.42, 0.022)),
        FieldName.ADDRESSEE: seen("นายอำเภอเมืองสกลนคร", Box(0.12, 0.262, 0.32, 0.022)),
        FieldName.COMPLAINANT: seen("นางสมศรี ใจดี", Box(0.52, 0.632, 0.22, 0.022)),
        FieldName.PHONE: seen("0812345678", Box(0.52, 0.672, 0.22, 0.022)),
        FieldName.SUBDISTRICT: seen("ธาตุเชิงชุม", Box(0.2, 0.405, 0.16, 0.022)),
        FieldName.DISTRICT: seen("เมืองสกลนคร", Box(0.4, 0.405, 0.16, 0.022)),
        FieldName.PROVINCE: seen("สกลนคร", Box(0.6, 0.405, 0.12, 0.022)),
    }
    return found | {FieldName(name): field for name, field in changes.items()}


LINES = (
    ("ที่ สน ๐๐๑๘.๑/๔๕๖", 0.12, 0.13),
    ("๑๓ พฤศจิกายน ๒๕๖๗", 0.46, 0.18),
    ("เรื่อง ขอให้ซ่อมไฟถนนหน้าโรงเรียน", 0.12, 0.22),
    ("เรียน นายอำเภอเมืองสกลนคร", 0.12, 0.26),
    ("ด้วยไฟถนนดับมาสองสัปดาห์ ทำให้ถนนหน้าโรงเรียน", 0.16, 0.343),
    ("ในเวลากลางคืนมืดและอันตรายต่อเด็กนักเรียน", 0.12, 0.373),
    ("ที่ ต.ธาตุเชิงชุม อ.เมืองสกลนคร จ.สกลนคร", 0.16, 0.403),
    ("นางสมศรี ใจดี", 0.52, 0.63),
    ("โทร. ๐๘๑ ๒๓๔ ๕๖๗๘", 0.52, 0.67),
)


def page(number: int = 1, lines: Sequence[tuple[str, float, float]] = LINES) -> OcrPage:
    read = tuple(Line(text, Box(left, top, 0.4, 0.024), 0.93) for text, left, top in lines)
    return OcrPage(number, WIDTH, HEIGHT, PageState.READ, read, "test")


def letter(
    changes: Mapping[str, Field | None] | None = None,
    *,
    kind: LetterKind = LetterKind.COMPLAINT,
    pages: Sequence[OcrPage] | None = None,
    suggestion: Suggestion | None = SUGGESTION,
) -> Reading:
    values = fields(**dict(changes or {}))
    return Reading(1, tuple(pages or [page()]), Fields(kind, 0.93, values), suggestion)


def doubtful() -> Reading:
    """A letter with a misread number, a place in doubt, three pages and a note."""
    unread = replace(
        page(2, ()),
        state=PageState.UNREAD,
        reason="ลายมือจางเกินไป",
        unread=(Box(0.1, 0.2, 0.7, 0.1),),
    )
    changes: dict[str, Field | None] = {
        "reference_no": seen(
            "สน 0018.1/436",
            Box(0.12, 0.132, 0.22, 0.022),
            doubts=("เลข ๔๓๖ ไม่ชัด",),
            alternatives=("สน 0018.1/439", "สน 0018.1/456"),
        ),
        "subdistrict": None,
        "district": seen(
            "เมืองสกลนคร",
            Box(0.4, 0.405, 0.16, 0.022),
            doubts=("ตราประทับบอกอำเภออื่น: กุสุมาลย์",),
            alternatives=("กุสุมาลย์",),
        ),
        "urgency": seen("ด่วนที่สุด", Box(0.12, 0.09, 0.14, 0.03)),
    }
    first = replace(page(), notes=("ตราประทับทับข้อความบางส่วน",))
    unsure = replace(SUGGESTION, abstained=True)
    return letter(changes, pages=[first, unread, page(3)], suggestion=unsure)


PERSON, PERSON_ON_PAGE = "1999800000011", "๑-๙๙๙๘-๐๐๐๐๐-๐๑-๑"  # nobody's number
OUTCOME_ON_PAGE = "บัดนี้องค์การบริหารส่วนตำบลธาตุเชิงชุมได้ซ่อมไฟถนนแล้วเสร็จ เมื่อวันที่ ๒๐ มกราคม ๒๕๖๘"


def filled() -> Reading:
    """A letter in which the machine found every field there is, and more."""
    changes: dict[str, Field | None] = {
        "received_no": seen("1562", Box(0.7, 0.05, 0.1, 0.02)),
        "received_date": seen("2024-11-15", Box(0.7, 0.07, 0.15, 0.02)),
        "received_time": seen("09:05", Box(0.7, 0.09, 0.1, 0.02), doubts=("เขียนด้วยลายมือ",)),
        "sender": seen("ที่ทำการปกครองอำเภอเมืองสกลนคร", Box(0.5, 0.15, 0.3, 0.02)),
        "signatory": seen("นางสาวประภา ทดสอบดี", Box(0.5, 0.8, 0.2, 0.02)),
        "position": seen("เจ้าพนักงานปกครองชำนาญการ รักษาราชการแทน นายอำเภอ", None),
        "refers_to": seen("สน 0017.1/3310; มท 0307.2/ว 50255", Box(0.12, 0.29, 0.5, 0.02)),
        "urgency": seen("ด่วนมาก", Box(0.12, 0.09, 0.14, 0.03)),
        "secrecy": seen("ลับ", Box(0.45, 0.03, 0.06, 0.02)),
        "group_size": seen("12", None),
        "anonymous": None,
        "confidential": seen("yes", Box(0.2, 0.5, 0.2, 0.02), raw="ขอให้ปกปิดชื่อ"),
        "age": seen("45", None),
        "national_id": seen(
            PERSON,
            Box(0.5, 0.55, 0.3, 0.02),
            raw=PERSON_ON_PAGE,
            doubts=(f"ในเรื่องมีอีกเลขหนึ่ง {PERSON}",),
        ),
        "house_no": seen("12/3", None),
        "moo": seen("5", None),
        "home_subdistrict": seen("ธาตุเชิงชุม", None),
        "home_district": seen("เมืองสกลนคร", None),
        "home_province": seen("สกลนคร", None),
        "channel": seen("walk_in", None, raw="มายื่นด้วยตนเอง"),
        "case_no": seen("DOPA45004506620001", None),
        "respondent": seen("องค์การบริหารส่วนตำบลธาตุเชิงชุม", None),
        "respondent_role": seen("ผู้ใหญ่บ้าน", None),
        "wish": seen("ขอให้ซ่อมไฟถนนหน้าโรงเรียนให้ใช้ได้ และตรวจสายไฟทั้งหมู่บ้าน", None),
        "incident_date": seen("2024-11", None),
        "outcome": seen(
            "finished",
            Box(0.12, 0.45, 0.7, 0.05),
            raw=OUTCOME_ON_PAGE,
            doubts=("ไม่พบว่าแจ้งผู้ร้องแล้ว",),
            alternatives=("in_progress",),
        ),
        "finished_date": seen("2025-01-20", None),
    }
    reading = letter(changes, kind=LetterKind.RESULT_REPORT)
    body = f"ข้าพเจ้า นางสมศรี ใจดี เลขประจำตัวประชาชน {PERSON_ON_PAGE} " + "ไฟถนนดับมาสองสัปดาห์ " * 20
    fields = replace(
        reading.fields,
        parts=(
            LetterPart(PartKind.STAMP, "ที่ว่าการอำเภอเมืองสกลนคร เลขรับ ๑๕๖๒", 1),
            LetterPart(PartKind.SUBJECT, "เรื่อง ขอให้ซ่อมไฟถนนหน้าโรงเรียน", 1),
            LetterPart(PartKind.BODY, body, 1),
            LetterPart(PartKind.SIGNATORY, "(นางสาวประภา ทดสอบดี)", 2),
        ),
        citations=(
            Citation(
                seen("สน 0017.1/3310", None),
                seen("2024-08-14", None, doubts=("ปีไม่ชัด",)),
                "จังหวัดสกลนคร",
                "ด่วนที่สุด",
            ),
            Citation(seen(None, None, raw="มท ๐๓๐๗.๒/ว ๕๐"), None),
        ),
        receipts=(
            Receipt(
                "ที่ว่าการอำเภอเมืองสกลนคร",
                seen("1562", None),
                seen("2024-11-15", None),
                seen("09:05", None),
            ),
            Receipt("ศูนย์ดำรงธรรมอำเภอ", seen("77", None, doubts=("เลขเลือน",)), None, None),
        ),
    )
    return replace(reading, fields=fields)


def draw(of: OcrPage, path: Path) -> None:
    image = Image.new("RGB", (WIDTH, HEIGHT), "#fdfdfb")
    pen = ImageDraw.Draw(image)
    font = ImageFont.truetype(str(_FONT), 22) if _FONT.exists() else ImageFont.load_default(22)
    for line in of.lines:
        if line.box:
            pen.text((line.box.left * WIDTH, line.box.top * HEIGHT - 8), line.text, "#111", font)
    image.save(path, "JPEG", quality=80)
