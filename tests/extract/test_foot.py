"""What closes a letter: who signed it, in which position, and the office that keeps the matter."""

import pytest

from models.terms import FieldName, PartKind
from tests.extract.made_letters import complaint, official
from tests.extract.reading import at, field, line, read, read_lines, value

N = FieldName
OWNER = "ที่ทำการปกครองอำเภอ\nกลุ่มงานบริหารงานปกครอง\nโทร. ๐ ๔๒๗๙ ๑๑๑๑"


def closed(foot: str) -> str:
    return official("ด้วยอำเภอวานรนิวาสจะประชุม", foot=foot)


@pytest.mark.parametrize(
    ("foot", "name", "position"),
    [
        ("(นายทดลอง ตัวอย่างสุข)\nนายอำเภอวานรนิวาส", "นายทดลอง ตัวอย่างสุข", "นายอำเภอวานรนิวาส"),
        (
            "(นายทดลอง ตัวอย่างสุข)\nปลัดอำเภอ รักษาราชการแทน\nนายอำเภอวานรนิวาส",
            "นายทดลอง ตัวอย่างสุข",
            "ปลัดอำเภอ รักษาราชการแทน นายอำเภอวานรนิวาส",
        ),
        ("ร.ต.อ.\n(ทดลอง ตัวอย่างสุข)\nสารวัตร", "ร.ต.อ.ทดลอง ตัวอย่างสุข", "สารวัตร"),
        ("พันเอก\n(ทดลอง ตัวอย่างสุข)\nผู้บังคับการ", "พันเอกทดลอง ตัวอย่างสุข", "ผู้บังคับการ"),
        ("(ว่าที่ ร.ต.ทดลอง ตัวอย่างสุข)\nปลัดอำเภอ", "ว่าที่ ร.ต.ทดลอง ตัวอย่างสุข", "ปลัดอำเภอ"),
        (
            "ลงชื่อ ทดลอง\n(นางสาวทดลอง ตัวอย่างสุข)\nตำแหน่ง นิติกรชำนาญการ",
            "นางสาวทดลอง ตัวอย่างสุข",
            "นิติกรชำนาญการ",
        ),
        ("(นายทดลอง ตัวอย่างสุข\nนายอำเภอวานรนิวาส", "นายทดลอง ตัวอย่างสุข", "นายอำเภอวานรนิวาส"),
        ("(นายทดลอง ตัวอย่างสุข)", "นายทดลอง ตัวอย่างสุข", None),
        ("", None, None),
    ],
)
def test_the_name_in_brackets_signed_and_below_it_stands_the_position(
    foot: str, name: str | None, position: str | None
) -> None:
    fields = read(closed(foot))
    found = [f.value if (f := fields.get(n)) else None for n in (N.SIGNATORY, N.POSITION)]
    assert found == [name, position]


def test_who_certifies_a_copy_did_not_sign_the_letter() -> None:
    foot = "(นายทดลอง ตัวอย่างสุข)\nนายอำเภอวานรนิวาส\nสำเนาถูกต้อง\n(นางสมมุติ ทดสอบดี)\nเจ้าพนักงานธุรการ"
    assert value(closed(foot), N.SIGNATORY) == "นายทดลอง ตัวอย่างสุข"


def test_a_name_without_a_family_name_is_doubted() -> None:
    found = at(read(closed("(นายทดลองตัวอย่าง)\nนายอำเภอวานรนิวาส")), N.SIGNATORY)
    assert found.value == "นายทดลองตัวอย่าง"
    assert found.doubts


def test_names_in_the_story_sign_nothing() -> None:
    body = "ด้วยนายสมมุติ ทดสอบดี (นายตัวอย่าง สมมุติสุข) ร้องเรียนว่าถนนในหมู่บ้านชำรุดเสียหายเป็นหลุมเป็นบ่อ"
    text = official(body, foot="(นายทดลอง ตัวอย่างสุข)\nนายอำเภอวานรนิวาส")
    assert value(text, N.SIGNATORY) == "นายทดลอง ตัวอย่างสุข"
    assert field(official(body, foot=""), N.SIGNATORY) is None


def test_the_owner_office_and_its_telephone_are_parts_of_their_own() -> None:
    fields = read(closed(f"(นายทดลอง ตัวอย่างสุข)\nนายอำเภอวานรนิวาส\n{OWNER}\n“อยู่สกล รักสกล”"))
    parts = {part.kind: part.text for part in fields.parts}
    assert parts[PartKind.CLOSING] == "ขอแสดงความนับถือ"
    assert parts[PartKind.SIGNATORY] == "(นายทดลอง ตัวอย่างสุข)"
    assert parts[PartKind.POSITION] == "นายอำเภอวานรนิวาส"
    assert parts[PartKind.OWNER] == "ที่ทำการปกครองอำเภอ\nกลุ่มงานบริหารงานปกครอง"
    assert parts[PartKind.TELEPHONE] == "โทร. ๐ ๔๒๗๙ ๑๑๑๑"
    assert parts[PartKind.OTHER] == "“อยู่สกล รักสกล”"
    assert fields.get(N.PHONE) is None


