"""Puts a page upright: quarter turns and skew, by the ink alone."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from ocr.glyphs import Patches, Role, clean_ink
from ocr.raster import Gray, Rgb, binarise, flatten, limit_size
from ocr.rows import Row, find_rows

_LOOK = 900  # pixels of the longer side when looking for the angle
_STEEPEST = 6.0  # degrees of skew that are looked for
_LEAST_SKEW = 0.15  # degrees that are worth turning


@dataclass(frozen=True, slots=True)
class Upright:
    """A page image put upright, and how: quarter turns clockwise, then degrees anticlockwise."""

    image: Rgb
    quarter_turns: int
    skew: float


def put_upright(rgb: Rgb) -> Upright:
    """Turn a page so that its rows run level and its letters stand on their feet."""
    image = limit_size(rgb)
    small = _small_ink(image)
    turns = 0
    if _levelness(small.T.copy()) > 1.25 * _levelness(small):
        turns, image = 1, np.ascontiguousarray(np.rot90(image, -1))
        small = _small_ink(image)
    skew = _skew(small)
    image = _rotate(image, skew)
    if _on_its_head(image):
        turns, image = turns + 2, np.ascontiguousarray(np.rot90(image, 2))
    return Upright(image, turns, skew)


def _small_ink(rgb: Rgb) -> Gray:
    scale = _LOOK / max(rgb.shape[:2])
    small = cv2.resize(rgb, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    ink = binarise(flatten(np.asarray(small, np.uint8)))
    edge = max(4, _LOOK // 60)  # scanner shadows at the edges are straight whatever the text is
    ink[:edge], ink[-edge:], ink[:, :edge], ink[:, -edge:] = 0, 0, 0, 0
    return ink


def _levelness(ink: Gray) -> float:
    """Return how sharply rows of text stand out when the ink is summed along the rows."""
    profile = ink.sum(axis=1, dtype=np.float64)
    return float(np.square(np.diff(profile)).sum() / (profile.sum() or 1.0))


def _skew(ink: Gray) -> float:
    """Return the degrees (anticlockwise positive) that make the rows level."""
    best = 0.0
    for step, reach in ((0.5, _STEEPEST), (0.1, 0.5)):
        angles = best + np.arange(-reach, reach + step / 2, step)
        scores = [_levelness(_rotate(ink, float(angle))) for angle in angles]
        best = float(angles[int(np.argmax(scores))])
    return best if abs(best) >= _LEAST_SKEW else 0.0


def _rotate(image: Gray, degrees: float) -> Gray:
    if degrees == 0.0:
        return image
    height, width = image.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    white = (255, 255, 255) if image.ndim == 3 else 0
    turned = cv2.warpAffine(image, turn, (width, height), flags=cv2.INTER_LINEAR, borderValue=white)
    return np.asarray(turned, np.uint8)


def _on_its_head(image: Rgb) -> bool:
    """Tell by the marks: Thai writes far more of them above the line than below it."""
    patches = clean_ink(binarise(flatten(image)))
    rows = [row for row in find_rows(patches) if len(row.patches) > 12]
    above, below = _marks(rows, patches)
    return below > 12 and below > 1.5 * above


def _marks(rows: list[Row], patches: Patches) -> tuple[int, int]:
    above = below = 0
    for row in rows:
        marks = row.patches[patches.role[row.patches] == Role.MARK]
        above += int(np.count_nonzero(patches.bottom[marks] <= row.top + 0.15 * row.body))
        below += int(np.count_nonzero(patches.top[marks] >= row.bottom - 0.05 * row.body))
    return above, below
