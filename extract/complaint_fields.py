"""The complainant and the telephone number to reach him (domain: record fields 3.4)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import accumulate

from extract.parts import Letter
from extract.people import Person, find_complainant, find_signer, find_telephones
from extract.rows import Row, Span, join
from extract.text import edits
from extract.values import make_field
from models.letters import Field
from models.terms import FieldName

_SAME = 3  # letters by which two readings of one name may differ
_DIFFER = "ชื่อในเรื่องกับชื่อใต้ลายมือชื่ออ่านได้ไม่ตรงกัน"
_SIGNATURE = "อ่านจากชื่อใต้ลายมือชื่อ"


def complaint_fields(letter: Letter) -> Mapping[FieldName, Field]:
    """Return complainant and phone; a name that the writer keeps back stays unread."""
    rows = [at.row for at in letter.located]
    text = join(rows)
    fields: dict[FieldName, Field] = {}
    person = find_complainant(text)
    if person is not None:
        fields[FieldName.COMPLAINANT] = _complainant(person, find_signer(text), rows)
    telephones = find_telephones(text)
    if telephones:
        chosen = next((t for t in telephones if t.labelled), telephones[0])
        others = list(dict.fromkeys(t.digits for t in telephones if t.digits != chosen.digits))
        doubts = ["ในเรื่องมีหมายเลขโทรศัพท์มากกว่าหนึ่งหมายเลข"] if others else []
        if not chosen.labelled:
            doubts.append("ไม่มีคำว่าโทรศัพท์กำกับ")
        fields[FieldName.PHONE] = make_field(
            chosen.digits,
            _spans(chosen.start, chosen.end, rows),
            0.93,
            doubts=doubts,
            alternatives=others,
        )
    return fields


def _complainant(person: Person, signer: Person | None, rows: Sequence[Row]) -> Field:
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
    spans = _spans(person.start, person.end, rows)
    return make_field(person.name, spans, 0.9, doubts=doubts, alternatives=others)


def _letters(name: str) -> str:
    return name.replace(" ", "").replace("น.ส.", "นางสาว")


def _spans(start: int, end: int, rows: Sequence[Row]) -> list[Span]:
    ends = list(accumulate(len(row.text) + 1 for row in rows))
    first = bisect_right(ends, start)
    last = min(bisect_right(ends, end - 1), len(rows) - 1)
    spans = []
    for number in range(first, last + 1):
        begin = ends[number] - len(rows[number].text) - 1
        row = rows[number]
        spans.append(Span(row, max(0, start - begin), min(end - begin, len(row.text))))
    return spans
