"""The look of a page in 64 bits: two scans of one sheet look alike, whatever the words say.

A difference hash (dHash): the page's ink in 8 rows of 9 cells; each bit tells whether a cell holds
more ink than its right neighbour.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.raster import Rgb

_WIDE = 416  # pixels of the page's width in which ink is looked for; 50 dpi of an A4 page
_AROUND = 31  # pixels around a place from which the paper's brightness is taken
_INK = 0.16  # share of the paper's brightness by which ink is darker, in a faint photocopy too
_LEAST = 0.004  # share of inked pixels under which a page has no look: it is as good as blank
_OUTSIDE = 0.004  # share of the ink left out at each side: specks and a scanner's black edge
_ROWS, _CELLS = 8, 9


def look_of(image: Rgb) -> str | None:
    """Return the look of an upright page as 16 hex digits, None for a page with next to no ink."""
    ink = _ink(image)
    if ink.mean() < _LEAST:
        return None
    cells = cv2.resize(_written(ink), (_CELLS, _ROWS), interpolation=cv2.INTER_AREA)
    bits = (cells[:, :-1] > cells[:, 1:]).ravel()
    return np.packbits(bits).tobytes().hex()


def _ink(image: Rgb) -> NDArray[np.float32]:
    """Return where a small picture of the page is darker than the paper around (0 or 1)."""
    height, width = image.shape[:2]
    size = (_WIDE, max(round(_WIDE * height / width), 1))
    small = cv2.resize(image, size, interpolation=cv2.INTER_AREA).min(axis=2)
    paper = cv2.medianBlur(cv2.dilate(small, np.ones((5, 5), np.uint8)), _AROUND)
    return np.asarray(small < paper * (1 - _INK), np.float32)


def _written(ink: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the part of the page that is written on: a sheet may lie elsewhere on the glass."""
    (top, bottom), (left, right) = (_bounds(ink.sum(axis=axis)) for axis in (1, 0))
    return ink[top:bottom, left:right]


def _bounds(ink: NDArray[np.float32]) -> tuple[int, int]:
    share = np.cumsum(ink) / ink.sum()
    first, last = np.searchsorted(share, [_OUTSIDE, 1 - _OUTSIDE])
    return int(first), int(last) + 1
