"""Where two readings of a row have a number: stretches of the one laid beside the other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ocr.alignment import Pair, align
from ocr.number_reader import SIGNS

DIGITS = "0123456789๐๑๒๓๔๕๖๗๘๙"
_WITHIN = DIGITS + "/.-,:()ว "  # what may stand within a number
# The network reads no marks and cannot tell March from January: ม.ค. is left to the first reading.
_SHORT_DATE = re.compile(
    r"[0-9๐-๙]{1,2}[ .]{0,2}"
    r"(?:ก\.? ?พ|เ?ม\.? ?ย|[พกสต]\.? ?ค|[กพ]\.? ?ย|ธ\.? ?ค)[ .]{0,2}[0-9๐-๙]{2,4}"
)
_MARCH = re.compile(r"[0-9๐-๙]{1,2}[ .]{0,2}ม\.? ?ค[ .]{0,2}[0-9๐-๙]{2,4}")
_THAI = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_Stretch = tuple[int, int]  # of pairs: first, and behind the last


@dataclass(frozen=True, slots=True)
class Zone:
    """A number as both read it: its place in the words' text, and in the signs of the network."""

    start: int
    end: int
    first: int
    last: int
    keep: bool  # a month that only ours has: the other reading took its letters for digits


def find_zones(text: str, read: str) -> list[Zone]:
    """Return the numbers of a text and of another reading of it, which has no marks."""
    places = [n for n, letter in enumerate(text) if letter in SIGNS or letter == " "]
    pairs = align("".join(text[n] for n in places), read, _change, _lone)
    return list(_zones(pairs, text, places, read))


def _change(one: str, other: str) -> float:
    """Return what it costs that two readings differ in a sign: digits stay with digits."""
    if one.translate(_THAI) == other.translate(_THAI):
        return 0.4  # the same digit in the other script
    if " " in (one, other):
        return 1.6
    return 0.9 if (one in _WITHIN) == (other in _WITHIN) else 1.3


def _lone(sign: str) -> float:
    return 0.3 if sign == " " else 1.0


def _zones(pairs: Sequence[Pair], text: str, places: Sequence[int], read: str) -> Iterator[Zone]:
    """Give the stretches that are a number in one of the readings, ends being digits.

    A date with a short month is one stretch where only one of the readings has the month.
    """
    plain = "".join(text[n] for n in places)
    ours = _dates(_SHORT_DATE, plain, [a for a, _ in pairs])
    ours += _dates(_MARCH, plain, [a for a, _ in pairs])
    theirs = _dates(_SHORT_DATE, read, [b for _, b in pairs])
    lone = [date for date in theirs if not any(_meet(date, own) for own in ours)]
    told = [*theirs, *_dates(_MARCH, read, [b for _, b in pairs])]
    kept = [own for own in ours if not any(_meet(date, own) for date in told)]
    numbers = [each for each in _numbers(pairs, text, places, read)
               if not any(_meet(each, date) for date in lone)]  # fmt: skip
    for start, end in sorted([*numbers, *lone]):
        keep = any(_meet((start, end), own) for own in kept)
        yield _zone(pairs[:start], pairs[start:end], [*places, len(text)], keep=keep)


def _meet(one: _Stretch, other: _Stretch) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _dates(pattern: re.Pattern[str], text: str, places: Sequence[int | None]) -> list[_Stretch]:
    """Return where dates with a short month stand, as stretches of the pairs."""
    pair_of = {place: at for at, place in enumerate(places) if place is not None}
    return [(pair_of[date.start()], pair_of[date.end() - 1] + 1) for date in pattern.finditer(text)]


def _numbers(
    pairs: Sequence[Pair], text: str, places: Sequence[int], read: str
) -> Iterator[_Stretch]:
    start: int | None = None
    last = -1
    for at in range(len(pairs) + 1):
        a, b = pairs[at] if at < len(pairs) else (None, None)
        seen = f"{text[places[a]] if a is not None else ''}{read[b] if b is not None else ''}"
        inside = any(sign in _WITHIN for sign in seen)
        if inside and any(sign in DIGITS for sign in seen):
            start, last = at if start is None else start, at
        if not inside and start is not None:
            yield start, last + 1
            start = None


def _zone(
    before: Sequence[Pair], pairs: Sequence[Pair], places: Sequence[int], *, keep: bool
) -> Zone:
    """Return a stretch as a zone; where ours has nothing it stands before our next letter."""
    ours = [places[a] for a, _ in pairs if a is not None]
    theirs = [b for _, b in pairs if b is not None]
    start = ours[0] if ours else places[max((a + 1 for a, _ in before if a is not None), default=0)]
    first = theirs[0] if theirs else max((b + 1 for _, b in before if b is not None), default=0)
    end, last = ours[-1] + 1 if ours else start, theirs[-1] + 1 if theirs else first
    return Zone(start, end, first, last, keep)
