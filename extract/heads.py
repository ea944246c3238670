"""The letter's own reference and date: where they may stand in each kind of letter."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from extract.dates import DateReading, find_dates
from extract.kinds import is_announcement_title, is_message, is_order_title
from extract.labels import Part
from extract.parts import Letter, title_rows
from extract.references import Reference, find_order_number, find_reference
from extract.rows import Row, Span, whole
from extract.seal import lone_date
from extract.second_readings import second_readings
from extract.text import bare, fold, loosely
from models.terms import LetterKind, Precision

_THI = re.compile(r"(?:^|(?<=[\s|.\-]))ท[ิีึืุํ]?[่้๊๋]?[\s.:'\"|]*(?=[ก-ฮ(0-9๐-๙])")
_CLAUSE = re.compile(r"ตามหนังสือ|หนังสือ(?:กรม|จังหวัด|อำเภอ|ที่)|อ้างถึง|ตามคำสั่ง|ลงวันที่|ลว\.|แจ้งว่า")
_LABELLED_DATE = re.compile(r"(?:^|\s)Date\s?:|ว[ัา์็้]{0,2}[นบ]\s?ท[ีึิื]?[่้๊๋]?")
_STAMPED = re.compile(rf"{loosely('เวลา')}|{loosely('เลข')}.{{0,8}}\s[0-9]|{loosely('รับที่')}")
_PROCLAIMED = re.compile(r"(?:ประกาศ(?:มา)?|สั่ง|สัง|ให้ไว้)\s?ณ\s?(?:ว?ว[ัา]?น\s?ท[ีิ]?่?)?")
_NUMBERED = re.compile(r"^\W*ท[ิีึื]?่?(?:[\s.:]+(?=[ก-ฮ]{2}|[(0-9])|(?=[ก-ฮ]{2}[\s(]*[0-9]))")
_TELLS = re.compile(r"เมื่อ|ภายใน|ตั้งแต่|ระหว่าง|ประจำ|ถึง|ใน|จน|นับ|ก่อน|หลัง|เกิด")
# A row that is all number: an order's, though its title was not read.
_ORDER_ROW = re.compile(r"^\W*ท[ีิ]?่?\s?(?:พิเศษ\s?)?[0-9]{1,4}\s?/\s?25[0-9]{2}\W*$")
_WRITTEN_ON = re.compile(r"เขียน(?:เมื่อ|ณ)?\s?(?:วันที่)?\s*$")
_LAST = 6  # lines at the end of a letter
_BLURRED = re.compile(r"^\W*[0-9]{0,3}\s?[ก-๎.]{3,14}\s?25[0-9]{2}\W*$")
_DAY_WORDS = re.compile(r"วัน[ก-๎]+\s?ที่|วัน(?:จันทร์|อังคาร|พุธ|พฤหัสบดี|พฤหัส|ศุกร์|เสาร์|อาทิตย์)|วันที่")
_OFFICE_DIGITS = re.compile(r"โทร|ถนน|หมู่|ตำบล|อำเภอ")


@dataclass(frozen=True, slots=True)
class OwnReference:
    """The own reference and its place; ``reference`` is None where it could not be read."""

    span: Span
    reference: Reference | None
    labelled: bool
    second: bool = False  # read only at the second try


@dataclass(frozen=True, slots=True)
class OwnDate:
    """The own date and its place; ``reading`` is None where it could not be read."""

    span: Span
    reading: DateReading | None
    labelled: bool
    second: bool = False  # read only at the second try


def own_reference(letter: Letter) -> OwnReference | None:
    """Return the letter's own reference: behind ที่ in the head, never in อ้างถึง or the text."""
    rows = title_rows(letter)
    titled = any(is_order_title(r.text) or is_announcement_title(r.text) for r in rows)
    found = _labelled(rows, titled=titled) or _unlabelled(letter, rows)
    if found is not None:
        return found
    again = [other for row in rows for other in second_readings(row)]
    second = _labelled(again, titled=titled) or _unlabelled(letter, again)
    if second is not None:
        return replace(second, second=True)
    return _unread(rows)


