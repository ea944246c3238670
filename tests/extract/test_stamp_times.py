"""The hour in a stamp, and every stamp of a letter with what is written into it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.times import find_time
from models.letters import Fields
from models.terms import FieldName, PartKind
from tests.extract.made_letters import THAI
from tests.extract.reading import at, read

N = FieldName
LETTER = "ที่ สน ๐๐๑๘.๑/๗๖๙\n๑ มีนาคม ๒๕๖๘\nเรื่อง ขอเชิญประชุม\nเรียน นายอำเภอพังโคน\nด้วยจะประชุม"


def stamped(time: str) -> Fields:
    return read(f"อำเภอพังโคน\nเลขรับ ๘๘๒\nวันที่ ๓ มี.ค. ๖๘\nเวลา{time}\n{LETTER}")


@given(
    st.integers(0, 23),
    st.integers(0, 59),
    st.sampled_from([".", ":", " . ", ""]),
    st.sampled_from([" น.", "น.", ""]),
    st.booleans(),
)
def test_every_hour_of_the_day_is_read_back(
    hour: int, minute: int, sign: str, end: str, thai: bool
) -> None:
    written = f"{hour:02d}{sign}{minute:02d}{end}"
    found = find_time(f"เวลา {written.translate(THAI) if thai else written}")
    assert found is not None
    assert found.value == f"{hour:02d}:{minute:02d}"


@given(st.integers(0, 99), st.integers(0, 99))
def test_an_hour_that_cannot_be_is_shown_and_not_read(hour: int, minute: int) -> None:
    found = find_time(f"เวลา {hour:02d}.{minute:02d} น.")
    assert found is not None
    assert (found.value is None) == (hour > 23 or minute > 59)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("๙ โมงเช้า", "09:00"),
        ("๑๐ โมง", "10:00"),
        ("๕ โมงเย็น", "17:00"),
        ("๒ ทุ่มครึ่ง", "20:30"),
        ("๘.๓๐ น.", "08:30"),
        ("09,15", "09:15"),
    ],
)
def test_hours_as_people_say_and_write_them(written: str, value: str) -> None:
    found = find_time(f"เวลา {written}")
    assert found is not None
    assert found.value == value


@pytest.mark.parametrize("text", ["เวลา", "เวลา น.", "๑๔.๓๐ น.", "เวลา ๑๔.๓", "เวลาอันควร"])
def test_where_no_hour_is_written_there_is_none(text: str) -> None:
    assert find_time(text) is None


def test_a_stamp_has_number_day_and_hour() -> None:
    fields = stamped(" ๐๙.๑๕ น.")
    assert at(fields, N.RECEIVED_NO).value == "882"
    assert at(fields, N.RECEIVED_DATE).value == "2025-03-03"
    assert at(fields, N.RECEIVED_TIME).value == "09:15"
    assert at(fields, N.DATE).value == "2025-03-01"


@pytest.mark.parametrize("blank", ["", "............น.", " น."])
def test_an_hour_left_blank_is_no_hour(blank: str) -> None:
    fields = stamped(blank)
    assert fields.get(N.RECEIVED_TIME) is None
    (receipt,) = fields.receipts
    assert receipt.time is None


def test_an_hour_of_a_stamp_that_cannot_be_is_doubted() -> None:
    found = at(stamped(" ๒๙.๑๕ น."), N.RECEIVED_TIME)
    assert found.value is None
    assert found.doubts
    assert found.raw == "๒๙.๑๕"


TWO = (
    "จังหวัดสกลนคร\nเลขรับ ๑๑\nวันที่ ๑ มี.ค. ๖๘\nเวลา ๐๘.๑๕ น.\n"
    "อำเภอพังโคน\nเลขรับ ๘๘๒\nวันที่ ๓ มี.ค. ๖๘\nเวลา ๐๙.๑๕ น."
)
ROWS = "อำเภอพังโคน  เลขรับ ๘๘๒  วันที่ ๓ มี.ค. ๖๘  เวลา ๐๙.๑๕\nกลุ่มงานความมั่นคง  เลขรับ ๑๒๐  วันที่ ๔ มี.ค. ๖๘"


def said(fields: Fields) -> list[tuple[str, str | None, str | None, str | None]]:
    return [
        (r.office, *(part.value if part else None for part in (r.number, r.date, r.time)))
        for r in fields.receipts
    ]


def test_all_stamps_of_a_letter_are_kept_first_to_last() -> None:
    assert said(read(f"{TWO}\n{LETTER}")) == [
        ("จังหวัดสกลนคร", "11", "2025-03-01", "08:15"),
        ("อำเภอพังโคน", "882", "2025-03-03", "09:15"),
    ]
    assert said(read(f"{ROWS}\n{LETTER}")) == [
        ("อำเภอพังโคน", "882", "2025-03-03", "09:15"),
        ("กลุ่มงานความมั่นคง", "120", "2025-03-04", None),
    ]


def test_of_two_offices_stamps_the_chosen_one_is_doubted_and_the_other_offered() -> None:
    fields = read(f"{TWO}\n{LETTER}")
    assert at(fields, N.RECEIVED_NO).doubts
    assert {"11", "882"} <= {
        at(fields, N.RECEIVED_NO).value,
        *at(fields, N.RECEIVED_NO).alternatives,
    }
    assert at(fields, N.RECEIVED_DATE).doubts


def test_the_stamp_of_a_work_group_is_the_second_of_its_office() -> None:
    fields = read(f"{ROWS}\n{LETTER}")
    assert at(fields, N.RECEIVED_NO).value == "882"
    assert not at(fields, N.RECEIVED_NO).doubts
    assert at(fields, N.RECEIVED_TIME).value == "09:15"


def test_each_stamp_is_a_part_of_its_own() -> None:
    kinds = [part.kind for part in read(f"{TWO}\n{LETTER}").parts]
    assert kinds[:3] == [PartKind.STAMP, PartKind.STAMP, PartKind.REFERENCE]


def test_a_letter_without_a_stamp_has_no_receipt() -> None:
    fields = read(f"{LETTER} เวลา ๐๙.๑๕ น.")
    assert fields.receipts == ()
    assert fields.get(N.RECEIVED_TIME) is None


def test_of_two_offices_stamps_the_hour_is_doubted_too() -> None:
    assert at(read(f"{TWO}\n{LETTER}"), N.RECEIVED_TIME).doubts
