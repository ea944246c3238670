"""Who is complained of: persons, firms, offices and posts; a guess is doubted."""

import pytest

from models.terms import FieldName
from tests.extract.made_letters import complaint, official
from tests.extract.reading import at, read, value

N = FieldName
_GUESS = "ไม่ได้เขียนตรง ๆ"


@pytest.mark.parametrize(
    ("told", "who"),
    [
        ("ขอกล่าวหาห้างหุ้นส่วนจำกัด สมมุติก่อสร้าง ว่าทิ้งงาน", "ห้างหุ้นส่วนจำกัด สมมุติก่อสร้าง"),
        ("ขอกล่าวหาบริษัท สมมุติก่อสร้าง จำกัด ว่าทิ้งงาน", "บริษัท สมมุติก่อสร้าง จำกัด"),
        ("ขอกล่าวโทษนายตัวอย่าง สมมุติสุข ว่าบุกรุก", "นายตัวอย่าง สมมุติสุข"),
    ],
)
def test_who_is_accused_in_words_is_the_respondent(told: str, who: str) -> None:
    found = at(read(complaint(told)), N.RESPONDENT)
    assert found.value == who
    assert not any(doubt.startswith(_GUESS) for doubt in found.doubts)


@pytest.mark.parametrize(
    "told",
    [
        "ขอร้องเรียนว่าห้างหุ้นส่วนจำกัด สมมุติก่อสร้าง ขุดถนนทิ้งไว้",
        "ทำงานกับเถ้าแก่ (นายตัวอย่าง สมมุติสุข) ได้ ๒๒ วัน ไม่ได้ค่าแรง ขอร้องเรียน",
    ],
)
def test_who_is_only_told_of_is_doubted(told: str) -> None:
    found = at(read(complaint(told)), N.RESPONDENT)
    assert any(doubt.startswith(_GUESS) for doubt in found.doubts)


def test_a_guess_gives_way_to_who_is_accused_in_words() -> None:
    told = "ด้วยนายทดลอง ตัวอย่างสุข เป็นเพื่อนบ้าน ข้าพเจ้าขอกล่าวโทษนายตัวอย่าง สมมุติสุข ว่าบุกรุก"
    assert value(complaint(told), N.RESPONDENT) == "นายตัวอย่าง สมมุติสุข"


@pytest.mark.parametrize("who", ["นายสมมุติ ทดสอบดี", "นายทดลอง ตัวอย่างสุข"])
def test_who_signs_or_takes_down_a_complaint_is_not_accused(who: str) -> None:
    text = complaint("ขอร้องเรียนน้ำไม่ไหล", signed=f"ลงชื่อ ({who}) ผู้บันทึก")
    assert value(text, N.RESPONDENT) is None


@pytest.mark.parametrize(
    ("box", "name", "wanted"),
    [
        ("ผู้ถูกร้อง  นายก อบต.โคกภู", N.RESPONDENT_ROLE, "นายก อบต.โคกภู"),
        ("ผู้ถูกร้อง : กำนันตำบลโคกภู", N.RESPONDENT_ROLE, "กำนันตำบลโคกภู"),
        ("๒. หน่วยงานที่ถูกร้อง  สำนักงานที่ดินจังหวัดสกลนคร สาขาสว่างแดนดิน", N.RESPONDENT,
         "สำนักงานที่ดินจังหวัดสกลนคร สาขาสว่างแดนดิน"),
        ("คู่กรณี = นายตัวอย่าง สมมุติสุข (บุตรเขย)", N.RESPONDENT, "นายตัวอย่าง สมมุติสุข"),
    ],
)  # fmt: skip
def test_the_box_of_the_accused_says_who_it_is(box: str, name: FieldName, wanted: str) -> None:
    note = f"ใบรับเรื่อง\nผู้ร้อง นายสมมุติ ทดสอบดี\nรายละเอียด น้ำไม่ไหลหลายเดือน\n{box}"
    fields = read(note)
    assert at(fields, name).value == wanted
    assert not at(fields, name).doubts


def test_a_sentence_that_begins_with_the_parties_fills_no_box() -> None:
    text = complaint("ขอร้องเรียนเรื่องแนวรั้ว\nคู่กรณี ไม่ยอมมาพบ")
    assert value(text, N.RESPONDENT) is None


def test_a_post_in_the_subject_is_a_guess() -> None:
    found = at(
        read(complaint("พาบิดามารักษา ต้องรอนาน", subject="พยาบาลเวรพูดไม่สุภาพ")), N.RESPONDENT_ROLE
    )
    assert found.value == "พยาบาลเวร"
    assert found.doubts


def test_whose_name_is_followed_by_accused_is_the_respondent() -> None:
    told = "คณะกรรมการสืบสวนกรณี ด.ต.ตัวอย่าง สมมุติสุข ถูกร้องว่าเรียกรับเงิน สอบพยานแล้ว"
    found = at(read(official(told, subject="เรื่องร้องเรียน")), N.RESPONDENT)
    assert found.value == "ด.ต.ตัวอย่าง สมมุติสุข"
    assert found.doubts