def _labelled(rows: Sequence[Row], *, titled: bool) -> OwnReference | None:
    for row in rows:
        if _CLAUSE.search(row.text):
            continue
        for label in _THI.finditer(row.text):
            found = find_reference(row.text, label.end(), lost=True)
            if found and found.start - label.end() <= 1:
                return OwnReference(_span(row, found), found, True)
            alone = titled or _ORDER_ROW.match(row.folded)
            order = find_order_number(row.text, label.end(), lost=True) if alone else None
            if order:
                return OwnReference(_span(row, order), order, True)
    return None


def own_date(letter: Letter, form: LetterKind, today: dt.date) -> OwnDate | None:
    """Return the letter's own date; never a stamp's, another letter's or an incident's."""
    if form in (LetterKind.ORDER, LetterKind.ANNOUNCEMENT):
        proclaimed = _proclaimed([at.row for at in letter.located], today)
        return proclaimed or _released(title_rows(letter), today)
    head = title_rows(letter)
    message = is_message(letter)
    written = form in (LetterKind.COMPLAINT, LetterKind.OTHER) and not message
    dated = [_dated_row(row, today, message=message, written=written) for row in head]
    found = [own for own in dated if own is not None]
    labelled = [own for own in found if own.labelled]
    if labelled:
        return labelled[0]
    # Where วันที่ stands and its date was not read, no other date is the letter's.
    if unread := _unread_date(head):
        again = [own for row in second_readings(unread.span.row)
                 if (own := _dated_row(row, today, message=message, written=written))]  # fmt: skip
        return replace(again[0], second=True) if again else unread
    if found:
        return found[0]
    if form is LetterKind.STAMPED:
        return _under_seal(letter, today)
    if written and (late := _under_story(letter, today)):
        return late
    return _proclaimed([at.row for at in letter.located], today)


def _span(row: Row, found: Reference) -> Span:
    return Span(row, found.start, found.end)


def _unlabelled(letter: Letter, rows: Iterable[Row]) -> OwnReference | None:
    """Return a reference whose ที่ was lost: at the row's start, or in a message form."""
    message = is_message(letter)
    for row in rows:
        found = None if _CLAUSE.search(row.text) else find_reference(row.text)
        if found is None:
            continue
        before = re.sub(r"[^ก-ฮเ-ไ0-9]", "", fold(row.text[: found.start]))
        # ที่ itself may be what was misread: ทพ, ทฟ.
        if not before or message or re.fullmatch("ท[พฟผฝ]?", before):
            return OwnReference(_span(row, found), found, False)
    return None


def _unread(rows: Iterable[Row]) -> OwnReference | None:
    """Return where ที่ stands with digits behind it that the grammar does not know."""
    for row in rows:
        label = _NUMBERED.match(row.folded)
        if label and re.search(r"[0-9]{2}", row.folded) and not _OFFICE_DIGITS.search(row.text):
            return OwnReference(Span(row, label.end(), len(row.text)), None, True)
    return None


def _dated_row(row: Row, today: dt.date, *, message: bool, written: bool) -> OwnDate | None:
    """Return the row's date where it is the letter's; ``written``: a citizen's letter."""
    # A receiving stamp that was not known as one has a number and an hour beside its date.
    if _CLAUSE.search(row.text) or (_STAMPED.search(row.folded) and not message):
        return None
    for reading in find_dates(row.text, today):
        span = Span(row, reading.start, reading.end)
        before = row.text[: reading.start]
        after = _letters(row.text[reading.end :])
        if reading.others or len(after) > 12:
            continue
        label = list(_LABELLED_DATE.finditer(before))
        if label and _stands_alone(before, label[-1]):
            return OwnDate(span, reading, True)
        rest = _letters(before) + after
        if reading.precision is Precision.MONTH and rest:
            # Something stands where the day should: it was there and could not be read.
            blurred = 0 < len(rest) <= 4 and len(row.text) <= 40
            if blurred and re.search("[0-9]", fold(before)):
                return OwnDate(Span(row, 0, reading.end), None, False)
            continue
        # A citizen writes the place before the day: บ้านนาคอย ๓ มีนา ๖๘.
        placed = written and not after and len(rest) <= 30 and not _TELLS.search(before)
        near = message and len(before) <= 60
        if len(rest) <= 3 or near or _behind_reference(before):
            return OwnDate(span, reading, False)
        if placed:
            return OwnDate(span, _unlabelled_date(reading), False)
    return None


