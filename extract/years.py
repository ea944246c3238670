"""Years: Buddhist or common era, two digits or four (domain: year rules 2.2)."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from itertools import product

from extract.text import edits, fold

BUDDHIST = 543
_OLD = 10  # years that files are normally kept: an older own date asks for a second look
_CHOICE = 4  # years that a broken one may be, to be worth showing
_NEVER = 25  # no letter as old comes in: its year was misread
# Thai digits that scanners take for each other (domain: digit look-alikes).
_LOOKALIKES = {
    "1": "19", "2": "26", "3": "379", "4": "458", "5": "5489", "6": "629", "7": "73",
    "8": "85", "9": "936", "0": "06",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Year:
    """A year of the common era; ``others`` where two eras fit, ``doubts`` in Thai.

    ``offered`` is False for a year that cannot be: only its repairs are shown.
    """

    number: int
    others: tuple[int, ...] = ()
    doubts: tuple[str, ...] = ()
    offered: bool = True


def read_year(digits: str, today: dt.date, *, common: bool, era: bool) -> Year | None:
    """Return the year; ``common`` where the page says CE, ``era`` where it names an era."""
    number = int(digits)
    if len(digits) == 4:
        if 2400 <= number <= 2700 and not common:
            return _dated(number - BUDDHIST, today)
        if 1900 <= number <= 2100 and not (era and not common):
            return _dated(number, today)
        return None
    if common:
        return _dated(2000 + number, today)
    buddhist = 2500 + number - BUDDHIST
    if buddhist > today.year + 1:
        # A misread digit of this century is likelier on a letter than a date of 24yy.
        return _dated(buddhist - 100, today)
    near = 2000 + number
    if not era and buddhist < today.year - 20 and abs(near - today.year) <= 10:
        return Year(buddhist, others=(near,))
    return _dated(buddhist, today)


def mend_year(written: str, today: dt.date) -> Year | None:
    """Return the year of four digits that were not all read; of several that fit none is offered.

    What is no Thai digit amid Thai ones stands for a digit that the reader could not tell.
    """
    digits = "".join(re.findall("[๐-๙]" if re.search("[๐-๙]", written) else "[0-9]", written))
    read = fold(digits)
    if not 3 <= len(read) <= 5 or not read.startswith("2"):
        return None
    now = today.year + BUDDHIST
    holes = re.sub("[^๐-๙]+" if "๐" <= digits[0] <= "๙" else "[^0-9]+", "[0-9]", written)
    likely = [y for y in range(now - _OLD + 1, now + 1) if edits(read, str(y), 1) <= 1]
    fits = [y for y in likely if re.fullmatch(fold(holes), str(y))] or likely
    if 1 < len(fits) <= _CHOICE:
        doubt = f"ปีอ่านได้ “{written}” อาจเป็นได้หลายปี โปรดดูจากภาพ"
        first, *others = (year - BUDDHIST for year in reversed(fits))
        return Year(first, tuple(others), (doubt,), offered=False)
    if len(fits) != 1:
        return None
    doubt = f"ปีอ่านได้ “{written}” น่าจะเป็น พ.ศ. {fits[0]} โปรดเทียบกับภาพ"
    return Year(fits[0] - BUDDHIST, doubts=(doubt,))


def repaired_years(year: int, today: dt.date) -> tuple[int, ...]:
    """Return the likely years behind a misread one, latest first, at most five."""
    buddhist = f"{year + BUDDHIST:04d}"[2:]
    pairs = product(*(_LOOKALIKES[digit] for digit in buddhist))
    fits = {2500 + int("".join(pair)) - BUDDHIST for pair in pairs}
    likely = [y for y in fits if today.year - _OLD <= y <= today.year and y != year]
    return tuple(sorted(likely, reverse=True)[:5])


def likely_year(year: int, today: dt.date) -> int | None:
    """Return the year behind one whose ๖ was read as ๐ (๒๕๐๘ for ๒๕๖๘), None for any other."""
    if year + BUDDHIST not in range(2500, 2510):
        return None
    likely = year + 60
    return likely if today.year - _OLD <= likely <= today.year else None


def repaired_days(day: str) -> tuple[int, ...]:
    """Return the days behind a number that is none: a digit read twice, or as another one."""
    if len(day) > 2:
        kept = {f"{day[:n]}{day[n + 1 :]}" for n in range(len(day))}
    else:
        pairs = product(*(_LOOKALIKES[digit] for digit in day))
        kept = {"".join(pair) for pair in pairs}
    return tuple(sorted(int(each) for each in kept if 0 < int(each) <= 31))


def _dated(year: int, today: dt.date) -> Year:
    if year < today.year - _OLD:
        doubt = f"ปี พ.ศ. {year + BUDDHIST} เก่ากว่าปกติ อาจอ่านเลขผิด"
        return Year(year, doubts=(doubt,), offered=year >= today.year - _NEVER)
    if year > today.year + 1:
        doubt = f"ปี พ.ศ. {year + BUDDHIST} อยู่ในอนาคต อาจอ่านเลขผิด"
        return Year(year, doubts=(doubt,), offered=False)
    return Year(year)
