"""Checks the offices and officers that a letter names against known words and places."""

from __future__ import annotations

import re
from dataclasses import replace

from extract.gazetteer import Area, Gazetteer, Level
from extract.known_words import put_phrase_right
from extract.mentions import Mention, find_mentions
from extract.places import WORDS
from extract.text import edits
from extract.values import doubted
from models.letters import Field
from models.terms import FieldName

_OFFICE = re.compile(
    r"อำเภอ|จังหวัด|ที่ว่าการ|ที่ทำการ|สำนัก|กรม|กระทรวง|ศาล|เทศบาล|องค์การ|ศูนย์|โรงเรียน|กอง|สถาน|ฝ่าย|กลุ่ม"
    r"|วิทยาลัย"
    r"|โรงพยาบาล|คณะ|การไฟฟ้า|การประปา|ส่วน|หน่วย|กรุงเทพ|มณฑล|ตำรวจ|ธนาคาร|สภา|หน่วย|แขวง|เขต|ตำบล"
)
_OFFICER = re.compile(
    r"ผู้|นาย|นาง|หัวหน้า|ปลัด|อธิบดี|ประธาน|กำนัน|เลขา|ท่าน|รัฐมนตรี|เจ้า|อัยการ|ท้องถิ่น|นิติกร|คณะ|พระ|พล|พ\.|ร\."
    r"|ดร"
    r"|เกษตร|พัฒนา|สาธารณสุข|ครู|อาจารย์|คุณ|ทุก|ที่|รอง|ทรัพยากร|ปศุสัตว์|โยธา|ประมง|แรงงาน|ขนส่ง|สรรพ"
)
_BROKEN = re.compile(r"[ก-๎]\s?[๐-๙0-9]{1,2}\s?(?=[ก-๎])(?!(?:อำเภอ|จังหวัด|แห่ง|คน|ตำบล))")
_NO_PLACE = re.compile(
    r"^(?:ทุก|หัว|เจ้า|ประจำ|ใน|และ|ที่|นี้|ของ|ผู้|หรือ|เพื่อ|โดย|ฝ่าย|กลุ่ม|อาวุโส|แห่ง|ดัง|ต่าง|เคลื่อน)"
)
_TOWN = re.compile(r"(?:เทศบาล|เทศมนตรี)(?:เมือง|นคร)?$")
_NO_OFFICE = "ชื่อส่วนราชการอ่านไม่ชัด โปรดเทียบกับภาพ"
_NO_POST = "ตำแหน่งผู้ลงนามอ่านไม่ชัด โปรดเทียบกับภาพ"
_NO_OFFICER = "ชื่อผู้รับอ่านไม่ชัด โปรดเทียบกับภาพ"


def check_offices(fields: dict[FieldName, Field], gazetteer: Gazetteer) -> None:
    """Doubt a sender, an addressee or a position of unknown words or places; repair a letter."""
    scope = _scope(fields, gazetteer)
    for name, known, doubt in (
        (FieldName.SENDER, _OFFICE, _NO_OFFICE),
        (FieldName.ADDRESSEE, _OFFICER, _NO_OFFICER),
        (FieldName.POSITION, _OFFICER, _NO_POST),
    ):
        field = fields.get(name)
        if field is None or field.value is None:
            continue
        field = _worded(field, field.value)
        fields[name] = field = _placed(field, field.value or "", scope, gazetteer)
        text = field.value or ""
        named = known.search(text) if name is FieldName.SENDER else _addressed(text)
        if not named or _BROKEN.search(text):
            fields[name] = doubted(field, doubt)


def _worded(field: Field, value: str) -> Field:
    """Return the field with the officer or office that it begins with put right."""
    right = None if value.startswith("ท่าน") else put_phrase_right(value)
    if right is None:
        return field
    return doubted(replace(field, value=right), f"อ่านได้ “{value}”", [value])


def _addressed(text: str) -> bool:
    return bool(_OFFICER.match(text) or _OFFICE.match(text))


def _placed(field: Field, value: str, scope: str, gazetteer: Gazetteer) -> Field:
    """Return the field with its places checked; the last is checked first, so spans stay."""
    for mention in reversed(find_mentions(value, gazetteer)):
        if mention.areas or mention.seat or _NO_PLACE.match(mention.token):
            continue
        if mention.level is Level.SUBDISTRICT and _TOWN.search(value[: mention.start]):
            continue  # a town need not bear the name of its subdistrict
        field = _named(field, mention, scope, gazetteer)
    return field


def _named(field: Field, mention: Mention, scope: str, gazetteer: Gazetteer) -> Field:
    value = field.value or ""
    begin = mention.end - len(mention.token)
    rest = value[begin:]
    spaced = _unspaced(rest, mention.level, gazetteer)
    if spaced is not None:
        return replace(field, value=value[:begin] + spaced)
    near = _near(mention, scope, gazetteer)
    doubt = f"ไม่มี{WORDS[mention.level]}ชื่อ “{mention.token}”"
    others = [value[:begin] + name + value[mention.end :] for name in near]
    if len(near) == 1 and edits(near[0], mention.token, 1) <= 1:
        repaired = replace(field, value=others[0])
        return doubted(repaired, f"{doubt} ใกล้เคียงกับ {near[0]}", [value])
    return doubted(field, doubt, others[:3])


def _unspaced(rest: str, level: Level, gazetteer: Gazetteer) -> str | None:
    """Return the rest of the text where its spaces only split the name of a place."""
    words = rest.split(" ")
    for size in range(2, min(len(words), 4) + 1):
        joined = "".join(words[:size])
        if gazetteer.named(level, joined):
            return " ".join([joined, *words[size:]])
    return None


def _near(mention: Mention, scope: str, gazetteer: Gazetteer) -> list[str]:
    """Return the names nearest to a misread one, in the letter's own area first."""
    token = mention.token
    limit = 1 if len(token) <= 6 else 2
    for code in dict.fromkeys((scope[:2] if mention.level < Level.SUBDISTRICT else scope, "")):
        if mention.level is Level.SUBDISTRICT and not code:
            break
        ranked = sorted(
            (edits(token, area.name, limit), area.name)
            for area in gazetteer.within(code, mention.level)
            if len(area.name) > 2
        )
        near = [(cost, name) for cost, name in ranked if cost <= limit]
        if near:
            return list(dict.fromkeys(name for cost, name in near if cost == near[0][0]))
    return []


def _scope(fields: dict[FieldName, Field], gazetteer: Gazetteer) -> str:
    """Return the code of the district that the letter names, else of its province."""
    province = fields.get(FieldName.PROVINCE)
    district = fields.get(FieldName.DISTRICT)
    above = gazetteer.province(province.value) if province and province.value else None
    code = above.code if above else ""
    inside: list[Area] = []
    if district and district.value:
        areas = gazetteer.named(Level.DISTRICT, district.value)
        inside = [area for area in areas if area.code.startswith(code)]
    return inside[0].code if len(inside) == 1 else code