def _stands_alone(before: str, label: re.Match[str]) -> bool:
    """Tell whether วันที่ is a label and no word of a sentence (เมื่อวันที่, ภายในวันที่)."""
    if _letters(before[label.end() :]):
        return False
    inside = label.start() > 0 and "ก" <= before[label.start() - 1] <= "๎"
    return not inside or find_reference(before) is not None


def _behind_reference(before: str) -> bool:
    """Tell whether only the reference stands before the date on its row."""
    found = find_reference(before)
    return found is not None and len(_letters(before[found.end :])) <= 12


def _letters(text: str) -> str:
    return re.sub(r"[^ก-ฮเ-ไA-Za-z0-9]", "", fold(_DAY_WORDS.sub("", text)))


def _proclaimed(rows: Iterable[Row], today: dt.date) -> OwnDate | None:
    last: OwnDate | None = None
    for row in rows:
        label = _PROCLAIMED.search(row.text)
        if label is None or label.start() > 12:
            continue
        near = [d for d in find_dates(row.text, today) if 0 <= d.start - label.end() <= 4]
        span = Span(row, label.end(), len(row.text))
        if near:
            last = OwnDate(Span(row, near[0].start, near[0].end), near[0], True)
        elif row.text[label.end() :].strip(" ."):
            last = OwnDate(span, None, True)
    return last


def _released(head: Sequence[Row], today: dt.date) -> OwnDate | None:
    """Return the date in the head of a news release, alone on its line behind วันที่."""
    dated = [_dated_row(row, today, message=False, written=False) for row in head]
    return next((own for own in dated if own and own.labelled), None)


def _under_seal(letter: Letter, today: dt.date) -> OwnDate | None:
    """Return the date under the seal: a row of its own at the foot (ข้อ 14)."""
    rows = letter.rows(Part.FOOT, Part.BODY)
    for row in rows:
        reading = lone_date(row, today)
        if reading is not None:
            return OwnDate(Span(row, reading.start, reading.end), reading, False)
    # A row of its own with a year at its end is a date that could not be read.
    blurred = [row for row in rows if _BLURRED.match(row.folded)]
    return OwnDate(whole(blurred[0]), None, False) if blurred else None


def _unlabelled_date(reading: DateReading) -> DateReading:
    """Return a date that only its place makes the letter's own, with that doubt."""
    return replace(reading, doubts=(*reading.doubts, "ไม่มีคำว่าวันที่กำกับ โปรดตรวจว่าเป็นวันที่เขียน"))


def _under_story(letter: Letter, today: dt.date) -> OwnDate | None:
    """Return the date that a citizen wrote under the story: alone, or behind เขียนเมื่อ."""
    for row in reversed(letter.rows(Part.BODY, Part.FOOT)[-_LAST:]):
        for reading in find_dates(row.text, today):
            before = row.text[: reading.start]
            said = _WRITTEN_ON.search(before) is not None
            lone = not _letters(re.sub(r"ลงวันที่", "", before)) and len(row.text) <= 40
            if said or (lone and not _letters(row.text[reading.end :])):
                found = reading if said else _unlabelled_date(reading)
                return OwnDate(Span(row, reading.start, reading.end), found, said)
    return None


def _unread_date(rows: Iterable[Row]) -> OwnDate | None:
    for row in rows:
        for label in _LABELLED_DATE.finditer(row.text):
            rest = row.text[label.end() :].strip(" .:")
            if rest.startswith("รับ"):
                continue  # วันที่รับเรื่อง: the receiver's date
            begins = label.start() == 0 or not ("ก" <= row.text[label.start() - 1] <= "๎")
            marked = bare(label[0]).startswith("วน") and len(label[0]) >= 4
            if begins and marked and re.search(r"[0-9]", fold(rest)):
                return OwnDate(Span(row, label.end(), len(row.text)), None, True)
    return None
