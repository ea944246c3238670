"""Reference numbers: every form is read back, and nothing else becomes one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.provinces import CODES, MINISTRIES, PROVINCES, lookalikes
from extract.references import find_reference, normal_form
from models.terms import FieldName
from tests.extract.reading import field, value

_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_CODES = sorted({*PROVINCES, *MINISTRIES})


@st.composite
def references(draw: st.DrawFn) -> tuple[str, str]:
    """A normal form, and one of the ways to write it."""
    code = draw(st.sampled_from(_CODES))
    local = code in PROVINCES and draw(st.booleans())
    agency = (draw(st.sampled_from("57")) if local else "0") + f"{draw(st.integers(0, 999)):03d}"
    agency += str(draw(st.integers(0, 9))) if local else ""
    subs = "".join(f".{n}" for n in draw(st.lists(st.integers(1, 99), max_size=2)))
    circular = "ว " if draw(st.booleans()) else ""
    running = draw(st.integers(1, 999999))
    normal = f"{code} {agency}{subs}/{circular}{running}"
    written = normal.translate(_THAI) if draw(st.booleans()) else normal
    written = written.replace("ว ", draw(st.sampled_from(["ว ", "ว", "ว.", " ว "])))
    written = written.replace(" ", draw(st.sampled_from([" ", "  "])))
    written = written.replace("/", draw(st.sampled_from(["/", " / ", " /"])))
    return normal, written


@given(references())
def test_every_reference_that_we_can_write_is_read_back(pair: tuple[str, str]) -> None:
    normal, written = pair
    assert normal_form(written) == normal
    assert value(f"ที่ {written}\nเรื่อง ก\nเรียน นายอำเภอ", FieldName.REFERENCE_NO) == normal


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("ที่สน๐๐๑๘.๑/ว๕๘๕", "สน 0018.1/ว 585"),
        ("ที่ มท 0307.2 / ว.50255", "มท 0307.2/ว 50255"),
        ("ที่ กค (กวจ) ๐๔๐๕.๒/ว ๑๑๙", "กค (กวจ) 0405.2/ว 119"),
        ("ที่ ตช ๐๐๑๙(สน).๗(๑)/๑๒๓", "ตช 0019(สน).7(1)/123"),
        ("ที่ สธ ๐๒๐๑.๐๒.๓/ว ๑๒", "สธ 0201.02.3/ว 12"),
        ("ที่ ศธ 04056.12/45", "ศธ 04056.12/45"),
        ("ทึ่ สน ๐๘๑๘/๒๔๑", "สน 0818/241"),
        ("ด่วนที่สุด ที่ มท ๐๒๑๙/ว ๓๘๙", "มท 0219/ว 389"),
        (": สน ๐๘๑๘/๒๔๑", "สน 0818/241"),
    ],
)
def test_the_forms_of_the_grammar_are_understood(written: str, normal: str) -> None:
    assert value(f"{written}\nเรื่อง ก\nเรียน นายอำเภอ", FieldName.REFERENCE_NO) == normal


@pytest.mark.parametrize(
    "text",
    [
        "โทร. ๐-๔๒๗๑-๑๔๖๑",
        "โทร. ๐ ๔๒๗๑ ๑๔๖๑ ต่อ ๑๒๓",
        "เบอร์ 081-000-0001",
        "บ้านเลขที่ ๑๒๓/๔ หมู่ ๕",
        "น.ส.๓ ก. เลขที่ ๑๒๓๔",
        "พ.ร.บ.การทวงถามหนี้ พ.ศ. ๒๕๕๘",
        "ระเบียบสำนักนายกรัฐมนตรี พ.ศ. ๒๕๒๖",
        "สน ๔๗๑๒๐",
        "ถนนวานรนิวาส สน ๔๗๑๒๐",
        "โฉนดที่ดินเลขที่ 12345/67",
        "13/11/2567",
        "ปีงบประมาณ พ.ศ. ๒๕๖๘",
        "มาตรา ๑๕๗/๒",
    ],
)
def test_false_friends_are_no_references(text: str) -> None:
    assert find_reference(text) is None
    for where in (f"{text}\nเรื่อง ก\nเรียน ข", f"เรื่อง ก\nเรียน ข\nด้วย {text}"):
        assert value(where, FieldName.REFERENCE_NO) is None


def test_a_code_of_another_province_is_doubted_with_the_right_one_beside_it() -> None:
    head = "ที่ สบ ๐๐๑๘.๑/ว ๕๘๕        ศาลากลางจังหวัดสกลนคร\nเรื่อง ก\nเรียน นายอำเภอ"
    found = field(head, FieldName.REFERENCE_NO)
    assert found is not None
    assert found.value == "สบ 0018.1/ว 585"
    assert "รหัส สบ ไม่ตรงกับจังหวัดสกลนคร" in found.doubts
    assert "สน 0018.1/ว 585" in found.alternatives
    assert found.confidence < 0.8


@pytest.mark.parametrize(
    "number", ["สน ๐๘๑๘/2๔๑", "กฮ 0818/241", "สน o818/241", "สน 0818/จ 41", "กห ๐๑๓๐๒/๒๕"]
)
def test_a_number_against_the_grammar_is_never_sure(number: str) -> None:
    found = field(f"ที่ {number}\nเรื่อง ก\nเรียน นายอำเภอ", FieldName.REFERENCE_NO)
    assert found is not None
    assert found.doubts
    assert found.confidence < 0.8


def test_a_blank_running_number_is_seen_but_not_invented() -> None:
    found = field("ที่ สน ๐๘๑๘/\nเรื่อง ก\nเรียน นายอำเภอ", FieldName.REFERENCE_NO)
    assert found is not None
    assert found.value is None
    assert found.doubts


def test_the_tables_hold_all_provinces_once() -> None:
    assert len(PROVINCES) == len(CODES) == 77
    assert "สน" not in lookalikes("สน")
