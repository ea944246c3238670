from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract import without_persons


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("ข้าพเจ้า นายสมมุติ ทดสอบดี ขอร้องเรียนว่าถนนพัง", ("สมมุติ", "ทดสอบดี")),
        ("ขอกล่าวโทษ น.ส.ตัวอย่าง จำลองสุข ว่ารุกที่", ("ตัวอย่าง", "จำลองสุข")),
        ("เลขประจำตัวประชาชน ๑-๙๙๙๘-๐๐๐๐๐-๐๑-๑ โทร ๐๘-๐๐๐๐-๐๐๐๑", ("๙๙๙๘", "๐๐๐๑")),
        ("โทรศัพท์ 081-234-5678 หรือ 0812345678", ("5678",)),
        ("เขียนถึงได้ที่ somchai.t@example.com", ("somchai", "example")),
        ("ไลน์ไอดี somchai99 ครับ", ("somchai99",)),
        ("ลงชื่อ สมหมาย ผู้ร้อง (นายสมหมาย ปลอมแปลง)", ("ปลอมแปลง",)),
    ],
)
def test_names_and_numbers_go(text: str, gone: tuple[str, ...]) -> None:
    left = without_persons(text)
    assert [part for part in gone if part in left] == []


@pytest.mark.parametrize(
    "text",
    [
        "ถนนพังมาตั้งแต่ พ.ศ. 2565 ระยะทาง 1,200 เมตร เสียหายราว 350,000 บาท",
        "ผิด พ.ร.บ.การทวงถามหนี้ พ.ศ. ๒๕๕๘ ตามโฉนดเลขที่ ๑๒๓๔ เล่ม ๑๓ หน้า ๔๕",
        "ร้องเรียนนายกองค์การบริหารส่วนตำบลและนายอำเภอว่าไม่มาดู",
        "ผู้ใหญ่บ้านหมู่ 5 เรียกเงินชาวบ้านคนละห้าร้อย",
    ],
)
def test_what_happened_stays_to_the_letter(text: str) -> None:
    assert without_persons(text) == text


def test_a_known_person_goes_wherever_the_name_stands_also_misread_and_in_parts() -> None:
    text = "นางสมศรี แสงเดือน ถูกทำร้าย ต่อมาคุณสมศรีไปแจ้งความ ตำรวจเรียก สมศรี แสงเดีอน มาสอบ แสงเดือนไม่ยอม"
    left = without_persons(text, ["นางสมศรี แสงเดือน"])
    assert "สมศรี" not in left
    assert "แสงเด" not in left
    for kept in ("ถูกทำร้าย", "ไปแจ้งความ", "มาสอบ", "ไม่ยอม"):
        assert kept in left


def test_a_short_name_that_is_a_word_is_left_where_it_stands_alone() -> None:
    left = without_persons("นายแดง ดีงาม ทาบ้านสีแดง", ["นายแดง ดีงาม"])
    assert left.endswith("ทาบ้านสีแดง")
    assert "ดีงาม" not in left


@given(st.text(max_size=200), st.lists(st.text(max_size=20), max_size=3))
def test_any_text_and_names_give_a_text_without_long_numbers(text: str, names: list[str]) -> None:
    left = without_persons(text, names)
    assert re.search(r"[0-9๐-๙]{7,}", left) is None
