"""What a complaint says of itself: against whom, what is wished, since when, by which way it came.

Domain: record fields 3.4, channels 3.3, anonymous letters 3.5.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from extract.accused import accused_fields
from extract.dates import DateReading, find_dates
from extract.form_boxes import wish_box
from extract.passages import Passage
from extract.people import ANONYMOUS, is_anonymous
from extract.spacing import close_up
from extract.text import fold
from extract.values import date_as_field, doubted, make_field
from models.letters import Field
from models.terms import Channel, FieldName

_WISH = re.compile(
    r"(?:จึง|ดังนั้น|เพราะฉะนั้น|ด้วยเหตุนี้)?[ก-๎]{0,12}\s?(?P<wish>(?:ประสงค์(?:ขอ)?ให้|มีความประสงค์"
    r"|ความประสงค์(?:ของผู้ร้อง)?\s?:?|สิ่งที่ต้องการ\s?:?|ต้องการให้|อยากให้|อยากขอ|ใคร่ขอ|วอน(?:ขอ)?ให้|วิงวอน|"
    r"ขอความ(?:อนุเคราะห์|กรุณา|ช่วยเหลือ|เมตตา|เป็นธรรม)|ขอทราบ|ขอได้โปรด|ขอให้|ขอท่าน|ขอร้องให้|โปรด))"
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
    r"(?:เหตุเกิด(?:เมื่อ)?|เกิดเหตุ(?:เมื่อ)?|เมื่อ|ใน|ตั้งแต่|นับแต่|คืน|เช้า|เย็น|บ่าย|ช่วง|ตอน|ของ)\s?(?:คืน|เช้า|เย็น|ช่วง"
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
        r"|^\W*(?:LINE|Line|ไลน์|เพจ|Facebook)\s?(?:Official|OA|กลุ่ม)?[\s@:]*(?:ศูนย์|อำเภอ|ที่ว่าการ|เทศบาล|จังหวัด|อบต)"
    ),
    Channel.WEB: re.compile(
        _BY + r"(?:หน้า)?\s?(?:เว็บไซต์|เว็บ|ระบบออนไลน์|อินเทอร์เน็ต)|ส่งจากเว็บ"
        r"|\[\s?ร้อง(?:เรียน|ทุกข์)ออนไลน์|From:\s?webmaster"
    ),
    Channel.BOX: re.compile(r"ตู้ราชสีห์|ตู้รับ(?:เรื่อง|ฟัง|ความ)[ก-๎]*"
        r"|(?:ใบบอกเล่า|ใบร้อง(?:เรียน|ทุกข์)|จดหมาย|กระดาษ(?:ข้อความ)?)จากตู้(?!เย็น|เซฟ)"),
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
# A day amid a line of the story, and no day of writing, of taking in or of a stamp.
_ON_A_DAY = re.compile(r"[ก-๎]{3}(?<!รับเรื่อง)(?<!รับแจ้ง)\s+วัน(?:[ก-๎]{3,8})?ที่\s*$")
_NOT_THEN = re.compile(r"รับ|เขียน|แจ้ง|พิมพ์|ยื่น|ออก|นัด|กำหนด|ครบ|เกิดวัน|หมดอายุ|เขียนที่|ภายใน|ก่อน")
_OF_OTHERS = re.compile(r"(?:ลงวันที่|ฉบับ|ภายใน|พ\.ร\.บ)\s?[^ ]*\s*$")
_CLOSE = 24  # letters before a day that say what it is
_ANY_DAY = "ไม่ได้เขียนว่าเป็นวันเกิดเหตุ โปรดอ่านประโยค"
_LONGEST_WISH = 260  # letters


def grievance_fields(
    where: Passage, today: dt.date, subject: Passage, besides: str | None
) -> dict[FieldName, Field]:
    """Return respondent, wish, incident date, anonymity and secrecy asked for."""
    found = {
        FieldName.WISH: _wish(where),
        FieldName.INCIDENT_DATE: _incident(where, today),
        FieldName.CONFIDENTIAL: _flag(where, _KEEP_SECRET.search(where.text)),
    }
    found |= accused_fields(where, besides, subject)
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
    """Return the last thing asked for: often the last sentence of the story, or its box."""
    text = where.text
    box = wish_box(where.rows)
    if box is not None:
        return _asked(where, where.place(box.row, box.start))
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
    return _asked(where, start)


def _asked(where: Passage, start: int) -> Field | None:
    """Return the wish from a place on: to the end of its paragraph, or where it is closed."""
    text = where.text
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
        if not _SINCE.search(before) or _OF_OTHERS.search(before):
            continue
        return date_as_field(reading, where.spans(reading.start, reading.end), 0.88)
    return _dated_story(where, readings)


def _dated_story(where: Passage, readings: Sequence[DateReading]) -> Field | None:
    """Return the only day that the story tells amid a line, though not what happened on it."""
    told = []
    for reading in readings:
        spans = where.spans(reading.start, reading.end)
        before = spans[0].row.text[: spans[0].start] if spans else ""
        if _NOT_THEN.search(before[-_CLOSE:]) or reading.others or not reading.value:
            continue
        if _ON_A_DAY.search(before):
            told.append((reading, spans))
    if len(told) != 1:
        return None
    return doubted(date_as_field(*told[0], 0.7), _ANY_DAY)
