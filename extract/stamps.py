"""Receiving stamps (ตรารับหนังสือ) and intake notes; what they say is never the letter's own."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.dates import DateReading, find_dates
from extract.rows import Row, Span
from extract.second_readings import SECOND, second_readings
from extract.stamp_block import (
    BARE_DATE,
    DATE,
    PLAIN_NUMBER,
    RECEIVED,
    TIME,
    block_from,
    is_stamp,
    office_above,
    opens,
)
from extract.text import fold, mixed_scripts
from extract.times import find_time

_NUMBER = re.compile(
    r"[\s.,:'|]*(?P<no>[0-9](?:\s?[0-9]){0,5}(?:\s?/\s?[0-9]{2,4})?)(?P<rest>(?:[\s.|,'].*)?)$"
)
_INTAKE = re.compile(
    r"วัน(?:เวลา)?ที่รับ(?:แจ้ง|เรื่อง|คำร้อง)?(?=[\s:])|ว/ด/ป|วันที่รับ(?:แจ้ง|เรื่อง|คำร้อง)|รับเรื่องวันที่|รับแจ้งวันที่"
    r"|^\W*วัน(?:เวลา)?ที่แจ้ง(?=\s?[:=])"
)
_TICKS = re.compile(r"^[ก-๎.\s]{1,14}[\[(]\s*[✓/x×☑√]?\s*[\])]\s*$|^☑|^☐")
_APART = "เลขรับอ่านได้เป็นท่อน ๆ อาจไม่ครบ โปรดเทียบกับภาพ"
_MORE = "มีตัวอักษรต่อท้ายเลขรับ อาจอ่านไม่ครบ"


@dataclass(frozen=True, slots=True)
class Stamp:
    """A receiving stamp; ``rows`` are the orders of the rows that it covers."""

    office: str
    number: Span | None
    number_text: str
    date: Span | None
    reading: DateReading | None
    rows: frozenset[int]
    doubts: tuple[str, ...] = ()  # of the number
    time: Span | None = None
    time_text: str | None = None


def find_stamps(rows: Sequence[Row], today: dt.date) -> tuple[Stamp, ...]:
    """Return the receiving stamps of the letter in page order."""
    stamps: list[Stamp] = []
    used: set[int] = set()
    for row in rows:
        if row.order in used:
            continue
        start = opens(row, rows)
        if start is None:
            continue
        block = [r for r in block_from(row, rows) if r.order not in used]
        if not is_stamp(block, strong=start):
            continue
        above = office_above(row, rows)
        covered = [*([above] if above else []), *block]
        used.update(r.order for r in covered)
        stamps.append(_read(block, above, today))
    return tuple(stamps)


def number_in(text: str) -> str | None:
    """Return the number behind its label in another reading of a stamp's row."""
    label = RECEIVED.search(text) or PLAIN_NUMBER.search(text)
    match = _NUMBER.match(fold(text[label.end() :])) if label else None
    return re.sub(r"\s", "", match["no"]) if match else None


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


def _read(block: Sequence[Row], above: Row | None, today: dt.date) -> Stamp:
    first = block[0]
    label = RECEIVED.search(first.text) or PLAIN_NUMBER.search(first.text)
    number, value, doubts = _number(first, label.end()) if label else (None, "", ())
    date, reading = _date(block, today)
    office = (
        above.text if above else first.text[: label.start() if label else 0].strip(" .,:|[](){}-")
    )
    covered = {row.order for row in block} | ({above.order} if above else set())
    time, clock = _time(block)
    return Stamp(office, number, value, date, reading, frozenset(covered), doubts, time, clock)


def _number(row: Row, start: int) -> tuple[Span | None, str, tuple[str, ...]]:
    """Return the number behind its label; half of a number is none."""
    ends = [m.start() for p in (DATE, TIME) if (m := p.search(row.text, start))]
    end = min(ends, default=len(row.text))
    written = row.text[start:end].rstrip(" .:|'-")
    if not written.strip(" .:"):
        return None, "", ()
    whole = Span(row, start, start + len(written))
    match = _NUMBER.match(fold(written))
    if match is None or mixed_scripts(written) or re.search("[0-9]", match["rest"]):
        return whole, "", ()
    doubts = []
    if " " in match["no"].replace(" /", "/").replace("/ ", "/"):
        doubts.append(_APART)
    if re.search(r"[^\s.,:|'()\]\[-]", match["rest"]):
        doubts.append(_MORE)
    value = re.sub(r"\s", "", match["no"])
    return Span(row, start + match.start("no"), start + match.end("no")), value, tuple(doubts)


def _time(block: Sequence[Row]) -> tuple[Span | None, str | None]:
    for row in block:
        found = find_time(row.text)
        if found is not None:
            return Span(row, found.start, found.end), found.value
    return None, None


def _date(block: Sequence[Row], today: dt.date) -> tuple[Span | None, DateReading | None]:
    unread: Span | None = None
    for row in sorted(block, key=lambda r: DATE.search(r.text) is None):
        match = DATE.search(row.text)
        if match is None and not BARE_DATE.search(row.folded):
            continue
        begin = match.end() if match else 0
        for reading in find_dates(row.text, today):
            if reading.start >= begin:
                return Span(row, reading.start, reading.end), reading
        if match and row.text[begin:].strip(" .:") and unread is None:
            unread = Span(row, begin, len(row.text))
    again = [(other, reading) for row in block for other in second_readings(row)
             for reading in find_dates(other.text, today)]  # fmt: skip
    if unread is not None and len(again) == 1:
        row, reading = again[0]
        reading = replace(reading, doubts=(*reading.doubts, SECOND))
        return Span(row, reading.start, reading.end), reading
    return unread, None
