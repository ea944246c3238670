"""What a complaint is about: who is accused, in which office, what is asked for, since when."""

import pytest

from models.terms import FieldName
from tests.extract.made_letters import complaint, official
from tests.extract.reading import at, line, read, read_lines

N = FieldName


@pytest.mark.parametrize(
    ("told", "name", "role"),
    [
        ("กล่าวโทษ นายทดลอง ตัวอย่างสุข ผู้ใหญ่บ้าน ว่าเรียกรับเงิน", "นายทดลอง ตัวอย่างสุข", "ผู้ใหญ่บ้าน"),
        ("กล่าวโทษ นาย ก. ตำแหน่งผู้ช่วยผู้ใหญ่บ้าน", "นาย ก.", "ผู้ช่วยผู้ใหญ่บ้าน"),
        ("น.ส.ทดลอง ตัวอย่างสุข ซึ่งเป็นครู ตีนักเรียน", "น.ส.ทดลอง ตัวอย่างสุข", "ครู"),
        ("กล่าวโทษ พ.ต.ท.ทดลอง ตัวอย่างสุข", "พ.ต.ท.ทดลอง ตัวอย่างสุข", None),
        ("พฤติกรรมของผู้ใหญ่บ้าน", None, "ผู้ใหญ่บ้าน"),
        ("การกระทำของกำนันตำบลโคกภู", None, "กำนันตำบลโคกภู"),
        ("เจ้าหน้าที่ที่ดิน เรียกรับเงิน", None, "เจ้าหน้าที่ที่ดิน"),
        ("โรงงานปล่อยน้ำเสีย", None, None),
        ("ว่าถนนในหมู่บ้านชำรุด", None, None),
    ],
)
def test_who_is_accused_is_told_by_name_or_by_office(
    told: str, name: str | None, role: str | None
) -> None:
    fields = read(complaint(f"ขอร้องเรียน{told}"))
    found = [f.value if (f := fields.get(n)) else None for n in (N.RESPONDENT, N.RESPONDENT_ROLE)]
    assert found == [name, role]
    assert at(fields, N.COMPLAINANT).value == "นายสมมุติ ทดสอบดี"


def test_who_complains_is_never_who_is_accused() -> None:
    fields = read(complaint("ขอร้องเรียนว่า ข้าพเจ้า นายสมมุติ ทดสอบดี ถูกโกง"))
    assert fields.get(N.RESPONDENT) is None


def test_an_officer_greeted_is_not_accused() -> None:
    fields = read(complaint("ขอร้องเรียนว่าน้ำไม่ไหล", to="นายกเทศมนตรีตำบลพังโคน"))
    assert fields.get(N.RESPONDENT) is None
    assert fields.get(N.RESPONDENT_ROLE) is None


@pytest.mark.parametrize(
    "opening",
    [
        "ตามที่",
        "ด้วย",
    ],
)
def test_whom_an_office_s_letter_names_is_doubted(opening: str) -> None:
    told = "นายสมมุติ ทดสอบดี ได้ร้องเรียนกล่าวโทษ นายตัวอย่าง สมมุติสุข ผู้ใหญ่บ้าน ว่าเรียกรับเงิน"
    fields = read(official(f"{opening}{told}", subject="เรื่องร้องเรียน"))
    wanted = {
        N.COMPLAINANT: "นายสมมุติ ทดสอบดี",
        N.RESPONDENT: "นายตัวอย่าง สมมุติสุข",
        N.RESPONDENT_ROLE: "ผู้ใหญ่บ้าน",
    }
    for name, expected in wanted.items():
        found = at(fields, name)
        assert found.value == expected
        assert found.doubts
        assert found.confidence < 0.8


@pytest.mark.parametrize(
    ("told", "wish"),
    [
        ("จึงขอความอนุเคราะห์แก้ไขปัญหาน้ำประปา", "ขอความอนุเคราะห์แก้ไขปัญหาน้ำประปา"),
        ("ขอให้ท่านตรวจสอบ และขอให้แก้ไขโดยเร็ว", "ขอให้ท่านตรวจสอบ และขอให้แก้ไขโดยเร็ว"),
        ("ข้าพเจ้าประสงค์ให้เปิดทางจำเป็น", "ประสงค์ให้เปิดทางจำเป็น"),
        ("ขอให้รื้อถอนรั้ว จึงเรียนมาเพื่อโปรดพิจารณา", "ขอให้รื้อถอนรั้ว"),
        ("ขอให้ซ่อมถนนด้วย โทร. ๐๘-๐๐๐๐-๐๐๐๑", "ขอให้ซ่อมถนนด้วย"),
        ("จึงเรียนมาเพื่อโปรดทราบ", None),
        ("ขอให้เก็บชื่อเป็นความลับ", None),
    ],
)
def test_the_wish_is_what_is_asked_for_and_no_closing_words(told: str, wish: str | None) -> None:
    found = read(complaint(f"ขอร้องเรียนว่าถนนชำรุด {told}")).get(N.WISH)
    assert (found.value if found else None) == wish


