"""A line read twice: the second reading helps out, agrees in silence, or contradicts aloud."""

import dataclasses

import pytest

from models.letters import Fields, Line
from models.terms import FieldName
from tests.extract.reading import at, line, read_lines

N = FieldName
OFFICE = line("อำเภอพังโคน", 0.70, 0.035)


def twice(one: Line, *others: str) -> Line:
    return dataclasses.replace(one, alternatives=others)


def letter(
    number: str = "ที่ สน ๐๘๑๘/๒๔๑",
    numbers: tuple[str, ...] = (),
    date: str = "๑๐ มีนาคม ๒๕๖๘",
    dates: tuple[str, ...] = (),
) -> Fields:
    return read_lines(
        twice(line(number, 0.14, 0.1), *numbers),
        line("ที่ว่าการอำเภอภูพาน", 0.6, 0.1),
        twice(line(date, 0.45, 0.15), *dates),
        line("เรื่อง ขอเชิญประชุม", 0.14, 0.2),
        line("เรียน ผู้ว่าราชการจังหวัดสกลนคร", 0.14, 0.23),
        line("ด้วยอำเภอภูพานจะจัดประชุมคณะกรรมการประจำเดือนมีนาคม ที่ห้องประชุมอำเภอ", 0.2, 0.27),
    )


def test_two_readings_that_agree_leave_no_doubt() -> None:
    same = letter(numbers=("ที่ สน ๐๘๑๘/๒๔๑",), dates=("๑๐ มีนาคม ๒๕๖๘",))
    for fields in (letter(), same):
        assert (at(fields, N.REFERENCE_NO).value, at(fields, N.REFERENCE_NO).doubts) == (
            "สน 0818/241",
            (),
        )
        assert (at(fields, N.DATE).value, at(fields, N.DATE).doubts) == ("2025-03-10", ())


@pytest.mark.parametrize(
    ("name", "fields", "first", "second"),
    [
        (N.REFERENCE_NO, letter(numbers=("ที่ สน ๐๘๑๘/๒๙๑",)), "สน 0818/241", "สน 0818/291"),
        (N.DATE, letter(dates=("๑๙ มีนาคม ๒๕๖๘",)), "2025-03-10", "2025-03-19"),
    ],
)
def test_a_reading_that_contradicts_is_shown_and_doubted(
    name: FieldName, fields: Fields, first: str, second: str
) -> None:
    found = at(fields, name)
    assert found.value == first
    assert second in found.alternatives
    assert found.doubts
    assert found.confidence < 0.8


def test_where_the_first_reading_failed_the_second_helps_out_and_says_so() -> None:
    fields = letter(
        "ที่ สน ๐ฃฃ๘/๒๔๑", ("ที่ สน ๐๘๑๘/๒๔๑",), "วันที่ ๑ฃ มีฃาคม ๒๕๖๘", ("วันที่ ๑๐ มีนาคม ๒๕๖๘",)
    )
    number, date = at(fields, N.REFERENCE_NO), at(fields, N.DATE)
    assert (number.value, date.value) == ("สน 0818/241", "2025-03-10")
    for found in (number, date):
        assert found.doubts
        assert found.confidence < 0.8
    assert [box.top for box in number.boxes] == [0.1]


def test_where_both_readings_failed_nothing_is_made_up() -> None:
    found = at(letter("ที่ สน ๐ฃฃ๘/๒๔๑", ("ที่ สน ๐ฃฃ๘/๒",)), N.REFERENCE_NO)
    assert found.value is None
    assert found.alternatives == ()
    assert found.doubts


def test_a_second_reading_without_the_value_contradicts_nothing() -> None:
    fields = letter(numbers=("ที่ สน",), dates=("๑๐ ฃฃฃ",))
    assert not at(fields, N.REFERENCE_NO).doubts
    assert not at(fields, N.DATE).doubts


def stamped(date: Line, number: str = "เลขรับ ๘๘๒", numbers: tuple[str, ...] = ()) -> Fields:
    return read_lines(
        OFFICE,
        twice(line(number, 0.70, 0.055, confidence=0.999), *numbers),
        date,
        line("เวลา ๐๙.๑๕ น.", 0.70, 0.1, confidence=0.999),
        line("ที่ สน ๐๐๑๗.๑/๓๓๑๐", 0.14, 0.164),
        line("ศาลากลางจังหวัดสกลนคร", 0.62, 0.167),
        line("๑๔ มีนาคม ๒๕๖๘", 0.46, 0.227),
        line("เรื่อง ขอเชิญประชุม", 0.14, 0.261),
        line("เรียน นายอำเภอพังโคน", 0.14, 0.293),
    )


def test_a_stamp_s_date_is_read_from_the_second_reading_with_a_doubt() -> None:
    date = twice(line("วันที่ ๑ฃ ฃฃ.ค. ๒๕๖๘", 0.70, 0.076), "วันที่ ๑๘ มี.ค. ๒๕๖๘")
    found = at(stamped(date), N.RECEIVED_DATE)
    assert found.value == "2025-03-18"
    assert found.doubts


def test_a_stamp_read_twice_in_two_ways_is_doubted() -> None:
    date = twice(line("วันที่ ๑๘ มี.ค. ๒๕๖๘", 0.70, 0.076, confidence=0.999), "วันที่ ๑๙ มี.ค. ๒๕๖๘")
    fields = stamped(date, numbers=("เลขรับ ๘๘๕",))
    assert at(fields, N.RECEIVED_DATE).doubts
    assert at(fields, N.RECEIVED_NO).doubts


@pytest.mark.xfail(strict=True, reason="without วันที่ a date of the second reading is not looked for")
def test_a_date_without_a_label_is_read_from_the_second_reading() -> None:
    assert at(letter(date="๑ฃ มีฃฃคม ๒๕๖๘", dates=("๑๐ มีนาคม ๒๕๖๘",)), N.DATE).value == "2025-03-10"
