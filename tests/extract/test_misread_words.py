"""Misread heads: what is repaired says so, and what cannot be right is never sure."""

import pytest

from models.letters import Field, Fields
from models.terms import FieldName, LetterKind
from tests.extract.reading import line, read, read_lines

N = FieldName


def at(fields: Fields, name: FieldName) -> Field:
    found = fields.get(name)
    assert found is not None
    return found


def letter(
    reference: str = "ที่ สน ๐๘๑๘/๒๔๑",
    office: str = "ที่ว่าการอำเภอภูพาน",
    addressee: str = "ผู้ว่าราชการจังหวัดสกลนคร",
    subject: str = "ขอเชิญประชุม",
) -> Fields:
    return read(
        f"{reference}\n{office}\n๑๐ มีนาคม ๒๕๖๘\nเรื่อง {subject}\nเรียน {addressee}\nด้วยจะประชุม\n"
        "จึงเรียนมาเพื่อทราบ\nขอแสดงความนับถือ\n(นายสมมุติ ทดสอบ)\nนายอำเภอภูพาน\nกลุ่มงานความมั่นคง"
    )


@pytest.mark.parametrize("reference", ["ที่ สน ๐๘ซ๑๘.๒๔๑", "ที่ ๐๘๑๘๒๔๑", "๙ สน ๐๘๑ย๒๔๑"])
def test_marks_of_an_office_outvote_a_number_that_was_not_read(reference: str) -> None:
    fields = letter(reference)
    assert fields.kind is LetterKind.EXTERNAL
    assert fields.get(N.COMPLAINANT) is None
    assert at(fields, N.SENDER).value == "ที่ว่าการอำเภอภูพาน"


def test_what_an_order_or_announcement_ends_with_gives_it_away() -> None:
    for end, kind in (("ประกาศ", LetterKind.ANNOUNCEMENT), ("สั่ง", LetterKind.ORDER)):
        text = f"อถำ หนี๑๑\nเรื่อง กำหนดวัน\nด้วยอำเภอจะจัด\n{end} ณ วันที่ ๔ เมษายน พ.ศ. ๒๕๖๘"
        fields = read(text)
        assert fields.kind is kind
        assert at(fields, N.DATE).value == "2025-04-04"


@pytest.mark.parametrize(
    "written", ["ที่ว่าการอำ ๓ อภูพาน", "ที่ว่าการอำเกอภูพาน", "ที่ว่าคารอำ เภอภูพาน", "๙ว่าการอ่าเภอภูพาน"]
)
def test_the_word_for_a_district_is_known_however_it_was_broken(written: str) -> None:
    fields = letter(office=written)
    assert at(fields, N.SENDER).value == "ที่ว่าการอำเภอภูพาน"
    assert at(fields, N.DISTRICT).value == "ภูพาน"


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("นายอำเภอกุสุมาอย์", "นายอำเภอกุสุมาลย์"),
        ("ผู้ว่าราชการจังหวัดสกลนดร", "ผู้ว่าราชการจังหวัดสกลนคร"),
        ("นายกองศการบริหารส่วนตำบลโคกภู", "นายกองค์การบริหารส่วนตำบลโคกภู"),
    ],
)
def test_a_misread_place_or_title_is_put_right_and_said(written: str, right: str) -> None:
    found = at(letter(addressee=written), N.ADDRESSEE)
    assert found.value == right
    assert found.doubts
    assert written in found.alternatives


@pytest.mark.parametrize("name", ["นายอำเภอฃฃฃฃฃฃ", "บวยกสมวคม", "ผู้จ๓ดการ"])
def test_an_addressee_that_cannot_be_is_never_sure(name: str) -> None:
    assert at(letter(addressee=name), N.ADDRESSEE).doubts


@pytest.mark.parametrize(
    "name",
    ["นายอำเภอ ทุกอำเภอ", "ปลัดอำเภอหัวหน้ากลุ่มงาน", "นายกเทศมนตรีตำบลสมมุติ", "หัวหน้าส่วนราชการประจำจังหวัด"],
)
def test_words_behind_a_level_that_are_no_place_are_no_doubt(name: str) -> None:
    assert not at(letter(addressee=name), N.ADDRESSEE).doubts


