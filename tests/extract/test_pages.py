"""Pages: none is lost, nothing crashes, every field knows its place."""

import dataclasses
import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from extract import lines_from_text, load_gazetteer, read_fields, split_letters
from models.letters import Box, Fields, OcrPage, PageState
from models.terms import FieldName
from tests.extract.reading import TODAY, read, scanned

_ALPHABET = st.sampled_from(
    [*"กขคงจชดตทนบปพมยรลวสหอะาำิีึืุูเแโใไ็่้๊๋์ํ๐๑๒๓๔๕๖๗๘๙0123456789 \n\t./()-–…“”:|,\u200b\ufeff"]
)
_WORDS = st.sampled_from(
    ["ที่ ", "เรื่อง ", "เรียน ", "ถึง ", "อ้างถึง ", "วันที่ ", "เลขรับ ", "อำเภอ", "ตำบล", "จังหวัด", "พ.ศ. ",
     "ม.ค. ", "สน ๐๘๑๘/", "ด่วน", "ลับ", "(นาย", "โทร. ", "ประกาศ", "คำสั่ง", "เวลา", "\n", "๑๓/๑๑/"]
)  # fmt: skip


def sane(fields: Fields) -> None:
    assert 0 <= fields.kind_confidence <= 1
    for field in fields.values.values():
        if field is None:
            continue
        assert 0 <= field.confidence <= 1
        assert not field.doubts or field.confidence < 0.8
        assert field.value != ""


@given(st.text(_ALPHABET, max_size=300))
def test_no_text_crashes(text: str) -> None:
    sane(read(text))


@given(st.lists(_WORDS | st.text(_ALPHABET, max_size=8), max_size=40))
def test_no_order_of_labels_crashes(parts: list[str]) -> None:
    sane(read("".join(parts)))


@given(st.text(max_size=200), st.dates(dt.date(2000, 1, 1), dt.date(2090, 1, 1)))
def test_no_script_and_no_day_crashes(text: str, today: dt.date) -> None:
    sane(read(text, today))


def page(number: int, text: str) -> OcrPage:
    return dataclasses.replace(lines_from_text(text), number=number)


LETTER = "ที่ สน ๐๘๑๘/๒๔๑\n๑๐ มีนาคม ๒๕๖๘\nเรื่อง ก\nเรียน นายอำเภอ\nด้วยมีเรื่อง"
MORE = "- ๒ -\nต่อจากหน้าแรก ตามหนังสือจังหวัดสกลนคร ที่ สน ๐๐๑๘/ว ๑ ลงวันที่ ๑ มีนาคม ๒๕๖๘ นั้น"
MEMO = "บันทึกข้อความ\nส่วนราชการ อำเภอวานรนิวาส\nที่ สน ๐๘๑๘/๙\nวันที่ ๕ มีนาคม ๒๕๖๘"
ORDER = "คำสั่งอำเภอวานรนิวาส\nที่ ๑๒๕/๒๕๖๘\nเรื่อง แต่งตั้ง"


def test_several_letters_in_one_file_are_several() -> None:
    blank = OcrPage(5, 10, 10, PageState.BLANK)
    unread = OcrPage(6, 10, 10, PageState.UNREAD, reason="อ่านไม่ออก")
    pages = [page(1, LETTER), page(2, MORE), page(3, MEMO), page(4, ORDER), blank, unread]
    numbers = [[p.number for p in letter] for letter in split_letters(pages)]
    assert numbers == [[1, 2], [3], [4, 5, 6]]


def test_a_repeated_head_of_the_same_letter_opens_no_new_one() -> None:
    assert len(split_letters([page(1, LETTER), page(2, LETTER)])) == 1


@given(st.lists(st.sampled_from([LETTER, MORE, MEMO, ORDER, "", "๑๒๓"]), max_size=8))
def test_no_page_is_ever_lost(texts: list[str]) -> None:
    pages = [page(n, text) for n, text in enumerate(texts, 1)]
    assert [p for letter in split_letters(pages) for p in letter] == pages


def test_two_part_heads_are_parted_by_wide_gaps_and_tabs() -> None:
    made = lines_from_text("ที่ ก    ข\n\nค\tง  จ")
    assert [line.text for line in made.lines] == ["ที่ ก", "ข", "ค", "ง  จ"]
    assert (made.width, made.height, made.read_by) == (0, 0, "text")
    assert all(line.box is None and line.confidence == 1.0 for line in made.lines)


