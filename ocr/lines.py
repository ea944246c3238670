"""Readings of rows become lines with their place on the page; what is no text is reported."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import numpy as np

from models.letters import Box, Line
from ocr.figures import unread_figures
from ocr.glyphs import Patches
from ocr.rows import Row
from ocr.rules import Rect
from ocr.second_look import Outcome
from ocr.strips import Strip
from ocr.thai import is_noise
from ocr.words import find_words

_NUMBER = re.compile(r"[0-9๐-๙][0-9๐-๙ ./:-]*[0-9๐-๙]")
_RUBBISH = 0.3  # sureness under which letters are mostly wrong: strokes of a pen, crumbs


def make_lines(
    rows: Sequence[Row],
    strips: Sequence[Strip],
    outcomes: Sequence[Outcome],
    patches: Patches,
    seals: Sequence[Rect],
    has_number: Callable[[Row], bool],
) -> tuple[tuple[Line, ...], tuple[Row, ...], tuple[Box, ...]]:
    """Return the lines of a page, the row of each, and the places with ink that gave no text.

    Those are rows whose reading is rubbish, seals, and what a pen drew through or beside type.
    ``has_number`` looks at such a row again: a number is never dropped, however doubtful it is.
    """
    lines: list[Line] = []
    unread: list[Box] = []
    read: list[Row] = []
    for row, strip, found in zip(rows, strips, outcomes, strict=True):
        box = _row_box(row, patches)
        if _is_rubbish(found) and not (found.best.written.text and has_number(row)):
            if len(row.patches) > 2 and row.right - row.left > 2 * patches.body:
                unread.append(box)
            continue
        lines.append(_line(row, strip, found, box, patches))
        read.append(row)
    drawn = unread_figures(patches, read, seals)
    return tuple(lines), tuple(read), (*unread, *(_box(rect, patches) for rect in drawn))


def _is_rubbish(found: Outcome) -> bool:
    """Tell text from what a pen drew."""
    written = found.best.written
    if is_noise(written.text):
        return True
    return found.sure < _RUBBISH and not written.shapes and not _NUMBER.fullmatch(written.text)


def _line(row: Row, strip: Strip, found: Outcome, box: Box, patches: Patches) -> Line:
    best, other = found.best, found.other.written.text if found.other else ""
    written, reading = best.written, best.reading
    words = find_words(written, box, reading, strip, row, patches, sure=found.sure, other=other)
    confidence = round(min(found.sure, *(word.confidence for word in words)), 4)
    raw = reading.text.strip()
    return Line(written.text, box, confidence, row.ink, words, raw, (other,) if other else ())


def _row_box(row: Row, patches: Patches) -> Box:
    top = int(np.min(patches.top[row.patches]))
    bottom = int(np.max(patches.bottom[row.patches]))
    return _box((row.left, top, row.right, bottom), patches)


def _box(rect: Rect, patches: Patches) -> Box:
    """Return a rectangle as fractions of the page."""
    height, width = patches.labels.shape
    left, top, right, bottom = rect
    return Box(
        round(left / width, 5),
        round(top / height, 5),
        round((right - left) / width, 5),
        round((bottom - top) / height, 5),
    )
