"""The joint news form (กระดาษเขียนข่าวร่วม): labels in ruled boxes, values under or beside them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from extract.dates import find_dates
from extract.heads import OwnDate, OwnReference
from extract.levels import same_level
from extract.offices import tidy
from extract.references import find_reference
from extract.rows import Row, Span, whole
from extract.second_readings import second_readings
from extract.values import make_field
from models.letters import Box, Field
from models.terms import FieldName

_NUMBER = re.compile(r"ท[ีิ]?่?\s?ของผู้ให้ข่าว[\s:.]*")
_GROUP = re.compile(r"หมู่\s?-\s?วัน\s?-\s?เวลา[\s:.]*")
_FROM = re.compile(r"^\W*จาก[\s:.]*")
_TO = re.compile(r"^\W*(?:ถึง\s?)?ผู้รับปฏิบัติ[\s:.]*")
_LABELS = (
    _NUMBER,
    _GROUP,
    _FROM,
    _TO,
    re.compile(r"ลำดับความเร่งด่วน|ชั้นความลับ|ขั้นความลับ|ผู้รับทราบ|หน้าที่"),
)
_UNDER = 0.055  # of the page's height: a value stands no lower under its label
_ASIDE = 0.06  # of the page's width: nor further aside
_FAR = 0.25  # of the page's width between a label and the value beside it


def message_reference(rows: Sequence[Row]) -> OwnReference | None:
    """Return the number of a message, without a reading where it could not be read."""
    place = _value(rows, _NUMBER)
    if place is None:
        return None
    for row in (place.row, *second_readings(place.row)):
        start = place.start if row is place.row else 0
        found = find_reference(row.text, start, lost=True)
        if found is not None:
            span = Span(row, found.start, found.end)
            return OwnReference(span, found, True, second=row is not place.row)
    return OwnReference(place, None, True)


def message_date(rows: Sequence[Row], today: dt.date) -> OwnDate | None:
    """Return the date-time group of a message, without a reading where it could not be read."""
    place = _value(rows, _GROUP)
    if place is None:
        return None
    for row in (place.row, *second_readings(place.row)):
        start = place.start if row is place.row else 0
        for reading in find_dates(row.text, today):
            if reading.start >= start:
                span = Span(row, reading.start, reading.end)
                return OwnDate(span, reading, True, second=row is not place.row)
    return OwnDate(place, None, True)


def message_fields(rows: Sequence[Row]) -> dict[FieldName, Field]:
    """Return who sends a message and who is to act on it."""
    found: dict[FieldName, Field] = {}
    for name, label in ((FieldName.SENDER, _FROM), (FieldName.ADDRESSEE, _TO)):
        place = _value(rows, label)
        text = tidy(place.text) if place else ""
        if place is not None and re.search("[ก-ฮ]", text):
            found[name] = make_field(text, [place], 0.9)
    return found


def message_receivers(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Return the rows that name who receives a message: none of them sent it."""
    place = _value(rows, _TO)
    return (place.row,) if place else ()


def _value(rows: Sequence[Row], label: re.Pattern[str]) -> Span | None:
    """Return where the value of a label stands: behind it, beside it or under it."""
    for row in rows:
        match = label.search(row.text)
        if match is None:
            continue
        if row.text[match.end() :].strip(" :.|"):
            return Span(row, match.end(), len(row.text))
        if row.box is not None:
            near = [r for r in rows if r.page == row.page and _near(row.box, r)]
            return whole(near[0]) if near else None
        later = [r for r in rows if r.order == row.order + 1 and not _is_label(r)]
        return whole(later[0]) if later else None
    return None


def _near(label: Box, row: Row) -> bool:
    if row.box is None or _is_label(row):
        return False
    aside = same_level(label, row.box) and 0 <= row.box.left - label.right <= _FAR
    down = row.box.top - label.bottom
    under = abs(row.box.left - label.left) <= _ASIDE and -0.005 <= down <= _UNDER
    return aside or under


def _is_label(row: Row) -> bool:
    return any(label.search(row.text) for label in _LABELS)
