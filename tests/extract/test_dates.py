"""Dates in every form of the trade; a date never fills two roles."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.dates import find_dates
from extract.months import FULL, SHORT
from models.terms import FieldName, Precision
from tests.extract.reading import TODAY, field, value

_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_DAYS = st.dates(dt.date(2016, 1, 1), TODAY)


def forms(day: dt.date) -> list[str]:
    year, short = day.year + 543, SHORT[day.month - 1]
    full, yy = FULL[day.month - 1], f"{(day.year + 543) % 100:02d}"
    bare = short.replace(".", "")
    return [
        f"{day.day} {full} {year}",
        f"{day.day} {short} {year}",
        f"{day.day} {short}{yy}",
        f"{day.day} {short.rstrip('.')} {year}",
        f"{day.day}{bare}{yy}",
        f"{day.day} {short.replace('.', '. ').strip()} {year}",
        f"วันที่ {day.day} เดือน {full} พ.ศ. {year}",
        f"วันที่....{day.day}....เดือน...{full}...พ.ศ. ..{year}..",
        f"{day.day}/{day.month}/{year}",
        f"{day.day:02d}-{day.month:02d}-{year}",
        f"{day.day}.{day.month}.{year}",
        f"{day.day}/{short}/{yy}",
        f"{day.day} {full} ค.ศ. {day.year}",
        f"{day.day}/{day.month}/{day.year}",
        day.isoformat(),
        f"{day.day} {day:%b} {day.year}".upper(),
    ]


@given(_DAYS, st.booleans())
def test_every_date_that_we_can_write_is_read_back(day: dt.date, thai: bool) -> None:
    for written in forms(day):
        text = written.translate(_THAI) if thai else written
        head = f"ที่ สน 0818/1\n{text}\nเรื่อง ก\nเรียน นายอำเภอ"
        assert value(head, FieldName.DATE) == day.isoformat(), text


@pytest.mark.parametrize(
    "text",
    [
        "โทร. ๐-๔๒๗๑-๑๔๖๑",
        "081-000-0001",
        "บ้านเลขที่ ๑๒๓/๔",
        "เวลา ๑๔.๓๐ น.",
        "น.ส.๓ ก. เลขที่ ๑๒๓๔",
        "พ.ร.บ.การทวงถามหนี้ พ.ศ. ๒๕๕๘",
        "คำสั่งที่ ๑๒๕/๒๕๖๘",
        "สน ๔๗๑๒๐",
        "ขึ้น ๑๕ ค่ำ เดือน ๑๒",
        "๑-๙๙๙๘-๐๐๐๐๐-๐๑-๑",
        "๑๔ พ.ย.",
        "ปีงบประมาณ พ.ศ. ๒๕๖๘",
    ],
)
def test_false_friends_are_no_dates(text: str) -> None:
    assert find_dates(text, TODAY) == ()


@pytest.mark.parametrize(
    "head",
    [
        "เรื่อง ก\nเรียน นายอำเภอ\nอ้างถึง หนังสืออำเภอ ที่ สน ๐๘๑๘/ว ๑ ลงวันที่ ๑ มีนาคม ๒๕๖๘",
        "เรื่อง ก\nเรียน นายอำเภอ\nด้วยเมื่อวันที่ ๓ มีนาคม ๒๕๖๘ เกิดเหตุ",
        "เมื่อวันที่ ๓ มีนาคม ๒๕๖๘ มีเสียงดัง",
        "๑ - ๕ พฤศจิกายน ๒๕๖๗\nเรื่อง ก\nเรียน ข",
        "อำเภอพังโคน\nเลขรับ ๘๘๒\nวันที่ ๓ มี.ค. ๖๘\nที่ สน ๐๘๑๘/๑\nเรื่อง ก\nเรียน นายอำเภอ",
    ],
)
def test_dates_of_others_are_never_the_letter_s_own(head: str) -> None:
    assert value(head, FieldName.DATE) is None


def test_a_blank_day_gives_a_month() -> None:
    found = field("ที่ สน ๐๘๑๘/๑\nพฤศจิกายน ๒๕๖๗\nเรื่อง ก\nเรียน ข", FieldName.DATE)
    assert found is not None
    assert (found.value, found.precision) == ("2024-11", Precision.MONTH)


@pytest.mark.parametrize(
    "date",
    [
        "๑๓ มกราคม ๒๕๗๐",  # the future
        "วันพุธที่ ๑๔ พฤศจิกายน ๒๕๖๗",  # a Thursday
        "๑๓ พฤศจิกาขน ๒๕๖๗",  # repaired within one letter
        "๑๓ ธันวาคม ๒๕๒๗",  # forty years back
        "๑๓ ค.ค. ๒๕๖๗",  # no month
        "๑3 พฤศจิกายน ๒๕๖๗",  # two scripts in one date
    ],
)
def test_a_date_with_evidence_against_it_is_never_sure(date: str) -> None:
    found = field(f"ที่ สน ๐๘๑๘/๑\n{date}\nเรื่อง ก\nเรียน นายอำเภอ", FieldName.DATE)
    assert found is not None
    assert found.doubts
    assert found.confidence < 0.8


def test_a_clean_date_is_sure() -> None:
    found = field("ที่ สน ๐๘๑๘/๑\n๑๓ พ.ย. ๖๗\nเรื่อง ก\nเรียน นายอำเภอ", FieldName.DATE)
    assert found is not None
    assert found.doubts == ()
    assert found.alternatives == ()
    assert found.confidence >= 0.8


def test_two_digits_that_fit_both_eras_are_asked_about() -> None:
    (reading,) = find_dates("13/11/24", TODAY)
    assert reading.value is None
    assert {"2024-11-13", "1981-11-13"} <= set(reading.alternatives)


def test_a_day_that_does_not_exist_is_not_offered() -> None:
    found = field("วันที่ ๒๙ กุมภาพันธ์ ๒๕๖๘\nเรื่อง ก\nเรียน ข", FieldName.DATE)
    assert found is not None
    assert found.value is None
    assert value("วันที่ ๒๙ กุมภาพันธ์ ๒๕๖๗\nเรื่อง ก\nเรียน ข", FieldName.DATE) == "2024-02-29"


def test_a_letter_received_before_it_was_written_is_doubted_with_the_likely_month() -> None:
    head = (
        "อำเภอพังโคน\nเลขรับ ๘๘๒\nวันที่ ๑๕ พ.ค. ๖๘\nเวลา ๐๙.๑๕ น.\n"
        "ที่ สน ๐๘๑๘/๑\n๑๓ มิ.ย. ๖๘\nเรื่อง ก\nเรียน นายอำเภอพังโคน"
    )
    found = field(head, FieldName.DATE)
    assert found is not None
    assert found.doubts
    assert "2025-04-13" in found.alternatives


def test_a_receipt_of_the_future_is_rejected() -> None:
    text = "อำเภอพังโคน\nเลขรับ ๘๘๒\nวันที่ ๑๕ ธ.ค. ๖๘\nเวลา ๐๙.๑๕ น."
    found = field(text, FieldName.RECEIVED_DATE)
    assert found is not None
    assert found.value is None
    assert found.doubts


def test_a_number_before_the_words_of_a_date_is_no_day_of_it() -> None:
    found = find_dates("ที่ สน ๐๐๑๗.๓/ว ๒๗ ลงวันที่ ๑๔ มกราคม ๒๕๖๘", TODAY)
    assert [reading.value for reading in found] == ["2025-01-14"]
