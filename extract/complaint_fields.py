"""Who complains, how to reach that person, and what the complaint says of itself (domain 3.4)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

from extract.accused import accused_fields
from extract.form_boxes import NO_TITLE, WITH_NUMBER, find_caller, untitled_person
from extract.grievance import anonymous_field, grievance_fields, intake_fields
from extract.identity import age_field, group_field, home_fields, house_above, identity_field
from extract.labels import Part
from extract.parts import Letter
from extract.passages import Passage, passage
from extract.people import (
    Person,
    find_complainant,
    find_signer,
    find_telephones,
)
from extract.reported import find_addressed, find_reported
from extract.rows import Row
from extract.text import edits
from extract.values import doubted, make_field
from models.letters import Field
from models.terms import FieldName

_SAME = 3  # letters by which two readings of one name may differ
_CALLER = re.compile(r"ผู้(?:ร้อง(?:เรียน|ทุกข์)?|แจ้ง)\s?(?:ชื่อ|คือ|ราย)?")
_OFFICERS = re.compile(r"ประสาน|สอบถาม|เจ้าหน้าที่|ติดต่อกลับที่สำนักงาน")
_CALLED = 160  # letters between a caller and the number
_DIFFER = "ชื่อในเรื่องกับชื่อใต้ลายมือชื่ออ่านได้ไม่ตรงกัน"
_TOLD = "อ่านจากเนื้อหนังสือของส่วนราชการ โปรดตรวจว่าเป็นของเรื่องร้องเรียนนี้"
_SIGNATURE = "อ่านจากชื่อใต้ลายมือชื่อ"


def complaint_fields(letter: Letter, today: dt.date) -> Mapping[FieldName, Field]:
    """Return what a complaint says; a name that the writer keeps back stays unread."""
    where = passage([at.row for at in letter.located])
    person = find_complainant(where.text)
    untitled = untitled_person(where) if person is None or person.signed else None
    called = find_caller(where.text) if person is None and untitled is None else None
    person = untitled or person or called
    behind = person.end if person else 0
    fields: dict[FieldName, Field | None] = {
        FieldName.ANONYMOUS: anonymous_field(where, named=person is not None),
        FieldName.GROUP_SIZE: group_field(where),
        FieldName.AGE: age_field(where, behind),
        FieldName.NATIONAL_ID: identity_field(where),
        FieldName.PHONE: _phone(where),
    }
    if person is not None:
        found = _complainant(person, find_signer(where.text), where)
        doubt = NO_TITLE if untitled else WITH_NUMBER if called else ""
        fields[FieldName.COMPLAINANT] = doubted(found, doubt) if doubt else found
        behind = 0 if person.signed else behind
    fields |= home_fields(where, behind) or home_fields(where, 0) or _written_at(letter)
    fields |= intake_fields(where)
    subject = passage(letter.rows(Part.SUBJECT))
    fields |= grievance_fields(where, today, subject, person.name if person else None)
    return {name: field for name, field in fields.items() if field is not None}


def reported_fields(letter: Letter) -> Mapping[FieldName, Field]:
    """Return whose complaint an office's letter is about, doubted: the letter speaks of others."""
    where = passage(_told_rows(letter))
    person = find_reported(where.text)
    found: dict[FieldName, Field] = {}
    answered = passage(letter.rows(Part.ADDRESSEE))
    if person is None and (written := find_addressed(answered.text)) is not None:
        # An answer to a citizen: whom it is written to is who complained.
        spans = answered.spans(written.start, written.end)
        found[FieldName.COMPLAINANT] = make_field(written.name, spans, 0.85)
    if person is not None:
        spans = where.spans(person.start, person.end)
        found[FieldName.COMPLAINANT] = make_field(person.name, spans, 0.85)
        found |= home_fields(where, person.end)
        if (group := group_field(where, person.end)) is not None:
            found[FieldName.GROUP_SIZE] = group
    found |= accused_fields(where, person.name if person else None)
    found |= intake_fields(where)
    if (phone := _phone_of_caller(where, person)) is not None:
        found[FieldName.PHONE] = phone
    return {name: doubted(field, _TOLD) for name, field in found.items()}


def _told_rows(letter: Letter) -> tuple[Row, ...]:
    """Return the rows that tell of a complaint: all of a record that has no head."""
    if letter.has(Part.SUBJECT) or letter.has(Part.ADDRESSEE):
        return letter.rows(Part.SUBJECT, Part.ENCLOSED, Part.BODY)
    return letter.rows(Part.TOP, Part.BODY, Part.FOOT)


def _phone_of_caller(where: Passage, person: Person | None) -> Field | None:
    """Return the number that an office's letter gives right behind whoever complained."""
    caller = _CALLER.search(where.text)
    start = person.end if person else caller.end() if caller else None
    if start is None:
        return None
    near = [t for t in find_telephones(where.text) if 0 <= t.start - start <= _CALLED]
    near = [t for t in near if not _OFFICERS.search(where.text[start : t.start])]
    if not near or not near[0].labelled:
        return None
    return make_field(near[0].digits, where.spans(near[0].start, near[0].end), 0.88)


def _written_at(letter: Letter) -> dict[FieldName, Field]:
    """Return house and หมู่ of the address that stands over a letter."""
    return house_above(passage(letter.rows(Part.TOP)))


def _phone(where: Passage) -> Field | None:
    telephones = find_telephones(where.text)
    if not telephones:
        return None
    chosen = next((t for t in telephones if t.labelled), telephones[0])
    others = list(dict.fromkeys(t.digits for t in telephones if t.digits != chosen.digits))
    doubts = ["ในเรื่องมีหมายเลขโทรศัพท์มากกว่าหนึ่งหมายเลข"] if others else []
    if not chosen.labelled:
        doubts.append("ไม่มีคำว่าโทรศัพท์กำกับ")
    spans = where.spans(chosen.start, chosen.end)
    return make_field(chosen.digits, spans, 0.93, doubts=doubts, alternatives=others)


def _complainant(person: Person, signer: Person | None, where: Passage) -> Field:
    doubts = [] if " " in person.name else ["พบแต่ชื่อ ไม่พบนามสกุล"]
    others: list[str] = []
    if person.signed:
        doubts.append(_SIGNATURE)
    elif signer is not None and _letters(signer.name) != _letters(person.name):
        doubts.append(_DIFFER)
        # Of two readings of one name that on a line of its own is the clearer one.
        same = edits(_letters(signer.name), _letters(person.name), _SAME) <= _SAME
        first, second = (signer, person) if same else (person, signer)
        person, others = first, [second.name]
    spans = where.spans(person.start, person.end)
    return make_field(person.name, spans, 0.9, doubts=doubts, alternatives=others)


def _letters(name: str) -> str:
    return name.replace(" ", "").replace("น.ส.", "นางสาว")
