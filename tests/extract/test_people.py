"""Who complains, and where he can be reached."""

import pytest

from extract.people import find_complainant, find_telephones


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ข้าพเจ้า นายสมมุติ ทดสอบดี อายุ ๕๒ ปี", "นายสมมุติ ทดสอบดี"),
        ("กระผม นาย สมมุติ ทดสอบดี อยู่บ้าน", "นายสมมุติ ทดสอบดี"),
        ("ผู้ร้อง: น.ส.ตัวอย่าง สมมุติ", "น.ส.ตัวอย่าง สมมุติ"),
        ("ขอแสดงความนับถือ (นางทดลอง สมมุติ)", "นางทดลอง สมมุติ"),
        ("ผมเป็นพลเมืองดี ขอไม่ออกนาม", None),
        ("ข้าพเจ้า นายอำเภอ", None),
        ("ร้องเรียนกล่าวโทษ นายสมมุติ ทดสอบ", None),
    ],
)
def test_only_who_speaks_in_the_letter_is_the_complainant(text: str, name: str | None) -> None:
    person = find_complainant(text)
    assert (person.name if person else None) == name


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("โทรศัพท์ ๐๘-๐๐๐๐-๐๐๐๑", ["0800000001"]),
        ("โทร. 0-4271-1461", ["042711461"]),
        ("เบอร์ 0890000001", ["0890000001"]),
        ("เลขประจำตัวประชาชน ๑-๙๙๙๘-๐๐๐๐๐-๐๑-๑", []),
        ("บ้านเลขที่ ๑๒๓/๔", []),
        ("สายด่วน 1567", []),
    ],
)
def test_telephones_are_told_from_other_numbers(text: str, digits: list[str]) -> None:
    assert [t.digits for t in find_telephones(text)] == digits
