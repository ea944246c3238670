"""What closes a letter: who signed it, in which office, the office that keeps the matter.

Order: ระเบียบงานสารบรรณ ข้อ 11 (คำลงท้าย, ลงชื่อ, ตำแหน่ง, ส่วนราชการเจ้าของเรื่อง, โทร.).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extract.labels import Part
from extract.name_lists import is_known_name
from extract.offices import TELEPHONE, is_office, rest_of_office, tidy
from extract.parts import Letter
from extract.people import TITLES, has_title
from extract.rows import Row, Span
from extract.text import bare
from extract.values import make_field
from models.letters import Field
from models.terms import FieldName

_CLOSING = re.compile(
    r"^\W*(?:ขอแสดงความนบถอ|ขอนมสการ|ดวยความเคารพ|ขอแสดงความเคารพ|กราบ(?:เรยน)?มาดวย)"
)
_BRACKETED = re.compile(
    r"\(\s*(?P<name>[ก-๎][ก-๎. ]{4,60}?)\s*[)\]}]?\s*$|\(\s*(?P<inner>[ก-๎][ก-๎. ]{4,60}?)\s*\)"
)
_POSITION = re.compile(
    r"^\W*(?:ตำแหน่ง\s*)?(?P<post>(?:รอง|ผู้ช่วย|ปลัด|นาย(?:อำเภอ|ก|ทะเบียน)|หัวหน้า|หน\.|ผู้(?:ว่า|อำนวย"
    r"|บัญชา|บังคับ|จัดการ|ใหญ่|กำกับ|แทน)"
    r"|อธิบดี|เจ้าพนักงาน|พนักงาน|เจ้าหน้าที่|กำนัน|สารวัตร|นิติกร|ท้องถิ่น|เกษตร|พัฒนา|สาธารณสุข|ที่ดิน|ผบ\.|ผอ\.|(?:รอง\s?)?ผ(?:กก|บก|บช)\.|ส(?:วป|วญ|ว)\.|เสนาธิการ"
    r"|เสธ\.|เจ้ากรม"
    r"|จก\.|ผู้|ประธาน|เลขา|ครู|นายแพทย์|แพทย์|พยาบาล|นัก[ก-๎]|ผู้พิพากษา|วิศวกร|นายช่าง|คณบดี|อัยการ|ศึกษาธิการ"
    r"|ปฏิบัติ|รักษา|ทำการแทน|แทน).*)$"
)
_SIGNED = re.compile(r"^\W*(?:\(?ลงชื่อ\)?|ลงนาม)[\s.:]*")
_RANK = re.compile(rf"^\W*(?P<rank>{TITLES})\W*$")
_NO_PERSON = re.compile(r"^(?:ลงชื่อ|ลายมือชื่อ|สำเนา|หมายเหตุ|ชื่อ|ตัวบรรจง|วันที่|ประทับ)")
_POSTS = 3  # rows that a position may run over


@dataclass(frozen=True, slots=True)
class Foot:
    """The rows that close a letter, by what they are; any may be missing."""

    closing: tuple[Row, ...] = ()
    signatory: tuple[Row, ...] = ()
    name: Span | None = None
    rank: str = ""
    position: tuple[Row, ...] = ()
    owner: tuple[Row, ...] = ()
    telephone: tuple[Row, ...] = ()
    several: bool = False  # other names in brackets stand there too


def read_foot(letter: Letter) -> Foot:
    """Return what closes the letter; the last name in brackets is who signed it."""
    rows = letter.rows(Part.FOOT, Part.BODY)
    closing = tuple(r for r in rows if _CLOSING.match(bare(r.text)))
    telephone = tuple(r for r in letter.rows(Part.FOOT) if TELEPHONE.match(r.text))
    after = closing[0].order if closing else -1
    named = [(n, name) for n, r in enumerate(rows) if r.order > after and (name := _name(r))]
    if not closing and named:
        named = [pair for pair in named if pair[0] >= len(rows) - 12]
    if not named:
        return Foot(closing=closing, telephone=telephone, owner=_owner(letter, telephone, ()))
    number, name = named[0] if closing else named[-1]
    several = not closing and len(named) > 1
    row = rows[number]
    above = rows[number - 1] if number and rows[number - 1] not in closing else None
    ranked = _RANK.match(above.text) if above else None
    position = _position(rows[number + 1 :])
    signed = (above, row) if above and (ranked or _SIGNED.match(above.text)) else (row,)
    rank = ranked["rank"].strip() if ranked else ""
    owner = _owner(letter, telephone, position)
    return Foot(closing, signed, name, rank, position, owner, telephone, several)


def signature_fields(foot: Foot) -> dict[FieldName, Field]:
    """Return who signed the letter and in which position."""
    found: dict[FieldName, Field] = {}
    if foot.name is not None:
        name = tidy(foot.name.text)
        ranked = f"{foot.rank}{name}" if foot.rank and not has_title(name) else name
        doubts = [] if " " in name else ["ชื่อผู้ลงนามอ่านได้ไม่ครบ"]
        if foot.several:
            doubts.append("มีชื่อในวงเล็บมากกว่าหนึ่งชื่อ โปรดตรวจว่าเป็นผู้ลงนาม")
        found[FieldName.SIGNATORY] = make_field(ranked, [foot.name], 0.92, doubts=doubts)
    if foot.position:
        spans = [Span(row, _post_start(row), len(row.text)) for row in foot.position]
        text = " ".join(tidy(span.text) for span in spans)
        found[FieldName.POSITION] = make_field(text, spans, 0.92)
    return found


def _name(row: Row) -> Span | None:
    """Return the name in brackets on the row, with or without a title before it."""
    match = _BRACKETED.search(row.text)
    if match is None or len(row.text) > 70:
        return None
    group = "name" if match["name"] else "inner"
    name = match[group]
    office = is_office(name) and not is_known_name(name)  # สุภาวดี begins as สภา does
    if _NO_PERSON.match(name) or office or not (" " in name or has_title(name)):
        return None
    return Span(row, match.start(group), match.end(group))


def _position(rows: Sequence[Row]) -> tuple[Row, ...]:
    found: list[Row] = []
    for row in rows[:_POSTS]:
        if TELEPHONE.match(row.text) or len(row.text) > 80:
            break
        post = _POSITION.match(row.text)
        continues = found and (_under(row, found[-1]) or rest_of_office(row.text))
        if post is None and not continues:
            break
        found.append(row)
    return tuple(found)


def _under(row: Row, last: Row) -> bool:
    """Tell whether the row stands centred under the last one, as the rest of a position does."""
    if row.box is None or last.box is None:
        return False
    middle = row.box.left + row.box.width / 2
    return abs(middle - (last.box.left + last.box.width / 2)) < 0.06


def _post_start(row: Row) -> int:
    match = _POSITION.match(row.text)
    return match.start("post") if match else 0


def _owner(letter: Letter, telephone: Sequence[Row], position: Sequence[Row]) -> tuple[Row, ...]:
    """Return the rows of the office that keeps the matter: at the foot, above its telephone."""
    last = telephone[0].order if telephone else None
    foot = [r for r in letter.rows(Part.FOOT) if last is None or r.order < last]
    owners: list[Row] = []
    for row in reversed(foot):
        office = is_office(row.text) and row not in position and len(row.text) < 60
        if office:
            owners.insert(0, row)
        elif owners or last is None:
            break
    return tuple(owners[-3:])
