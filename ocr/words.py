"""Puts Thai digits back into the text of a row, and finds the place of each word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from models.letters import Box, Ink, Word
from ocr.engine import StripReading
from ocr.glyphs import INKS, Patches, Role
from ocr.numerals import Numeral
from ocr.rows import Row
from ocr.thai import takes_room

_ARABIC = "0123456789"
_LOST = 0.3  # confidence of the numbers in a row where a digit that we set did not come back
_CHANGED = 0.6  # confidence of a digit that the engine read otherwise than it was set
_PART = 0.15  # share of a word's letters in colour from which the word counts as coloured


@dataclass(frozen=True, slots=True)
class Written:
    """The text of a row; for places that hold a Thai digit told by shape, how sure it is."""

    text: str
    shapes: Mapping[int, float]


def with_thai_digits(text: str, numerals: Sequence[Numeral]) -> Written:
    """Turn the Arabic digits that we set on the strip back into the Thai ones of the page.

    Digits are matched in order; one that the engine read otherwise than it was set is put right,
    for its shape was told by a model that knows all ten, and is held for less certain.
    """
    places = [place for place, letter in enumerate(text) if letter in _ARABIC]
    seen = "".join(text[place] for place in places)
    was_set = "".join(str(numeral.digit) for numeral in numerals)
    letters, shapes = list(text), {}
    partners = _partners(seen, was_set)
    for place, partner in zip(places, partners, strict=True):
        if partner is None:
            continue
        letters[place] = chr(ord("๐") + numerals[partner].digit)
        agrees = text[place] == was_set[partner]
        shapes[place] = numerals[partner].probability if agrees else _CHANGED
    if len(numerals) > sum(partner is not None for partner in partners):
        shapes = {place: min(sure, _LOST) for place, sure in shapes.items()}
    return Written("".join(letters), shapes)


def _partners(seen: str, was_set: str) -> list[int | None]:
    """Align two strings of digits; return for each seen one its partner among those set."""
    rows, columns = len(seen) + 1, len(was_set) + 1
    cost = [[float(row + column) for column in range(columns)] for row in range(rows)]
    for row in range(1, rows):
        for column in range(1, columns):
            change = 0.0 if seen[row - 1] == was_set[column - 1] else 1.5
            cost[row][column] = min(
                cost[row - 1][column - 1] + change,
                cost[row - 1][column] + 1,
                cost[row][column - 1] + 1,
            )
    partners: list[int | None] = [None] * len(seen)
    row, column = len(seen), len(was_set)
    while row and column:
        change = 0.0 if seen[row - 1] == was_set[column - 1] else 1.5
        if cost[row][column] == cost[row - 1][column - 1] + change:
            row, column = row - 1, column - 1
            partners[row] = column
        elif cost[row][column] == cost[row - 1][column] + 1:
            row -= 1
        else:
            column -= 1
    return partners


def find_words(
    written: Written,
    box: Box,
    reading: StripReading,
    inside: tuple[float, float],
    row: Row,
    patches: Patches,
) -> tuple[Word, ...]:
    """Split a row at its spaces and place each part by its letters.

    ``inside`` are the edges, in pixels of the strip, between which the row stands on it.
    """
    edges = _letter_edges(written.text, reading, inside)
    words, start = [], 0
    for part in written.text.split(" "):
        end = start + len(part)
        places = [edges[at] for at in range(start, end) if at in edges]
        if places:
            left, right = places[0][0], places[-1][1]
            place = Box(
                round(box.left + left * box.width, 5),
                box.top,
                round(max(0.0, right - left) * box.width, 5),
                box.height,
            )
            sure = [shape for at, shape in written.shapes.items() if start <= at < end]
            confidence = round(min([reading.confidence, *sure]), 4)
            words.append(Word(part, place, confidence, _ink(row, patches, left, right)))
        start = end + 1
    return tuple(words)


def _letter_edges(
    text: str, reading: StripReading, inside: tuple[float, float]
) -> dict[int, tuple[float, float]]:
    """Return, per place in the text, a letter's edges as shares of the row's width.

    The engine's own edges are taken where it tells as many letters as the text has; otherwise the
    letters share the row evenly.
    """
    places = [at for at, letter in enumerate(text) if takes_room(letter)]
    count = len(places)
    if len(reading.letters) != count:
        return {at: (n / count, (n + 1) / count) for n, at in enumerate(places)}
    first, last = inside
    shares = [
        tuple(min(1.0, max(0.0, (edge - first) / (last - first))) for edge in letter)
        for letter in reading.letters
    ]
    return {at: (share[0], share[1]) for at, share in zip(places, shares, strict=True)}


def _ink(row: Row, patches: Patches, left: float, right: float) -> Ink:
    """Return the colour between two shares of the row's width; a part in colour is told.

    A number is often half printed and half written: its pen must not hide behind its print.
    """
    glyphs = row.patches[patches.role[row.patches] == Role.GLYPH]
    centre = (patches.left[glyphs] + patches.width[glyphs] / 2 - row.left) / (row.right - row.left)
    inside = glyphs[(centre >= left) & (centre <= right)]
    counts = np.bincount(patches.colour[inside], minlength=len(INKS))
    if counts[1:].sum() < _PART * counts.sum() or not counts[1:].any():
        return Ink.BLACK
    return INKS[1 + int(np.argmax(counts[1:]))]
