"""Other letters that a letter refers to, in อ้างถึง and in its text: never its own reference."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace

from extract.dates import DateReading, find_dates
from extract.labels import Part
from extract.parts import Letter
from extract.passages import Passage, passage
from extract.references import Reference, find_order_number, find_references
from extract.text import bare
from extract.values import date_as_field, make_field
from models.letters import Citation, Field

_DATED = re.compile(r"^[\s,()]*(?:ลงวันท[ีิ]?่?|ลงวนที่|ลว\.?|ล\.\s?ว\.?|เมื่อวันที่|วันที่)?[\s.:]*$")
_LABEL = r"(?:\s*ท[ีิึื]?[่้]?\s*)?$"
_OFFICE = re.compile(
    r"(?:ตาม|บันทึก|แจ้ง|อ้างถึง|^|\s)*หนังสือ(?:ของ|ที่(?!ว่าการ|ทำการ))?\s*"
    r"(?P<office>[ก-๎.() ]{2,70}?)[\s,]*"
    rf"(?P<secret>ลับ(?:ที่สุด|มาก)?)?\s*(?P<urgent>ด่วน(?:ที่สุด|มาก)?)?{_LABEL}"
)
_URGENT = re.compile(rf"(?P<urgent>ด่วน(?:ที่สุด|มาก)?)\s*(?:ลับ(?:มาก|ที่สุด)?)?{_LABEL}")
_ORDERED = re.compile(r"(?:คำสั่ง|ประกาศ)(?P<office>[ก-๎. ]{0,60}?)ท[ีิ]?่\s*(?=[0-9๐-๙พ])")
_ORDERER = re.compile(rf"(?:คำสั่ง|ประกาศ)(?P<office>[ก-๎][ก-๎.() ]{{2,60}}?){_LABEL}")
_FAR = 30  # letters between a reference and its date
_BEFORE = 110  # letters in which the office before a reference is looked for


def find_citations(letter: Letter, own: str | None, today: dt.date) -> tuple[Citation, ...]:
    """Return the letters referred to, each once; ``own`` is the letter's own reference."""
    found: dict[str, Citation] = {}
    for parts in ((Part.REFERS,), (Part.SUBJECT,), (Part.BODY, Part.FOOT)):
        where = passage(letter.rows(*parts))
        for reference in (*find_references(where.text), *_orders(where.text)):
            citation = _citation(where, reference, today)
            value = citation.reference.value if citation.reference else None
            if value is None or value == own:
                continue
            known = found.get(value)
            if known is None or (known.date is None and citation.date is not None):
                found[value] = citation
    return tuple(found.values())


def citation_field(citations: Sequence[Citation]) -> Field | None:
    """Return the references of all citations as one field, None where there are none."""
    fields = [c.reference for c in citations if c.reference and c.reference.value]
    if not fields:
        return None
    first = fields[0]
    return Field(
        "; ".join(f.value for f in fields if f.value),
        " ".join(f.raw for f in fields),
        min(f.confidence for f in fields),
        first.page,
        tuple(box for f in fields if f.page == first.page for box in f.boxes),
        first.alternatives if len(fields) == 1 else (),
        tuple(dict.fromkeys(doubt for f in fields for doubt in f.doubts)),
    )


def _orders(text: str) -> list[Reference]:
    """Return the numbers of orders and announcements that the text quotes."""
    orders = []
    for match in _ORDERED.finditer(text):
        order = find_order_number(text, match.end())
        law = text[: match.end()].rstrip().endswith("ฉบับที่")
        if order is not None and order.start - match.end() <= 1 and not law:
            orders.append(order)
    return orders


def _citation(where: Passage, reference: Reference, today: dt.date) -> Citation:
    text = where.text
    before = text[max(0, reference.start - _BEFORE) : reference.start]
    named = _OFFICE.search(before) or _ORDERER.search(before)
    urgent = (named.groupdict().get("urgent") if named else None) or None
    if urgent is None and (match := _URGENT.search(before)):
        urgent = match["urgent"]
    field = make_field(
        reference.value,
        where.spans(reference.start, reference.end),
        min(reference.strength, 0.93),
        doubts=reference.doubts,
        alternatives=reference.others,
    )
    office = re.sub(r"\s*ท[ีิ]?่?$", "", named["office"]).strip() if named else ""
    dated = _date_behind(text, reference.end, today)
    date = None
    if dated is not None:
        date = date_as_field(dated, where.spans(dated.start, dated.end), 0.93)
    return Citation(field, date, office if bare(office) else "", urgent or "")


def _date_behind(text: str, end: int, today: dt.date) -> DateReading | None:
    piece = text[end : end + 80]
    for reading in find_dates(piece, today):
        if reading.start > _FAR or not _DATED.match(piece[: reading.start]):
            return None
        return replace(reading, start=reading.start + end, end=reading.end + end)
    return None
