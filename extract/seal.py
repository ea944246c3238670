"""The foot of a letter under seal (หนังสือประทับตรา, ข้อ 14): the office, the seal, the date.

The lettering of the round seal is read as crumbs between the office's name and the date.
"""

from __future__ import annotations

import datetime as dt
import re

from extract.dates import DateReading, find_dates
from extract.labels import Part
from extract.offices import TELEPHONE, is_office, tidy
from extract.parts import Letter, opens_body
from extract.rows import Row, whole
from extract.text import fold
from extract.values import make_field
from models.letters import Field, Ink

_ANY_DAY = dt.date(2024, 1, 1)  # only whether there is a date matters here
_LONG = 60  # letters: an office's name is shorter
_OWNER = "อ่านจากท้ายหนังสือ อาจเป็นส่วนราชการเจ้าของเรื่อง ไม่ใช่ผู้ส่ง"


def lone_date(row: Row, today: dt.date) -> DateReading | None:
    """Return the date that is all the row says."""
    for reading in find_dates(row.text, today):
        rest = row.text[: reading.start] + row.text[reading.end :]
        if not reading.others and not re.sub(r"[^ก-ฮเ-ไA-Za-z0-9]", "", fold(rest)):
            return reading
    return None


def sealed_sender(letter: Letter) -> Field | None:
    """Return the office above the seal and its date, else the owner office, said to be that."""
    rows = letter.rows(Part.BODY, Part.FOOT)
    dated = next((n for n, row in enumerate(rows) if lone_date(row, _ANY_DAY)), None)
    for row in reversed(rows[:dated] if dated is not None else ()):
        if _names_office(row):
            return make_field(tidy(row.text), [whole(row)], 0.9)
        if not _crumb(row):
            break
    return _owner(letter)


def _owner(letter: Letter) -> Field | None:
    """Return the first office under the text: the sender, or the owner where it is missing."""
    for row in letter.rows(Part.FOOT):
        if TELEPHONE.match(row.text):
            break
        if _names_office(row):
            return make_field(tidy(row.text), [whole(row)], 0.7, doubts=[_OWNER])
    return None


def _names_office(row: Row) -> bool:
    printed = row.line.ink is not Ink.RED  # the seal's own lettering is no print
    return printed and len(row.text) < _LONG and is_office(row.text) and not opens_body(row.text)


def _crumb(row: Row) -> bool:
    """Tell whether the row is lettering of the seal: red, or a few signs only."""
    return row.line.ink is Ink.RED or len(row.text) <= 14
