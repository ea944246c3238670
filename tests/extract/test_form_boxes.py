"""Intake notes as they are printed, copied and taken down: boxes, leaders, questions, chats."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.terms import Channel, FieldName, LetterKind
from tests.extract.made_letters import complaint
from tests.extract.reading import at, read, value

N = FieldName


def note(*boxes: str) -> str:
    return "\n".join(("เลขที่เรื่อง 68-00123", "ผู้ร้อง  นายสมมุติ ทดสอบดี", *boxes))


@pytest.mark.parametrize(
    "box",
    ["สิ่งที่ต้องการ  {}", "ความต้องการ {}", "ความประสงค์ : {}", "ความต้องการของผู้ร้อง = {}", "๔. คำขอ  {}",
     "ต้องการให้อำเภอช่วย...{}.........", "ถาม  ประสงค์อย่างไร\nตอบ  {}"],
)  # fmt: skip
def test_the_wish_stands_behind_its_box_or_its_question(box: str) -> None:
    wish = "เรียกมาตกลงคืนโฉนด"
    assert value(note("รายละเอียด  ไม่ได้คืนโฉนด", box.format(wish)), N.WISH) == wish


def test_an_answer_to_another_question_is_no_wish() -> None:
    text = note("ถาม  เกิดเหตุเมื่อใด", "ตอบ  เมื่อวานตอนเย็นครับ")
    assert value(text, N.WISH) is None


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("ข้าพเจ้า (นาย/นาง/นางสาว)...สมศรี ทดสอบดี...อายุ..๗๒..ปี", "สมศรี ทดสอบดี"),
        ("ข้าพเจ้า นาย/นาง/นางสาว สมศรี ทดสอบดี อายุ ๗๒ ปี", "สมศรี ทดสอบดี"),
        ("ชื่อ-สกุล = สมศรี ทดสอบดี", "สมศรี ทดสอบดี"),
        ("ผู้โทร คุณยายสมศรี ทดสอบดี โทร 08-0000-0001", "คุณยายสมศรี ทดสอบดี"),
    ],
)
def test_a_name_without_a_title_is_read_and_doubted(written: str, name: str) -> None:
    fields = read(f"แบบคำร้อง\n{written}\nเรื่อง น้ำไม่ไหล\nคู่กรณี นายตัวอย่าง สมมุติสุข\nขอให้ช่วยแก้ไข")
    found = at(fields, N.COMPLAINANT)
    assert found.value == name
    assert found.doubts


@pytest.mark.parametrize(
    "written",
    ["ผู้ร้อง แจ้งว่า ถนนชำรุด", "ผู้แจ้ง ประสงค์ ปกปิดชื่อ", "ผู้ร้อง : ไม่ประสงค์ออกนาม", "ชื่อ-สกุล = ปกปิด ไว้"],
)
def test_what_is_no_name_is_not_taken_for_one(written: str) -> None:
    assert value(f"เลขที่เรื่อง 68-00123\n{written}\nเรื่อง น้ำไม่ไหล", N.COMPLAINANT) is None


@pytest.mark.parametrize("label", ["ชื่อ-สกุล = ", "ชื่อ - นามสกุล : ", "ชื่อ-สกุล  ", "ตอบ  ข้าฯ ชื่อ"])
def test_a_name_with_its_title_stands_behind_any_box(label: str) -> None:
    text = f"เลขที่เรื่อง 68-00123\n{label}นางสมศรี ทดสอบดี\nข้อความ = น้ำไม่ไหล"
    found = at(read(text), N.COMPLAINANT)
    assert found.value == "นางสมศรี ทดสอบดี"
    assert not found.doubts


def test_who_takes_a_statement_down_did_not_make_it() -> None:
    text = (
        "บันทึกคำให้การ\nถาม  ชื่ออะไร\nตอบ  ข้าฯ ชื่อนางสมศรี ทดสอบดี อายุ ๓๓ ปี\nถาม  ร้องเรื่องใด\n"
        "ตอบ  มาร้องว่านายตัวอย่าง สมมุติสุข ปล่อยวัวเข้าสวน\n(นางสมศรี ทดสอบดี) ผู้ให้ถ้อยคำ\n"
        "(นายทดลอง ตัวอย่างสุข) ผู้จดบันทึก"
    )
    fields = read(text)
    assert at(fields, N.COMPLAINANT).value == "นางสมศรี ทดสอบดี"
    assert at(fields, N.RESPONDENT).value == "นายตัวอย่าง สมมุติสุข"
    assert at(fields, N.AGE).value == "33"


def test_a_chat_names_its_caller_by_the_number_behind_the_name_and_that_is_doubted() -> None:
    text = (
        "[LINE Official ศูนย์ดำรงธรรมอำเภอภูพาน]\nSomsri 14:02 แจ้งเรื่องเสียงดังค่ะ ที่ ต.โคกภู อ.ภูพาน\n"
        "แอดมิน 14:10 ขอชื่อและเบอร์ผู้แจ้งค่ะ\nSomsri 14:11 นางสมศรี ทดสอบดี 0800000001 ค่ะ"
    )
    fields = read(text)
    assert at(fields, N.COMPLAINANT).value == "นางสมศรี ทดสอบดี"
    assert at(fields, N.COMPLAINANT).doubts
    assert at(fields, N.CHANNEL).value == Channel.SOCIAL


@pytest.mark.parametrize("gap", [" ว่าเรียกเงิน โทร ", " เรียกเงินค่ะ "])
def test_a_name_far_from_any_number_is_nobody_s_caller(gap: str) -> None:
    text = f"แจ้งเบาะแส นายตัวอย่าง สมมุติสุข{gap}0800000001\nช่วยตรวจสอบด้วย"
    assert value(text, N.COMPLAINANT) is None


@pytest.mark.parametrize(
    ("told", "channel"),
    [
        ("From: webmaster@example.go.th\nSubject: [ร้องเรียนออนไลน์ #12] น้ำไม่ไหล", Channel.WEB),
        ("ใบบอกเล่าจากตู้แดงหน้าตลาด", Channel.BOX),
        ("หน่วยบำบัดทุกข์ ออกหน่วยที่วัดตัวอย่าง", Channel.MOBILE_UNIT),
    ],
)
def test_a_note_tells_its_channel_without_the_word(told: str, channel: Channel) -> None:
    assert value(f"{told}\n{note('เรื่อง น้ำไม่ไหล')}", N.CHANNEL) == channel


@pytest.mark.parametrize("told", ["ซื้อน้ำจากตู้หน้าร้าน", "เพจศูนย์ข่าวลงว่าน้ำไม่ไหล"])
def test_where_the_story_took_place_is_no_channel(told: str) -> None:
    assert value(complaint(f"ขอร้องเรียนว่า{told}"), N.CHANNEL) is None


def test_a_note_of_a_mobile_unit_is_a_complaint_with_its_boxes() -> None:
    fields = read(
        "หน่วยบริการเคลื่อนที่ ที่วัดตัวอย่าง ต.โคกภู อ.ภูพาน\nลำดับที่ ๙\n"
        "ผู้ร้อง  นายสมมุติ ทดสอบดี  อายุ ๘๑ ปี  บ้านเลขที่ ๒๔ หมู่ ๑๐ ต.โคกภู อ.ภูพาน จ.สกลนคร\n"
        "เรื่อง  ไม่ได้รับเบี้ยยังชีพ\nการดำเนินการเบื้องต้น  ให้ อบต. ตรวจทะเบียน"
    )
    assert fields.kind is LetterKind.COMPLAINT
    assert at(fields, N.SUBJECT).value == "ไม่ได้รับเบี้ยยังชีพ"
    assert at(fields, N.AGE).value == "81"
    assert at(fields, N.HOUSE_NO).value == "24"


def test_places_stand_behind_the_boxes_of_a_form() -> None:
    fields = read(
        note("ตำบล/แขวง = โคกภู", "อำเภอ/เขต = ภูพาน", "จังหวัด = สกลนคร", "ข้อความ = น้ำไม่ไหล")
    )
    wanted = {N.SUBDISTRICT: "โคกภู", N.DISTRICT: "ภูพาน", N.PROVINCE: "สกลนคร"}
    assert {name: at(fields, name).value for name in wanted} == wanted


@pytest.mark.parametrize("written", ["อายุ : ๕๐ ปี", "อายุ = 50 ปี", "วัย ๕๐ ปี", "อายุ ๕๐ อยู่ตำบลโคกภู"])
def test_the_age_of_the_complainant_is_read_with_or_without_its_year(written: str) -> None:
    assert value(complaint(f"{written} ขอร้องเรียนว่าน้ำไม่ไหล"), N.AGE) == "50"


@given(st.sampled_from(["วัน", "เดือน", "สัปดาห์"]), st.integers(10, 99))
def test_an_age_in_days_or_months_is_not_the_complainant_s(unit: str, number: int) -> None:
    assert value(complaint(f"อายุ {number} {unit} ขอร้องเรียนว่าน้ำไม่ไหล"), N.AGE) is None


@pytest.mark.parametrize("date", ["เหตุเกิด...วันที่ ๖ กุมภาพันธ์ ๒๕๖๘", "ถูกไล่ออกตอน ๖ ก.พ. ๒๕๖๘"])
def test_the_day_of_the_incident_is_said_in_many_ways(date: str) -> None:
    found = at(read(complaint(f"ขอร้องเรียน {date}")), N.INCIDENT_DATE)
    assert found.value == "2025-02-06"


def test_the_only_day_of_a_story_is_offered_and_doubted() -> None:
    told = "ขอร้องเรียนว่ากำนันใช้รถราชการไปงานแต่ง วันที่ ๑ ก.พ. ๒๕๖๘"
    found = at(read(complaint(told)), N.INCIDENT_DATE)
    assert found.value == "2025-02-01"
    assert found.doubts


@pytest.mark.parametrize(
    "told", ["นัดอีกครั้ง วันที่ ๑ ก.พ. ๒๕๖๘", "ขอให้ซ่อมภายใน วันที่ ๑ ก.พ. ๒๕๖๘", "ตามคำสั่ง ลงวันที่ ๑ ก.พ. ๒๕๖๘"]
)
def test_a_day_that_is_something_else_is_no_incident(told: str) -> None:
    assert value(complaint(f"ขอร้องเรียนว่าน้ำไม่ไหล {told}"), N.INCIDENT_DATE) is None


def test_who_asks_not_to_be_told_of_gives_no_name() -> None:
    text = "ใบบอกเล่าจากตู้แดง\nหนูเห็นลุงข้างบ้านตีป้าทุกวัน หมู่ ๔ ตำบลโคกภู อำเภอภูพาน อย่าบอกว่าหนูเขียนนะคะ"
    assert value(text, N.ANONYMOUS) == "yes"


def test_a_print_out_tells_when_it_was_taken_in_by_its_own_box() -> None:
    fields = read(note("วันที่แจ้ง: 3 พฤษภาคม 2568 เวลา 07:48 น.", "ข้อความ: ฝาท่อหาย"))
    assert at(fields, N.RECEIVED_DATE).value == "2025-05-03"
    assert at(fields, N.RECEIVED_TIME).value == "07:48"


@pytest.mark.parametrize("box", ["ผู้ถูกร้อง", "ผู้ถูกร้องเรียน :", "พยาน", "คู่กรณี"])
def test_the_name_in_somebody_else_s_box_is_not_the_complainant_s(box: str) -> None:
    text = f"แบบคำร้อง\nเลขที่เรื่อง 68-00123\n{box} ชื่อ-สกุล นายตัวอย่าง สมมุติสุข\nเรื่อง น้ำไม่ไหล"
    assert value(text, N.COMPLAINANT) is None