@pytest.mark.parametrize(
    ("written", "value", "other"),
    [
        ("ที่ สน ๐๘๑๘๑/๓๕๗", "สน 0818.1/357", "สน 08181/357"),  # the dot was lost
        ("ที่ มท ๐๓๐๗๒/๓๕๗", "มท 0307.2/357", "มท 03072/357"),
        ("ที่ สน ๐๘๑๕/๓๕๗", "สน 0818/357", "สน 0815/357"),  # no office has the number
        ("ที่ สน ๐๘๑๙/๓๕๗", "สน 0819/357", "สน 0818/357"),  # another office's
        ("ที่ สน ๐๘๑๘.๒/๒ ๙๒๓", "สน 0818.2/2923", "สน 0818.2/2"),
        ("ที่ สน ๐๘๑๘ . ๗๓๓๑๔", "สน 0818.3/3314", "สน 0818.1/3314"),  # ๓/ melted into ๗
    ],
)
def test_a_number_that_can_be_read_in_two_ways_offers_both(
    written: str, value: str, other: str
) -> None:
    found = at(letter(written), N.REFERENCE_NO)
    assert found.value == value
    assert found.doubts
    assert other in found.alternatives


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("ที่ สน ๐๘๑๘.๒ ๑๑๕๓", "สน 0818.2/1153"),
        ("ที่ สน ๐๘๑๘/) ๙๐", "สน 0818/ว 90"),
        ("ที่ สน ๐๘๑๘:๒/๙๐", "สน 0818.2/90"),
        ("ที่ สน ๐๘๑๘.๓| ๙๐", "สน 0818.3/90"),
    ],
)
def test_a_sign_that_was_lost_is_put_back_and_said(written: str, value: str) -> None:
    found = at(letter(written), N.REFERENCE_NO)
    assert found.value == value
    assert found.doubts


def test_a_local_government_s_five_digits_are_its_own() -> None:
    found = at(letter("ที่ สน ๗๔๗๐๑/๔๑๒", "ที่ทำการองค์การบริหารส่วนตำบลโคกภู"), N.REFERENCE_NO)
    assert (found.value, found.doubts) == ("สน 74701/412", ())


@pytest.mark.parametrize(
    ("written", "value"),
    [("๑๒๕/๒๓๕๖๘", "125/2568"), ("๑๒๕/๒๕๒๕", "125/2568"), ("๑๒๕/๒๕๖๖", "125/2566")],
)
def test_an_order_s_year_is_that_of_its_date(written: str, value: str) -> None:
    text = f"คำสั่งอำเภอภูพาน\nที่ {written}\nเรื่อง แต่งตั้ง\nสั่ง ณ วันที่ ๓ มีนาคม พ.ศ. ๒๕๖๘"
    found = at(read(text), N.REFERENCE_NO)
    assert found.value == value
    assert found.doubts


def test_two_readings_of_one_name_are_both_offered() -> None:
    text = "เรียน นายอำเภอภูพาน\nข้าพเจ้า นางบูญมี ตัวอย่างสูข ขอร้องเรียน\n(นางบุญมี ตัวอย่างสุข)"
    found = at(read(text), N.COMPLAINANT)
    assert found.value == "นางบุญมี ตัวอย่างสุข"
    assert found.alternatives == ("นางบูญมี ตัวอย่างสูข",)
    assert found.doubts
    same = at(read(text.replace("บูญมี", "บุญมี").replace("สูข", "สุข")), N.COMPLAINANT)
    assert not same.doubts


@pytest.mark.parametrize("phone", ["๐๘ - ๐๐๐๐ - ๐๐๐๑", "๐๘ =- ๐๐๐๐ - ๐๐๐๑", "๐๘-๐๐๐๐-๐๐๐๑"])
def test_a_telephone_is_found_whatever_its_dashes_became(phone: str) -> None:
    fields = read_lines(
        line("เรียน นายอำเภอภูพาน", 0.14, 0.2),
        line("ข้าพเจ้า นายสมมุติ ทดสอบดี ขอร้องเรียน", 0.24, 0.25),
        line("โทร.", 0.14, 0.5),
        line(phone, 0.18, 0.503),
    )
    assert at(fields, N.PHONE).value == "0800000001"
    assert not at(fields, N.PHONE).doubts


def test_a_space_inside_a_word_of_the_subject_is_closed() -> None:
    found = at(letter(subject="ขอส่งเรื่องร้องเรียนข องประชาชน"), N.SUBJECT)
    assert found.value == "ขอส่งเรื่องร้องเรียนของประชาชน"
    assert at(letter(subject="ขอเชิญประชุม คณะกรรมการ"), N.SUBJECT).value == ("ขอเชิญประชุม คณะกรรมการ")


def test_a_place_whose_name_runs_over_the_line_is_one_name() -> None:
    text = (
        "เรียน นายอำเภอพรรณานิคม\nข้าพเจ้า นายสมมุติ ทดสอบดี อยู่บ้านเลขที่ ๑๒ ตำบลนาหัวบ่อ อำเภอพรรณา\n"
        "นิคม จังหวัดสกลนคร ขอร้องเรียน"
    )
    assert at(read(text), N.DISTRICT).value == "พรรณานิคม"
