"""Numbers that belong to a person: national ID, age, house and village (domain 3.4.1, 3.4.4)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract.passages import Passage
from extract.people import STORY
from extract.text import fold
from extract.values import make_field
from models.letters import Field
from models.national_id import check_digit_holds
from models.terms import FieldName

_D = "[0-9]"
# 1-2345-67890-12-3, with spaces, dashes or nothing between the groups.
_IDENTITY = re.compile(
    rf"(?<![0-9/.\-])(?:{_D}\s?[-–.]?\s?{_D}{{4}}\s?[-–.]?\s?{_D}{{5}}\s?[-–.]?\s?{_D}{{2}}\s?[-–.]?\s?{_D}"
    rf"|(?:{_D}[ \-]?){{12}}{_D})"
    r"(?![0-9/]|-[0-9])"
)
_ID_LABEL = re.compile(
    r"(?:เลข(?:ที่)?(?:ประจำตัว|บัตร|ปชช|ปัตร)|บัตร(?:ประจำตัว)?ประชาชน|ประจำตัวประชาชน|ปชช\.?|เลขบัตร"
    r"|13 หลัก)[ก-๎ \s.()0-9:]{0,30}$"
)
_HALF_READ = re.compile(
    r"(?:ประจำตัว(?:ประชาชน)?|บัตรประชาชน(?:เลขที่)?|เลขบัตร)[\s.:]*(?P<id>[0-9][0-9lIoO"
    r"|\-– .]{7,24}[0-9lIoO|])"
)
_AGE = re.compile(
    r"(?:(?:อายุ|วัย)(?:ประมาณ|ได้|ราว)?|(?<=[ก-๎])(?=\s?[0-9]{2}\s?ปี))[\s:=]*(?P<age>[0-9]{1,3})\s*ป[ีิ]"
    r"|อายุ[\s:=]*(?P<bare>[1-9][0-9])(?=\s+[ก-ฮเ-ไ])(?!\s*(?:วัน|เดือน|สัปดาห์|ชั่วโมง|นาที))"
)
_HOUSE = re.compile(
    r"(?:(?:อยู่(?:ที่)?|บ้าน(?:อยู่)?|ที่อยู่(?:ผู้ร้อง)?|ภูมิลำเนา|พัก(?:อยู่|อาศัย)?)(?:ที่|บ้าน)?(?:เลขที่)?|(?:บ้าน"
    r"|ห้อง)?เลขที่|มาที่)"
    r"[\s.:]*(?:บ้าน)?(?:เลขที่)?[\s.:]*(?P<no>[0-9]{1,4}(?:\s?/\s?[0-9]{1,4})?)(?![0-9/])"
    r"(?!\s?(?:ปี|วัน|คน|เดือน|บาท))"
)
_MOO = re.compile(r"(?:หมู่ที่|หมู่บ้านที่|หมู่|(?<![ก-๎])ม\.)\s?(?P<moo>[0-9]{1,2})(?![0-9/])")
_GROUPED = re.compile(
    r"(?:กับพวก|รายชื่อ(?:ท้าย|แนบท้าย|ตาม)|พร้อม(?:ด้วย)?พวก|และพวก|และคณะ|พร้อมคณะ|ผู้ร้อง(?:เรียน|ทุกข์)?"
    r"|พวกเรา|พวกข้าพเจ้า|ชาวบ้าน"
    r"|ราษฎร|ประชาชน|ลงชื่อ|ร่วมกัน|ร่วม(?:กัน)?ลง)"
    r"[ก-๎\s0-9.()/]{0,90}?(?:รวม|จำนวน|รวมกัน|ทั้งหมด|ทั้งสิ้น|อีก|รวมทั้งสิ้น"
    r"|พวก|ลายมือชื่อ[ก-๎ ]{0,20})\s?(?P<size>[0-9]{1,4}(?:,[0-9]{3})?)\s?(?:คน|ราย|ชื่อ)"
)
# A house before its road or village, over a letter: 55/7 ม.4 ต.ป่าไผ่.
HOUSE_ABOVE = re.compile(
    r"(?<![0-9/])(?P<no>[0-9]{1,4}(?:/[0-9]{1,4})?)(?=\s*(?:หมู่|ม\.|ถ\.|ถนน|ซ\.|ซอย))"
)
_OTHERS_AGE = re.compile("บุตร|ลูก|หลาน|ภรรยา|ภริยา|สามี|บิดา|มารดา|พ่อ|แม่|ปู่|ย่า|ตา|ยาย|พี่|น้อง|เด็ก|ผู้ป่วย")
_VICTIMS = re.compile("บาดเจ็บ|เสียชีวิต|ตาย|ป่วย|สูญหาย|จับกุม|ถูกจับ|แรงงาน|คนงาน|ลูกจ้าง|นักเรียน")
_MORE = re.compile(r"อีก\s?[0-9]")
_DEED = re.compile(r"(?:โฉนด|ที่ดิน|ก\.|ส\.|ป\.|บัตร[ก-๎]*|ประชาชน|ใบ[ก-๎]*|บัญชี|ทะเบียน|หนังสือ|คำสั่ง)\s?$")
_SAID = re.compile("เลขที่|ที่อยู่|ภูมิลำเนา")
UNSAID = "ไม่ได้เขียนว่าเป็นที่อยู่ของผู้ร้องโดยตรง โปรดตรวจ"
_WITH = 12  # letters between a name and กับพวกรวม
_FAR = 120  # letters between a home's house number and its village


@dataclass(frozen=True, slots=True)
class Identity:
    """Thirteen digits and where they stand; ``valid`` tells whether the check digit agrees."""

    digits: str
    start: int
    end: int
    valid: bool
    labelled: bool


def is_valid_id(digits: str) -> bool:
    """Tell whether thirteen digits are a citizen's number: first digit 1-8, check digit right."""
    return bool(re.fullmatch("[1-8][0-9]{12}", digits)) and check_digit_holds(digits)