def test_the_last_of_several_wishes_far_apart_counts() -> None:
    told = (
        "ขอร้องเรียนว่าได้ขอให้ช่างของเทศบาลมาดูท่อน้ำในหมู่บ้านแล้วหลายครั้งแต่ไม่มีใครมาดูเลยสักคนเดียว "
        "ชาวบ้านไม่มีน้ำใช้กันทั้งหมู่บ้านมาเป็นเวลานาน จึงขอให้ท่านสั่งการโดยด่วน"
    )
    found = read(complaint(told)).get(N.WISH)
    assert found is not None
    assert found.value == "ขอให้ท่านสั่งการโดยด่วน"


def test_a_wish_that_runs_over_two_lines_knows_both() -> None:
    fields = read_lines(
        line("เรียน นายอำเภอพรรณานิคม", 0.14, 0.2),
        line("ข้าพเจ้า นายสมมุติ ทดสอบดี ขอร้องเรียนว่าถนนหน้าบ้านชำรุดมานาน ขอให้ซ่อม", 0.24, 0.25),
        line("ถนนโดยเร็ว จึงเรียนมาเพื่อโปรดพิจารณา", 0.14, 0.28),
    )
    found = at(fields, N.WISH)
    assert found.value is not None
    assert found.value.replace(" ", "") == "ขอให้ซ่อมถนนโดยเร็ว"
    assert {box.top for box in found.boxes} == {0.25, 0.28}


@pytest.mark.parametrize(
    ("told", "day"),
    [
        ("เหตุเกิดเมื่อวันที่ ๓ กุมภาพันธ์ ๒๕๖๘", "2025-02-03"),
        ("ตั้งแต่วันที่ 3 ก.พ. 68", "2025-02-03"),
        ("เมื่อคืนวันที่ ๓ ก.พ. ๖๘", "2025-02-03"),
        ("ตามหนังสือลงวันที่ ๓ ก.พ. ๖๘", None),
        ("ขอคำตอบภายในวันที่ ๓ มี.ค. ๖๘", None),
        ("เมื่อวานนี้", None),
        ("เมื่อวันที่ ๓๑ ก.พ. ๖๘", None),
        ("ตาม พ.ร.บ.การทวงถามหนี้ พ.ศ. ๒๕๕๘", None),
    ],
)
def test_the_day_of_the_incident_is_behind_words_that_say_so(told: str, day: str | None) -> None:
    fields = read(complaint(f"ขอร้องเรียนว่าถนนชำรุด {told}"))
    found = fields.get(N.INCIDENT_DATE)
    assert (found.value if found else None) == day
    assert at(fields, N.DATE).value == "2025-02-17"


@pytest.mark.parametrize("day", ["๓ ธ.ค. ๖๘", "๑๘ ก.พ. ๖๘"])
def test_an_incident_after_its_complaint_is_doubted(day: str) -> None:
    found = at(read(complaint(f"ขอร้องเรียนว่าถนนชำรุดเมื่อวันที่ {day}")), N.INCIDENT_DATE)
    assert found.doubts


def test_the_day_that_is_called_the_incident_s_is_it() -> None:
    told = "ขอร้องเรียนว่าซื้อที่ดินเมื่อวันที่ ๓ ก.พ. ๖๐ เหตุเกิดเมื่อวันที่ ๕ ก.พ. ๖๘"
    found = at(read(complaint(told)), N.INCIDENT_DATE)
    assert found.value == "2025-02-05" or found.doubts


@pytest.mark.xfail(strict=True, reason="the closing is only known at the very end of the text")
def test_a_closing_before_a_signature_is_no_wish() -> None:
    assert read(complaint("ขอร้องเรียนว่าถนนชำรุด จึงเรียนมาเพื่อโปรดพิจารณา")).get(N.WISH) is None
