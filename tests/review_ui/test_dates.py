from __future__ import annotations

import datetime as dt

import pytest

from review_ui.dates import NotADate, in_words, numeric, parse_date, short

TODAY = dt.date(2025, 3, 4)


@pytest.mark.parametrize(
    "text",
    [
        "2024-11-13",
        "2567-11-13",
        "13/11/2567",
        "๑๓/๑๑/๒๕๖๗",
        "13-11-67",
        "13.11.2024",
        "๑๓ พ.ย. ๒๕๖๗",
        "13พย67",
        "13 พ. ย. 2567",
        "13 พฤศจิกายน 2567",
        "13 พฤศจิกายน พ.ศ. 2567",
        "วันพุธที่ ๑๓ พฤศจิกายน ๒๕๖๗",
        "วันที่ ๑๓ เดือน พฤศจิกายน พ.ศ. ๒๕๖๗",
        "13 พ.ย. ค.ศ. 2024",
    ],
)
def test_a_day_is_understood_however_it_is_typed(text: str) -> None:
    assert parse_date(text) == "2024-11-13"


@pytest.mark.parametrize("text", ["2024-11", "11/2567", "พ.ย. 2567", "พฤศจิกายน ๖๗"])
def test_a_month_alone_stays_a_month(text: str) -> None:
    assert parse_date(text) == "2024-11"


def test_a_year_alone_stays_a_year() -> None:
    assert parse_date("2567") == "2024"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("29/2/2568", "ไม่มีวันที่ 29"),
        ("13/13/2567", "ไม่มีเดือนที่ 13"),
        ("1/1/1800", "ปี 1800"),
        ("1/1/2300", "ปี 2300"),
        ("วันอังคารที่ 13 พ.ย. 2567", "วันพุธ"),
        ("เมื่อวานนี้", "ไม่เข้าใจ"),
        ("13 พ.จ. 2567", "ไม่เข้าใจ"),
        ("13 พ.ย. ค.ศ. 2567", "ปี 2567"),
    ],
)
def test_what_is_no_date_is_told_why(text: str, why: str) -> None:
    with pytest.raises(NotADate, match=why):
        parse_date(text)


def test_dates_are_shown_in_buddhist_years() -> None:
    assert numeric("2024-11-13") == "13/11/2567"
    assert numeric("2024-11") == "11/2567"
    assert short("2024-11-13") == "13 พ.ย. 67"
    assert in_words("2024-11-13", TODAY) == "พุธ 13 พฤศจิกายน 2567"
    assert in_words("2024-11", TODAY) == "พฤศจิกายน 2567 (ไม่ระบุวัน)"


def test_a_date_to_come_asks_for_a_second_look() -> None:
    assert "โปรดตรวจปี" in in_words("2025-11-13", TODAY)
    assert "โปรดตรวจปี" not in in_words("2025-03", TODAY)


def test_what_is_no_stored_date_is_shown_as_it_is() -> None:
    assert short("2024-13") == "2024-13"
    assert numeric("ไม่ทราบ") == "ไม่ทราบ"
