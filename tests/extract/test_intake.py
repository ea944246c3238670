"""How a complaint came in, under which number, and whether the writer gives a name."""

import pytest

from models.terms import Channel, FieldName
from tests.extract.made_letters import complaint
from tests.extract.reading import at, read, value

N = FieldName
_NOTE = "{} วันที่รับแจ้ง 05/03/2568 เวลา 10:05 น. ผู้แจ้งว่าน้ำประปาไม่ไหล ขอความช่วยเหลือ"


def note(told: str) -> str:
    return _NOTE.format(told)


@pytest.mark.parametrize(
    ("told", "channel"),
    [
        ("สายด่วน 1567", Channel.HOTLINE_1567),
        ("สายด่วน ๑๕๖๗", Channel.HOTLINE_1567),
        ("ผู้ร้องมายื่นคำร้องด้วยตนเอง", Channel.WALK_IN),
        ("แจ้งผ่านแอปพลิเคชัน Traffy Fondue", Channel.APP),
        ("ร้องเรียนทางเว็บไซต์", Channel.WEB),
        ("รับแจ้งทางโทรศัพท์", Channel.PHONE),
        ("ส่งทางไปรษณีย์", Channel.LETTER),
        ("จากตู้รับเรื่องร้องเรียน", Channel.BOX),
        ("หน่วยบริการเคลื่อนที่", Channel.MOBILE_UNIT),
        ("แจ้งผ่านเพจเฟซบุ๊ก", Channel.SOCIAL),
        ("รับเรื่องจากสายด่วนรัฐบาล 1111", Channel.AGENCY),
    ],
)
def test_a_note_says_how_a_complaint_came_in(told: str, channel: Channel) -> None:
    found = at(read(note(told)), N.CHANNEL)
    assert found.value == channel
    assert found.raw
    assert found.raw in note(told)


def test_a_letter_that_says_nothing_has_no_channel() -> None:
    assert value(complaint("ขอร้องเรียนว่าน้ำไม่ไหล โทร. ๐๘-๐๐๐๐-๐๐๐๑"), N.CHANNEL) is None


@pytest.mark.parametrize(
    ("told", "number"),
    [
        ("เลขที่เรื่อง DOPA47004708680123", "DOPA47004708680123"),
        ("เลขที่เรื่อง DOPA๔๗๐๐๔๗๐๘๖๘๐๑๒๓", "DOPA47004708680123"),
        ("DOPA 47004708680123", "DOPA47004708680123"),
        ("รหัสติดตาม 2568-00123", "2568-00123"),
        ("เลขที่คำร้อง ๑๒๓/๒๕๖๘", "123/2568"),
        ("สายด่วน 1567", None),
    ],
)
def test_the_number_of_a_case_is_no_reference_and_no_receiving_number(
    told: str, number: str | None
) -> None:
    fields = read(note(told))
    assert [f.value if (f := fields.get(N.CASE_NO)) else None] == [number]
    assert fields.get(N.REFERENCE_NO) is None
    assert fields.get(N.RECEIVED_NO) is None
    assert fields.get(N.NATIONAL_ID) is None


def test_a_note_says_when_it_was_taken() -> None:
    fields = read(note("สายด่วน 1567"))
    assert at(fields, N.RECEIVED_DATE).value == "2025-03-05"
    assert at(fields, N.RECEIVED_TIME).value == "10:05"
    assert fields.get(N.DATE) is None


@pytest.mark.parametrize(
    ("text", "anonymous", "secret"),
    [
        ("เรียน นายอำเภอ\nผมเป็นพลเมืองดี ขอไม่ออกนาม ขอแจ้งว่ามีการขายยาบ้า", "yes", None),
        ("เรียน นายอำเภอ\nบัตรสนเท่ห์ แจ้งว่ามีการขายยาบ้า", "yes", None),
        ("เรียน นายอำเภอ\nผมไม่ประสงค์จะเปิดเผยชื่อ ขอแจ้งว่ามีการขายยาบ้า", "yes", "yes"),
        (complaint("ขอปกปิดชื่อ ขอแจ้งว่ามีการขายยาบ้า"), None, "yes"),
        (complaint("ขอร้องเรียน ขอให้เก็บเรื่องนี้เป็นความลับ"), None, "yes"),
        (complaint("ขอร้องเรียนว่าข้อมูลเป็นความลับของทางราชการ"), None, None),
        (complaint("ขอร้องเรียนว่าน้ำไม่ไหล"), None, None),
    ],
)
def test_no_name_and_a_name_kept_back_are_two_things(
    text: str, anonymous: str | None, secret: str | None
) -> None:
    fields = read(text)
    found = [f.value if (f := fields.get(n)) else None for n in (N.ANONYMOUS, N.CONFIDENTIAL)]
    assert found == [anonymous, secret]
    assert (fields.get(N.COMPLAINANT) is None) == (anonymous == "yes")
    assert fields.get(N.SECRECY) is None


@pytest.mark.parametrize("told", ["อยู่บ้านเลขที่ 1567", "โทร. 08-1567-0001", "คดีหมายเลขแดงที่ 1567/2568"])
def test_1567_in_another_number_is_no_hotline(told: str) -> None:
    found = read(complaint(f"{told} ขอร้องเรียนว่าน้ำไม่ไหล")).get(N.CHANNEL)
    assert found is None or found.doubts


def test_the_app_of_the_ministry_is_no_telephone() -> None:
    assert at(read(note("แจ้งผ่านแอปพลิเคชัน MOI1567")), N.CHANNEL).value == Channel.APP


@pytest.mark.parametrize(
    "told", ["ซื้อของทาง Facebook แล้วถูกโกง", "ถูกหลอกทางเว็บไซต์", "ทะเลาะกันใน LINE กลุ่มหมู่บ้าน"]
)
def test_where_one_was_cheated_is_not_how_one_complains(told: str) -> None:
    found = read(complaint(f"ขอร้องเรียนว่า{told}")).get(N.CHANNEL)
    assert found is None or found.doubts


@pytest.mark.parametrize("told", ["ไม่ต้องปกปิดชื่อ", "ไม่ขอปกปิดชื่อ"])
def test_who_does_not_hide_is_not_hidden(told: str) -> None:
    fields = read(f"เรียน นายอำเภอ\nผม {told} ขอแจ้งว่ามีการขายยาบ้า")
    for found in (fields.get(N.ANONYMOUS), fields.get(N.CONFIDENTIAL)):
        assert found is None or found.doubts
