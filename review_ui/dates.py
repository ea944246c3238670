"""Dates as officers type and read them: Thai words and Buddhist years outside, ISO CE inside.

A value is ``YYYY-MM-DD``, or ``YYYY-MM`` or ``YYYY`` where the page states no more.
"""

from __future__ import annotations

import datetime as dt
import re

from models.database import THAILAND

_BUDDHIST = 543
_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_MONTHS = [
    "มกราคม",
    "กุมภาพันธ์",
    "มีนาคม",
    "เมษายน",
    "พฤษภาคม",
    "มิถุนายน",
    "กรกฎาคม",
    "สิงหาคม",
    "กันยายน",
    "ตุลาคม",
    "พฤศจิกายน",
    "ธันวาคม",
]
_SHORT = [
    "ม.ค.",
    "ก.พ.",
    "มี.ค.",
    "เม.ย.",
    "พ.ค.",
    "มิ.ย.",
    "ก.ค.",
    "ส.ค.",
    "ก.ย.",
    "ต.ค.",
    "พ.ย.",
    "ธ.ค.",
]
_WEEKDAYS = ["จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์"]
_NAMES = {
    **{name: number for number, name in enumerate(_MONTHS, 1)},
    **{name.replace(".", ""): number for number, name in enumerate(_SHORT, 1)},
}

_ISO = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?")
_NUMBERS = re.compile(r"(?:(\d{1,2})\s*[/.-]\s*)?(\d{1,2})\s*[/.-]\s*(\d{4}|\d{2})")
_WORDS = re.compile(
    r"(?:(?:วัน)?(?:(?P<weekday>[ก-๎]+?)ที่|ที่)?\s*(?P<day>\d{1,2})\s*)?(?:เดือน\s*)?"
    r"(?P<month>[ก-๎][ก-๎. ]*?)\s*(?P<era>พ\.?ศ\.?|ค\.?ศ\.?)?\s*(?P<year>\d{4}|\d{2})"
)
_YEAR = re.compile(r"\d{4}")


class NotADate(Exception):
    """The text is no date; the message says in Thai what to type instead."""


def parse_date(text: str) -> str:
    """Return the ISO value of a date as officers type it.

    Raises:
        NotADate: the text is not understood, or there is no such day.
    """
    plain = " ".join(text.translate(_DIGITS).split())
    if match := _ISO.fullmatch(plain):
        year, month, day = match.groups()
        return _value(_year(year), int(month), day)
    if match := _NUMBERS.fullmatch(plain):
        day, month, year = match.groups()
        return _value(_year(year), int(month), day)
    if match := _WORDS.fullmatch(plain):
        number = _NAMES.get(match["month"].replace(".", "").replace(" ", ""))
        if number is not None:
            value = _value(_year(match["year"], match["era"]), number, match["day"])
            _check_weekday(value, match["weekday"])
            return value
    if _YEAR.fullmatch(plain):
        return f"{_year(plain):04d}"
    raise NotADate("ไม่เข้าใจวันที่นี้ พิมพ์ได้เช่น 13/11/2567 หรือ 13 พ.ย. 2567")


def _year(text: str, era: str | None = None) -> int:
    """Return the CE year: from 2400 Buddhist, 1900–2100 Christian, two digits are 25yy."""
    number, christian = int(text), bool(era and era.startswith("ค"))
    if len(text) == 2:
        return 2000 + number if christian else 2500 + number - _BUDDHIST
    if number >= 2400 and not christian:
        return number - _BUDDHIST
    if 1900 <= number <= 2100 and not (era and not christian):
        return number
    raise NotADate(f"ปี {number} ไม่ถูกต้อง ใช้ปี พ.ศ. เช่น 2567")


def _value(year: int, month: int, day: str | None) -> str:
    if not 1 <= month <= 12:
        raise NotADate(f"ไม่มีเดือนที่ {month} พิมพ์วันก่อนเดือน เช่น 13/11/2567")
    if day is None:
        return f"{year:04d}-{month:02d}"
    try:
        return dt.date(year, month, int(day)).isoformat()
    except ValueError:
        raise NotADate(
            f"ไม่มีวันที่ {int(day)} {_MONTHS[month - 1]} {year + _BUDDHIST} ในปฏิทิน"
        ) from None


def _check_weekday(value: str, said: str | None) -> None:
    if said and len(value) == 10:
        true = _WEEKDAYS[dt.date.fromisoformat(value).weekday()]
        if said != true:
            raise NotADate(f"วันที่นี้ตรงกับวัน{true} ไม่ใช่วัน{said}")


def _parts(value: str) -> list[int]:
    return [int(part) for part in value.split("-")]


def is_value(text: str) -> bool:
    """Tell whether the text is an ISO value as the machine and the records hold it."""
    if not re.fullmatch(r"\d{4}(-\d\d){0,2}", text):
        return False
    year, month, day = (*_parts(text), 1, 1)[:3]
    try:
        dt.date(year, month, day)
    except ValueError:
        return False
    return True


def numeric(value: str | None) -> str:
    """Return a value as officers type it, 13/11/2567; anything else unchanged."""
    if not value or not is_value(value):
        return value or ""
    year, *rest = _parts(value)
    return "/".join([*(f"{part:02d}" for part in reversed(rest)), str(year + _BUDDHIST)])


def short(value: str | None) -> str:
    """Return a value for a table, 13 พ.ย. 67."""
    if not value or not is_value(value):
        return value or ""
    year, *rest = _parts(value)
    words = [str(rest[1])] if len(rest) == 2 else []
    words += [_SHORT[rest[0] - 1]] if rest else []
    return " ".join([*words, f"{(year + _BUDDHIST) % 100:02d}" if rest else str(year + _BUDDHIST)])


def in_words(value: str, today: dt.date) -> str:
    """Return a value in words, so that a misread year is seen: พุธ 13 พฤศจิกายน 2567."""
    year, *rest = _parts(value)
    if not rest:
        words = f"พ.ศ. {year + _BUDDHIST} (ไม่ระบุวันและเดือน)"
    elif len(rest) == 1:
        words = f"{_MONTHS[rest[0] - 1]} {year + _BUDDHIST} (ไม่ระบุวัน)"
    else:
        day = dt.date(year, rest[0], rest[1])
        words = f"{_WEEKDAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]} {year + _BUDDHIST}"
    return words + (" – ยังมาไม่ถึง โปรดตรวจปี" if value > today.isoformat()[: len(value)] else "")


def moment(time: dt.datetime) -> str:
    """Return a moment in Thai time for the screen, 13 พ.ย. 67 14:30 น."""
    local = time.astimezone(THAILAND)
    return f"{short(local.date().isoformat())} {local:%H:%M} น."
