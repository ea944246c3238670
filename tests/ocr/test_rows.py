"""Rows are found whole: no letter, label, entry or tone mark falls out of its row."""

from __future__ import annotations

import numpy as np
import pytest

from ocr.glyphs import Patches, find_patches
from ocr.rows import Row, find_rows

LETTER = 17  # pixels: the height of a consonant of the running text
Glyph = tuple[int, int, int, int]  # left, top, width, height


def glyphs(left: int, bottom: int, heights: list[int]) -> list[Glyph]:
    """Letters side by side on one line."""
    return [
        (left + 20 * place, bottom - height, 14, height) for place, height in enumerate(heights)
    ]


def running_text() -> list[Glyph]:
    """Rows of plain letters, so that the page has a body height."""
    return [glyph for row in range(4) for glyph in glyphs(100, 600 + 60 * row, [LETTER] * 30)]


def rows_of(drawn: list[Glyph]) -> tuple[list[Row], Patches]:
    ink = np.zeros((900, 1000), np.uint8)
    for left, top, width, height in running_text() + drawn:
        ink[top : top + height, left : left + width] = 1
    patches = find_patches(ink)
    return [row for row in find_rows(patches) if row.top < 500], patches


def test_a_title_whose_letters_differ_by_a_pixel_is_one_row() -> None:
    rows, _ = rows_of(glyphs(300, 200, [32, 32, 33, 32, 33, 33, 32, 32]))
    assert len(rows) == 1
    assert len(rows[0].patches) == 8


def test_a_row_goes_on_after_a_letter_that_runs_together_with_its_marks() -> None:
    with_mark = LETTER + 17
    rows, _ = rows_of(glyphs(100, 200, [LETTER] * 6 + [with_mark] + [LETTER] * 9))
    assert len(rows) == 1
    assert len(rows[0].patches) == 16


def test_two_sides_of_a_head_stay_apart() -> None:
    rows, _ = rows_of(glyphs(100, 200, [LETTER] * 6) + glyphs(600, 200, [LETTER] * 9))
    assert sorted(len(row.patches) for row in rows) == [6, 9]


@pytest.mark.parametrize("first", [13, LETTER, 26])
def test_a_row_keeps_its_tone_marks_whatever_sign_it_begins_with(first: int) -> None:
    letters = glyphs(100, 200, [first] + [LETTER] * 12)
    vowels = [(left, 200 - LETTER - 9, 12, 7) for left, *_ in letters[2::3]]
    tones = [(left + 9, 200 - LETTER - 18, 3, 7) for left, *_ in letters[2::3]]
    rows, _ = rows_of(letters + vowels + tones)
    assert len(rows) == 1
    assert len(rows[0].patches) == len(letters) + len(vowels) + len(tones)


def test_a_label_in_larger_type_keeps_its_tone_marks() -> None:
    label = glyphs(100, 200, [25, 25, 25])
    marks = [(120, 200 - 25 - 11, 14, 8), (130, 200 - 25 - 21, 3, 8)]
    rows, _ = rows_of(label + marks + glyphs(190, 200, [LETTER] * 12))
    assert len(rows) == 1
    assert len(rows[0].patches) == 3 + 2 + 12


def test_signs_off_the_line_that_stand_between_those_of_a_row_belong_to_it() -> None:
    row = glyphs(100, 200, [25] * 4) + glyphs(220, 200, [25]) + glyphs(280, 200, [25] * 4)
    between = glyphs(190, 208, [14]) + glyphs(250, 208, [14])
    rows, _ = rows_of(row + between)
    assert [len(each.patches) for each in rows] == [len(row) + len(between)]


def test_a_short_label_and_a_longer_entry_above_its_line_are_one_row() -> None:
    label = glyphs(100, 200, [14, 14, 14])
    mark = [(138, 200 - 14 - 17, 11, 14)]  # a vowel and its tone mark, as tall as a letter
    entry = glyphs(178, 190, [20, 20, 20, 20, 20])
    rows, _ = rows_of(label + mark + entry)
    assert len(rows) == 1
    assert len(rows[0].patches) == 3 + 1 + 5
