"""Places that only the name of an office tells, or its seat and the text together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract import load_gazetteer
from extract.gazetteer import Level
from models.letters import Fields
from models.terms import FieldName
from tests.extract.reading import at, read, value

N = FieldName
PLACE = (N.SUBDISTRICT, N.DISTRICT, N.PROVINCE)
_DISTRICTS = [d.name for d in load_gazetteer().within("47", Level.DISTRICT)]


def letter(
    head: str, told: str, *, number: str = "มท ๕๓๑๑.๗/๑๓", subject: str = "แจ้งดับไฟ"
) -> Fields:
    return read(
        f"ที่ {number}        {head}\n๒ เมษายน ๒๕๖๘\nเรื่อง {subject}\nเรียน นางสาวสมศรี ทดสอบดี\n{told}\n"
        "ขอแสดงความนับถือ\n(นายทดลอง ตัวอย่างสุข)\nผู้จัดการ"
    )


def test_a_branch_tells_its_district_and_is_doubted() -> None:
    fields = letter("การไฟฟ้าส่วนภูมิภาคจังหวัดสกลนคร\n        สาขาสว่างแดนดิน ถ.นิตโย", "ด้วยจะดับไฟวันพุธ")
    assert at(fields, N.DISTRICT).value == "สว่างแดนดิน"
    assert at(fields, N.DISTRICT).doubts


@given(st.sampled_from(_DISTRICTS))
def test_no_branch_of_another_province_is_taken_for_a_district(name: str) -> None:
    found = letter(f"สำนักงานที่ดินจังหวัดภูเก็ต สาขา{name}", "ด้วยจะดับไฟวันพุธ").get(N.DISTRICT)
    assert found is None or found.value in ("เมืองภูเก็ต", "กะทู้", "ถลาง")


@pytest.mark.parametrize("name", ["ย่อย", "ที่ ๓", "ตลาดใหม่", "ในเมือง"])
def test_a_branch_named_after_no_district_tells_none(name: str) -> None:
    fields = letter(f"การประปาส่วนภูมิภาคจังหวัดสกลนคร สาขา{name}", "ด้วยจะหยุดจ่ายน้ำ")
    assert fields.get(N.DISTRICT) is None


def test_a_branch_of_a_ministry_may_be_named_after_a_province() -> None:
    text = (
        "ที่ ทส ๑๖๒๑.๕/๙๓\nถึง ปลัดอำเภอ\nขอคืนคำขอจำนวน ๓ ราย เพราะขาดแผนที่\n"
        "สำนักจัดการทรัพยากรป่าไม้ สาขาสกลนคร\n๒ เมษายน ๒๕๖๘"
    )
    found = at(read(text), N.PROVINCE)
    assert found.value == "สกลนคร"
    assert found.doubts


def test_an_announcement_names_its_branch_in_its_title() -> None:
    text = (
        "ประกาศสำนักงานที่ดินจังหวัดสกลนคร สาขาสว่างแดนดิน\nเรื่อง ออกใบแทน\nด้วยมีผู้ขอออกใบแทน\n"
        "ประกาศ ณ วันที่ ๒๓ ธันวาคม พ.ศ. ๒๕๖๗"
    )
    assert value(text, N.DISTRICT) == "สว่างแดนดิน"


def test_a_subdistrict_of_the_matter_lies_in_the_district_where_the_office_sits() -> None:
    head = "การไฟฟ้าส่วนภูมิภาคอำเภอภูพาน\n        ถนนตัวอย่าง จังหวัดสกลนคร ๔๗๑๘๐"
    told = "ตามที่ท่านร้องเรียนว่าไฟฟ้าบ้านในตำบลโคกภู ดับบ่อย นั้น ได้แก้ไขเรียบร้อยแล้ว"
    fields = letter(head, told, subject="ตอบข้อร้องเรียน")
    assert [at(fields, name).value for name in PLACE] == ["โคกภู", "ภูพาน", "สกลนคร"]
    assert at(fields, N.DISTRICT).doubts


def test_a_subdistrict_that_lies_elsewhere_does_not_get_the_office_s_district() -> None:
    head = "การไฟฟ้าส่วนภูมิภาคอำเภอวานรนิวาส\n        ถนนตัวอย่าง จังหวัดสกลนคร ๔๗๑๒๐"
    told = "ตามที่ท่านร้องเรียนว่าไฟฟ้าบ้านในตำบลหลุบเลา ดับบ่อย นั้น ได้แก้ไขเรียบร้อยแล้ว"
    found = letter(head, told, subject="ตอบข้อร้องเรียน").get(N.DISTRICT)
    assert found is None or found.value != "วานรนิวาส"


def test_a_district_s_letter_names_only_the_subdistrict_of_the_matter() -> None:
    text = (
        "ที่ สน ๑๘๑๘/๗๐๓        ที่ว่าการอำเภอภูพาน\n๑๑ เมษายน ๒๕๖๘\nเรื่อง แจ้งผลการพิจารณาคำร้องทุกข์\n"
        "เรียน นางสมศรี ทดสอบดี\nท่านได้ร้องทุกข์ต่อศูนย์ดำรงธรรมอำเภอภูพาน ว่าคู่สัญญาไม่ยอมโอนสวนในตำบลโคกภู นั้น\n"
        "ศูนย์จึงจำหน่ายเรื่อง\nขอแสดงความนับถือ\n(นายทดลอง ตัวอย่างสุข)\nนายอำเภอภูพาน"
    )
    fields = read(text)
    assert at(fields, N.SUBDISTRICT).value == "โคกภู"
    assert at(fields, N.DISTRICT).value == "ภูพาน"


def test_a_message_tells_where_something_was_found_and_that_is_doubted() -> None:
    fields = read(
        "กระดาษเขียนข่าวร่วม\nหมู่ วัน เวลา  ๒๒๒๓๑๐ พ.ค. ๖๘\nจาก  ร้อย.ทพ.๒๑๐๔\nถึง ผู้รับปฏิบัติ  ฉก.ทพ.๒๑\n"
        "ที่ของผู้ให้ข่าว  กห ๐๔๘๒.๓๔.๔/๘๙\n๑. พบไม้แปรรูปในร่องห้วย ต.โคกภู อ.ภูพาน จ.สกลนคร"
    )
    assert [at(fields, name).value for name in PLACE] == ["โคกภู", "ภูพาน", "สกลนคร"]
    assert all(at(fields, name).doubts for name in PLACE)


def test_a_district_office_of_bangkok_tells_its_district() -> None:
    text = (
        "บันทึกข้อความ\nส่วนราชการ ฝ่ายรายได้ สำนักงานเขตบางแค โทร. ๐-๒๔๕๕-๐๐๐๐\n"
        "ที่ กท ๘๑๐๕/๔๓๕ วันที่ ๒๖ พฤษภาคม ๒๕๖๘\n"
        "เรื่อง ส่งเอกสาร\nเรียน หัวหน้าฝ่ายทะเบียน\nด้วยฝ่ายขอส่งเอกสาร"
    )
    assert value(text, N.DISTRICT) == "บางแค"
    assert value(text.replace("เขตบางแค", "เขตพื้นที่บางแค"), N.DISTRICT) is None
