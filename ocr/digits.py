"""Thai digits by the shape of their glyphs.

Tesseract's Thai models were trained without ๔ ๖ ๗ ๘ ๙: these five are not in their alphabet
(``combine_tessdata -u`` shows it), so a printed ๒๕๖๘ comes out as ๒๕๒๕ with high confidence.
A small network over single glyphs, trained on digits drawn in many fonts, reads all ten, and the
slash of reference numbers, which the engine takes for a 7 or drops.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.raster import Gray

SIDE = 20  # pixels of the square that a glyph is drawn into
_CELL = 4  # pixels of a cell in which stroke directions are counted
_DIRECTIONS = 8
FEATURES = SIDE * SIDE + (SIDE // _CELL) ** 2 * _DIRECTIONS + 2
CLASSES = "๐๑๒๓๔๕๖๗๘๙/"  # the class after these means "no sign of a number"

Features = NDArray[np.float32]


class DigitModelError(Exception):
    """The digit model cannot be used; the message says what to do."""


@dataclass(frozen=True, slots=True)
class DigitModel:
    """A network with one hidden layer: features → rectified units → one score per class."""

    hidden: NDArray[np.float32]
    hidden_bias: NDArray[np.float32]
    output: NDArray[np.float32]
    output_bias: NDArray[np.float32]

    def probabilities(self, features: Features) -> NDArray[np.float32]:
        """Return, per glyph, the probability of each class and of "no sign" (rows sum to 1)."""
        units = np.maximum(features @ self.hidden + self.hidden_bias, 0)
        scores = units @ self.output + self.output_bias
        scores -= scores.max(axis=1, keepdims=True)
        powers = np.exp(scores)
        return np.asarray(powers / powers.sum(axis=1, keepdims=True), np.float32)


def glyph_features(glyphs: Sequence[Gray], bodies: Sequence[float]) -> Features:
    """Describe glyphs, each cut to its ink: the shape, and the size beside its line's body height.

    A glyph is grey (0 ink, 255 paper); a body is the height of a consonant in pixels. Returns a row
    of ``FEATURES`` numbers per glyph.
    """
    ink = np.stack([_on_square(glyph) for glyph in glyphs])
    sizes = [
        (glyph.shape[0] / body, glyph.shape[1] / body)
        for glyph, body in zip(glyphs, bodies, strict=True)
    ]
    shapes = ink.reshape(len(ink), -1)
    return np.concatenate([shapes, _strokes(ink), np.array(sizes, np.float32)], axis=1)


def _on_square(glyph: Gray) -> NDArray[np.float32]:
    """Draw a glyph into a square: 1 its darkest ink, 0 paper."""
    height, width = glyph.shape
    scale = SIDE / max(height, width)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    small = cv2.resize(glyph, size, interpolation=cv2.INTER_AREA)
    square = np.full((SIDE, SIDE), 255, np.uint8)
    left, top = (SIDE - size[0]) // 2, (SIDE - size[1]) // 2
    square[top : top + size[1], left : left + size[0]] = small
    ink = 1.0 - square.astype(np.float32) / 255.0
    ink /= float(ink.max()) or 1.0
    return ink


def _strokes(ink: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return how much edge of each direction stands in each cell, in thin and bold type alike."""
    count, parts = len(ink), (SIDE // _CELL) ** 2 * _DIRECTIONS
    # One tall picture, each square with its own edge mirrored around it: one call for all of them.
    framed = np.pad(ink, ((0, 0), (1, 1), (1, 1)), "reflect").reshape(-1, SIDE + 2)
    across, down = cv2.Sobel(framed, cv2.CV_32F, 1, 0), cv2.Sobel(framed, cv2.CV_32F, 0, 1)
    polar = [each.reshape(ink.shape[0], SIDE + 2, -1) for each in cv2.cartToPolar(across, down)]
    strength, angle = (each[:, 1:-1, 1:-1] for each in polar)
    direction = (angle * (_DIRECTIONS / (2 * np.pi))).astype(np.int32) % _DIRECTIONS
    cells = np.arange(SIDE) // _CELL
    place = (cells[:, None] * (SIDE // _CELL) + cells[None, :]) * _DIRECTIONS + direction
    place += np.arange(count)[:, None, None] * parts
    sums = np.bincount(place.ravel(), strength.ravel(), count * parts).reshape(count, parts)
    whole = sums.sum(axis=1, keepdims=True)
    return np.asarray(np.sqrt(sums / np.where(whole > 0, whole, 1.0)) * 3.0, np.float32)


def save_digit_model(model: DigitModel, path: Path) -> None:
    """Write the model as plain arrays."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".partial.npz")
    np.savez_compressed(
        partial,
        hidden=model.hidden,
        hidden_bias=model.hidden_bias,
        output=model.output,
        output_bias=model.output_bias,
    )
    partial.replace(path)


def load_digit_model(path: Path) -> DigitModel:
    """Read a model.

    Raises:
        DigitModelError: the file is missing or damaged.
    """
    try:
        with np.load(path, allow_pickle=False) as arrays:
            parts = {name: np.asarray(arrays[name], np.float32) for name in arrays.files}
        model = DigitModel(**parts)
    except (OSError, ValueError, KeyError, TypeError, EOFError, BadZipFile) as error:
        message = f"แบบจำลองเลขไทยใช้ไม่ได้ ({path.name}) ให้สั่ง saraban train ใหม่"
        raise DigitModelError(message) from error
    if model.hidden.shape[0] != FEATURES or model.output.shape[1] != len(CLASSES) + 1:
        raise DigitModelError(f"แบบจำลองเลขไทย ({path.name}) เป็นคนละรุ่น ให้สั่ง saraban train ใหม่")
    return model
