"""Places: found inside the hierarchy, corrected only in sight of the officer."""

import pytest

from extract import load_gazetteer
from extract.gazetteer import Level
from extract.places import Address, find_addresses
from models.terms import FieldName
from tests.extract.reading import field


def one(text: str) -> Address:
    (address,) = find_addresses(text, load_gazetteer())
    return address


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ตำบลนาหัวบ่อ อำเภอพรรณานิคม จังหวัดสกลนคร", ("สกลนคร", "พรรณานิคม", "นาหัวบ่อ")),
        ("ตำบลนาหัวบ่ออำเภอพรรณานิคมจังหวัดสกลนคร", ("สกลนคร", "พรรณานิคม", "นาหัวบ่อ")),
        ("ต.บางพระ อ.ศรีราชา จว.ชลบุรี", ("ชลบุรี", "ศรีราชา", "บางพระ")),
        ("อ.เมืองฯ จ.สกลนคร", ("สกลนคร", "เมืองสกลนคร")),
        ("แขวงบางรัก เขตบางรัก กทม.", ("กรุงเทพมหานคร", "บางรัก", "บางรัก")),
    ],
)
def test_an_address_is_read_in_all_its_spellings(text: str, expected: tuple[str, ...]) -> None:
    parts = one(text).parts
    assert tuple(part.area.name for part in parts if part.area) == expected
    assert not any(part.doubts for part in parts)


def test_a_misspelt_district_is_corrected_with_a_doubt() -> None:
    district = one("อำเภอวานรนิวาศ จังหวัดสกลนคร").district
    assert district is not None
    assert district.area is not None
    assert district.area.name == "วานรนิวาส"
    assert district.doubts


def test_a_name_between_two_provinces_is_never_decided() -> None:
    province = one("จังหวัดระยนง").province
    assert province is not None
    assert province.area is None
    assert province.doubts


def test_a_name_used_many_times_needs_its_province() -> None:
    assert all(
        part.area is None or part.doubts
        for address in find_addresses("ตำบลหนองบัว", load_gazetteer())
        for part in address.parts
    )


@pytest.mark.parametrize(
    "text", ["เทศบาลตำบลตรวจสอบแล้ว", "อำเภอคงจะดำเนินการ", "อำเภอได้แจ้งแล้ว", "จ.ส.อ. สมมุติ", "ต.ค. ๖๘"]
)
def test_words_that_only_look_like_places_are_none(text: str) -> None:
    assert find_addresses(text, load_gazetteer()) == ()


def test_a_subdistrict_of_another_district_is_shown_as_a_conflict() -> None:
    text = "ข้าพเจ้า นายสมมุติ ทดสอบ อยู่ตำบลนาหัวบ่อ อำเภอภูพาน จังหวัดสกลนคร ขอร้องเรียน"
    found = field(text, FieldName.SUBDISTRICT)
    assert found is not None
    assert found.doubts
    assert found.confidence < 0.8


def test_the_home_of_who_complains_is_not_the_place_of_the_matter() -> None:
    text = (
        "ข้าพเจ้า นายสมมุติ ทดสอบ อยู่บ้านเลขที่ ๑ ตำบลโคกภู อำเภอภูพาน จังหวัดสกลนคร ขอร้องเรียนว่า"
        "มีการบุกรุกที่ดินสาธารณะซึ่งข้าพเจ้าพบเห็นเมื่อไปเยี่ยมญาติ ที่ ตำบลม่วง อำเภอบ้านม่วง จังหวัดสกลนคร"
    )
    found, home = field(text, FieldName.DISTRICT), field(text, FieldName.HOME_DISTRICT)
    assert found is not None
    assert found.value == "บ้านม่วง"
    assert "ภูพาน" in found.alternatives
    assert found.doubts
    assert home is not None
    assert home.value == "ภูพาน"


def test_the_gazetteer_holds_the_whole_country() -> None:
    gazetteer = load_gazetteer()
    counts = [len(gazetteer.within("", level)) for level in Level]
    assert counts == [77, 928, 7436]
    assert load_gazetteer() is gazetteer
