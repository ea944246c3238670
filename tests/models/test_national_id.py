from __future__ import annotations

import pytest

from models.national_id import masked, with_ids_masked, without_ids

# The registration offices 9998 and 9999 do not exist, so these belong to nobody.
PERSON = "1-9998-00000-01-1"
MASKED = "1-xxxx-xxxxx-01-1"


@pytest.mark.parametrize(
    "written",
    [
        PERSON,
        "1999800000011",
        "1 9998 00000 01 1",
        "1 – 9998 – 00000 – 01 – 1",
        "๑-๙๙๙๘-๐๐๐๐๐-๐๑-๑",
        "๑๙๙๙๘๐๐๐๐๐๐๑๑",
        "1 9 9 9 8 0 0 0 0 0 0 1 1",  # a form with a box for each digit
        "19998 00000 011",
        "1-9998-00000-\n01-1",
    ],
)
def test_a_national_id_is_hidden_however_it_is_written(written: str) -> None:
    assert masked(written) == MASKED
    for before, after in (
        ("", ""),
        ("เลขประจำตัวประชาชน ", " อายุ ๔๕ ปี"),
        ("หมู่ 5 ", ""),
        ("123 ", ""),
    ):
        text = f"{before}{written}{after}"
        assert with_ids_masked(text) == f"{before}{MASKED}{after}"
        assert without_ids(text) == f"{before} {after}"


def test_every_number_of_several_is_hidden() -> None:
    text = f"{PERSON} และ 3-9999-00000-03-6\n5999900000041"
    assert with_ids_masked(text) == f"{MASKED} และ 3-xxxx-xxxxx-03-6\n5-xxxx-xxxxx-04-1"


def test_a_number_whose_check_digit_fails_is_hidden_where_it_is_printed_as_one() -> None:
    assert with_ids_masked("1-9998-00000-01-2 1999800000012") == f"{MASKED[:-1]}2 {MASKED[:-1]}2"


@pytest.mark.parametrize(
    "text",
    [
        "โทร. ๐ ๔๒๗๑ ๑๔๖๑ ต่อ ๑๒๓ และ 081 234 5678",
        "ที่ สน 0018.1/ว 585 ลงวันที่ 13 พฤศจิกายน 2567",
        "DOPA45004506620001",
        "0105536000315",  # a company's
        "12345678901234",
        "1 9998 00000 012\n3",
        "",
    ],
)
def test_other_numbers_stay(text: str) -> None:
    assert with_ids_masked(text) == without_ids(text) == text


def test_of_a_number_that_was_read_in_part_nothing_is_shown() -> None:
    assert masked("1-9998-0000 ๐๑") == "x-xxxx-xxxx xx"
    assert masked("") == ""
