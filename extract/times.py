"""Times of day on stamps and intake notes: the dot is a colon (domain: dates 2.1, row 18)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract.text import fold, loosely

_LABEL = re.compile(rf"(?:{loosely('เวลา')}|เวสา)(?:รับ(?:แจ้ง|เรื่อง)?|ประมาณ)?[\s.:]*")
_CLOCK = re.compile(
    r"(?P<hour>[0-9]{1,2})\s?[.:,;]\s?(?P<minute>[0-9]{2})(?![0-9./])|(?P<run>[0-9]{4})(?![0-9/])"
)
_SPOKEN = re.compile(r"(?P<hour>[0-9]{1,2})\s?(?P<word>โมงเช้า|โมงเย็น|โมง|ทุ่ม)(?P<half>ครึ่ง)?")
_SHIFT = {"โมงเช้า": 0, "โมง": 0, "โมงเย็น": 12, "ทุ่ม": 18}


@dataclass(frozen=True, slots=True)
class Time:
    """A time as HH:MM, None where what stands there is none; ``start`` and ``end`` in the text."""

    value: str | None
    start: int
    end: int


def find_time(text: str, start: int = 0) -> Time | None:
    """Return the time behind the word เวลา, None where nothing is written there."""
    folded = fold(text)
    label = _LABEL.search(folded, start)
    if label is None:
        return None
    spoken = _SPOKEN.match(folded, label.end())
    if spoken is not None:
        hour = int(spoken["hour"]) + _SHIFT[spoken["word"]]
        minute = 30 if spoken["half"] else 0
        return Time(_clock(hour, minute), spoken.start(), spoken.end())
    clock = _CLOCK.match(folded, label.end())
    if clock is None:
        return None
    run = clock["run"]
    hour, minute = (
        (int(run[:2]), int(run[2:])) if run else (int(clock["hour"]), int(clock["minute"]))
    )
    return Time(_clock(hour, minute), clock.start(), clock.end())


def bare_time(text: str, start: int) -> Time | None:
    """Return the time that stands right behind a date, as print-outs set it."""
    gap = re.match(r"[\s,]*", text[start:])
    clock = _CLOCK.match(fold(text), start + (gap.end() if gap else 0))
    if clock is None or clock["run"]:
        return None
    return Time(_clock(int(clock["hour"]), int(clock["minute"])), clock.start(), clock.end())


def _clock(hour: int, minute: int) -> str | None:
    return f"{hour:02d}:{minute:02d}" if hour < 24 and minute < 60 else None
