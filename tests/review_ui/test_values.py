from __future__ import annotations

import datetime as dt

import pytest

from models.recorded import CODED, RECORDED
from models.terms import Channel, FieldName, Outcome, PartKind
from review_ui import words
from review_ui.field_groups import CORE, GROUPS
from review_ui.rules import broken_rules
from review_ui.values import CODES, NotAValue, as_word, shown, value_of

TIME, AGE, MOO, SIZE = (
    FieldName.RECEIVED_TIME,
    FieldName.AGE,
    FieldName.MOO,
    FieldName.GROUP_SIZE,
)


@pytest.mark.parametrize(
    "text",
    [
        "09:15",
        "9:15",
        "9.15",
        "๐๙.๑๕",
        "0915",
        "915",
        "09.15 น.",
        "๙.๑๕น.",
        "9 : 15",
        "เวลา 09:15 น.",
    ],
)
def test_a_time_is_understood_however_it_is_typed(text: str) -> None:
    assert value_of(TIME, text) == "09:15"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("24:00", "ไม่มีเวลา 24:00"),
        ("9.60", "ไม่มีเวลา 9:60"),
        ("9", "ไม่เข้าใจเวลานี้"),
        ("9.5", "ไม่เข้าใจเวลานี้"),
        ("เช้า", "ไม่เข้าใจเวลานี้"),
        ("09:15:30", "ไม่เข้าใจเวลานี้"),
        ("09150", "ไม่เข้าใจเวลานี้"),
    ],
)
def test_what_is_no_time_is_told_why(text: str, why: str) -> None:
    with pytest.raises(NotAValue, match=why):
        value_of(TIME, text)


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        (AGE, "๔๕", "45"),
        (AGE, "45 ปี", "45"),
        (AGE, "อายุ 45 ปี", "45"),
        (MOO, "๐๕", "5"),
        (MOO, "ม.5", "5"),
        (MOO, "หมู่ที่ ๑๒", "12"),
        (SIZE, "1,200 คน", "1200"),
    ],
)
def test_a_count_is_stored_in_digits(name: FieldName, text: str, value: str) -> None:
    assert value_of(name, text) == value


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (AGE, "0"),
        (AGE, "121"),
        (AGE, "สี่สิบ"),
        (MOO, "5/1"),
        (MOO, "100"),
        (SIZE, "-1"),
        (SIZE, "1.5"),
    ],
)
def test_what_is_no_count_is_told_which_numbers_may_stand_there(name: FieldName, text: str) -> None:
    with pytest.raises(NotAValue, match="ใส่ตัวเลขจำนวนเต็ม 1 ถึง"):
        value_of(name, text)


def test_dates_of_all_kinds_are_typed_alike_and_only_a_receipt_needs_its_day() -> None:
    names = ("date", "incident_date", "finished_date")
    assert {value_of(FieldName(name), "พ.ย. ๒๕๖๗") for name in names} == {"2024-11"}
    assert value_of(FieldName.RECEIVED_DATE, "๑๓ พ.ย. ๖๗") == "2024-11-13"
    with pytest.raises(NotAValue, match="วันที่รับต้องมีทั้งวัน"):
        value_of(FieldName.RECEIVED_DATE, "พ.ย. 67")
    assert shown(FieldName.FINISHED_DATE, "2024-11-13") == "13/11/2567"


def test_numbers_are_stored_in_arabic_digits_and_words_as_they_are() -> None:
    assert value_of(FieldName.HOUSE_NO, "๑๒/๓") == "12/3"
    assert value_of(FieldName.REFERS_TO, "สน ๐๐๑๗.๑/๓๓๑๐; มท 5") == "สน 0017.1/3310; มท 5"
    assert value_of(FieldName.WISH, "ซ่อมถนน ๒ สาย") == "ซ่อมถนน ๒ สาย"
    assert value_of(FieldName.WISH, "") is None


def test_a_code_is_one_of_the_list_and_is_read_as_a_word() -> None:
    assert value_of(FieldName.OUTCOME, "follow_up") == "follow_up"
    assert as_word(FieldName.OUTCOME, "follow_up") == "ติดตามเรื่องเดิม"
    assert as_word(FieldName.ANONYMOUS, "yes") == "ใช่"
    assert as_word(FieldName.CHANNEL, "of_tomorrow") == "of_tomorrow"
    assert as_word(FieldName.CHANNEL, None) == ""
    with pytest.raises(NotAValue, match="เลือกช่องทางรับเรื่องจากรายการ"):
        value_of(FieldName.CHANNEL, "โทรศัพท์")


def test_everything_that_has_a_code_has_thai_words() -> None:
    assert set(words.FIELDS) == set(FieldName)
    assert set(words.PARTS) == set(PartKind)
    assert set(words.OUTCOMES) == set(Outcome)
    assert set(words.CHANNELS) == set(Channel)
    assert set(CODES) == CODED


def test_every_field_of_a_record_stands_in_one_group_of_the_form() -> None:
    grouped = [name for names in GROUPS.values() for name in names]
    assert sorted(grouped) == sorted(RECORDED)
    assert set(RECORDED) > CORE
    assert len(CORE) == 14


@pytest.mark.parametrize(
    ("values", "broken"),
    [
        ({FieldName.PHONE: "0812345678"}, {}),
        ({FieldName.PHONE: "042 711 234 ต่อ 15"}, {}),
        ({FieldName.PHONE: "0812345678, 042711234"}, {}),
        ({FieldName.PHONE: "1567"}, {}),
        ({FieldName.PHONE: "08123456"}, {"phone"}),
        ({FieldName.PHONE: "0812345678, 12"}, {"phone"}),
        ({FieldName.DATE: "2024-11-13", FieldName.RECEIVED_DATE: "2024-11-13"}, {}),
        ({FieldName.DATE: "2024-11-13", FieldName.RECEIVED_DATE: "2024-11-12"}, {"received_date"}),
        ({FieldName.DATE: "2024-11", FieldName.RECEIVED_DATE: "2024-11-12"}, {}),
        ({FieldName.DATE: "2024-12", FieldName.RECEIVED_DATE: "2024-11-12"}, {"received_date"}),
        (
            {FieldName.INCIDENT_DATE: "2024-11-14", FieldName.RECEIVED_DATE: "2024-11-12"},
            {"incident_date"},
        ),
        (
            {FieldName.INCIDENT_DATE: "2024-11", FieldName.FINISHED_DATE: "2024-10-30"},
            {"finished_date"},
        ),
        ({FieldName.DATE: "2025-03-04"}, {}),
        ({FieldName.DATE: "2025-03-05"}, {"date"}),
        ({FieldName.DATE: "2026"}, {"date"}),
        ({FieldName.DATE: "2025"}, {}),
    ],
)
def test_values_that_are_odd_are_told(
    values: dict[FieldName, str | None], broken: set[str]
) -> None:
    assert set(broken_rules(values, dt.date(2025, 3, 4))) == set(broken)
