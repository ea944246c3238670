"""Heads of letters as they are typed: long names of offices, subjects in boxes, radios and news."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.terms import FieldName
from tests.extract.made_letters import complaint
from tests.extract.reading import at, line, read, read_lines, value

N = FieldName


def headed(first: str, second: str) -> str:
    return (
        f"ที่ อส ๐๐๑๒(สน)/๓๓        {first}\n        {second}\n๓ มีนาคม ๒๕๖๘\nเรื่อง ขอเอกสาร\n"
        "เรียน นายอำเภอภูพาน\nด้วยสำนักงานประสงค์จะใช้เอกสาร\nขอแสดงความนับถือ"
    )


@pytest.mark.parametrize(
    ("first", "second", "sender"),
    [
        ("สำนักงาน ป.ป.ช.", "ประจำจังหวัดสกลนคร", "สำนักงาน ป.ป.ช. ประจำจังหวัดสกลนคร"),
        ("สำนักงานคุ้มครองสิทธิ", "และการบังคับคดีจังหวัดสกลนคร", "สำนักงานคุ้มครองสิทธิ และการบังคับคดีจังหวัดสกลนคร"),
        ("การประปาส่วนภูมิภาค", "สาขาสว่างแดนดิน ถ.นิตโย สน ๔๗๑๑๐", "การประปาส่วนภูมิภาค สาขาสว่างแดนดิน"),
        ("ที่ว่าการอำเภอภูพาน", "ถนนสกลนคร-กาฬสินธุ์ สน ๔๗๑๘๐", "ที่ว่าการอำเภอภูพาน"),
        ("สำนักงานเทศบาลตำบลวาริชภูมิ", "อำเภอวาริชภูมิ สกลนคร", "สำนักงานเทศบาลตำบลวาริชภูมิ"),
    ],
)  # fmt: skip
def test_the_name_of_an_office_goes_on_over_two_lines(first: str, second: str, sender: str) -> None:
    assert value(headed(first, second), N.SENDER) == sender


def test_what_stands_elsewhere_on_the_page_is_no_second_line_of_an_office() -> None:
    fields = read_lines(
        line("สำนักงานอัยการจังหวัดสกลนคร", 0.6, 0.1),
        line("และคณะ", 0.14, 0.12),
        line("เรื่อง ขอเอกสาร", 0.14, 0.16),
        line("เรียน นายอำเภอภูพาน", 0.14, 0.18),
    )
    assert at(fields, N.SENDER).value == "สำนักงานอัยการจังหวัดสกลนคร"


@pytest.mark.parametrize("label", ["เรื่องที่ร้อง", "เรื่องที่ร้องเรียน", "เรื่องที่ร้องทุกข์ :", "เรื่องที่ร้อง ="])
def test_the_subject_stands_behind_its_box_with_a_colon_or_without(label: str) -> None:
    note = f"ผู้ร้อง นายสมมุติ ทดสอบดี\n{label}  ถูกปิดทางเข้านา\nรายละเอียด เพื่อนบ้านกั้นรั้ว"
    assert value(note, N.SUBJECT) == "ถูกปิดทางเข้านา"


def test_a_sentence_that_lists_things_is_no_second_line_of_a_subject() -> None:
    text = (
        "ประกาศโรงพยาบาลพังโคน\nเรื่อง ช่องทางรับความเห็น\n----------\nผู้มารับบริการแจ้งได้ดังนี้\n"
        "๑. กล่องหน้าห้องตรวจ\n๒. แบบสอบถาม\nประกาศ ณ วันที่ ๖ มกราคม พ.ศ. ๒๕๖๘"
    )
    assert value(text, N.SUBJECT) == "ช่องทางรับความเห็น"


def test_the_number_of_a_radio_stands_under_whom_it_is_for() -> None:
    fields = read(
        "ด่วนมาก    วิทยุสื่อสาร\nจาก  สถ.สป.\nถึง  นายอำเภอภูพาน\nที่  มท ๐๒๐๕.๑/๗๗    "
        "วันที่  ๓  มีนาคม  ๒๕๖๘\nขอเชิญประชุมทางไกลวันศุกร์\nห้องประชุม\n(นายทดลอง ตัวอย่างสุข)\nผู้อำนวยการสำนัก"
    )
    assert at(fields, N.REFERENCE_NO).value == "มท 0205.1/77"
    assert at(fields, N.DATE).value == "2025-03-03"
    assert not fields.citations


def test_a_letter_quoted_under_the_addressee_is_not_the_letter_s_own_number() -> None:
    text = "ถึง อำเภอภูพาน\nตามหนังสือที่ สน ๐๐๑๗.๓/๔๕ ลงวันที่ ๑๐ เมษายน ๒๕๖๘ นั้น ขอทราบผล"
    assert value(text, N.REFERENCE_NO) is None


@pytest.mark.parametrize("ending", ["ประกาศ ณ", "ประกาศมา ณ"])
def test_the_day_of_an_announcement_stands_at_its_end(ending: str) -> None:
    text = f"ประกาศอำเภอภูพาน\nเรื่อง ออกใบแทน\nด้วยมีผู้ขอออกใบแทน\n{ending} วันที่ ๒๓ ธันวาคม พ.ศ. ๒๕๖๗"
    assert value(text, N.DATE) == "2024-12-23"


def test_the_day_of_a_news_release_stands_in_its_head() -> None:
    text = "ข่าวประชาสัมพันธ์\nสำนักงานประชาสัมพันธ์จังหวัดสกลนคร\nวันที่ ๑๗ มิถุนายน ๒๕๖๘\nอำเภอภูพานเปิดตลาดนัด"
    assert value(text, N.DATE) == "2025-06-17"


@pytest.mark.parametrize(
    "threat",
    ["หากเพิกเฉยจะฟ้องศาล", "หากไม่แก้ไขข้าพเจ้าจะร้องต่อ", "มิฉะนั้นจะฟ้อง", "ถ้าเงียบอีกจะไปร้องสื่อ"],
)
def test_what_is_threatened_otherwise_is_no_part_of_the_wish(threat: str) -> None:
    text = complaint(f"ขอร้องเรียนว่าน้ำไม่ไหล จึงขอให้ซ่อมท่อประปาหมู่บ้าน {threat}")
    assert value(text, N.WISH) == "ขอให้ซ่อมท่อประปาหมู่บ้าน"


def test_a_wish_may_say_what_is_to_be_done_if_the_facts_are_so() -> None:
    wish = "ขอให้ตรวจสอบข้อเท็จจริง หากพบว่าผิดจริงให้ลงโทษทางวินัย"
    assert value(complaint(f"ขอร้องเรียนกำนัน จึง{wish}"), N.WISH) == wish


@given(st.sampled_from(["ถนน", "ถ.", "ตำบล", "อำเภอ", "เลขที่ "]), st.integers(1, 99))
def test_an_address_under_an_office_is_never_taken_for_its_name(word: str, number: int) -> None:
    text = headed("สำนักงานที่ดินจังหวัดสกลนคร", f"{word}ตัวอย่าง {number} สน ๔๗๐๐๐")
    assert value(text, N.SENDER) == "สำนักงานที่ดินจังหวัดสกลนคร"
