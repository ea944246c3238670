"""Dates on Thai letters (domain: dates 2.1-2.3); values are ISO CE, years on paper mostly BE."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from extract.months import ABBREVIATED, COLLOQUIAL, FULL, read_month, rough_month
from extract.text import fold, mixed_scripts
from extract.years import Year, likely_year, mend_year, read_year, repaired_days, repaired_years
from models.terms import Precision

_ERA = r"(?:(?P<era>พ[ุู]?\.?\s?[ศตสคด][ิีุู]?\.?|พุทธศักราช|ค\.?\s?ศ\.?|คริสต์ศักราช)\s*)?"
# Four digits, though one is set apart, doubled, or was read as something else (๒๕ ๖ ๘, ๒๕“๘).
_DAMAGED = (
    r"2\s[0-9]{3}|2[^0-9\s]?\s?5[^0-9\s]{1,3}[0-9]{1,2}|25[0-9]\s[0-9]|25\s[0-9]{2}|2[0-9]{4}"
)
_YEAR = (
    rf"(?P<year>(?:{_DAMAGED})(?![0-9])|[0-9]{{4}}|[0-9]{{2}}(?!\s?[^0-9\s]{{1,2}}[0-9]))(?![0-9])"
)
_DOTTED = r"[ก-ฮ][ัิีึืุู]?\s?\.\s?[ก-ฮ][ิีุู]?\s?\.?|[ก-ฮ][ัิีึืุู]?[ก-ฮ]\."  # a misread ม.ค.
_FULL = r"(?!ว?วัน)[ก-๎]{5,13}"
_MONTH = rf"(?P<month>{ABBREVIATED}|{COLLOQUIAL}|[A-Za-z]{{3,9}}\.?|{_FULL}|{_DOTTED})"
_MOON = r"(?:เดือน|[เแ9]?[ดตคก]?[ืิีึ]?อน)"  # เดือน, however it was broken
_DAY = r"(?P<day>[0-9]{1,2}|[1-3]\s[0-9])"
_WORDS = re.compile(
    rf"(?<![0-9/]){_DAY}\s*[/-]?\s*(?:{_MOON}\s*)?{_MONTH}\s*[/.,-]?\s*{_ERA}{_YEAR}"
)
# An abbreviated month with a sign misread (สลค., เมลย., ก.ฟ.): only before a whole year.
_ROUGH = re.compile(
    r"(?<![0-9/])(?P<day>[0-9]{1,2})\s?(?P<month>เ?[ก-ฮ][ก-๎.,0-9\s]{1,7}?[.,\s])\s*"
    rf"(?P<year>{_DAMAGED}|25[0-9]{{2}})(?![0-9])"
)
# A day with a digit read twice (๒๗๒ for ๒๒): only before a month in full and a whole year.
_IN_FULL = "|".join(FULL)
_BROKEN_DAY = re.compile(
    rf"(?<![0-9/])(?P<day>[0-9]{{3}})\s(?P<month>{_IN_FULL})\s*(?P<year>25[0-9]{{2}})(?![0-9])"
)
_GROUP = re.compile(
    rf"(?<![0-9])(?P<day>[0-9]{{2}})(?P<hour>[0-9]{{2}})(?P<minute>[0-9]{{2}})\s*{_MONTH}\s*{_YEAR}"
)
_MONTHLY = re.compile(rf"(?:เดือน\s*)?{_MONTH}\s*{_ERA}(?P<year>[0-9]{{4}})(?![0-9])")
_NUMERIC = re.compile(
    r"(?<![0-9/.\-])(?P<day>[0-9]{1,2})\s?(?P<sep>[/.\-])\s?(?P<month>[0-9]{1,2})\s?(?P=sep)\s?"
    r"(?P<year>[0-9]{4}|[0-9]{2})(?![0-9/]|[.\-][0-9])"
)
_ISO = re.compile(
    r"(?<![0-9])(?P<year>(?:19|20|24|25)[0-9]{2})-(?P<month>[01][0-9])-(?P<day>[0-3][0-9])(?![0-9])"
)
_RANGE_BEFORE = re.compile(r"[0-9][ก-๎.\s]{0,14}(?:[-–—]|ถึง|,)\s*$")
_RANGE_AFTER = re.compile(r"^\s*(?:[-–—]|ถึง)\s*[0-9]{1,2}\s*[ก-ฮเ]")
_OTHERS_BEFORE = re.compile(r"(?:ลงวันที่|ลง|ลว\.?|ล\.ว\.|ตั้งแต่|ภายในวันที่|ภายใน|เกิดวันที่|เกิดเมื่อ)\s*$")
_SPLIT_DAY = re.compile(r"(?<![0-9/.])[0-9]\s?$")
_WEEKDAY = re.compile(r"(จันทร์|อังคาร|พุธ|พฤหัสบดี|พฤหัส|ศุกร์|เสาร์|อาทิตย์)\s*(?:ที่)?\s*$")
_WEEKDAYS = ("จันทร์", "อังคาร", "พุธ", "พฤหัส", "ศุกร์", "เสาร์", "อาทิตย์")


@dataclass(frozen=True, slots=True)
class DateReading:
    """A date on the page; ``value`` is None where it is seen but not sure enough to offer.

    ``others`` tells that its own words give it to something else (ลงวันที่, a range, a limit).
    """

    value: str | None
    precision: Precision
    start: int
    end: int
    doubts: tuple[str, ...] = ()
    alternatives: tuple[str, ...] = ()
    others: bool = False


def find_dates(text: str, today: dt.date) -> tuple[DateReading, ...]:
    """Return all dates of the text in order, day first and never month first."""
    folded = fold(text)
    found: list[DateReading] = []
    taken = [False] * (len(folded) + 1)
    for pattern in (_ISO, _GROUP, _WORDS, _NUMERIC, _ROUGH, _BROKEN_DAY, _MONTHLY):
        for match in _matches(pattern, folded):
            if any(taken[match.start() : match.end()]):
                continue
            reading = _read(match, folded, text, today, rough=pattern is _ROUGH)
            if reading is not None:
                found.append(reading)
                taken[match.start() : match.end()] = [True] * (match.end() - match.start())
    return tuple(sorted(found, key=lambda reading: reading.start))


def _matches(pattern: re.Pattern[str], folded: str) -> Iterator[re.Match[str]]:
    """Give all matches; where the month is none, a date may begin within: ว 27 ลงวันที่ 14 ม.ค."""
    at = 0
    while (match := pattern.search(folded, at)) is not None:
        yield match
        word = match["month"]
        none = pattern is _WORDS and read_month(word) is None
        at = match.end("month") if none else match.end()


def only_date(text: str, today: dt.date) -> str | None:
    """Return the date of a text that has one, None for none and for several."""
    values = [reading.value for reading in find_dates(text, today)]
    return values[0] if len(values) == 1 else None


def as_date(value: str | None) -> dt.date | None:
    """Return a day-precise ISO value as a date, None for any other."""
    return dt.date.fromisoformat(value) if value and len(value) == 10 else None


def _read(
    match: re.Match[str], folded: str, text: str, today: dt.date, *, rough: bool
) -> DateReading | None:
    parts = match.groupdict()
    if parts.get("hour") and (int(parts["hour"]) > 23 or int(parts["minute"]) > 59):
        return None
    doubts: list[str] = []
    word, english = parts["month"], False
    months: tuple[int, ...]
    if word.isdigit():
        months = (int(word),)
    else:
        month = rough_month(word) if rough else read_month(word)
        if month is None:
            return None
        months, english = (month.number, *month.others), month.english
        if month.repaired:
            doubts.append(f"เดือนเขียนว่า “{word.strip()}” ไม่ตรงกับชื่อเดือน")
    era = (parts.get("era") or "").replace(" ", "")
    written = text[match.start("year") : match.end("year")]
    common = english or era.startswith("ค")
    year = _year(written, today, common=common, era=bool(era))
    if year is None or not 1 <= months[0] <= 12:
        return None
    if mixed_scripts(text[match.start() : match.start("year")]):
        doubts.append("เลขไทยปนกับเลขอารบิกในวันเดียวกัน อาจอ่านผิด")
    day_read = (parts.get("day") or "").replace(" ", "") or None
    reading = _reading(match, day_read, months, year, today)
    if reading is None:
        return None
    before, after = folded[: match.start()], folded[match.end() :]
    if " " in (parts.get("day") or ""):
        doubts.append("เลขวันอ่านได้เป็นสองท่อน โปรดเทียบกับภาพ")
    if _SPLIT_DAY.search(before) and len(parts.get("day") or "") == 1:
        doubts.append("มีตัวเลขอยู่หน้าวันที่ อาจอ่านวันไม่ครบ")
    weekday = _WEEKDAY.search(before)
    day = as_date(reading.value)
    if weekday and day and not weekday[1].startswith(_WEEKDAYS[day.weekday()]):
        doubts.append(f"วัน{weekday[1]}ไม่ตรงกับวันที่ที่อ่านได้")
    ranged = _RANGE_BEFORE.search(before) or _RANGE_AFTER.match(after)
    others = bool(ranged or _OTHERS_BEFORE.search(before))
    return replace(reading, doubts=(*doubts, *reading.doubts), others=others)


def _year(written: str, today: dt.date, *, common: bool, era: bool) -> Year | None:
    compact = re.sub(r"\s", "", written)
    if compact.isdigit() and len(compact) in (2, 4) and not mixed_scripts(compact):
        return read_year(fold(compact), today, common=common, era=era)
    return mend_year(compact, today)


def _reading(
    match: re.Match[str], day: str | None, months: tuple[int, ...], year: Year, today: dt.date
) -> DateReading | None:
    start, end = match.span()
    doubts: tuple[str, ...]
    if day is None:
        value = f"{year.number:04d}-{months[0]:02d}"
        doubts = ("ไม่ได้ระบุวันที่ มีแต่เดือนและปี",)
        return DateReading(value, Precision.MONTH, start, end, doubts)
    values = [v for m in months for v in [_iso(year.number, m, int(day))] if v]
    if year.others:
        likely = repaired_years(year.number, today) if year.offered else ()
        both = (*year.others, year.number, *likely)
        options = tuple(v for y in both for v in [_iso(y, months[0], int(day))] if v)
        doubts = year.doubts or ("ปีสองหลักอ่านได้ทั้ง พ.ศ. และ ค.ศ.",)
        return DateReading(None, Precision.DAY, start, end, doubts, options[:5])
    if not values:
        options = tuple(fit for d in repaired_days(day) if (fit := _iso(year.number, months[0], d)))
        doubts = (f"ไม่มีวันที่ {int(day)} ในเดือนนี้ อาจอ่านเลขผิด",)
        return DateReading(None, Precision.DAY, start, end, doubts, options[:5])
    doubts = year.doubts
    hidden = likely_year(year.number, today)
    if not year.offered and hidden is not None and (fit := _iso(hidden, months[0], int(day))):
        doubt = f"ปีอ่านได้ พ.ศ. {year.number + 543} น่าจะเป็น พ.ศ. {hidden + 543} โปรดเทียบกับภาพ"
        others = tuple(v for y in repaired_years(year.number, today) if y != hidden
                       and (v := _iso(y, months[0], int(day))))  # fmt: skip
        return DateReading(fit, Precision.DAY, start, end, (doubt,), others[:5])
    if not year.offered:
        options = tuple(
            v for y in repaired_years(year.number, today) if (v := _iso(y, months[0], int(day)))
        )
        return DateReading(None, Precision.DAY, start, end, doubts, options)
    repaired = repaired_years(year.number, today) if year.doubts else ()
    alternatives = [
        *values[1:],
        *(fit for y in repaired if (fit := _iso(y, months[0], int(day)))),
    ]
    return DateReading(values[0], Precision.DAY, start, end, doubts, tuple(alternatives[:5]))


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return None
