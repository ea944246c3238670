"""Who is complained of: a person, a firm or an office by name, or the post that somebody holds.

What is not said in so many words (ว่านาย…, ถูก…) is a guess and bears that doubt.
"""

from __future__ import annotations

import re

from extract.form_boxes import accused_box, story_box
from extract.labels import label_at_start
from extract.offices import is_office, tidy
from extract.passages import Passage
from extract.people import TITLES, is_no_name
from extract.values import doubted, make_field
from models.letters import Field
from models.terms import FieldName

_ACCUSES = re.compile(
    r"(?:กล่าวโทษ|กล่าวหา|ร้องเรียน(?:(?:พฤติกรรม|การกระทำ|ความประพฤติ)(?:ของ)?|กล่าวโทษ|ขอความเป็นธรรม)?"
    r"|แจ้งว่า|พฤติกรรมของ|พฤติการณ์ของ|ประสงค์ร้องเรียน|คู่กรณี(?:คือ)?"
    r"|ผู้ถูกร้อง(?:เรียน)?(?:คือ|ชื่อ)?|ผู้ถูกกล่าวหา(?:คือ)?|ถูก|โดน|ชื่อ|ขอฟ้อง(?:ว่า)?|โดย(?:มี)?|เนื่องจาก|ด้วย|ว่า|(?:จาก)?การที่"
    r"|เห็น)[\s:]*(?:การปฏิบัติหน้าที่ของ|ตัว)?\s*"
)
_COMPANY = (
    r"ห้างหุ้นส่วน(?:จำกัด|สามัญ)\s?[ก-๎]{3,30}"
    r"|(?:บริษัท|ห้างหุ้นส่วนจำกัด|หจก\.)\s?[ก-๎][ก-๎ ]{2,40}?\s?จำกัด(?:\s?\(มหาชน\))?|หจก\.\s?[ก-๎]{3,30}"
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
    r"|เจ้าพนักงานที่ดิน|ตำรวจ|ผู้อำนวยการโรงเรียน|ครู(?:ฝึก|ประจำชั้น(?:\s?[ปม]\.\s?[0-9๐-๙]{1,2})?)?"
    r"|แพทย์|พยาบาล(?:เวร)?|เจ้าอาวาส|ผู้จัดการ(?:นิติบุคคล)?(?:อาคารชุด)?|เจ้าของ(?:รีสอร์ต|โรงสี"
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
    r"(?:ข้าพเจ้า|ข้าเจ้า|ข้าน้อย|อิฉัน|อาตมา|ข้าฯ|กระผม|ดิฉัน|ผม|ผู้ร้อง(?:เรียน|ทุกข์)?|ผู้แจ้ง)(?:ชื่อ|คือ|เป็น)?[\s:]*$"
)
# A name that is said to be accused behind it, or set in brackets amid a sentence.
_FOLLOWED = re.compile(
    rf"(?P<name>{TITLES}\s*{_WORD}(?:\s+{_WORD})?)\s*\)?\s*(?:ซึ่ง)?\(?(?:ผู้)?ถูก(?:ร้อง|กล่าวหา|กล่าวโทษ)"
)
_BRACKETED = re.compile(
    rf"(?<=[ก-๎])\s?\(\s*(?P<name>{TITLES}\s*{_WORD}\s+{_WORD})\s*\)\s?(?!ผู้|พยาน)(?=[ก-๎])"
)
_LONGEST = 60  # letters of a post
_SIGNS = re.compile(r"(?:ลงชื่อ|ข้าพเจ้า|ผู้ร้อง(?:เรียน|ทุกข์)?|ผู้แจ้ง)[\s.]*$")


def accused_fields(
    where: Passage, besides: str | None = None, subject: Passage | None = None
) -> dict[FieldName, Field]:
    """Return who is complained of: by name, by office, or both; what is said goes before a guess.

    ``besides`` is the complainant's name; ``subject`` that of the person's own letter.
    """
    boxed = _boxed(where)
    if boxed:
        return boxed
    named, role = _told(where, besides)
    if named and not _is_guess(named):
        return role | named
    named = _followed(where, besides) or named
    if role and not _is_guess(role):
        return role | named
    named = named or _in_brackets(where, besides)
    return named or role or _at_the_start(where, subject)


