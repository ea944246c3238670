"""The receiving number and date of this office, from the stamps and intake notes of a letter."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence

from extract.dates import as_date, only_date
from extract.rows import Row, Span
from extract.second_readings import against_second
from extract.stamps import Stamp, find_intake_date, number_in
from extract.times import bare_time, find_time
from extract.values import doubted, make_field
from models.letters import Field, Receipt
from models.terms import FieldName, Precision

_OPENS, _CLOSES = 6, 20  # hours within which papers are stamped
_INNER = re.compile(r"^\W*(?:กลุ่ม|ฝ่าย|งาน|แผนก)")
_MANY = "มีตรารับมากกว่าหนึ่งดวง โปรดตรวจว่าเป็นตราของหน่วยงานนี้"
_FUTURE = "วันที่รับอยู่หลังวันนี้ อาจอ่านผิด"


def stamp_fields(
    stamps: Sequence[Stamp], rows: Sequence[Row], today: dt.date
) -> Mapping[FieldName, Field]:
    """Return received_no and received_date, both from the same stamp."""
    if not stamps:
        return _intake(rows, today)
    # A stamp of a work group is the second one of the same office.
    outer = [stamp for stamp in stamps if not _INNER.match(stamp.office)] or list(stamps)
    chosen = next((stamp for stamp in outer if stamp.number_text), outer[0])
    many = [_MANY] if len(outer) > 1 else []
    if _INNER.match(chosen.office):
        many.append("พบแต่ตรารับของกลุ่มงาน ไม่พบตราของหน่วยงาน")
    others = [stamp for stamp in stamps if stamp is not chosen]
    fields: dict[FieldName, Field] = {}
    number = _number(chosen, [s.number_text for s in others if s.number_text], many)
    if number is not None:
        fields[FieldName.RECEIVED_NO] = number
    date = _date(chosen, [s.reading.value or "" for s in others if s.reading], many, today)
    if date is not None:
        fields[FieldName.RECEIVED_DATE] = date
    if (time := _time(chosen)) is not None:
        for doubt in many:
            time = doubted(time, doubt)
        fields[FieldName.RECEIVED_TIME] = time
    return fields


def receipts(stamps: Sequence[Stamp], today: dt.date) -> tuple[Receipt, ...]:
    """Return all stamps with what is written into each."""
    return tuple(
        Receipt(s.office, _number(s, (), ()), _date(s, (), (), today), _time(s)) for s in stamps
    )


def _time(stamp: Stamp) -> Field | None:
    if stamp.time is None:
        return None
    hour = int((stamp.time_text or "12")[:2])
    if not _OPENS <= hour <= _CLOSES:
        late = "เวลารับอยู่นอกเวลาราชการ อาจอ่านผิด"
        return make_field(stamp.time_text, [stamp.time], 0.8, doubts=[late])
    doubts = [] if stamp.time_text else ["เวลาที่อ่านได้ไม่ใช่เวลา โปรดดูจากภาพ"]
    return make_field(stamp.time_text, [stamp.time], 0.9, doubts=doubts)


def _number(stamp: Stamp, others: Sequence[str], doubts: Sequence[str]) -> Field | None:
    if stamp.number is None:
        return None
    if not stamp.number_text:
        return make_field(None, [stamp.number], 0.3, doubts=["อ่านเลขรับไม่ออก โปรดดูจากภาพ"])
    strength = 0.93 if stamp.reading else 0.85
    field = make_field(
        stamp.number_text,
        [stamp.number],
        strength,
        doubts=[*stamp.doubts, *doubts],
        alternatives=others,
    )
    return against_second(field, [stamp.number], number_in)


def _date(
    stamp: Stamp, others: Sequence[str], doubts: Sequence[str], today: dt.date
) -> Field | None:
    if stamp.date is None:
        return None
    reading = stamp.reading
    if reading is None:
        return make_field(None, [stamp.date], 0.3, doubts=["อ่านวันที่รับไม่ออก โปรดดูจากภาพ"])
    reasons = [*reading.doubts, *doubts]
    value, alternatives = reading.value, [*reading.alternatives, *(o for o in others if o)]
    day = as_date(value)
    if reading.precision is not Precision.DAY:
        value, reasons = None, [*reasons, "วันที่รับไม่ครบ"]
    elif day is not None and day > today + dt.timedelta(days=1):
        value, reasons = None, [*reasons, _FUTURE]
    field = make_field(
        value,
        [stamp.date],
        0.93,
        doubts=reasons,
        alternatives=alternatives,
        precision=reading.precision,
    )
    return against_second(field, [stamp.date], lambda text: only_date(text, today))


def _intake(rows: Sequence[Row], today: dt.date) -> Mapping[FieldName, Field]:
    for row in rows:
        found = find_intake_date(row.text, today)
        if found is not None:
            span = Span(row, found.start, found.end)
            stamp = Stamp("", None, "", span, found, frozenset())
            field = _date(stamp, (), (), today)
            fields = {FieldName.RECEIVED_DATE: field} if field else {}
            time = find_time(row.text, found.end) or bare_time(row.text, found.end)
            if time is not None:
                where = Span(row, time.start, time.end)
                fields[FieldName.RECEIVED_TIME] = make_field(time.value, [where], 0.9)
            return fields
    return {}
