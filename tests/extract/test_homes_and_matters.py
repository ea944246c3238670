"""Where who complains lives and where the matter lies are two things; a stamp decides neither."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract import load_gazetteer
from extract.gazetteer import Area, Level
from models.letters import Fields
from models.terms import FieldName
from tests.extract.made_letters import official, report
from tests.extract.reading import at, read

N = FieldName
HOME = (N.HOME_SUBDISTRICT, N.HOME_DISTRICT, N.HOME_PROVINCE)
MATTER = (N.SUBDISTRICT, N.DISTRICT, N.PROVINCE)
_GAZETTEER = load_gazetteer()
# Subdistricts of the province with names that no other one of it bears and that are no words.
_SUBDISTRICTS = st.sampled_from(
    [a for a in _GAZETTEER.within("47", Level.SUBDISTRICT) if len(a.name) > 4]
)


def lives(told: str, home: str = "ตำบลโคกภู อำเภอภูพาน จังหวัดสกลนคร", to: str = "ภูพาน") -> Fields:
    who = f"ข้าพเจ้า นายสมมุติ ทดสอบดี อยู่บ้านเลขที่ ๑ {home} ขอร้องเรียนว่า"
    return read(f"เรียน นายอำเภอ{to}\n{who}{told}\n(นายสมมุติ ทดสอบดี)")


def values(fields: Fields, names: tuple[FieldName, ...]) -> list[str | None]:
    return [f.value if (f := fields.get(name)) else None for name in names]


def address(area: Area) -> tuple[str, list[str]]:
    district = _GAZETTEER.areas[area.code[:4]]
    return f"ตำบล{area.name} อำเภอ{district.name} จังหวัดสกลนคร", [area.name, district.name, "สกลนคร"]


@settings(max_examples=60)
@given(_SUBDISTRICTS, _SUBDISTRICTS)
def test_home_and_matter_are_read_each_for_itself(home: Area, matter: Area) -> None:
    (lived, home_names), (lay, matter_names) = address(home), address(matter)
    fields = lives(f"มีการบุกรุกที่ดินสาธารณะซึ่งตั้งอยู่ที่ {lay} เมื่อเดือนก่อน", home=lived)
    assert values(fields, HOME) == home_names
    assert values(fields, MATTER) == matter_names
    for name, mine, other in zip(MATTER, matter_names, home_names, strict=True):
        assert mine == other or other in at(fields, name).alternatives


def test_a_matter_without_a_place_is_where_who_complains_lives_with_a_doubt() -> None:
    fields = lives("ถนนชำรุด")
    assert values(fields, HOME) == values(fields, MATTER) == ["โคกภู", "ภูพาน", "สกลนคร"]
    assert at(fields, N.SUBDISTRICT).doubts
    assert not at(fields, N.HOME_SUBDISTRICT).doubts


def test_the_district_addressed_confirms_the_one_lived_in() -> None:
    assert not at(lives("ถนนชำรุด", to="ภูพาน"), N.DISTRICT).doubts
    assert at(lives("ถนนชำรุด", to="พังโคน"), N.DISTRICT).doubts


def test_a_subdistrict_named_alone_lies_in_the_district_lived_in() -> None:
    fields = lives("ถนนในตำบลหลุบเลา ชำรุด")
    assert values(fields, MATTER) == ["หลุบเลา", "ภูพาน", "สกลนคร"]
    assert values(fields, HOME) == ["โคกภู", "ภูพาน", "สกลนคร"]


def test_who_names_no_place_lives_nowhere_and_the_addressee_s_district_is_doubted() -> None:
    fields = read("เรียน นายอำเภอภูพาน\nข้าพเจ้า นายสมมุติ ทดสอบดี ขอร้องเรียนว่าถนนชำรุด")
    assert values(fields, HOME) == [None, None, None]
    assert at(fields, N.DISTRICT).value == "ภูพาน"
    assert at(fields, N.DISTRICT).doubts
    province = at(fields, N.PROVINCE)
    assert (province.value, province.alternatives) == (None, ("สกลนคร",))


STAMP = "ศาลากลางจังหวัดภูเก็ต\nเลขรับ ๘๘๒\nวันที่ ๓ มี.ค. ๖๘\nเวลา ๐๙.๑๕ น.\n"


def test_the_province_of_a_stamp_is_reported_and_overrules_nothing() -> None:
    told = (
        "เรียน นายอำเภอภูพาน\nข้าพเจ้า นายสมมุติ ทดสอบดี อยู่บ้านเลขที่ ๑ ตำบลโคกภู อำเภอภูพาน "
        "จังหวัดสกลนคร ขอร้องเรียนว่าถนนชำรุด"
    )
    for text in (told, official("ด้วยอำเภอจะประชุม"), report("จึงเห็นควรยุติเรื่อง")):
        province = at(read(STAMP + text), N.PROVINCE)
        assert province.value == "สกลนคร"
        assert any("ภูเก็ต" in doubt for doubt in province.doubts)
        assert province.confidence < 0.8


def test_a_stamp_gives_no_place_to_a_letter_that_names_none() -> None:
    fields = read(f"{STAMP}เรียน นายอำเภอ\nข้าพเจ้า ขอร้องเรียนว่าถนนชำรุด")
    assert values(fields, HOME) == values(fields, MATTER) == [None, None, None]


def test_an_office_s_letter_is_about_the_place_that_its_text_names() -> None:
    text = report("ได้ตรวจสอบถนนในตำบลหนองแวง อำเภอวานรนิวาส แล้ว จึงเห็นควรยุติเรื่อง")
    fields = read(text)
    assert at(fields, N.SUBDISTRICT).value == "หนองแวง"
    assert at(fields, N.SUBDISTRICT).doubts
    assert at(fields, N.DISTRICT).value == "วานรนิวาส"


def test_an_office_that_tells_of_no_complaint_has_no_matter_and_no_home() -> None:
    fields = read(official("ด้วยอำเภอจะประชุมที่ตำบลหนองแวง อำเภอวานรนิวาส"))
    assert fields.get(N.SUBDISTRICT) is None
    assert values(fields, HOME) == [None, None, None]


@pytest.mark.xfail(strict=True, reason="of the places that an office's letter names the first wins")
def test_whose_complaint_is_passed_on_does_not_live_where_it_happened() -> None:
    told = (
        "ด้วยได้รับเรื่องร้องเรียนจากนายสมมุติ ทดสอบดี อยู่บ้านเลขที่ ๑ ตำบลโคกภู อำเภอภูพาน จังหวัดสกลนคร "
        "ว่าถนนในตำบลหลุบเลา อำเภอภูพาน ชำรุด"
    )
    text = official(told, subject="ขอส่งเรื่องร้องเรียน", to="นายอำเภอภูพาน")
    fields = read(text.replace("ที่ว่าการอำเภอวานรนิวาส", "ศาลากลางจังหวัดสกลนคร"))
    assert at(fields, N.HOME_SUBDISTRICT).value == "โคกภู"
    assert at(fields, N.SUBDISTRICT).value == "หลุบเลา"


@pytest.mark.xfail(strict=True, reason="the addressee's province is taken before the code and head")
def test_a_province_that_code_and_addressee_agree_on_is_no_doubt() -> None:
    assert not at(read(report("จึงเห็นควรยุติเรื่อง")), N.PROVINCE).doubts
