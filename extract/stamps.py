"""Receiving stamps (ตรารับหนังสือ) and intake notes: their numbers and dates are never the letter's.

Labels: domain, stamps, registers, handwriting. A stamp is a block of label lines, or one line.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from extract.dates import DateReading, find_dates
from extract.rows import Row, Span
from extract.text import fold, loosely
from models.letters import Ink

_NUMBER = r"(?P<no>[0-9]{1,6}(?:\s?/\s?[0-9]{2,4})?)"
_RECEIVED = re.compile(
    rf"(?:{loosely('เลขที่รับ')}|{loosely('เลขรับ')}|[แเ]?[ลส]ขรับ|(?:{loosely('เลข')})?{loosely('ทะเบียนรับ')}"
    rf"|(?<![ก-๎])(?:{loosely('รับเลขที่')}|{loosely('รับที่')}|ท[ีิึื]?่?\s?รับ))(?!แจ้ง)"
)
_PLAIN_NUMBER = re.compile(rf"^\W*(?:{loosely('เลขที่')})(?![ก-๎])")
_DATE = re.compile(rf"(?:ลง|รับ)?เ?{loosely('วันที่')}(?:รับแจ้ง|รับเรื่อง|รับ)?")
_TIME = re.compile(rf"(?<![ก-๎])(?:{loosely('เวลา')}|เวสา)")
_BARE_DATE = re.compile(r"^\W*[ก-๎]{0,8}[\s.:]*[0-9]{1,2}\s?[/.-]\s?[0-9]{1,2}\s?[/.-]\s?[0-9]{2,4}")
_RECEIVER = re.compile(rf"^\W*{loosely('ผู้รับ')}(?:\s|$|\W)")
_OFFICE = re.compile(
    r"^\W*(?:อำเภอ|ที่ว่าการ|ที่ทำการ|ศูนย์|กลุ่มงาน|จังหวัด|สำนัก|ฝ่าย|กรม|กอง|เทศบาล|องค์การ|ศาลากลาง|ปลัด|งาน)"
)
# A digit behind a gap may belong to the number: then it is not understood.
_NUMBERED = re.compile(r"[\s.:]*" + _NUMBER + r"(?![0-9])(?!\s[0-9]+(?:/|\s|$))")
_INTAKE = re.compile(r"วันที่รับ(?:แจ้ง|เรื่อง|คำร้อง)|รับเรื่องวันที่|รับแจ้งวันที่")
_TICKS = re.compile(r"^[ก-๎.\s]{1,14}[\[(]\s*[✓/x×☑√]?\s*[\])]\s*$|^☑|^☐")
_FAR = 0.09  # of the page's height: lines further apart are no one stamp


@dataclass(frozen=True, slots=True)
class Stamp:
    """A receiving stamp; ``rows`` are the orders of the rows that it covers."""

    office: str
    number: Span | None
    number_text: str
    date: Span | None
    reading: DateReading | None
    rows: frozenset[int]


def find_stamps(rows: Sequence[Row], today: dt.date) -> tuple[Stamp, ...]:
    """Return the receiving stamps of the letter in page order."""
    stamps: list[Stamp] = []
    used: set[int] = set()
    for row in rows:
        if row.order in used:
            continue
        start = _opens(row, rows)
        if start is None:
            continue
        block = [row, *_following(row, rows)]
        if not _is_stamp(block, strong=start):
            continue
        above = _office_above(row, rows)
        covered = [*([above] if above else []), *block]
        used.update(r.order for r in covered)
        stamps.append(_read(block, above, today))
    return tuple(stamps)


def routing_rows(rows: Sequence[Row]) -> frozenset[int]:
    """Return the rows of routing boxes: short office names with ticks."""
    return frozenset(row.order for row in rows if _TICKS.match(row.text))


def find_intake_date(text: str, today: dt.date) -> DateReading | None:
    """Return the date behind วันที่รับแจ้ง in an intake note."""
    match = _INTAKE.search(text)
    if match is None:
        return None
    near = [d for d in find_dates(text, today) if 0 <= d.start - match.end() <= 6]
    return near[0] if near else None


def _opens(row: Row, rows: Sequence[Row]) -> bool | None:
    """Tell whether a stamp opens here: True by เลขรับ, False by a bare เลขที่, None if not."""
    match = _RECEIVED.search(row.text)
    if match and len(row.text) <= 90:
        before = row.text[: match.start()].strip(" .,:|[](){}-")
        if not before or _OFFICE.match(before):
            return True
    if len(row.text) > 40:
        return None
    return False if _PLAIN_NUMBER.match(row.text) or _undone(row, rows) else None


def _undone(row: Row, rows: Sequence[Row]) -> bool:
    """Tell whether a date with an hour on the next row opens here: a stamp without its number."""
    date = _DATE.search(row.text)
    later = [r for r in rows if r.order > row.order and r.page == row.page and _near(row, r)][:1]
    times = [match for r in later if (match := _TIME.search(r.text)) and match.start() <= 3]
    return bool(date and date.start() <= 2 and times)


def _following(first: Row, rows: Sequence[Row]) -> list[Row]:
    block: list[Row] = []
    last = first
    for row in rows:
        if row.order <= first.order or row.page != first.page:
            continue
        if row.order - last.order > 3 or len(block) > 4:
            break
        if not _near(last, row) or _RECEIVED.search(row.text):
            if row.box is None:
                break
            continue
        if (_part_label(row) or _under(first, row)) and len(row.text) <= 60:
            block.append(row)
            last = row
        elif row.box is None:
            break
    return block


def _part_label(row: Row) -> bool:
    return any(
        (match := pattern.search(row.text)) is not None and match.start() <= 3
        for pattern in (_DATE, _TIME, _RECEIVER)
    )


def _under(first: Row, row: Row) -> bool:
    """Tell whether a date stands flush under the number, though its label was misread."""
    if first.box is None or row.box is None or abs(first.box.left - row.box.left) > 0.04:
        return False
    return _BARE_DATE.search(row.folded) is not None


def _near(one: Row, other: Row) -> bool:
    if one.box is None or other.box is None:
        return True
    apart = other.box.top - one.box.bottom
    beside = min(one.box.right, other.box.right) - max(one.box.left, other.box.left)
    return apart <= _FAR and beside > -0.05


def _is_stamp(block: Sequence[Row], *, strong: bool) -> bool:
    if strong:
        return True
    dated = any(_DATE.search(row.text) for row in block)
    timed = any(_TIME.search(row.text) for row in block[1:])
    return dated and (timed or any(row.line.ink is not Ink.BLACK for row in block))


def _office_above(first: Row, rows: Sequence[Row]) -> Row | None:
    label = _RECEIVED.search(first.text)
    if label and _OFFICE.match(first.text[: label.start()]):
        return None
    before = [r for r in rows if r.order < first.order and r.page == first.page]
    for row in reversed(before[-3:]):
        if _RECEIVED.search(row.text):
            return None
        if _OFFICE.match(row.text) and len(row.text) <= 60 and _near(row, first):
            return row
        if row.box is None:
            break
    return None


def _read(block: Sequence[Row], above: Row | None, today: dt.date) -> Stamp:
    first = block[0]
    label = _RECEIVED.search(first.text) or _PLAIN_NUMBER.search(first.text)
    number, value = None, ""
    match = _NUMBERED.match(fold(first.text), label.end()) if label else None
    if match:
        value = re.sub(r"\s", "", match["no"])
        number = Span(first, match.start("no"), match.end("no"))
    elif label:
        rest = first.text[label.end() :].strip(" .:")
        number = Span(first, label.end(), len(first.text)) if rest else None
    date, reading = _date(block, today)
    office = (
        above.text if above else first.text[: label.start() if label else 0].strip(" .,:|[](){}-")
    )
    covered = {row.order for row in block} | ({above.order} if above else set())
    return Stamp(office, number, value, date, reading, frozenset(covered))


def _date(block: Sequence[Row], today: dt.date) -> tuple[Span | None, DateReading | None]:
    for row in block:
        match = _DATE.search(row.text)
        if match is None and not _BARE_DATE.search(row.folded):
            continue
        begin = match.end() if match else 0
        for reading in find_dates(row.text, today):
            if reading.start >= begin:
                return Span(row, reading.start, reading.end), reading
        if match and row.text[begin:].strip(" .:"):
            return Span(row, begin, len(row.text)), None
    return None, None
