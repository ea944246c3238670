"""Puts a page upright by its ink alone: quarter turns, skew, and whether it stands on its head."""

from __future__ import annotations

import math
from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.connected import connected
from ocr.glyphs import Patches, Role
from ocr.raster import Gray, Rgb, coarse, darkest, flatten, ink_places, limit_size
from ocr.rows import Row

Points = tuple[NDArray[np.float32], NDArray[np.float32]]  # down, across: pixels

_PAPER = 200  # grey from which a pixel is paper
_LOOK = 1000  # pixels of the longer side, about, when looking for the angle
_EVERY = 3  # pixels of ink for one that is looked at
_LETTER = 0.03  # share of the longer side over which a patch is no letter
_STEEPEST = 6.0  # degrees of skew that are looked for
_LEAST_SKEW = 0.15  # degrees that are worth turning
_FEWEST_MARKS = 12  # under the line, to call a page upside down


def level(rgb: Rgb) -> tuple[Rgb, bool]:
    """Turn a page so that its rows run level, and tell whether it took a quarter turn.

    The page may still stand on its head.
    """
    image = limit_size(rgb)
    ink = _letters(image)
    letters, turned = _points(ink), _points(np.ascontiguousarray(np.rot90(ink, -1)))
    skew, levelness = _best_angle(letters, 0.0, 1.0, _STEEPEST)
    other_skew, other = _best_angle(turned, 0.0, 1.0, _STEEPEST)
    sideways = other > 1.15 * levelness
    if sideways:
        image, letters, skew = np.ascontiguousarray(np.rot90(image, -1)), turned, other_skew
    return _unskewed(image, letters, skew), sideways


def deskew(rgb: Rgb) -> Rgb:
    """Turn a page by no more than its skew, so that its rows run level."""
    image = limit_size(rgb)
    letters = _points(_letters(image))
    return _unskewed(image, letters, _best_angle(letters, 0.0, 1.0, _STEEPEST)[0])


def _unskewed(image: Rgb, letters: Points, skew: float) -> Rgb:
    for step, reach in ((0.25, 0.75), (0.05, 0.15)):
        skew, _ = _best_angle(letters, skew, step, reach)
    return _rotate(image, skew if abs(skew) >= _LEAST_SKEW else 0.0)


def turn_around(image: Rgb) -> Rgb:
    """Turn a page by half."""
    return np.ascontiguousarray(np.rot90(image, 2))


def stands_on_its_head(rows: Sequence[Row], patches: Patches) -> bool:
    """Tell by the marks: Thai writes far more of them above the line than below it."""
    above = below = 0
    for row in rows:
        if len(row.patches) <= 12:
            continue
        marks = row.patches[patches.role[row.patches] == Role.MARK]
        above += int(np.count_nonzero(patches.bottom[marks] <= row.top + 0.15 * row.body))
        below += int(np.count_nonzero(patches.top[marks] >= row.bottom - 0.05 * row.body))
    return below > _FEWEST_MARKS and below > 1.5 * above


def _letters(rgb: Rgb) -> Gray:
    """Return the ink of what has the size of letters, small: no frames, edges, emblems."""
    small = darkest(coarse(rgb, max(1, round(max(rgb.shape[:2]) / _LOOK))))
    # Thin strokes turn grey when they are made small: every shade that is not paper counts.
    ink = (flatten(small) < _PAPER).astype(np.uint8)
    labels, measures = connected(ink)
    most = _LETTER * max(ink.shape)
    kept = (measures[:, 2] < most) & (measures[:, 3] < most) & (measures[:, 4] > 2)
    return np.asarray(kept[labels], np.uint8)


def _points(ink: Gray) -> Points:
    """Return where ink is: rows and columns of every few of its pixels."""
    across, down = ink_places(ink)
    return down[::_EVERY].astype(np.float32), across[::_EVERY].astype(np.float32)


def _levelness(points: Points, degrees: float) -> float:
    """Return how sharply rows of text stand out when the page is turned anticlockwise by this."""
    down, across = points
    if not len(down):
        return 0.0
    level = down - across * math.tan(math.radians(degrees))
    profile = np.bincount((level - level.min()).astype(np.int32)).astype(np.float64)
    return float(np.square(np.diff(profile)).sum() / profile.sum())


def _best_angle(points: Points, around: float, step: float, reach: float) -> tuple[float, float]:
    """Return the degrees (anticlockwise) that make the rows most level, and how level."""
    best, most = around, _levelness(points, around)
    for angle in around + np.arange(-reach, reach + step / 2, step):
        levelness = _levelness(points, float(angle))
        if levelness > most:
            best, most = float(angle), levelness
    return best, most


def _rotate(image: NDArray[np.uint8], degrees: float) -> NDArray[np.uint8]:
    if degrees == 0.0:
        return image
    height, width = image.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    white = (255, 255, 255) if image.ndim == 3 else 0
    turned = cv2.warpAffine(image, turn, (width, height), flags=cv2.INTER_LINEAR, borderValue=white)
    return np.asarray(turned, np.uint8)
