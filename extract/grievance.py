"""What a complaint says of itself: against whom, what is wished, since when, by which way it came.

Domain: record fields 3.4, channels 3.3, anonymous letters 3.5.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from types import MappingProxyType

from extract.dates import find_dates
from extract.passages import Passage
from extract.people import ANONYMOUS, TITLES, is_anonymous, is_no_name
from extract.spacing import close_up
from extract.text import fold
from extract.values import date_as_field, doubted, make_field
from models.letters import Field
from models.terms import Channel, FieldName

_ACCUSES = re.compile(
    r"(?:กล่าวโทษ|กล่าวหา|ร้องเรียน(?:(?:พฤติกรรม|การกระทำ|ความประพฤติ)(?:ของ)?|กล่าวโทษ|ขอความเป็นธรรม)?"
    r"|แจ้งว่า|พฤติกรรมของ|พฤติการณ์ของ|ประสงค์ร้องเรียน|คู่กรณี(?:คือ)?"
    r"|ผู้ถูกร้อง(?:เรียน)?(?:คือ|ชื่อ)?|ผู้ถูกกล่าวหา(?:คือ)?|ถูก|โดน|ชื่อ|ขอฟ้อง(?:ว่า)?|โดย(?:มี)?|เนื่องจาก|ด้วย|ว่า"
    r"|เห็น)[\s:]*(?:การปฏิบัติหน้าที่ของ|ตัว)?\s*"
)
_COMPANY = (
    r"(?:บริษัท|ห้างหุ้นส่วนจำกัด|หจก\.)\s?[ก-๎][ก-๎ ]{2,40}?\s?จำกัด(?:\s?\(มหาชน\))?|หจก\.\s?[ก-๎]{3,30}"
)
_WORD = r"[ก-ฮเ-ไ][ก-๎]{0,24}\.?"
_NAMED = re.compile(
    rf"(?P<name>{_COMPANY}|{TITLES}\s*{_WORD}(?:\s+(?!ตำแหน่ง|ซึ่ง|เป็น|อายุ|อยู่|ว่า|ได้|ที่|และ|กับ|หมู่|มี|ใน"
    rf"|ผู้|นาย|นาง"
    rf"|ข้าราชการ|เจ้า|กำนัน|ครูฝึก|ครู|ตำรวจ){_WORD})?)"
)
_OFFICER = (
    r"ผู้ช่วยผู้ใหญ่บ้าน|สารวัตรกำนัน|แพทย์ประจำตำบล|ผู้ใหญ่บ้าน|กำนัน|ปลัดอำเภอ|นายอำเภอ|ปลัดองค์การบริหารส่วนตำบล"
    r"|ปลัดเทศบาล|ปลัด\s?อบต\.?"
    r"|(?:รอง)?นายก(?:เทศมนตรี|องค์การบริหารส่วน(?:ตำบล|จังหวัด))|นายก\s?อบ[ตจ]\.?|สมาชิกสภา(?:เทศบาล"
    r"|องค์การบริหารส่วน(?:ตำบล|จังหวัด))|ส\.?อบต\.?|ส\.ท\."
    r"|เจ้าหน้าที่(?:ที่ดิน|ตำรวจ|สาธารณสุข|ป่าไม้|เทศบาล|ของรัฐ|อบต\.?|ปกครอง)?|พนักงานเทศบาล|พนักงานสอบสวน"
    r"|เจ้าพนักงานที่ดิน|ตำรวจ|ผู้อำนวยการโรงเรียน|ครู"
    r"|แพทย์|พยาบาล|เจ้าอาวาส|ผู้จัดการ(?:นิติบุคคล)?(?:อาคารชุด)?|พยาบาล(?:เวร)?|เจ้าของ(?:รีสอร์ต|โรงสี"
    r"|หอพัก)|สมาชิก\s?อบต\.?|ผู้กำกับ(?:การ)?|ผู้รับเหมา|ผู้รับจ้าง|นายทุน(?:เงินกู้)?|นายจ้าง"
    r"|เจ้าหนี้|เจ้าของ(?:โรงงาน|ฟาร์ม|ร้าน|บ่อ|กิจการ|ที่ดิน)[ก-๎]{0,20}"
)
# Where the office is held: กำนันตำบลโคกภู.
_OF = r"(?:(?:ตำบล|บ้าน|อำเภอ|แห่ง)[ก-๎]{2,24}|\s?หมู่(?:ที่)?\s?[0-9๐-๙]{1,2})?"
_ROLE = re.compile(rf"(?P<role>(?:{_OFFICER}){_OF})")
_POSTED = re.compile(rf"\s*(?:ซึ่งเป็น|ตำแหน่ง|เป็น|ดำรงตำแหน่ง)?\s*(?P<role>(?:{_OFFICER}){_OF})")
_CALLED = re.compile(r"\s*(?:ชื่อ|คือ|ได้แก่)?\s*")
_ACCUSED = re.compile(r"กล่าวโทษ|กล่าวหา|ร้องเรียน|พฤติ|ประสงค์ร้อง|คู่กรณี|ผู้ถูก|ขอฟ้อง")
_GUESSED = "ไม่ได้เขียนตรง ๆ ว่าเป็นผู้ถูกร้อง โปรดอ่านเนื้อเรื่อง"
_OWN = re.compile(
    r"(?:ข้าพเจ้า|ข้าเจ้า|ข้าน้อย|อิฉัน|อาตมา|กระผม|ดิฉัน|ผม|ผู้ร้อง(?:เรียน|ทุกข์)?|ผู้แจ้ง)(?:ชื่อ|คือ|เป็น)?[\s:]*$"
)
_WISH = re.compile(
    r"(?:จึง|ดังนั้น|เพราะฉะนั้น|ด้วยเหตุนี้)?[ก-๎]{0,12}\s?(?P<wish>(?:ประสงค์(?:ขอ)?ให้|มีความประสงค์"
    r"|ความประสงค์(?:ของผู้ร้อง)?\s?:?|สิ่งที่ต้องการ\s?:?|ต้องการให้|อยากให้|อยากขอ|ใคร่ขอ|วอน(?:ขอ)?ให้|วิงวอน|"
    r"ขอความ(?:อนุเคราะห์|กรุณา|ช่วยเหลือ|เมตตา|เป็นธรรม)|ขอทราบ|ขอได้โปรด|ขอให้|ขอร้องให้|โปรด))"
)
_WISH_ENDS = re.compile(
    r"\s(?:ด้วย)?(?:ครับ|ค่ะ|นะคะ)(?=\s|$)|\s?(?:โทร|เบอร์|หมายเลขโทร|ติดต่อ)[ก-๎.]*\s?[0-9๐-๙:]"
    r"|\s(?:ลงชื่อ|จึงเรียนมา|จึงกราบเรียน|ขอแสดงความ|ด้วยความเคารพ|ทั้งนี้|หากมี|มิฉะนั้น|มิเช่นนั้น|ขอขอบ|ขอรับรอง|ข้าพเจ้าขอรับรอง"
    r"|ลงชื่อ|\()"
    # What happens otherwise is a threat, no wish; หากพบว่าผิด … ให้ still is one.
    r"|\s(?:หาก|ถ้า)(?:(?!ให้)[ก-๎ ]){2,40}?จะ"
)
_KEEP_SECRET = re.compile(
    r"(?<!ไม่)(?<!ไม่ขอ)(?<!ไม่ต้อง)ปกปิด(?:ชื่อ|นาม|ข้อมูล)|(?<!ปก)ปิด(?:ชื่อ|นาม)|(?:เก็บ"
    r"|ถือ)(?:ไว้)?[ก-๎ ]{0,24}เป็นความลับ|ไม่(?:ให้)?เปิดเผย(?:ชื่อ"
    r"|นาม|ตัว)|ขอสงวนนาม|สงวนชื่อ"
    r"|ไม่ประสงค์(?:จะ)?(?:เปิดเผย|ออก)|อย่า(?:เอา|นำ|บอก|ให้)[ก-๎ ]{0,24}(?:ชื่อ|ใครรู้|ไปบอก)"
)
_SINCE = re.compile(
    r"(?:เหตุเกิด(?:เมื่อ)?|เกิดเหตุ(?:เมื่อ)?|เมื่อ|ใน|ตั้งแต่|นับแต่|คืน|เช้า|เย็น|บ่าย|ช่วง|ของ)(?:คืน|เช้า|เย็น|ช่วง"
    r"|ประมาณ|กลาง)?(?:วันที่|วัน[ก-๎]{3,8}ที่|เดือน)?[\s.]*$"
)
_CALLED_SO = re.compile(r"(?:เหตุเกิด|เกิดเหตุ)[ก-๎ ]{0,12}$")
_CASE = re.compile(
    r"(?P<dopa>DOPA\s?[0-9]{14})|(?:เลขที่เรื่อง|รหัสเรื่อง|เลขเรื่อง|หมายเลขเรื่อง|เลขที่คำร้อง|เลขคำร้อง"
    r"|รหัสติดตาม|เลขที่รับเรื่อง|Ticket)[\s.:]*(?P<no>[A-Za-z]{0,6}[-\s]?[0-9][0-9A-Za-z/\-]{2,24})"
)
# A channel is how a complaint came, not where its story took place.
_BY = (
    r"(?:ช่องทาง\s?:?\s?|(?:แจ้ง|ร้องเรียน|ร้องทุกข์|รับเรื่อง|เรื่องที่)[ก-๎ ]{0,5}(?:ทาง|ผ่าน|จาก)\s?"
    r"|ส่ง(?:เรื่อง|คำร้อง)?(?:มา)?(?:ทาง|ผ่าน|จาก)\s?)"
)
_CHANNELS: Mapping[Channel, re.Pattern[str]] = MappingProxyType({
    Channel.APP: re.compile(
        r"Traffy|MOI\s?1567|SPOND|แอป(?:พลิเคชัน)?\s?[“\"]?ทางรัฐ|ทราฟฟี่|แอปพลิเคชัน"
    ),
    Channel.HOTLINE_1567: re.compile(
        r"(?:สายด่วน[ก-๎ ]{0,30}|ศูนย์ดำรงธรรม[ก-๎ ]{0,24}\(?|ช่องทาง[\s:]*|หมายเลข\s?"
        r"|โทร[ก-๎.]{0,8}\s?)1567(?![0-9/\-])"
    ),
    Channel.AGENCY: re.compile(
        r"(?:สายด่วน(?:ของ)?รัฐบาล|ศูนย์บริการประชาชน|สายด่วน|สปน\.?|ศูนย์รับเรื่อง[ก-๎]*)\s?1111|(?:รับ"
        r"|ส่ง)(?:ต่อ|เรื่อง)?จาก(?:จังหวัด|ป\.ป\.ช|สำนักงาน|กรม|ผู้ตรวจการ|เทศบาล|องค์การ)"
    ),
    Channel.WALK_IN: re.compile(
        r"มา(?:ยื่น|ร้อง|แจ้ง|พบ|ติดต่อ)?[ก-๎ ]{0,30}ด้วย(?:ตนเอง|ตัวเอง)|ด้วยตนเอง(?:ที่|ณ)|[Ww]alk[ -]?[Ii]n"
        r"|มาพบเจ้าหน้าที่"
    ),
    Channel.SOCIAL: re.compile(
        _BY + r"(?:เพจ\s?)?(?:เฟซบุ๊ก|เฟสบุ๊ก|Facebook|ไลน์|LINE|Line)"
    ),
    Channel.WEB: re.compile(
        _BY + r"(?:หน้า)?\s?(?:เว็บไซต์|เว็บ|ระบบออนไลน์|อินเทอร์เน็ต)|ส่งจากเว็บ"
    ),
    Channel.BOX: re.compile(r"ตู้ราชสีห์|ตู้รับ(?:เรื่อง|ฟัง|ความ)[ก-๎]*"),
    Channel.MOBILE_UNIT: re.compile(
        r"หน่วย(?:บริการ)?เคลื่อนที่|อำเภอยิ้ม|หน่วยบำบัดทุกข์|ออกหน่วย|ลงพื้นที่รับเรื่อง"
    ),
    Channel.PHONE: re.compile(
        r"(?:รับแจ้ง|แจ้ง|ร้องเรียน|ร้องทุกข์)(?:เหตุ|เรื่อง)?[ก-๎ ]{0,16}ทางโทรศัพท์|ใบรับโทรศัพท์|ผู้รับสาย"
        r"|โทรศัพท์มา(?:แจ้ง|ร้อง)"
        r"|ช่องทาง\s?:?\s?โทรศัพท์"
    ),
    Channel.LETTER: re.compile(r"ทางไปรษณีย์|ตู้\s?ป\.?\s?ณ\.?|ช่องทาง\s?:?\s?(?:จดหมาย|หนังสือ|ไปรษณีย์)"),
})  # fmt: skip
_LONGEST_WISH = 260  # letters


def grievance_fields(where: Passage, today: dt.date) -> dict[FieldName, Field]:
    """Return respondent, wish, incident date, anonymity and secrecy asked for."""
    found = {
        FieldName.WISH: _wish(where),
        FieldName.INCIDENT_DATE: _incident(where, today),
        FieldName.CONFIDENTIAL: _flag(where, _KEEP_SECRET.search(where.text)),
    }
    found |= accused_fields(where)
    return {name: field for name, field in found.items() if field is not None}


def intake_fields(where: Passage) -> dict[FieldName, Field]:
    """Return the channel by which a complaint came and its number, as an intake note says them."""
    found: dict[FieldName, Field] = {}
    folded = fold(where.text)
    case = _CASE.search(folded)
    if case is not None:
        group = "dopa" if case["dopa"] else "no"
        spans = where.spans(case.start(group), case.end(group))
        found[FieldName.CASE_NO] = make_field(re.sub(r"\s", "", case[group]), spans, 0.92)
    for channel, pattern in _CHANNELS.items():
        match = pattern.search(folded)
        if match is not None:
            spans = where.spans(match.start(), match.end())
            found[FieldName.CHANNEL] = make_field(channel.value, spans, 0.9)
            break
    return found


def anonymous_field(where: Passage, *, named: bool) -> Field | None:
    """Return "yes" where the writer keeps the name back and no name was found."""
    match = ANONYMOUS.search(where.text)
    if match is None or named or not is_anonymous(where.text):
        return None
    return _flag(where, match)


def _flag(where: Passage, match: re.Match[str] | None) -> Field | None:
    if match is None:
        return None
    return make_field("yes", where.spans(match.start(), match.end()), 0.92)


def _wish(where: Passage) -> Field | None:
    """Return the last thing asked for: often the last sentence of the story."""
    text = where.text
    matches = [m for m in _WISH.finditer(text) if not text[: m.start("wish")].endswith("ไม่")]
    matches = [m for m in matches if not _KEEP_SECRET.search(_clause(text, m.start("wish")))]
    told = [m for m in matches if not re.match(r"โปรด(?:ทราบ|พิจารณา)\s*$", text[m.start("wish") :])]
    if not told:
        return None
    last = told[-1]
    start = last.start("wish")
    # A wish that goes on over several requests begins with the first of them.
    for earlier in reversed(told[:-1]):
        if start - earlier.start("wish") > 90:
            break
        start = earlier.start("wish")
    ends = _WISH_ENDS.search(text, start)
    end = min(ends.start() if ends else len(text), start + _LONGEST_WISH, where.end_of_rows(start))
    asked = re.sub(r"^(?:(?:มี)?ความประสงค์(?:ของผู้ร้อง)?|สิ่งที่ต้องการ)[\s:.]*", "", text[start:end])
    value = close_up(asked.strip(" .,"))
    return make_field(value, where.spans(start, end), 0.88) if len(value) > 8 else None


def _clause(text: str, start: int) -> str:
    """Return what is asked for at a place, up to the next gap."""
    return text[start : start + 60].split(" ")[0]


def _incident(where: Passage, today: dt.date) -> Field | None:
    readings = find_dates(where.text, today)
    # What is called the day of the incident goes before any other day of the story.
    for reading in sorted(readings, key=lambda r: not _CALLED_SO.search(where.text[: r.start])):
        before = where.text[max(0, reading.start - 40) : reading.start]
        if not _SINCE.search(before) or re.search(r"(?:ลงวันที่|ฉบับ|ภายใน|พ\.ร\.บ)[^ ]*\s*$", before):
            continue
        return date_as_field(reading, where.spans(reading.start, reading.end), 0.88)
    return None


def accused_fields(where: Passage) -> dict[FieldName, Field]:
    """Return who is complained of: by name, by office, or both; a name goes before an office."""
    text = where.text
    role: dict[FieldName, Field] = {}
    for accused in _ACCUSES.finditer(text):
        start = accused.end()
        name = _NAMED.match(text, start)
        own = _OWN.search(text[:start])
        doubts = [] if _ACCUSED.match(accused[0]) else [_GUESSED]
        if name is not None and not own and not is_no_name(name["name"]):
            found = _named(where, name)
            return {n: doubted(f, _GUESSED) for n, f in found.items()} if doubts else found
        held = _ROLE.match(text, start)
        if held is not None and not role:
            spans = where.spans(start, held.end())
            role = {FieldName.RESPONDENT_ROLE: make_field(held["role"], spans, 0.85, doubts=doubts)}
            called = _NAMED.match(text, _skip(text, held.end()))
            if called is not None:
                return _named(where, called) | role
    return role


def _skip(text: str, start: int) -> int:
    """Return where a name may begin behind ชื่อ or คือ."""
    match = _CALLED.match(text, start)
    return match.end() if match else start


def _named(where: Passage, name: re.Match[str]) -> dict[FieldName, Field]:
    spans = where.spans(*name.span("name"))
    called = re.sub(r"\s+", " ", name["name"])
    found = {FieldName.RESPONDENT: make_field(called, spans, 0.85)}
    post = _POSTED.match(where.text, name.end())
    if post is not None:
        spans = where.spans(*post.span("role"))
        found[FieldName.RESPONDENT_ROLE] = make_field(post["role"], spans, 0.88)
    return found
