"""The numbers of a person: national ID, age, house, หมู่ and how many complain together."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.terms import FieldName
from tests.extract.made_letters import HOME, THAI, complaint
from tests.extract.reading import at, field, line, read, read_lines, value

N = FieldName
_LABELS = st.sampled_from(
    ["เลขประจำตัวประชาชน ", "เลขที่บัตรประจำตัวประชาชน ", "บัตรประชาชนเลขที่ ", "เลขบัตรประชาชน: "]
)
_FORMS = st.sampled_from(
    ["{}{}{}{}{}", "{}-{}-{}-{}-{}", "{} {} {} {} {}", "{} - {} - {} - {} - {}"]
)


def check_digit(digits: str) -> int:
    return (11 - sum(int(d) * (13 - n) for n, d in enumerate(digits[:12])) % 11) % 10


@st.composite
def identities(draw: st.DrawFn) -> str:
    """Thirteen digits of an office that does not exist (9998, 9999), with their check digit."""
    office = draw(st.sampled_from(["9998", "9999"]))
    twelve = f"{draw(st.integers(1, 8))}{office}{draw(st.integers(0, 9_999_999)):07d}"
    return f"{twelve}{check_digit(twelve)}"


@st.composite
def written_ids(draw: st.DrawFn, digits: str) -> str:
    groups = (digits[0], digits[1:5], digits[5:10], digits[10:12], digits[12])
    written = draw(_FORMS).format(*groups)
    return written.translate(THAI) if draw(st.booleans()) else written


@settings(max_examples=80)
@given(identities(), st.data(), _LABELS | st.just(""))
def test_a_national_id_is_read_in_every_form_and_nothing_else_in_it(
    digits: str, data: st.DataObject, label: str
) -> None:
    fields = read(complaint(f"{label}{data.draw(written_ids(digits))} ขอร้องเรียนว่าน้ำไม่ไหล"))
    found = at(fields, N.NATIONAL_ID)
    assert (found.value, found.doubts) == (digits, ())
    for other in (N.PHONE, N.REFERENCE_NO, N.CASE_NO, N.RECEIVED_NO, N.HOUSE_NO, N.INCIDENT_DATE):
        assert fields.get(other) is None


@settings(max_examples=80)
@given(identities(), st.data(), st.integers(0, 12), st.integers(1, 9), _LABELS)
def test_a_national_id_that_fails_its_check_is_shown_and_never_repaired(
    digits: str, data: st.DataObject, place: int, more: int, label: str
) -> None:
    wrong = f"{digits[:place]}{(int(digits[place]) + more) % 10}{digits[place + 1 :]}"
    if wrong[0] in "12345678" and check_digit(wrong) == int(wrong[12]):
        return  # another person's number: no machine can tell
    written = data.draw(written_ids(wrong))
    found = field(complaint(f"{label}{written} ขอร้องเรียนว่าน้ำไม่ไหล"), N.NATIONAL_ID)
    assert found is not None
    assert found.value is None
    assert found.alternatives == ()
    assert found.doubts
    assert found.confidence <= 0.4
    assert found.raw == written


def test_thirteen_digits_without_a_label_that_fail_the_check_are_no_id() -> None:
    assert field(complaint("พัสดุเลขที่ 1999800000012 หาย ขอร้องเรียน"), N.NATIONAL_ID) is None


def test_a_company_s_number_is_no_citizen_s() -> None:
    found = field(complaint("เลขประจำตัวประชาชน ๐-๙๙๙๘-๐๐๐๐๐-๐๑-๑ ขอร้องเรียน"), N.NATIONAL_ID)
    assert found is not None
    assert found.value is None


def test_of_two_national_ids_the_first_is_doubted() -> None:
    body = "เลขประจำตัวประชาชน 3-9999-00000-03-6 และ 5-9999-00000-04-1 ขอร้องเรียน"
    found = at(read(complaint(body)), N.NATIONAL_ID)
    assert found.value == "3999900000036"
    assert found.doubts


def test_the_id_s_place_is_its_own_digits() -> None:
    fields = read_lines(
        line("เรียน นายอำเภอพรรณานิคม", 0.14, 0.2),
        line("ข้าพเจ้า นายสมมุติ ทดสอบดี เลขประจำตัวประชาชน", 0.24, 0.25),
        line("๑-๙๙๙๘-๐๐๐๐๐-๐๑-๑ ขอร้องเรียนว่าน้ำไม่ไหล", 0.14, 0.28),
    )
    found = at(fields, N.NATIONAL_ID)
    assert found.value == "1999800000011"
    assert [(box.left, box.top) for box in found.boxes] == [(0.14, 0.28)]


def test_who_complains_says_age_house_and_village() -> None:
    fields = read(complaint(f"อายุ ๕๒ ปี {HOME} โทรศัพท์ ๐๘-๐๐๐๐-๐๐๐๑ ขอร้องเรียน"))
    wanted = {N.AGE: "52", N.HOUSE_NO: "123/4", N.MOO: "5", N.PHONE: "0800000001"}
    assert {name: at(fields, name).value for name in wanted} == wanted
    assert not any(at(fields, name).doubts for name in wanted)


@pytest.mark.parametrize(
    ("home", "house", "moo"),
    [
        ("อยู่บ้านเลขที่ 123/4 ม.5", "123/4", "5"),
        ("อยู่บ้านเลขที่ ๑๒ หมู่ ๑๐", "12", "10"),
        ("ที่อยู่ 99/1 หมู่บ้านสมมุติ หมู่ 3", "99/1", "3"),
        ("อยู่บ้านเลขที่ ๑๒ ถนนสุขเกษม", "12", None),
        ("อยู่บ้านเลขที่ ๑ / ๒ หมู่ที่ ๐๗", "1/2", "7"),
        ("อายุ ๕๒ ปี", None, None),
    ],
)
def test_house_and_village_are_two_numbers(home: str, house: str | None, moo: str | None) -> None:
    fields = read(complaint(f"{home} ตำบลนาหัวบ่อ อำเภอพรรณานิคม ขอร้องเรียนว่าน้ำไม่ไหล"))
    values = [f.value if (f := fields.get(name)) else None for name in (N.HOUSE_NO, N.MOO)]
    assert values == [house, moo]


@pytest.mark.parametrize("age", ["๕", "๑๕๒"])
def test_an_age_that_no_writer_has_is_doubted(age: str) -> None:
    assert at(read(complaint(f"อายุ {age} ปี ขอร้องเรียน")), N.AGE).doubts


@pytest.mark.parametrize(
    ("body", "size"),
    [
        ("กับพวก รวม ๑๒ คน ขอร้องเรียน", "12"),
        ("และชาวบ้าน จำนวน ๒๕ คน เดือดร้อน", "25"),
        ("และคณะ รวมทั้งสิ้น ๔๐ ราย ขอร้องเรียน", "40"),
        ("ขอร้องเรียน รายชื่อแนบท้ายจำนวน ๑,๒๐๐ ราย", "1200"),
        ("มีบุตร ๓ คน เดือดร้อน", None),
        ("ขอร้องเรียนว่าโรงงานมีคนงาน ๓๐ คน เสียงดัง", None),
        ("กับพวก รวม ๑ คน ขอร้องเรียน", None),
    ],
)
def test_only_those_who_complain_together_are_counted(body: str, size: str | None) -> None:
    assert value(complaint(body), N.GROUP_SIZE) == size


def test_companions_counted_without_the_writer_are_doubted_with_the_sum() -> None:
    found = at(read(complaint("กับพวกอีก ๑๑ คน ขอร้องเรียน")), N.GROUP_SIZE)
    assert (found.value, found.alternatives) == ("11", ("12",))
    assert found.doubts


def test_the_age_of_a_child_is_not_that_of_who_complains() -> None:
    found = read(complaint("มีบุตรอายุ ๑๕ ปี ขอร้องเรียน")).get(N.AGE)
    assert found is None or found.doubts


def test_the_hurt_are_not_those_who_complain() -> None:
    found = read(complaint("ขอร้องเรียนว่ามีประชาชนได้รับบาดเจ็บ จำนวน ๓ คน")).get(N.GROUP_SIZE)
    assert found is None or found.doubts


@pytest.mark.parametrize("written", ["1-9998-00000-0l-1", "๑-๙๙๙๘-๐๐๐๐๐-๐๑"])
def test_a_labelled_id_that_was_not_read_whole_is_shown(written: str) -> None:
    found = field(complaint(f"เลขประจำตัวประชาชน {written} ขอร้องเรียน"), N.NATIONAL_ID)
    assert found is not None
    assert found.value is None
