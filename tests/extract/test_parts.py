"""The parts of a letter: every line in exactly one of them, in the order of the page."""

import pytest

from models.letters import Fields
from models.terms import PartKind as P
from tests.extract.made_letters import complaint, official
from tests.extract.reading import SHARED, line, read, read_lines


def parts(fields: Fields) -> list[tuple[P, str]]:
    return [(part.kind, part.text) for part in fields.parts]


def test_a_letter_has_its_parts_in_the_order_of_the_page() -> None:
    text = official(
        "ตามหนังสือที่อ้างถึง นั้น",
        refers="อ้างถึง หนังสือจังหวัดสกลนคร ที่ สน ๐๐๑๗.๑/ว ๙๐๒\nสิ่งที่ส่งมาด้วย ภาพถ่าย จำนวน ๒ แผ่น",
    )
    head = "อำเภอพังโคน\nเลขรับ ๘๘๒\nวันที่ ๑๒ มี.ค. ๖๘\nเวลา ๐๙.๑๕ น.\nปค. (✓)\nกง. ( )\nด่วนมาก\n"
    tail = "\nที่ทำการปกครองอำเภอ\nกลุ่มงานบริหารงานปกครอง\nโทร. ๐ ๔๒๗๙ ๑๑๑๑\n“อยู่สกล รักสกล”"
    assert parts(read(head + text + tail)) == [
        (P.STAMP, "อำเภอพังโคน\nเลขรับ ๘๘๒\nวันที่ ๑๒ มี.ค. ๖๘\nเวลา ๐๙.๑๕ น."),
        (P.ROUTING, "ปค. (✓)\nกง. ( )"),
        (P.URGENCY, "ด่วนมาก"),
        (P.REFERENCE, "ที่ สน ๐๘๑๘/๒๔๑"),
        (P.OFFICE, "ที่ว่าการอำเภอวานรนิวาส"),
        (P.DATE, "๑๐ มีนาคม ๒๕๖๘"),
        (P.SUBJECT, "เรื่อง ขอเชิญประชุม"),
        (P.ADDRESSEE, "เรียน ผู้ว่าราชการจังหวัดสกลนคร"),
        (P.REFERS, "อ้างถึง หนังสือจังหวัดสกลนคร ที่ สน ๐๐๑๗.๑/ว ๙๐๒"),
        (P.ENCLOSED, "สิ่งที่ส่งมาด้วย ภาพถ่าย จำนวน ๒ แผ่น"),
        (P.BODY, "ตามหนังสือที่อ้างถึง นั้น\nจึงเรียนมาเพื่อโปรดทราบ"),
        (P.CLOSING, "ขอแสดงความนับถือ"),
        (P.SIGNATORY, "(นายทดลอง ตัวอย่างสุข)"),
        (P.POSITION, "นายอำเภอวานรนิวาส"),
        (P.OWNER, "ที่ทำการปกครองอำเภอ\nกลุ่มงานบริหารงานปกครอง"),
        (P.TELEPHONE, "โทร. ๐ ๔๒๗๙ ๑๑๑๑"),
        (P.OTHER, "“อยู่สกล รักสกล”"),
    ]


def test_a_memo_s_line_of_number_and_date_is_two_parts() -> None:
    text = (
        "บันทึกข้อความ\nส่วนราชการ อำเภอวานรนิวาส โทร. ๐ ๔๒๗๙ ๑๑๑๑\nที่ สน ๐๘๑๘.๑/๑๒๓ วันที่ ๕ มีนาคม ๒๕๖๘\n"
        "เรื่อง ขออนุมัติ\nเรียน นายอำเภอวานรนิวาส\nด้วยกลุ่มงานขออนุมัติ"
    )
    assert parts(read(text))[:5] == [
        (P.TITLE, "บันทึกข้อความ"),
        (P.OFFICE, "ส่วนราชการ อำเภอวานรนิวาส"),
        (P.TELEPHONE, "โทร. ๐ ๔๒๗๙ ๑๑๑๑"),
        (P.REFERENCE, "ที่ สน ๐๘๑๘.๑/๑๒๓"),
        (P.DATE, "วันที่ ๕ มีนาคม ๒๕๖๘"),
    ]


def test_an_order_is_dated_below_its_text() -> None:
    text = (
        "คำสั่งอำเภอวานรนิวาส\nที่ ๑๒๕/๒๕๖๘\nเรื่อง แต่งตั้งคณะทำงาน\nด้วยมีความจำเป็น\n"
        "สั่ง ณ วันที่ ๑๕ มกราคม พ.ศ. ๒๕๖๘\n(นายทดลอง ตัวอย่างสุข)\nนายอำเภอวานรนิวาส"
    )
    kinds = [kind for kind, _ in parts(read(text))]
    assert kinds == [P.TITLE, P.REFERENCE, P.SUBJECT, P.BODY, P.DATE, P.SIGNATORY, P.POSITION]


def test_a_complaint_has_a_story_and_a_signature() -> None:
    text = complaint("ขอร้องเรียนว่าน้ำไม่ไหล").replace("\n(นาย", "\nขอแสดงความนับถือ\n(นาย")
    kinds = [kind for kind, _ in parts(read(text))]
    assert kinds == [P.DATE, P.SUBJECT, P.ADDRESSEE, P.BODY, P.CLOSING, P.SIGNATORY]


def test_secrecy_above_and_below_and_a_page_number_are_parts_of_their_own() -> None:
    found = parts(read("ลับ\nด่วนที่สุด\n" + official("ด้วยอำเภอจะประชุม\n- ๒ -\nที่ห้องประชุมอำเภอวานรนิวาส")))
    assert found[:2] == [(P.SECRECY, "ลับ"), (P.URGENCY, "ด่วนที่สุด")]
    assert (P.PAGE_NUMBER, "- ๒ -") in found


def test_the_circulars_lose_no_line() -> None:
    path = SHARED / "circulars.txt"
    if not path.exists():
        pytest.skip("../shared/circulars.txt is absent")
    text = path.read_text(encoding="utf-8")
    for half in (text[: text.index("ปค. (")], text[text.index("ปค. (") :]):
        told = "\n".join(part for _, part in parts(read(half)))
        lines = [" ".join(row.split()) for row in half.splitlines() if row.strip()]
        assert told.split("\n") == lines


def test_a_part_has_the_box_of_each_of_its_lines() -> None:
    fields = read_lines(
        line("ที่ สน ๐๘๑๘/๒๔๑ วันที่ ๕ มีนาคม ๒๕๖๘", 0.1, 0.1),
        line("เรื่อง ขอเชิญประชุมคณะกรรมการศูนย์ดำรงธรรมอำเภอ", 0.1, 0.14),
        line("ประจำเดือนมีนาคม", 0.16, 0.16),
        line("เรียน นายอำเภอพังโคน", 0.1, 0.2),
        line("ด้วยอำเภอจะประชุม", 0.2, 0.25),
    )
    tops = {part.kind: [box.top for box in part.boxes] for part in fields.parts}
    assert tops[P.REFERENCE] == tops[P.DATE] == [0.1]
    assert tops[P.SUBJECT] == [0.14, 0.16]
    assert tops[P.ADDRESSEE] == [0.2]
    number, date = (next(p for p in fields.parts if p.kind is k) for k in (P.REFERENCE, P.DATE))
    assert number.boxes[0].left < date.boxes[0].left
    assert all(part.page == 1 for part in fields.parts)


def test_plain_text_has_parts_without_pages_and_boxes() -> None:
    for part in read(official("ด้วยอำเภอจะประชุม")).parts:
        assert part.page is None
        assert part.boxes == ()
