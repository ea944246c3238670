"""Glyphs become rows of text. We find them ourselves: Tesseract's own search drops letter heads."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from models.letters import Ink
from ocr.chains import Chain, adopt_stray_marks, band, chain_glyphs, free_band, join_broken
from ocr.entries import fill_gaps, join_over_leaders
from ocr.glyphs import Patches, Role
from ocr.layers import INKS
from ocr.raster import Ints


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """One row of text, or one side of it: its patches, and the band of its consonants in pixels."""

    patches: Ints
    ink: Ink  # the colour of most of its letters
    left: int
    right: int
    top: float  # of the consonants, marks excluded
    bottom: float

    @property
    def body(self) -> float:
        """Return the height of the row's consonants."""
        return self.bottom - self.top


def find_rows(patches: Patches) -> list[Row]:
    """Return the rows of a straightened page, in no order (see ocr.order)."""
    growing = adopt_stray_marks(chain_glyphs(patches), patches)
    for row in growing:
        free_band(row, patches)
    growing = join_broken(growing, patches)
    growing = fill_gaps(join_over_leaders(growing, patches), patches)
    _take_marks(growing, patches)
    rows = [_finished(row, patches) for row in growing]
    return [row for row in rows if _could_be_text(row, patches)]


def _take_marks(rows: list[Chain], patches: Patches) -> None:
    """Give every mark to the row of the glyph it stands over, under or beside."""
    owner = np.full(len(patches.left), -1, np.int32)
    for number, row in enumerate(rows):
        owner[row.members] = number
    glyphs = np.flatnonzero(owner >= 0)
    if not len(glyphs):
        return
    left, right = patches.left[glyphs], patches.right[glyphs]
    bands = np.array([(row.top, row.bottom) for row in rows])[owner[glyphs]]
    # The letters of a label may be larger than the rest of its row.
    bands[:, 0] = np.minimum(bands[:, 0], patches.top[glyphs])
    body = bands[:, 1] - bands[:, 0]
    for mark in patches.ids(Role.MARK):
        mark_left, mark_right = patches.left[mark], patches.right[mark]
        mark_top, mark_bottom = patches.top[mark], patches.bottom[mark]
        beside = np.maximum(0, np.maximum(left - mark_right, mark_left - right))
        # A tone mark stands up to a body above, a vowel half a body below.
        over = np.maximum(0, np.maximum(bands[:, 0] - mark_bottom, mark_top - bands[:, 1]))
        distance = over + 0.8 * beside + np.where(mark_top > bands[:, 1], 0.15 * body, 0.0)
        nearest = int(np.argmin(distance))
        if over[nearest] < 0.8 * body[nearest] and beside[nearest] < 1.2 * body[nearest]:
            rows[owner[glyphs[nearest]]].members.append(int(mark))


def _finished(row: Chain, patches: Patches) -> Row:
    members = np.array(sorted(row.members), np.int32)
    glyphs = members[patches.role[members] == Role.GLYPH]
    top, bottom = band(row, patches)
    left, right = int(patches.left[members].min()), int(patches.right[members].max())
    counts = np.bincount(patches.colour[glyphs], minlength=len(INKS))
    ink = INKS[int(np.argmax(counts))]
    return Row(members, ink, left, right, top, bottom)


def _could_be_text(row: Row, patches: Patches) -> bool:
    """A lone patch is text only if it has the size of a letter."""
    return len(row.patches) > 1 or 0.75 * patches.body < row.body < 4 * patches.body
