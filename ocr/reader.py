"""Reads one upright page: ink → glyphs → rows → strips → engine → lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from models.letters import Box, Ink, Line, OcrPage, PageState
from ocr.digits import DigitModel
from ocr.engine import Engine, EngineError, StripReading
from ocr.glyphs import INKS, Patches, Role, clean_ink
from ocr.numerals import Numeral, find_numerals
from ocr.raster import Gray, Rgb, binarise, flatten, ink_colours
from ocr.rows import Row, find_rows
from ocr.strips import cut_strip, row_edges
from ocr.thai import is_noise, repair, restore_am
from ocr.upright import level, stands_on_its_head, turn_around
from ocr.words import find_words, with_thai_digits

_BLANK = 0.002  # share of inked pixels under which a page without rows is blank
_POOR = 0.5  # mean confidence under which the machine's reading is no reading


@dataclass(frozen=True, slots=True)
class Reader:
    """What it takes to read a page: an engine with its name, and the shapes of Thai digits."""

    engine: Engine
    digits: DigitModel
    name: str


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page's reading, and the upright image that was read: the one an officer must see.

    ``turned`` tells whether the page lay on its side or its head.
    """

    page: OcrPage
    image: Rgb
    turned: bool


@dataclass(frozen=True, slots=True)
class _Look:
    image: Rgb
    flat: Gray
    patches: Patches
    rows: list[Row]


def read_page(pixels: Rgb, number: int, reader: Reader) -> ReadPage:
    """Read a page, whichever way it lies; one that cannot be read is unread, with the reason."""
    levelled, turned = level(pixels)
    look = _look(levelled)
    if stands_on_its_head(look.rows, look.patches):
        look, turned = _look(turn_around(look.image)), True
    return ReadPage(_read(look, number, reader), look.image, turned)


def _look(image: Rgb) -> _Look:
    flat = flatten(image)
    ink = binarise(flat)
    patches = clean_ink(ink, ink_colours(image, ink))
    return _Look(image, flat, patches, find_rows(patches))


def _read(look: _Look, number: int, reader: Reader) -> OcrPage:
    height, width = look.flat.shape
    rows, patches, flat = look.rows, look.patches, look.flat
    if not rows:
        return _page_without_text(OcrPage(number, width, height, PageState.BLANK), patches, reader)
    numerals = find_numerals(rows, patches, flat, reader.digits)
    strips = [
        cut_strip(row, digits, patches, flat) for row, digits in zip(rows, numerals, strict=True)
    ]
    try:
        readings = reader.engine(strips)
    except EngineError as error:
        return OcrPage(number, width, height, PageState.UNREAD, (), reader.name, str(error))
    insides = [row_edges(strip) for strip in strips]
    lines, unread = _lines(rows, numerals, patches, readings, insides)
    page = OcrPage(number, width, height, PageState.READ, lines, reader.name, None, unread)
    if not lines:
        return _page_without_text(page, patches, reader)
    if (page.confidence or 0.0) < _POOR:
        reason = "อ่านได้ไม่ชัด อาจเป็นลายมือเขียนหรือภาพไม่คม กรุณาอ่านจากภาพ"
        return replace(page, state=PageState.UNREAD, reason=reason)
    return page


def _page_without_text(page: OcrPage, patches: Patches, reader: Reader) -> OcrPage:
    """Tell an empty page (specks at most) from one that holds something a person must look at."""
    ink = int(patches.area[1:].sum()) / (page.width * page.height)
    if ink < _BLANK and not page.unread:
        return replace(page, state=PageState.BLANK, read_by=reader.name)
    reason = "มีภาพหรือลายมือ แต่ไม่พบบรรทัดตัวอักษรที่อ่านได้"
    return replace(page, state=PageState.UNREAD, read_by=reader.name, reason=reason)


def _lines(
    rows: Sequence[Row],
    numerals: Sequence[Sequence[Numeral]],
    patches: Patches,
    readings: Sequence[StripReading],
    insides: Sequence[tuple[float, float]],
) -> tuple[tuple[Line, ...], tuple[Box, ...]]:
    """Give every reading its place on the page; rows without text are reported as unread."""
    height, width = patches.labels.shape
    lines, unread = [], []
    for row, digits, reading, inside in zip(rows, numerals, readings, insides, strict=True):
        top, bottom = int(patches.top[row.patches].min()), int(patches.bottom[row.patches].max())
        box = Box(
            round(row.left / width, 5),
            round(top / height, 5),
            round((row.right - row.left) / width, 5),
            round((bottom - top) / height, 5),
        )
        written = with_thai_digits(restore_am(repair(reading.text)), digits)
        if is_noise(written.text):
            if len(row.patches) > 2 and row.right - row.left > 2 * patches.body:
                unread.append(box)
            continue
        words = find_words(written, box, reading, inside, row, patches)
        confidence = round(min(reading.confidence, *(word.confidence for word in words)), 4)
        lines.append(Line(written.text, box, confidence, _ink(row, patches), words))
    return tuple(lines), tuple(unread)


def _ink(row: Row, patches: Patches) -> Ink:
    """Return the colour of most of the row's letters."""
    glyphs = row.patches[patches.role[row.patches] == Role.GLYPH]
    return INKS[int(np.argmax(np.bincount(patches.colour[glyphs], minlength=len(INKS))))]