def _told(
    where: Passage, besides: str | None
) -> tuple[dict[FieldName, Field], dict[FieldName, Field]]:
    """Return the name and the post behind the words of an accusation, sure ones before guesses."""
    text = where.text
    guess: dict[FieldName, Field] = {}
    role: dict[FieldName, Field] = {}
    for accused in _ACCUSES.finditer(text):
        start = accused.end()
        doubts = [] if _ACCUSED.match(accused[0]) else [_GUESSED]
        name = _NAMED.match(text, start)
        if name is not None and _may_be(name["name"], besides) and not _OWN.search(text[:start]):
            found = _named(where, name)
            if not doubts:
                return found, {}
            guess = guess or {n: doubted(f, _GUESSED) for n, f in found.items()}
        held = _ROLE.match(text, start)
        if held is not None and (not role or (_is_guess(role) and not doubts)):
            role = _posted(where, held, doubts)
            called = _NAMED.match(text, _skip(text, held.end()))
            if called is not None and _may_be(called["name"], besides):
                return _named(where, called), role
    return guess, role


def _boxed(where: Passage) -> dict[FieldName, Field]:
    """Return who stands in the box of the accused."""
    box = accused_box(where.rows)
    if box is None:
        return {}
    start, end = where.place(box.row, box.start), where.place(box.row, box.end)
    name = _NAMED.match(where.text, start)
    if name is not None and not is_no_name(name["name"]):
        return _named(where, name)
    office = tidy(where.text[start:end])
    if _ROLE.match(where.text, start) is not None:
        # The whole box is the post, with its place: นายก อบต. and the name of the place.
        field = make_field(office[:_LONGEST], where.spans(start, end), 0.85)
        return {FieldName.RESPONDENT_ROLE: field}
    if not is_office(office):
        return {}
    return {FieldName.RESPONDENT: make_field(office, where.spans(start, end), 0.85)}


def _followed(where: Passage, besides: str | None) -> dict[FieldName, Field]:
    """Return whose name is followed by ถูกร้องเรียน or ผู้ถูกร้อง."""
    for match in _FOLLOWED.finditer(where.text):
        if _may_be(match["name"], besides):
            return _named(where, match)
    return {}


def _in_brackets(where: Passage, besides: str | None) -> dict[FieldName, Field]:
    """Return a name that the story sets in brackets behind what it calls somebody."""
    for match in _BRACKETED.finditer(where.text):
        spans = where.spans(match.start("name"), match.end() + 1)
        told = len(spans) == 1 and spans[0].start > 1
        if (
            told
            and _may_be(match["name"], besides)
            and not _SIGNS.search(where.text, 0, match.start())
        ):
            return {n: doubted(f, _GUESSED) for n, f in _named(where, match).items()}
    return {}


def _at_the_start(where: Passage, subject: Passage | None) -> dict[FieldName, Field]:
    """Return the post with which the subject or the box of the story begins: a guess."""
    held = _ROLE.match(subject.text, _behind_label(subject.text)) if subject else None
    if subject is not None and held is not None:
        return _posted(subject, held, [_GUESSED])
    box = story_box(where.rows)
    held = _ROLE.match(where.text, where.place(box.row, box.start)) if box else None
    return _posted(where, held, [_GUESSED]) if held else {}


def _behind_label(text: str) -> int:
    label = label_at_start(text)
    start = label.end if label else 0
    return start + len(text[start:]) - len(text[start:].lstrip(" :="))


def _may_be(name: str, besides: str | None) -> bool:
    return not is_no_name(name) and re.sub(r"\s+", " ", name) != besides


def _is_guess(fields: dict[FieldName, Field]) -> bool:
    return any(_GUESSED in field.doubts for field in fields.values())


def _skip(text: str, start: int) -> int:
    """Return where a name may begin behind ชื่อ or คือ."""
    match = _CALLED.match(text, start)
    return match.end() if match else start


def _posted(where: Passage, held: re.Match[str], doubts: list[str]) -> dict[FieldName, Field]:
    spans = where.spans(*held.span("role"))
    return {FieldName.RESPONDENT_ROLE: make_field(held["role"], spans, 0.85, doubts=doubts)}


def _named(where: Passage, name: re.Match[str]) -> dict[FieldName, Field]:
    spans = where.spans(*name.span("name"))
    called = re.sub(r"\s+", " ", name["name"])
    found = {FieldName.RESPONDENT: make_field(called, spans, 0.85)}
    post = _POSTED.match(where.text, name.end())
    if post is not None:
        spans = where.spans(*post.span("role"))
        found[FieldName.RESPONDENT_ROLE] = make_field(post["role"], spans, 0.88)
    return found
