"""Stamps on scans: split by ink, written by hand, and never taken for the letter's own head."""

import pytest

from models.letters import Field, Fields, Ink, Line
from models.terms import FieldName
from tests.extract.reading import line, read_lines

N = FieldName
HEAD = (
    line("ที่ สน ๐๐๑๗.๑/๓๓๑๐", 0.14, 0.164),
    line("ศาลากลางจังหวัดสกลนคร", 0.62, 0.167),
    line("๑๔ มีนาคม ๒๕๖๘", 0.46, 0.227),
    line("เรื่อง ขอส่งเรื่องร้องเรียน", 0.14, 0.261),
    line("เรียน นายอำเภอพังโคน", 0.14, 0.293),
)
OFFICE = line("อำเภอพังโคน", 0.75, 0.035, ink=Ink.RED)


def at(fields: Fields, name: FieldName) -> Field:
    found = fields.get(name)
    assert found is not None
    return found


def stamp(number: str, date: str, *, ink: Ink = Ink.BLACK, confidence: float = 0.95) -> list[Line]:
    return [
        OFFICE,
        line(f"เลขรับ {number}", 0.70, 0.055, ink=ink, confidence=confidence),
        line(f"วันที่ {date}", 0.70, 0.076, ink=ink, confidence=confidence),
        line("เวลา", 0.70, 0.1, ink=Ink.RED),
    ]


def test_a_date_beside_its_label_in_other_ink_is_the_stamp_s() -> None:
    label, written = line("วันที่", 0.70, 0.077, ink=Ink.RED), line("๑๘ มี.ค. ๒๕๖๘", 0.76, 0.071)
    fields = read_lines(OFFICE, line("เลขรับ ๑๙๙๐", 0.70, 0.053), written, label, *HEAD)
    assert at(fields, N.RECEIVED_NO).value == "1990"
    assert at(fields, N.RECEIVED_DATE).value == "2025-03-18"
    assert at(fields, N.DATE).value == "2025-03-14"
    assert not at(fields, N.DATE).doubts


def test_a_number_in_pieces_is_whole_or_none() -> None:
    parted = read_lines(*stamp("๒ ๓๐๙", "๑๘ มี.ค. ๒๕๖๘"), *HEAD)
    assert at(parted, N.RECEIVED_NO).value == "2309"
    assert at(parted, N.RECEIVED_NO).doubts
    broken = read_lines(*stamp("๕“9 ๓๕", "๑๘ มี.ค. ๒๕๖๘"), *HEAD)
    assert at(broken, N.RECEIVED_NO).value is None
    assert at(broken, N.RECEIVED_NO).doubts


@pytest.mark.parametrize(
    ("number", "ink", "confidence", "sure"),
    [
        ("๘๘๒", Ink.BLUE, 0.995, False),
        ("๘๘๒", Ink.BLACK, 0.95, False),
        ("882", Ink.BLUE, 0.995, False),
        ("๘๘๒", Ink.BLACK, 0.995, True),
        ("882", Ink.BLACK, 0.995, True),
    ],
)
def test_a_number_in_a_stamp_is_sure_only_in_black_and_beyond_doubt(
    number: str, ink: Ink, confidence: float, sure: bool
) -> None:
    fields = read_lines(*stamp(number, "๑๘ มี.ค. ๒๕๖๘", ink=ink, confidence=confidence), *HEAD)
    found = at(fields, N.RECEIVED_NO)
    assert found.value == "882"
    assert (not found.doubts) == sure


def test_the_writer_s_own_date_under_a_stamp_is_not_the_stamp_s() -> None:
    fields = read_lines(
        *stamp("๓๓", "๑๘ ก.พ. ๒๕๖๘"),
        line("เขียนที่ บ้านเลขที่ ๑๒๗", 0.55, 0.142),
        line("วันที่ ๑๗ กุมภาพันธ์ ๒๕๖๘", 0.51, 0.168),
        line("เรื่อง น้ำประปาไม่ไหล", 0.14, 0.227),
        line("เรียน นายอำเภอพังโคน", 0.14, 0.253),
        line("ข้าพเจ้า นายสมมุติ ทดสอบดี ขอร้องเรียน", 0.24, 0.286),
    )
    assert at(fields, N.DATE).value == "2025-02-17"
    assert at(fields, N.RECEIVED_DATE).value == "2025-02-18"


