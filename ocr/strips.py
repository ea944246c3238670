"""Rows become strips: each row set again, clean and alone, at the size that the engine reads best.

Rules, leaders, emblems and the marks of neighbouring rows stay behind, and Thai digits are set as
Arabic ones, which the engine knows (see ocr.digits).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from ocr.glyphs import Patches
from ocr.pieces import Numeral
from ocr.raster import Gray, Ints
from ocr.rows import Row

BODY = 16  # pixels of a consonant on a strip: as right as up to 30, and the fastest
_MARGIN = 14  # pixels of white around the text
_WIDEST = 6000  # pixels
_CLOSE = 0.4  # heights of white within a number
_PITCH = 6  # pixels of white between digits that we set


@dataclass(frozen=True, slots=True)
class Strip:
    """A row alone on white, its consonants ``BODY`` pixels high; all numbers in its pixels."""

    image: Gray
    left: float  # where the row begins
    right: float  # and ends
    top: float  # of its consonants
    bottom: float


def cut_strip(row: Row, numerals: Sequence[Numeral], patches: Patches, flat: Gray) -> Strip:
    """Cut a row out with its own ink only, set its digits, and bring it to reading size."""
    pad = 2
    left, right = max(0, row.left - pad), min(flat.shape[1], row.right + pad)
    top = max(0, int(patches.top[row.patches].min()) - pad)
    bottom = min(flat.shape[0], int(patches.bottom[row.patches].max()) + pad)
    window = (slice(top, bottom), slice(left, right))
    kept = np.setdiff1d(row.patches, [numeral.piece.patch for numeral in numerals])
    strip = ink_alone(kept, window, patches, flat)
    scale = min(BODY / row.body, _WIDEST / strip.shape[1])
    how = cv2.INTER_CUBIC if scale > 1 else cv2.INTER_AREA
    scaled = np.asarray(cv2.resize(strip, None, fx=scale, fy=scale, interpolation=how), np.uint8)
    for run in _runs(numerals, row, patches):
        _set_digits(scaled, run, (left, row.bottom - top), scale)
    edge = (_MARGIN,) * 4
    image = cv2.copyMakeBorder(scaled, *edge, cv2.BORDER_CONSTANT, value=255)
    band = (_MARGIN + (level - top) * scale for level in (row.top, row.bottom))
    right_edge = float(image.shape[1] - _MARGIN)
    return Strip(np.asarray(image, np.uint8), float(_MARGIN), right_edge, *band)


def ink_alone(kept: Ints, window: tuple[slice, slice], patches: Patches, flat: Gray) -> Gray:
    """Return a window of the page (rows, columns) with the ink of some patches alone on white."""
    own = np.isin(patches.labels[window], kept)
    near = cv2.dilate(own.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    return np.where(near, flat[window], 255).astype(np.uint8)


def _runs(numerals: Sequence[Numeral], row: Row, patches: Patches) -> list[list[Numeral]]:
    """Group signs that stand close together with nothing else between them."""
    ours = [numeral.piece.patch for numeral in numerals]
    others = np.setdiff1d(row.patches, ours)
    centres = patches.left[others] + patches.width[others] / 2
    runs: list[list[Numeral]] = []
    for numeral in numerals:
        piece = numeral.piece
        if runs:
            before = runs[-1][-1].piece
            close = piece.left - before.right < _CLOSE * (piece.bottom - piece.top)
            middle = (before.left + before.right) / 2, (piece.left + piece.right) / 2
            if close and not np.any((centres > middle[0]) & (centres < middle[1])):
                runs[-1].append(numeral)
                continue
        runs.append([numeral])
    return runs


def _set_digits(strip: Gray, run: list[Numeral], origin: tuple[int, float], scale: float) -> None:
    """Set a run evenly, wherever on the line and however large it was written."""
    signs = [_sign_image(numeral.sign) for numeral in run]
    middle = ((run[0].piece.left + run[-1].piece.right) / 2 - origin[0]) * scale
    total = sum(sign.shape[1] for sign in signs) + _PITCH * (len(signs) - 1)
    left = int(np.clip(middle - total / 2, 0, max(0, strip.shape[1] - total)))
    for sign in signs:
        height, width = sign.shape
        top = int(np.clip(origin[1] * scale - height, 0, max(0, strip.shape[0] - height)))
        space = strip[top : top + height, left : left + width]
        np.minimum(space, sign[: space.shape[0], : space.shape[1]], out=space)
        left += width + _PITCH


@lru_cache(maxsize=16)
def _sign_image(sign: str) -> Gray:
    """Draw an Arabic digit of body height, or a sign as it stands beside one, cut to its ink."""
    font = ImageFont.load_default(BODY * 1.36)
    image = Image.new("L", (2 * BODY, 3 * BODY), 255)
    ImageDraw.Draw(image).text((BODY // 2, BODY // 2), sign, font=font, fill=20)
    drawn = np.asarray(image, np.uint8)
    rows, columns = np.where(drawn < 200)
    top, bottom = (rows.min(), rows.max()) if sign.isdigit() else _digit_band(font)
    return drawn[top : bottom + 1, columns.min() : columns.max() + 1].copy()


def _digit_band(font: ImageFont.FreeTypeFont | ImageFont.ImageFont) -> tuple[int, int]:
    """Return the first and last row of ink of a digit drawn as above."""
    _, top, _, bottom = font.getbbox("0")
    return int(top) + BODY // 2, int(bottom) + BODY // 2 - 1