def test_an_order_is_signed_below_its_date() -> None:
    fields = read(
        "คำสั่งอำเภอวานรนิวาส\nที่ ๑๒๕/๒๕๖๘\nเรื่อง แต่งตั้งคณะทำงาน\nด้วยมีความจำเป็น\n"
        "สั่ง ณ วันที่ ๑๕ มกราคม พ.ศ. ๒๕๖๘\n(นายทดลอง ตัวอย่างสุข)\nนายอำเภอวานรนิวาส"
    )
    assert at(fields, N.SIGNATORY).value == "นายทดลอง ตัวอย่างสุข"
    assert at(fields, N.POSITION).value == "นายอำเภอวานรนิวาส"


def test_who_signs_a_complaint_is_who_complains_and_no_officer() -> None:
    fields = read(complaint("ขอร้องเรียนว่าน้ำไม่ไหล", who="ข้าพเจ้า"))
    assert fields.get(N.SIGNATORY) is None
    assert at(fields, N.COMPLAINANT).value == "นายสมมุติ ทดสอบดี"
    assert fields.get(N.POSITION) is None


def test_on_a_page_the_position_goes_on_under_its_middle() -> None:
    fields = read_lines(
        line("ที่ สน ๐๘๑๘/๒๔๑", 0.14, 0.1),
        line("เรื่อง ขอเชิญประชุม", 0.14, 0.2),
        line("เรียน ผู้ว่าราชการจังหวัดสกลนคร", 0.14, 0.23),
        line("ด้วยอำเภอวานรนิวาสจะประชุม จึงเรียนมาเพื่อโปรดทราบ", 0.2, 0.3),
        line("ขอแสดงความนับถือ", 0.5, 0.36),
        line("(นายทดลอง ตัวอย่างสุข)", 0.49, 0.44),
        line("ปลัดอำเภอ (เจ้าพนักงานปกครองชำนาญการ)", 0.42, 0.47),
        line("ทำหน้าที่นายอำเภอวานรนิวาส", 0.47, 0.5),
        line("ที่ทำการปกครองอำเภอ", 0.14, 0.56),
    )
    name, position = at(fields, N.SIGNATORY), at(fields, N.POSITION)
    assert name.value == "นายทดลอง ตัวอย่างสุข"
    assert {box.top for box in name.boxes} == {0.44}
    assert position.value == "ปลัดอำเภอ (เจ้าพนักงานปกครองชำนาญการ) ทำหน้าที่นายอำเภอวานรนิวาส"
    assert {box.top for box in position.boxes} == {0.47, 0.5}


@pytest.mark.xfail(strict=True, reason="a rank is only known alone on its line")
def test_a_rank_before_the_brackets_belongs_to_the_name() -> None:
    found = at(read(closed("พ.ต.อ. (ทดลอง ตัวอย่างสุข)\nผู้กำกับการ")), N.SIGNATORY)
    assert found.value == "พ.ต.อ.ทดลอง ตัวอย่างสุข"


def test_a_superior_who_notes_a_memo_did_not_write_it() -> None:
    fields = read(
        "บันทึกข้อความ\nส่วนราชการ ที่ทำการปกครองอำเภอวานรนิวาส\nที่ สน ๐๘๑๘.๑/๑๒๓ วันที่ ๕ มีนาคม ๒๕๖๘\n"
        "เรื่อง ขออนุมัติ\nเรียน นายอำเภอวานรนิวาส\nด้วยกลุ่มงานขออนุมัติ จึงเรียนมาเพื่อโปรดพิจารณา\n"
        "(นายทดลอง ตัวอย่างสุข)\nปลัดอำเภอ\nทราบ\n(นายสมมุติ ทดสอบดี)\nนายอำเภอวานรนิวาส"
    )
    found = at(fields, N.SIGNATORY)
    assert found.value == "นายทดลอง ตัวอย่างสุข" or found.doubts


@pytest.mark.parametrize("name", ["สุภาวดี ทดสอบดี", "สุภาพร ตัวอย่างสุข", "ก้องภพ ทดสอบดี"])
def test_a_first_name_that_begins_as_an_office_does_is_a_person_s(name: str) -> None:
    assert at(read(closed(f"({name})\nผู้อำนวยการโรงพยาบาล")), N.SIGNATORY).value == name


def test_an_office_in_brackets_has_not_signed() -> None:
    fields = read(closed("(สภาทนายความ จังหวัดสกลนคร)\nผู้อำนวยการ"))
    assert fields.get(N.SIGNATORY) is None


@pytest.mark.parametrize("post", ["ผกก.สภ.ภูพาน", "รอง ผกก.ป.สภ.ภูพาน", "สวป.สภ.ภูพาน"])
def test_the_posts_of_the_police_are_written_short(post: str) -> None:
    found = at(read(closed(f"(นายทดลอง ตัวอย่างสุข)\n{post}")), N.POSITION)
    assert found.value == post
