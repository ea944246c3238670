"""Whose complaint an office's letter is about, and of whom: always doubted, never made up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.reported import find_addressed, find_reported
from models.terms import FieldName
from tests.extract.made_letters import official
from tests.extract.reading import at, read, value

N = FieldName
_WHO = "นายสมมุติ ทดสอบดี"


@pytest.mark.parametrize(
    "told",
    [
        f"ได้รับเรื่องร้องเรียนจาก {_WHO} ว่าน้ำไม่ไหล",
        f"ได้พบ{_WHO} ผู้ร้อง ที่บ้านพัก",
        f"การนัดระหว่างผู้ร้อง ({_WHO}) กับเจ้าของนา",
        f"{_WHO} กับพวกรวม ๑๒ คน ราษฎรตำบลโคกภู ถูกประกาศหวงห้ามทับที่นา",
        f"{_WHO} พร้อมคณะรวม ๙๖ คน ยื่นหนังสือคัดค้านเขตป่า",
        f"มีผู้ใช้นามว่า {_WHO} โทรมาแจ้งว่าไฟดับ",
        f"ขอผ่อนเวลารายงานเรื่องของ{_WHO}",
        f"ให้แจ้งผลการช่วยเหลือ{_WHO} ซึ่งถูกฟ้องขับไล่",
    ],
)
def test_who_complained_is_named_in_passing(told: str) -> None:
    person = find_reported(told)
    assert person is not None
    assert person.name == _WHO
    assert told[person.start : person.end] == _WHO


@pytest.mark.parametrize(
    "told",
    [
        f"ได้รับแจ้งว่า {_WHO} กับพวกรวม ๓ คน ลักลอบตัดไม้",
        f"มีผู้กล่าวหา{_WHO} กับพวกรวม ๓ คน ร้องเรียนไปแล้ว",
        f"กรณี {_WHO} ถูกร้องว่ารีดไถ",
        f"เชิญ{_WHO} ผู้ถูกร้อง มาพบ",
        f"มอบหมายให้{_WHO} ปลัดอำเภอ ตรวจสอบ",
        "ด้วยนายก อบต. แจ้งว่าถนนชำรุด",
    ],
)
def test_who_is_accused_or_sent_did_not_complain(told: str) -> None:
    assert find_reported(told) is None


@given(st.sampled_from(["กล่าวหา", "กล่าวโทษ", "ร้องเรียน", "ผู้ถูกร้อง "]), st.integers(2, 999))
def test_no_accused_with_any_fellows_is_the_complainant(word: str, fellows: int) -> None:
    assert find_reported(f"{word}{_WHO} กับพวกรวม {fellows} คน ถูกตรวจสอบ") is None


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("เรียน คุณสมศรี ทดสอบดี", "คุณสมศรี ทดสอบดี"),
        ("เรียน นางสมศรี ทดสอบดี", "นางสมศรี ทดสอบดี"),
        ("เรียน คุณภาพชีวิต ผู้อำนวยการ", None),
        ("เรียน นายอำเภอภูพาน", None),
        ("เรียน ผู้อำนวยการโรงพยาบาล ผ่าน คุณสมศรี ทดสอบดี", None),
    ],
)
def test_an_answer_is_written_to_who_complained(written: str, name: str | None) -> None:
    person = find_addressed(written)
    assert (person.name if person else None) == name


def test_companions_count_right_behind_the_name_and_are_doubted() -> None:
    told = f"ได้รับแจ้งว่า {_WHO} กับพวกรวม ๘๒ คน ราษฎรตำบลโคกภู ได้รับความเดือดร้อน"
    fields = read(official(told, subject="ส่งเรื่องร้องเรียน"))
    assert at(fields, N.COMPLAINANT).value == _WHO
    assert at(fields, N.GROUP_SIZE).value == "82"
    assert at(fields, N.GROUP_SIZE).doubts


def test_a_crowd_elsewhere_in_an_office_s_letter_is_no_group_of_the_complainant() -> None:
    told = f"ได้รับคำร้องของ{_WHO} อยู่ตำบลโคกภู ว่ามีประชาชนมาชุมนุมรวม ๓๐๐ คน"
    assert value(official(told, subject="ส่งเรื่องร้องเรียน"), N.GROUP_SIZE) is None


def test_the_number_of_a_caller_is_read_and_doubted_that_of_an_officer_is_not() -> None:
    caller = f"ได้รับเรื่องจากสายด่วน ๑๕๖๗ ผู้แจ้งชื่อ {_WHO} โทร. ๐๘-๐๐๐๐-๐๐๐๑ ว่าเสียงดัง"
    found = at(read(official(caller, subject="เรื่องจากสายด่วน")), N.PHONE)
    assert found.value == "0800000001"
    assert found.doubts
    officer = f"ได้รับคำร้องของ{_WHO} สอบถามเจ้าหน้าที่ โทร. ๐๘-๐๐๐๐-๐๐๐๑"
    assert value(official(officer, subject="ส่งเรื่องร้องเรียน"), N.PHONE) is None


def test_the_parties_of_a_record_stand_beside_what_they_are() -> None:
    fields = read(
        "บันทึกการประนีประนอม\n        ที่ว่าการอำเภอภูพาน\nระหว่าง    นางสมมุติ ทดสอบดี    ผู้ร้อง\n"
        "    นายตัวอย่าง สมมุติสุข    ผู้ถูกร้อง\nทั้งสองฝ่ายยอมความกันเรื่องแนวรั้ว"
    )
    assert at(fields, N.COMPLAINANT).value == "นางสมมุติ ทดสอบดี"
    assert at(fields, N.RESPONDENT).value == "นายตัวอย่าง สมมุติสุข"
