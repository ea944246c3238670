"""Numbers that look like references and dates and are none."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.terms import FieldName
from tests.extract.made_letters import THAI, complaint
from tests.extract.reading import at, read

N = FieldName
_NEVER = (
    N.REFERENCE_NO,
    N.RECEIVED_NO,
    N.RECEIVED_DATE,
    N.REFERS_TO,
    N.INCIDENT_DATE,
    N.FINISHED_DATE,
    N.CASE_NO,
    N.NATIONAL_ID,
)
_SMALL, _LARGE = st.integers(1, 99), st.integers(1, 99_999)
_YEARS = st.integers(2450, 2568)


@st.composite
def telephones(draw: st.DrawFn) -> tuple[str, str]:
    """The digits of a telephone, and one of the ways to write them."""
    first = draw(st.sampled_from(["06", "08", "09", "02", "03", "04", "05", "07"]))
    rest = f"{draw(st.integers(0, 99_999_999)):08d}"
    mobile = first in ("06", "08", "09")
    digits = first + (rest if mobile else rest[:7])
    cuts = draw(
        st.sampled_from([(2, 6), (3, 6), (3,), ()] if mobile else [(1, 5), (2, 5), (3,), ()])
    )
    edges = [0, *cuts, len(digits)]
    groups = [digits[a:b] for a, b in pairwise(edges)]
    label = draw(st.sampled_from(["โทร. ", "โทร.", "โทรศัพท์ ", "เบอร์ ", "หมายเลขโทรศัพท์ "]))
    more = draw(st.sampled_from(["", "", " ต่อ 123"]))
    return digits, label + draw(st.sampled_from(["-", " ", " - "])).join(groups) + more


_OTHERS = st.one_of(
    st.tuples(_LARGE, _SMALL, st.sampled_from(["บ้านเลขที่", "เลขที่"])).map(
        lambda n: f"{n[2]} {n[0]}/{n[1]} หมู่ {n[1]}"
    ),
    st.tuples(_LARGE, _SMALL).map(lambda n: f"โฉนดที่ดินเลขที่ {n[0]}/{n[1]}"),
    st.tuples(_LARGE, _SMALL, _SMALL).map(lambda n: f"น.ส.3 ก. เลขที่ {n[0]} เล่ม {n[1]} หน้า {n[2]}"),
    st.tuples(_SMALL, _LARGE).map(lambda n: f"ส.ป.ก. 4-01 ข เลขที่ {n[1]} เล่ม {n[0]}"),
    st.tuples(_LARGE, _SMALL).map(lambda n: f"น.ส.3 เลขที่ {n[0]}/{n[1]}"),
    _YEARS.map("พ.ร.บ.การทวงถามหนี้ พ.ศ. {}".format),
    _YEARS.map("พระราชบัญญัติลักษณะปกครองท้องที่ พ.ศ. {}".format),
    st.tuples(_YEARS, _SMALL).map(lambda n: f"ระเบียบงานสารบรรณ (ฉบับที่ {n[1]}) พ.ศ. {n[0]}"),
    st.tuples(_YEARS, _SMALL).map(lambda n: f"กฎกระทรวง ฉบับที่ {n[1]} (พ.ศ. {n[0]})"),
    st.tuples(_SMALL, st.integers(1, 9)).map(lambda n: f"มาตรา {n[0]}/{n[1]}"),
    _YEARS.map("ปีงบประมาณ พ.ศ. {}".format),
    st.integers(47_000, 47_999).map("ถนนวานรนิวาส-บ้านม่วง สน {}".format),
    st.tuples(st.integers(0, 23), st.integers(0, 59)).map(lambda n: f"เวลา {n[0]}.{n[1]:02d} น."),
    st.tuples(_SMALL, _LARGE).map(lambda n: f"จำนวน {n[0]},{n[1]:05d}.50 บาท"),
    st.integers(1000, 9999).map("รถทะเบียน กข {} สกลนคร".format),
    st.integers(1000, 9999).map("รถทะเบียน บน-{}".format),
)


def letters(number: str) -> list[str]:
    """The number in a complaint's story, and alone above the head of a letter without one."""
    told = complaint(f"ขอร้องเรียนเรื่อง {number} ได้รับความเดือดร้อน")
    return [told.split("\n", 1)[1], f"{number}\nเรื่อง ก\nเรียน นายอำเภอ"]


@settings(max_examples=120)
@given(_OTHERS, st.booleans())
def test_land_laws_houses_and_hours_are_no_references_and_no_dates(text: str, thai: bool) -> None:
    for letter in letters(text.translate(THAI) if thai else text):
        fields = read(letter)
        assert [name for name in (*_NEVER, N.DATE, N.PHONE) if fields.get(name)] == []
        assert fields.citations == ()


@settings(max_examples=100)
@given(telephones(), st.booleans())
def test_a_telephone_is_a_telephone_and_nothing_else(pair: tuple[str, str], thai: bool) -> None:
    digits, written = pair
    told, alone = letters(written.translate(THAI) if thai else written)
    for fields in (read(told), read(alone)):
        assert [name for name in (*_NEVER, N.DATE) if fields.get(name)] == []
    found = at(read(told), N.PHONE)
    assert (found.value, found.doubts) == (digits, ())


@pytest.mark.xfail(strict=True, reason="a range of telephones is not read at all")
def test_of_a_range_of_telephones_the_first_is_read() -> None:
    fields = read(complaint("โทร. 0-4271-1461-3 ขอร้องเรียน"))
    assert at(fields, N.PHONE).value == "042711461"
