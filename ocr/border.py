"""What lies around the paper: the desk under a photograph, the lid of a copier, black edges."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.raster import CELL, Gray, coarse

_TYPE = 5  # cells over which letters are closed: what stays dark is no type
_LEAP = 30  # grey levels by which brightness changes at an edge of paper, within its few cells
_SHARP = 0.85  # share of an outline that must leap so: paper has edges, a shadow fades
_STEP = 8  # grey levels between the brightnesses that are tried
_LEAST = 0.002  # share of the page under which a dark edge is nothing
_MOST = 0.5  # share of the page over which it is no edge but the page itself
_MARGIN = 2  # cells beside a dark edge that its shadow takes


def dark_border(dark: Gray) -> NDArray[np.bool_] | None:
    """Return where no paper is: dark areas that reach the picture's edge; None without any.

    ``dark`` is the darkest channel of the page.
    """
    height, width = dark.shape
    areas = cv2.morphologyEx(coarse(dark, CELL), cv2.MORPH_CLOSE, np.ones((_TYPE, _TYPE), np.uint8))
    outside = _outside(np.asarray(areas, np.uint8))
    if outside is None:
        return None
    side = 2 * _MARGIN + 1
    grown = cv2.dilate(outside, np.ones((side, side), np.uint8))
    whole = cv2.resize(grown, (width, height), interpolation=cv2.INTER_NEAREST)
    return np.asarray(whole > 0, np.bool_)


def _outside(areas: Gray) -> Gray | None:
    """Return the largest dark area along the rim that ends in a leap of brightness all around."""
    near = np.ones((5, 5), np.uint8)
    leaps = cv2.morphologyEx(areas, cv2.MORPH_GRADIENT, near) >= _LEAP
    rim = np.concatenate([areas[0], areas[-1], areas[:, 0], areas[:, -1]])
    best = None
    for level in range(int(rim.min()) + _STEP, int(np.median(areas)), _STEP):
        dark = (areas < level).astype(np.uint8)
        _, labels = cv2.connectedComponents(dark, connectivity=8)
        touching = np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]])
        outside = np.isin(labels, np.setdiff1d(touching, [0])).astype(np.uint8)
        if outside.mean() > _MOST:
            break
        if outside.mean() > _LEAST and _ends_sharply(outside, best, leaps):
            best = outside
    return best


def _ends_sharply(outside: Gray, before: Gray | None, leaps: NDArray[np.bool_]) -> bool:
    """Tell whether brightness leaps around a dark area, and around what it grew by.

    A desk has a long sharp edge: a shadow on the paper that it grows into would pass with it.
    """
    near = np.ones((3, 3), np.uint8)
    outline = (cv2.dilate(outside, near) > outside) & (outside == 0)
    if not outline.any() or leaps[outline].mean() < _SHARP:
        return False
    if before is None:
        return True
    grown = outline & (cv2.dilate(outside & ~before, near) > 0)
    return not grown.any() or bool(leaps[grown].mean() >= _SHARP)
