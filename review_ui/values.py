"""What a field may hold: a date, a time, a whole number, a code, or text. Typed in, and shown."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from models.terms import Channel, FieldName, Outcome
from review_ui import words
from review_ui.dates import NotADate, numeric, parse_date

DATES = (
    FieldName.DATE,
    FieldName.RECEIVED_DATE,
    FieldName.INCIDENT_DATE,
    FieldName.FINISHED_DATE,
)
# Text whose digits are stored as Arabic ones.
NUMBERS = (
    FieldName.REFERENCE_NO,
    FieldName.RECEIVED_NO,
    FieldName.REFERS_TO,
    FieldName.PHONE,
    FieldName.HOUSE_NO,
    FieldName.CASE_NO,
)
YES = "yes"
# Stored as codes, chosen and shown as words.
CODES: Mapping[FieldName, Mapping[str, str]] = {
    FieldName.ANONYMOUS: {YES: "ใช่"},
    FieldName.CONFIDENTIAL: {YES: "ใช่"},
    FieldName.CHANNEL: {channel.value: words.CHANNELS[channel] for channel in Channel},
    FieldName.OUTCOME: {outcome.value: words.OUTCOMES[outcome] for outcome in Outcome},
}
_ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_TIME = re.compile(r"(?:เวลา\s*)?(\d{1,2})(?:\s*[:.]\s*|(?=\d\d(?!\d)))(\d\d)\s*(?:น\.?)?")


@dataclass(frozen=True, slots=True)
class _Whole:
    """A whole number from 1 to ``most``, with what may stand around it in Thai."""

    most: int
    around: re.Pattern[str]


_WHOLE: Mapping[FieldName, _Whole] = {
    FieldName.AGE: _Whole(120, re.compile(r"(?:อายุ)?\s*(\d+)\s*(?:ปี)?")),
    FieldName.MOO: _Whole(99, re.compile(r"(?:หมู่ที่|หมู่|ม\.?)?\s*(\d+)")),
    FieldName.GROUP_SIZE: _Whole(999_999, re.compile(r"([\d,]*\d)\s*(?:คน|ราย)?")),
}
WHOLE = tuple(_WHOLE)


class NotAValue(Exception):
    """The text is no value of its field; the message says in Thai what to type instead."""


def shown(name: FieldName, value: str | None) -> str:
    """Return a stored value as the form holds it: dates in Buddhist years, codes as they are."""
    return numeric(value) if name in DATES else (value or "")


def as_word(name: FieldName, value: str | None) -> str:
    """Return a stored value as people read it; a code that is no longer known stays as it is."""
    return CODES[name].get(value or "", value or "") if name in CODES else shown(name, value)


def value_of(name: FieldName, text: str) -> str | None:
    """Return the value to store for what was typed.

    Raises:
        NotAValue: the text cannot stand in this field.
    """
    if not text:
        return None
    if name in DATES:
        return _date(name, text)
    if name is FieldName.RECEIVED_TIME:
        return _time(text)
    if name in _WHOLE:
        return _whole(name, text)
    if name in CODES and text not in CODES[name]:
        raise NotAValue(f"เลือก{words.FIELDS[name]}จากรายการ")
    return text.translate(_ARABIC) if name in NUMBERS else text


def iso_of(name: FieldName, text: str) -> str | None:
    """Return the ISO value of a date's text where it has one."""
    if name not in DATES or not text:
        return None
    try:
        return parse_date(text)
    except NotADate:
        return None


def _date(name: FieldName, text: str) -> str:
    try:
        value = parse_date(text)
    except NotADate as error:
        raise NotAValue(str(error)) from error
    if name is FieldName.RECEIVED_DATE and len(value) < 10:
        raise NotAValue("วันที่รับต้องมีทั้งวัน เดือน และปี")
    return value


def _time(text: str) -> str:
    match = _TIME.fullmatch(text.translate(_ARABIC))
    if match is None:
        raise NotAValue("ไม่เข้าใจเวลานี้ พิมพ์ได้เช่น 09:15 9.15 หรือ 0915")
    hour, minute = int(match[1]), int(match[2])
    if hour > 23 or minute > 59:
        raise NotAValue(f"ไม่มีเวลา {hour}:{minute:02d} น. ต้องอยู่ระหว่าง 00:00 ถึง 23:59")
    return f"{hour:02d}:{minute:02d}"


def _whole(name: FieldName, text: str) -> str:
    whole = _WHOLE[name]
    match = whole.around.fullmatch(text.translate(_ARABIC))
    number = int(match[1].replace(",", "")) if match else 0
    if not 1 <= number <= whole.most:
        raise NotAValue(f"ใส่ตัวเลขจำนวนเต็ม 1 ถึง {whole.most:,}")
    return str(number)
