"""Puts Thai digits back into the text of a row, and finds the place of each word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from models.letters import Box, Ink, Word
from ocr.alignment import align
from ocr.engine import StripReading
from ocr.glyphs import Patches, Role
from ocr.layers import INKS
from ocr.pieces import Numeral
from ocr.rows import Row
from ocr.strips import Strip
from ocr.thai import takes_room

_ARABIC = "0123456789"
_LOST = 0.3  # confidence of the numbers in a row where a digit that we set did not come back
_DISPUTED = 0.5  # confidence of a number that two looks at the row read differently
_CHANGED = 0.6  # confidence of a digit that the engine read otherwise than it was set
_CLOSE = 0.4  # digit heights of white within a number
_SIGN_GAP = 0.7  # the same before and after a sign
_MOST_RIVALS = 4  # alternatives of one word
_PART = 0.15  # share of a word's letters in colour from which the word counts as coloured


@dataclass(frozen=True, slots=True)
class Written:
    """The text of a row; for places that hold a Thai digit told by shape, how sure it is."""

    text: str
    shapes: Mapping[int, float]
    lost: int = 0  # digits of the page that the engine did not give back as they were set
    rivals: Mapping[int, tuple[str, ...]] = field(default_factory=dict)  # other digits, by place


def with_thai_digits(text: str, numerals: Sequence[Numeral]) -> Written:
    """Turn the Arabic digits that we set on the strip back into the Thai ones of the page.

    Digits are matched in order; one that the engine read otherwise than it was set is put right,
    for its shape was told by a model that knows all ten, and is held for less certain. What stands
    between two digits that touch, or that a sign joins, is set right as well.
    """
    places = [place for place, letter in enumerate(text) if letter in _ARABIC]
    digits = [at for at, numeral in enumerate(numerals) if numeral.is_digit]
    was_set = "".join(numerals[at].sign for at in digits)
    partners = _partners("".join(text[place] for place in places), was_set)
    shapes: dict[int, float] = {}
    rivals: dict[int, tuple[str, ...]] = {}
    written, changed, end, before = "", 0, 0, -1
    for place, partner in zip(places, partners, strict=True):
        if partner is None:
            continue
        numeral = numerals[digits[partner]]
        between = text[end:place]
        if before >= 0 and (signs := _joining(numerals[before : digits[partner] + 1])) is not None:
            # No ink stands there but these signs: what else the engine says is invented.
            changed += any(letter.isalnum() for letter in between)
            between = signs
        agrees = text[place] == numeral.sign
        at = len(written) + len(between)
        others = ("" if agrees else text[place], numeral.rival)
        if found := tuple(dict.fromkeys(_thai(digit) for digit in others if digit)):
            rivals[at] = found
        shapes[at] = numeral.probability if agrees else _CHANGED
        written += between + _thai(numeral.sign)
        changed += not agrees
        end, before = place + 1, digits[partner]
    lost = len(digits) - sum(partner is not None for partner in partners)
    if lost:
        shapes = {place: min(sure, _LOST) for place, sure in shapes.items()}
    return Written(written + text[end:], shapes, lost + changed, rivals)


def _joining(numerals: Sequence[Numeral]) -> str | None:
    """Return the signs that join two digits of one number; None where more stands between them."""
    signs = numerals[1:-1]
    if any(each.is_digit for each in signs):
        return None
    height = numerals[0].piece.bottom - numerals[0].piece.top
    for before, after in pairwise(numerals):
        near = _CLOSE if before.is_digit and after.is_digit else _SIGN_GAP
        if after.piece.left - before.piece.right >= near * height:
            return None
    return "".join(each.sign for each in signs)


def _thai(digit: str) -> str:
    return chr(ord("๐") + int(digit))


def _partners(seen: str, was_set: str) -> list[int | None]:
    """Align two strings of digits; return for each seen one its partner among those set."""
    pairs = align(seen, was_set, lambda _one, _other: 1.5, lambda _digit: 1.0)
    return [partner for place, partner in pairs if place is not None]


def find_words(
    written: Written,
    box: Box,
    reading: StripReading,
    strip: Strip,
    row: Row,
    patches: Patches,
    *,
    sure: float,
    other: str = "",
) -> tuple[Word, ...]:
    """Split a row at its spaces and place each part by its letters.

    ``sure`` is how sure the row's letters are; ``other`` is another reading of the whole row.
    """
    theirs = other.split(" ")
    same_count = len(theirs) == len(written.text.split(" "))
    edges = _letter_edges(written.text, reading, (strip.left, strip.right))
    words, start = [], 0
    for number, part in enumerate(written.text.split(" ")):
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
            shapes = [shape for at, shape in written.shapes.items() if start <= at < end]
            others = _with_rivals(part, start, written)
            if other and same_count and theirs[number] != part:
                others = (theirs[number], *others)
            if other and digits_of(part) and _digits_differ(part, number, theirs, same_count):
                shapes.append(_DISPUTED)
            confidence = round(min([sure, *shapes]), 4)
            ink = _ink(row, patches, left, right)
            words.append(Word(part, place, confidence, ink, tuple(dict.fromkeys(others))))
        start = end + 1
    return tuple(words)


def digits_of(text: str) -> str:
    """Return the digits of a text, Thai ones as Arabic ones."""
    return "".join(str(int(letter)) for letter in text if letter.isdecimal())


def _digits_differ(part: str, number: int, theirs: Sequence[str], same_count: bool) -> bool:
    """Tell whether another reading of the row has other digits in the place of this word."""
    if same_count:
        return digits_of(part) != digits_of(theirs[number])
    return digits_of(part) not in [digits_of(word) for word in theirs]


def _with_rivals(part: str, start: int, written: Written) -> tuple[str, ...]:
    """Return a word as it would read with another digit, the least certain digit first."""
    inside = [at for at in written.rivals if start <= at < start + len(part)]
    inside.sort(key=lambda at: written.shapes.get(at, 1.0))
    return tuple(
        part[: at - start] + rival + part[at - start + 1 :]
        for at in inside
        for rival in written.rivals[at]
    )[:_MOST_RIVALS]


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