HEAD = [
    ("อำเภอพังโคน", 0.7, 0.03),
    ("เลขรับ ๘๘๒", 0.7, 0.05),
    ("ด่วนมาก", 0.1, 0.06),
    ("วันที่ ๑๒ มี.ค. ๖๘", 0.7, 0.07),
    ("ที่ สน ๐๐๑๘.๑/๗๖๙", 0.1, 0.12),
    ("ศาลากลางจังหวัดสกลนคร", 0.55, 0.12),
    ("๑๐ มีนาคม ๒๕๖๘", 0.45, 0.17),
    ("เรื่อง ขอเชิญประชุม", 0.1, 0.21),
    ("เรียน นายอำเภอพังโคน", 0.1, 0.25),
    ("ด้วยจังหวัดสกลนครจะประชุม", 0.2, 0.29),
]


def test_a_stamp_at_the_right_is_told_from_the_head_beside_it() -> None:
    fields = read_fields([scanned(HEAD)], load_gazetteer(), TODAY)
    values = {name: f.value for name, f in fields.values.items() if f}
    assert values[FieldName.RECEIVED_NO] == "882"
    assert values[FieldName.RECEIVED_DATE] == "2025-03-12"
    assert values[FieldName.DATE] == "2025-03-10"
    assert values[FieldName.URGENCY] == "ด่วนมาก"


def test_every_field_of_a_scan_knows_its_page_and_place() -> None:
    fields = read_fields([scanned(HEAD)], load_gazetteer(), TODAY)
    reference = fields.get(FieldName.REFERENCE_NO)
    assert reference is not None
    assert reference.page == 1
    assert reference.box == Box(0.1, 0.12, reference.box.width if reference.box else 0, 0.015)


def test_plain_text_has_no_page() -> None:
    reference = read(LETTER).get(FieldName.REFERENCE_NO)
    assert reference is not None
    assert reference.page is None
    assert reference.boxes == ()


def test_faint_words_are_never_sure() -> None:
    fields = read_fields([scanned(HEAD, confidence=0.4)], load_gazetteer(), TODAY)
    assert all(f.confidence < 0.8 and f.doubts for f in fields.values.values() if f)


def test_a_page_whose_reader_confuses_thai_digits_has_no_sure_numbers() -> None:
    lines = [*HEAD[:4], ("ที่ สน ๐๐๑๘.๑/๒๒๒", 0.1, 0.12), ("๑๐ มีนาคม ๒๕๒๕", 0.45, 0.17), *HEAD[7:]]
    body = ("ประจำปี พ.ศ. ๒๕๒๕ ระหว่าง ๑๐ ม.ค. ๒๕ ถึง ๑๒ ม.ค. ๒๕ จำนวน ๕๐๐ คน", 0.1, 0.32)
    fields = read_fields([scanned([*lines, body])], load_gazetteer(), TODAY)
    reference = fields.get(FieldName.REFERENCE_NO)
    assert reference is not None
    assert reference.doubts
    assert reference.confidence < 0.8


def test_a_stamp_date_whose_label_was_misread_stays_the_stamp_s() -> None:
    lines = [
        ("นว.สมมุติ", 0.7, 0.03),
        ("เลขรับ ๒๒", 0.7, 0.05),
        ("จันที่ ๐๖/๐๑/๒๕๖๘", 0.7, 0.07),
        ("บันทึกข้อความ", 0.4, 0.1),
        ("ที่ สน ๐๘๑๘/๑๒", 0.1, 0.14),
        ("เรื่อง ขอเชิญประชุม", 0.1, 0.18),
        ("เรียน นายอำเภอพังโคน", 0.1, 0.22),
    ]
    fields = read_fields([scanned(lines)], load_gazetteer(), TODAY)
    received = fields.get(FieldName.RECEIVED_DATE)
    assert received is not None
    assert received.value == "2025-01-06"
    assert fields.get(FieldName.DATE) is None


def test_a_number_that_runs_into_unread_letters_is_never_sure() -> None:
    found = read("ที่ สน ๐๘๑๘/๑ซี2\nเรื่อง ก\nเรียน นายอำเภอ").get(FieldName.REFERENCE_NO)
    assert found is not None
    assert found.doubts


def test_where_the_labelled_date_is_unread_no_other_date_takes_its_place() -> None:
    text = "๖ มกราคม ๒๕๖๘\nบันทึกข้อความ\nที่ สน ๐๘๑๘/๑ วันที่ วย พ.ค. ๖๘\nเรื่อง ก\nเรียน ข"
    found = read(text).get(FieldName.DATE)
    assert found is not None
    assert found.value is None
    assert found.doubts