def find_identities(text: str) -> tuple[Identity, ...]:
    """Return the national ID numbers of the text; unlabelled ones only where they are valid."""
    folded = fold(text)
    found = []
    for match in _IDENTITY.finditer(folded):
        digits = re.sub("[^0-9]", "", match[0])
        labelled = _ID_LABEL.search(folded[max(0, match.start() - 60) : match.start()]) is not None
        valid = is_valid_id(digits)
        if valid or labelled:
            found.append(Identity(digits, match.start(), match.end(), valid, labelled))
    return tuple(found)


def identity_field(where: Passage) -> Field | None:
    """Return the complainant's national ID; one that fails its check is shown, never repaired."""
    found = find_identities(where.text)
    if not found:
        return _unread_identity(where)
    first = next((i for i in found if i.labelled), found[0])
    spans = where.spans(first.start, first.end)
    if not first.valid:
        doubt = "เลขประจำตัวประชาชนไม่ผ่านหลักตรวจสอบ อาจอ่านผิดหรือเขียนผิด โปรดดูจากภาพ"
        return make_field(None, spans, 0.3, doubts=[doubt])
    doubts = ["ในเรื่องมีเลขประจำตัวประชาชนมากกว่าหนึ่งเลข"] if len(found) > 1 else []
    return make_field(first.digits, spans, 0.97, doubts=doubts)


def _unread_identity(where: Passage) -> Field | None:
    """Return where an ID stands whose digits were not all read: a person must look."""
    match = _HALF_READ.search(fold(where.text))
    if match is None:
        return None
    doubt = "เลขประจำตัวประชาชนอ่านได้ไม่ครบ 13 หลัก โปรดดูจากภาพ"
    return make_field(None, where.spans(*match.span("id")), 0.3, doubts=[doubt])


def age_field(where: Passage, start: int) -> Field | None:
    """Return the age named behind ``start``, where the complainant's name ends."""
    match = _AGE.search(fold(where.text), start)
    if match is None or match.start() - start > 80:
        return None
    if _OTHERS_AGE.search(where.text, start, match.start()):
        return None
    written = "age" if match["age"] else "bare"
    spans = where.spans(*match.span(written))
    age = int(match[written])
    doubts = [] if 7 <= age <= 110 else ["อายุผิดปกติ อาจอ่านผิด"]
    return make_field(str(age), spans, 0.93, doubts=doubts)


def home_fields(where: Passage, start: int) -> dict[FieldName, Field]:
    """Return house number and หมู่ of the home named behind ``start``."""
    folded = fold(where.text)
    found: dict[FieldName, Field] = {}
    house = next(
        (m for m in _HOUSE.finditer(folded, start) if not _DEED.search(folded[: m.start()])), None
    )
    if house is not None:
        number = re.sub(r"\s", "", house["no"])
        own = _SAID.search(house[0]) and not STORY.search(where.text, start, house.start())
        doubts = [] if own else [UNSAID]
        spans = where.spans(house.start("no"), house.end("no"))
        found[FieldName.HOUSE_NO] = make_field(number, spans, 0.92, doubts=doubts)
    moo = _MOO.search(folded, house.end() if house else start)
    if moo is not None and (house is None or moo.start() - house.end() <= _FAR):
        spans = where.spans(moo.start("moo"), moo.end("moo"))
        found[FieldName.MOO] = make_field(str(int(moo["moo"])), spans, 0.92)
    return found


def house_above(where: Passage) -> dict[FieldName, Field]:
    """Return house number and หมู่ of an address that stands alone over a letter."""
    folded = fold(where.text)
    house = HOUSE_ABOVE.search(folded)
    if house is None:
        return {}
    found = {FieldName.HOUSE_NO: make_field(house["no"], where.spans(*house.span("no")), 0.8)}
    moo = _MOO.search(folded, house.end())
    if moo is not None:
        found[FieldName.MOO] = make_field(str(int(moo["moo"])), where.spans(*moo.span("moo")), 0.85)
    return found


def group_field(where: Passage, start: int | None = None) -> Field | None:
    """Return how many persons complain together; right behind ``start``, where it is given."""
    match = _GROUPED.search(fold(where.text), start or 0)
    if match is None or (start is not None and match.start() - start > _WITH):
        return None
    size = int(match["size"].replace(",", ""))
    if size < 2:
        return None
    more = _MORE.search(match[0]) is not None
    doubts = ["นับเฉพาะที่เขียนว่า “อีก” ไม่รวมผู้ที่ระบุชื่อ"] if more else []
    if _VICTIMS.search(match[0]):
        doubts.append("จำนวนนี้อาจไม่ใช่ผู้ที่ร่วมกันร้อง โปรดอ่านประโยค")
    return make_field(
        str(size), where.spans(match.start("size"), match.end("size")), 0.9, doubts=doubts,
        alternatives=[str(size + 1)] if more else [],
    )  # fmt: skip
