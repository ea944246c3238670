"""Dates: ranges, weekdays, groups of a message, months misread; each has one role or none."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.dates import find_dates
from extract.months import FULL, SHORT
from models.letters import Field
from models.terms import FieldName, Precision
from tests.extract.made_letters import THAI
from tests.extract.reading import TODAY, at, field, read

N = FieldName
_DAYS = st.dates(dt.date(2016, 1, 1), TODAY)
_WEEKDAYS = ("จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์")
# Near in writing, far in meaning: what the page says may be either month.
_LOOKALIKES = [
    ("มีย.", {6, 4}), ("ค.ค.", {10, 7}), ("ร.ค.", {12}), ("มิ.ค.", {3, 1, 6}), ("สลค.", {8}),
    ("ก.ด.", {7}), ("เมย่.", {4}), ("ต.ด.", {10}), ("พ.ข.", {11, 5}), ("ม.ศ.", {1, 3}),
    ("ธ.ศ.", {12}), ("ก.ฟ.", {2}),
]  # fmt: skip


def own(written: str) -> Field | None:
    return field(f"ที่ สน ๐๘๑๘/๑\n{written}\nเรื่อง ก\nเรียน นายอำเภอ", N.DATE)


def full(day: dt.date) -> str:
    return f"{day.day} {FULL[day.month - 1]} {day.year + 543}"


@settings(max_examples=60)
@given(_DAYS, st.integers(1, 40), st.sampled_from(["-", " - ", " – ", " ถึง "]), st.booleans())
def test_a_range_is_nobody_s_own_date(first: dt.date, days: int, sign: str, thai: bool) -> None:
    last = first + dt.timedelta(days=days)
    short = f"{first.day} {SHORT[first.month - 1]}"
    written = f"{first.day}{sign}{full(last)}" if last.month == first.month else (
        f"{short}{sign}{full(last)}"
    )  # fmt: skip
    for text in (written, f"ระหว่างวันที่ {written}", f"{full(first)}{sign}{full(last)}"):
        found = own(text.translate(THAI) if thai else text)
        assert found is None or found.value is None


@settings(max_examples=60)
@given(_DAYS, st.integers(0, 6), st.booleans())
def test_a_weekday_is_a_check_of_its_date(day: dt.date, off: int, thai: bool) -> None:
    named = _WEEKDAYS[(day.weekday() + off) % 7]
    text = f"วัน{named}ที่ {full(day)}"
    found = own(text.translate(THAI) if thai else text)
    assert found is not None
    assert found.value == day.isoformat()
    assert bool(found.doubts) == (off != 0)
    assert (found.confidence >= 0.8) == (off == 0)


@settings(max_examples=40)
@given(_DAYS, st.integers(0, 23), st.integers(0, 59), st.booleans(), st.booleans())
def test_a_date_time_group_is_the_day_of_a_message(
    day: dt.date, hour: int, minute: int, thai: bool, two: bool
) -> None:
    year = (day.year + 543) % 100 if two else day.year + 543
    group = f"{day.day:02d}{hour:02d}{minute:02d} {SHORT[day.month - 1]} {year:02d}"
    text = f"กระดาษเขียนข่าวร่วม\nหมู่ - วัน - เวลา: {group}\nที่ของผู้ให้ข่าว: กห 0999/123\nจาก: หน่วยสมมุติ"
    found = at(read(text.translate(THAI) if thai else text), N.DATE)
    assert (found.value, found.doubts) == (day.isoformat(), ())


@pytest.mark.parametrize("group", ["๐๕๒๕๓๐ มี.ค. ๖๘", "๐๕๐๙๗๐ มี.ค. ๖๘", "๓๕๐๙๓๐ มี.ค. ๖๘"])
def test_a_group_whose_hour_or_day_cannot_be_is_shown_unread(group: str) -> None:
    text = f"กระดาษเขียนข่าวร่วม\nหมู่ - วัน - เวลา: {group}\nที่ของผู้ให้ข่าว: กห ๐๙๙๙/๑๒๓"
    found = at(read(text), N.DATE)
    assert found.value is None
    assert found.doubts


@pytest.mark.parametrize(("written", "months"), _LOOKALIKES)
def test_a_month_within_one_sign_is_doubted_with_the_others_beside_it(
    written: str, months: set[int]
) -> None:
    found = own(f"๑๓ {written} ๒๕๖๗")
    assert found is not None
    assert found.doubts
    assert found.confidence < 0.8
    offered = {int(v[5:7]) for v in (found.value, *found.alternatives) if v}
    assert offered & months


@pytest.mark.parametrize("written", ["๑๓ ข้าว ๒๕๖๗", "๑๓ หน้า ๒๕๖๗", "๑๓ ก.ก. ๒๕๖๗"])
def test_a_word_that_is_near_to_no_month_is_none(written: str) -> None:
    found = own(written)
    assert found is None or found.value is None


@settings(max_examples=40)
@given(_DAYS, st.booleans())
def test_a_blank_day_leaves_the_month_and_says_so(day: dt.date, short: bool) -> None:
    name = SHORT[day.month - 1] if short else FULL[day.month - 1]
    found = own(f"{name} {day.year + 543}".translate(THAI))
    assert found is not None
    assert (found.value, found.precision) == (f"{day:%Y-%m}", Precision.MONTH)
    assert found.doubts


@settings(max_examples=60)
@given(_DAYS, st.sampled_from(["เมื่อวันที่ ", "ภายในวันที่ ", "ตั้งแต่วันที่ ", "ลงวันที่ ", "ลว. ", "ก่อนวันที่ "]))
def test_a_date_of_the_story_is_never_the_letter_s(day: dt.date, word: str) -> None:
    text = f"ที่ สน ๐๘๑๘/๑\nเรื่อง ก\nเรียน นายอำเภอ\nด้วยอำเภอได้ประชุม{word}{full(day)} ณ ห้องประชุม"
    assert field(text, N.DATE) is None


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("ประชุมวันที่ ๑ มี.ค. ๖๘ และวันที่ 2 มีนาคม 2568", ["2025-03-01", "2025-03-02"]),
        ("๑๓ NOV 2024 กับ 13 Nov. 24", ["2024-11-13", "2024-11-13"]),
        ("๑๓ พฤศจิการยน ๒๕๖๗ กับ ๑๓ กรกฏาคม ๒๕๖๗", ["2024-11-13", "2024-07-13"]),
        ("13/พ.ย./67, 13.11.67 และ 2567-11-13", ["2024-11-13"] * 3),
        ("๓๑/๐๒/๒๕๖๘", [None]),
    ],
)
def test_all_dates_of_a_text_are_found_in_order(text: str, values: list[str | None]) -> None:
    assert [reading.value for reading in find_dates(text, TODAY)] == values


@pytest.mark.parametrize("written", ["วันพุธ ที่ ๑๓ พ.ย. ๖๗", "วันพุธ ๑๓ พ.ย. ๖๗"])
def test_a_weekday_may_stand_apart(written: str) -> None:
    found = own(written)
    assert found is not None
    assert found.value == "2024-11-13"