def test_a_stamp_without_its_number_is_known_by_its_corner_and_ink() -> None:
    date = line("วันที่ ๑๘ มี.ค. ๒๕๖๘", 0.70, 0.077, ink=Ink.BLUE)
    fields = read_lines(OFFICE, line("ธบที่ ๓๙๐ ๙", 0.70, 0.057, ink=Ink.BLUE), date, *HEAD)
    assert at(fields, N.DATE).value == "2025-03-14"
    assert at(fields, N.RECEIVED_DATE).value == "2025-03-18"
    assert fields.get(N.RECEIVED_NO) is None


@pytest.mark.parametrize("year", ["๒๕9๘", "๒๕“๑๘", "๒๕๐๖๘", "๒@๕“9๘"])
def test_a_year_with_a_digit_unread_is_the_only_one_that_fits_and_doubted(year: str) -> None:
    found = at(read_lines(*stamp("๘๘๒", f"๑๘ มี.ค. {year}"), *HEAD), N.RECEIVED_DATE)
    assert found.value == "2025-03-18"
    assert found.doubts


@pytest.mark.parametrize("month", ["มี.ค.", "มีคู.", "มูี.ค."])
def test_a_month_by_hand_is_doubted_or_right(month: str) -> None:
    found = at(read_lines(*stamp("๘๘๒", f"๑๘ {month} ๒๕๖๘"), *HEAD), N.RECEIVED_DATE)
    assert found.value == "2025-03-18" or (found.value is None and found.doubts)


def test_a_year_that_cannot_be_is_read_from_the_letter_s_own_date() -> None:
    found = at(read_lines(*stamp("๘๘๒", "๑๘ มี.ค. ๒๔๖๘"), *HEAD), N.RECEIVED_DATE)
    assert found.value == "2025-03-18"
    assert found.doubts
    alone = at(read_lines(line("๙ มีนาคม ๒๕๒๕", 0.46, 0.227), *HEAD[3:]), N.DATE)
    assert alone.value is None
    assert "2025-03-09" in alone.alternatives


def test_the_office_and_the_date_around_a_seal_are_found_behind_its_lettering() -> None:
    fields = read_lines(
        line("ที่ สน ๑๑๑๘/ว ๙๐", 0.14, 0.164),
        line("ถึง องค์การบริหารส่วนตำบล ทุกแห่ง", 0.14, 0.198),
        line("ตามที่อำเภอสว่างแดนดินได้ขอให้รายงานผล", 0.26, 0.23),
        line("จึงขอให้เร่งรายงานโดยด่วน", 0.26, 0.283),
        line("อำเภอสว่างแดนดิน", 0.56, 0.341),
        line("อ", 0.66, 0.471, ink=Ink.RED),
        line("4กอสว่างแด“", 0.59, 0.49, ink=Ink.RED),
        line("๑๗ มกราคม ๒๕๖๘", 0.55, 0.51),
        line("ที่ทำการปกครองอำเภอ", 0.14, 0.53),
    )
    assert at(fields, N.SENDER).value == "อำเภอสว่างแดนดิน"
    assert at(fields, N.DATE).value == "2025-01-17"
    assert at(fields, N.DISTRICT).value == "สว่างแดนดิน"


def test_a_receiving_number_s_year_is_that_of_its_date() -> None:
    found = at(read_lines(*stamp("๘๘๒/๒๘", "๑๘ มี.ค. ๒๕๖๘"), *HEAD), N.RECEIVED_NO)
    assert found.doubts
    assert found.alternatives == ("882/68",)
    clear = stamp("๘๘๒/๖๘", "๑๘ มี.ค. ๒๕๖๘", confidence=0.995)
    assert not at(read_lines(*clear, *HEAD), N.RECEIVED_NO).doubts
