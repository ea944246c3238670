"""Reads one upright page: ink → glyphs → rows → strips → engine → lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from models.letters import Box, Code, Line, OcrPage, PageState
from ocr.border import dark_border
from ocr.codes import read_codes
from ocr.digits import DigitModel
from ocr.engine import Engine, EngineError
from ocr.faint import has_faint_strokes
from ocr.figures import find_seals, outside_seals
from ocr.glyphs import Patches, clean_ink
from ocr.lines import make_lines
from ocr.number_check import check_numbers, has_number
from ocr.number_reader import NumberReader
from ocr.numerals import find_numerals
from ocr.order import in_reading_order
from ocr.pieces import Numeral
from ocr.raster import Gray, Rgb, binarise, darkest, flatten, ink_colours
from ocr.raw_lines import join, part
from ocr.rows import Row, find_rows
from ocr.rules import Rect
from ocr.second_look import Outcome, candidate, needs_second_look, outcome
from ocr.strips import Strip, cut_strip
from ocr.upright import deskew, level, stands_on_its_head, turn_around
from ocr.verdict import FAINT, judge

_AROUND = 48  # pixels of paper around a piece that was cut out, so that its ink touches no edge


@dataclass(frozen=True, slots=True)
class Reader:
    """What it takes to read a page: an engine with its name, and what knows numbers.

    ``engine`` reads parts of rows as they are; ``second`` reads whole rows that left doubts;
    ``digits`` tells Thai digits by shape, ``numbers`` reads numbers once more in their row.
    """

    engine: Engine
    second: Engine
    digits: DigitModel
    numbers: NumberReader
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
    seals: list[Rect]
    rows: list[Row]
    codes: tuple[Code, ...]


def read_page(pixels: Rgb, number: int, reader: Reader, *, coded: bool = False) -> ReadPage:
    """Read a page, whichever way it lies; one that cannot be read is unread, with the reason.

    The bar codes of a page that is ``coded`` are read in their places, and not taken for text.
    """
    levelled, turned = level(pixels)
    look = _look(levelled, coded)
    if stands_on_its_head(look.rows, look.patches):
        look, turned = _look(turn_around(look.image), coded), True
    return _read_look(look, number, reader, turned=turned)


def read_as_it_lies(pixels: Rgb, number: int, reader: Reader) -> ReadPage:
    """Read a page that a person has put upright: only skew is mended."""
    return _read_look(_look(deskew(pixels), coded=True), number, reader, turned=False)


def read_cut(cut: Rgb, reader: Reader) -> tuple[Line, ...]:
    """Read a piece that was cut out of an upright page; no lines where no text was found.

    Raises:
        EngineError: the engine could not read.
    """
    paper = tuple(int(shade) for shade in np.percentile(cut.reshape(-1, 3), 90, axis=0))
    edge = (_AROUND,) * 4
    framed = cv2.copyMakeBorder(cut, *edge, cv2.BORDER_CONSTANT, value=paper)
    lines, _ = _read(_look(np.asarray(framed, np.uint8)), reader)
    return lines


def _read_look(look: _Look, number: int, reader: Reader, *, turned: bool) -> ReadPage:
    height, width = look.flat.shape
    page = OcrPage(number, width, height, PageState.READ, read_by=reader.name, codes=look.codes)
    try:
        lines, unread = _read(look, reader)
    except EngineError as error:
        unread_page = replace(page, state=PageState.UNREAD, reason=str(error))
        return ReadPage(unread_page, look.image, turned)
    page = judge(replace(page, lines=lines, unread=unread), look.patches, turned=turned)
    if page.state is PageState.BLANK and has_faint_strokes(look.flat):
        page = replace(page, state=PageState.UNREAD, reason=FAINT)
    return ReadPage(page, look.image, turned)


def _look(image: Rgb, coded: bool = False) -> _Look:
    flat, ink = _ink(image)
    codes = read_codes(image) if coded else ()
    for code in codes:
        ink[_pixels(code.box, ink)] = 0
    patches = clean_ink(ink, ink_colours(image, ink))
    seals = find_seals(patches)
    rows = in_reading_order(outside_seals(find_rows(patches), seals, patches), patches)
    return _Look(image, flat, patches, seals, rows, codes)


def _pixels(box: Box, ink: Gray) -> tuple[slice, slice]:
    height, width = ink.shape
    down = slice(int(box.top * height), int(box.bottom * height) + 2)
    return down, slice(int(box.left * width), int(box.right * width) + 2)


def _ink(image: Rgb) -> tuple[Gray, Gray]:
    """Return a page as grey on even white, and its ink (1) without what lies around the paper."""
    dark = darkest(image)
    flat = flatten(dark)
    ink = binarise(flat)
    border = dark_border(dark)
    if border is not None:
        ink[border] = 0
    return flat, ink


def _read(look: _Look, reader: Reader) -> tuple[tuple[Line, ...], tuple[Box, ...]]:
    rows, patches, flat = look.rows, look.patches, look.flat
    numerals = find_numerals(rows, patches, flat, reader.digits)
    strips = [
        cut_strip(row, digits, patches, flat) for row, digits in zip(rows, numerals, strict=True)
    ]
    outcomes = _look_twice(strips, numerals, reader) if strips else []
    lines, read, unread = make_lines(
        rows, strips, outcomes, patches, look.seals,
        lambda row: has_number(row, patches, flat, reader.numbers),
    )  # fmt: skip
    return check_numbers(lines, read, patches, flat, reader.numbers), unread


def _look_twice(
    strips: Sequence[Strip], numerals: Sequence[Sequence[Numeral]], reader: Reader
) -> list[Outcome]:
    """Read every row, and those that leave doubts once more."""
    parts = [part(strip) for strip in strips]
    readings = iter(reader.engine([each.image for row in parts for each in row]))
    firsts = [
        candidate(join(row, [next(readings) for _ in row]), digits)
        for row, digits in zip(parts, numerals, strict=True)
    ]
    again = [place for place, first in enumerate(firsts) if needs_second_look(first)]
    looks = reader.second([strips[place].image for place in again]) if again else ()
    seconds = {
        place: candidate(reading, numerals[place])
        for place, reading in zip(again, looks, strict=True)
    }
    return [outcome(first, seconds.get(place)) for place, first in enumerate(firsts)]
