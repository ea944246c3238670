"""What is no outcome of one case: notices, orders, reminders, new complaints and withdrawals."""

import pytest

from models.letters import Line
from models.terms import FieldName, LetterKind, Outcome
from tests.extract.made_letters import complaint, official
from tests.extract.reading import SHARED, at, line, read, read_lines, value

N = FieldName
_CIRCULARS = SHARED / "circulars.txt"
_WIDTH = 80  # letters to a line of the page


def circulars() -> list[str]:
    if not _CIRCULARS.exists():
        pytest.skip("../shared/circulars.txt is absent")
    text = _CIRCULARS.read_text(encoding="utf-8")
    cut = text.index("ปค. (")
    return [text[:cut], text[cut:]]


def laid_out(text: str) -> list[Line]:
    """The text as lines of a page, long paragraphs broken, each line a little lower."""
    rows = [row.strip() for row in text.splitlines() if row.strip()]
    pieces = [row[at : at + _WIDTH].strip() for row in rows for at in range(0, len(row), _WIDTH)]
    return [line(piece, 0.14, 0.03 + 0.02 * n) for n, piece in enumerate(pieces)]


@pytest.mark.parametrize("number", [0, 1])
def test_the_circulars_that_speak_of_closing_cases_are_notices(number: int) -> None:
    text = circulars()[number]
    for fields in (read(text), read_lines(*laid_out(text))):
        assert fields.kind is LetterKind.STAMPED
        found = at(fields, N.OUTCOME)
        assert found.value == Outcome.NOTICE
        assert found.raw.startswith("ถึง ที่ทำการปกครอง")
        assert fields.get(N.FINISHED_DATE) is None
        assert fields.get(N.COMPLAINANT) is None


def test_the_evidence_of_a_notice_lies_on_the_line_that_names_everybody() -> None:
    lines = laid_out(circulars()[0])
    addressed = next(one for one in lines if one.text.startswith("ถึง"))
    found = at(read_lines(*lines), N.OUTCOME)
    assert found.raw == addressed.text
    assert addressed.box is not None
    assert {box.top for box in found.boxes} == {addressed.box.top}


@pytest.mark.parametrize("to", ["นายอำเภอ ทุกอำเภอ", "กำนันทุกตำบล", "หัวหน้าส่วนราชการ ทุกแห่ง"])
def test_what_goes_to_everybody_finishes_no_case(to: str) -> None:
    told = "ด้วยมีเรื่องร้องเรียนที่ได้ดำเนินการแก้ไขเรียบร้อยแล้ว ผู้ร้องพึงพอใจ จึงยุติเรื่อง"
    assert value(official(told, subject="การยุติเรื่องร้องเรียน", to=to), N.OUTCOME) == Outcome.NOTICE


@pytest.mark.parametrize("title", ["คำสั่งอำเภอวานรนิวาส\nที่ ๑๒๕/๒๕๖๘", "ประกาศอำเภอวานรนิวาส"])
def test_orders_and_announcements_are_notices(title: str) -> None:
    text = (
        f"{title}\nเรื่อง แต่งตั้งคณะทำงานยุติเรื่องร้องเรียน\nด้วยได้ดำเนินการแก้ไขเรียบร้อยแล้ว\n"
        "สั่ง ณ วันที่ ๑๕ มกราคม พ.ศ. ๒๕๖๘"
    )
    found = at(read(text), N.OUTCOME)
    assert found.value == Outcome.NOTICE
    assert "แต่งตั้งคณะทำงาน" in found.raw


def test_a_letter_about_no_complaint_is_a_notice() -> None:
    found = at(read(official("ด้วยอำเภอจะจัดประชุมประจำเดือน")), N.OUTCOME)
    assert found.value == Outcome.NOTICE
    assert "ขอเชิญประชุม" in found.raw


def test_a_letter_that_passes_a_complaint_on_brings_a_new_one() -> None:
    told = (
        "ด้วยจังหวัดได้รับเรื่องร้องเรียนจากประชาชนว่าถนนชำรุด จึงขอให้ตรวจสอบและรายงานผลให้จังหวัดทราบเมื่อแล้วเสร็จ"
    )
    text = official(told, subject="ขอส่งเรื่องร้องเรียน", to="นายอำเภอพังโคน")
    assert value(text, N.OUTCOME) == Outcome.NEW


@pytest.mark.parametrize("subject", ["ติดตามผลการดำเนินการเรื่องร้องเรียน", "แจ้งเตือน ครั้งที่ ๒ เรื่องร้องเรียน"])
def test_a_reminder_follows_a_case_up(subject: str) -> None:
    told = "บัดนี้ ยังไม่ได้รับรายงานจากอำเภอ จึงขอให้รายงานผลเมื่อดำเนินการแล้วเสร็จ"
    text = official(told, subject=subject, to="นายอำเภอพังโคน")
    assert value(text, N.OUTCOME) == Outcome.FOLLOW_UP


def test_a_letter_that_is_no_report_but_tells_an_end_is_doubted() -> None:
    told = "ด้วยได้ดำเนินการแก้ไขปัญหาเรื่องร้องเรียนตามที่ได้รับแจ้งจากจังหวัดสกลนครเรียบร้อยแล้ว"
    found = at(read(official(told, subject="เรื่องร้องเรียนของราษฎร")), N.OUTCOME)
    assert found.value == Outcome.FINISHED
    assert found.doubts
    assert found.confidence < 0.8


@pytest.mark.parametrize(
    "body",
    [
        "ขอร้องเรียนว่าน้ำประปาไม่ไหล ขอให้แก้ไขให้แล้วเสร็จ และแจ้งผู้ร้องทราบแล้วยุติเรื่อง",
        "ขอร้องเรียนว่าเทศบาลบอกว่าได้ซ่อมแซมเรียบร้อยแล้ว แต่น้ำก็ยังไม่ไหล ขอให้ตรวจสอบ",
        "ขอร้องเรียนว่าตำรวจแจ้งว่าคดียุติเรื่องแล้ว ข้าพเจ้าไม่ได้รับความเป็นธรรม",
    ],
)
def test_what_a_citizen_asks_or_quotes_finishes_nothing(body: str) -> None:
    found = at(read(complaint(body)), N.OUTCOME)
    assert found.value == Outcome.NEW
    assert "น้ำประปาไม่ไหล" in found.raw


@pytest.mark.parametrize(
    "body", ["เคยแจ้งเรื่องนี้ไว้แล้ว", "ได้ร้องเรียนเรื่องนี้ไปแล้ว จนบัดนี้ยังไม่มีความคืบหน้า", "ขอติดตามเรื่องเดิม"]
)
def test_a_citizen_who_asks_after_a_complaint_follows_it_up(body: str) -> None:
    assert value(complaint(body), N.OUTCOME) == Outcome.FOLLOW_UP


def test_a_citizen_who_withdraws_a_complaint_finishes_it() -> None:
    body = "ขอเรียนว่าน้ำประปาไหลแล้ว ข้าพเจ้าไม่ติดใจ จึงขอถอนเรื่องร้องเรียน"
    found = at(read(complaint(body, subject="ขอถอนเรื่องร้องเรียน")), N.OUTCOME)
    assert found.value == Outcome.FINISHED
    assert "ขอถอนเรื่องร้องเรียน" in found.raw


def test_the_letter_s_own_date_is_not_also_the_day_of_the_end() -> None:
    body = "ขอเรียนว่าน้ำประปาไหลแล้ว ข้าพเจ้าไม่ติดใจ จึงขอถอนเรื่องร้องเรียน"
    found = read(complaint(body)).get(N.FINISHED_DATE)
    assert found is None or found.doubts
