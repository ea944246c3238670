"""A page image becomes ink: background flattened, black and coloured ink told apart."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

Gray = NDArray[np.uint8]  # height × width, 0 black .. 255 white
Rgb = NDArray[np.uint8]  # height × width × 3

LONGEST_SIDE = 3600  # pixels: A4 at 300 dpi; more only slows reading down
_PAPER_CELL = 8  # pixels per cell of the paper's brightness map
_COLOURED = 60  # saturation (0..255) from which ink is not black


def limit_size(rgb: Rgb) -> Rgb:
    """Shrink an image whose longest side is over ``LONGEST_SIDE`` pixels."""
    longest = max(rgb.shape[:2])
    if longest <= LONGEST_SIDE:
        return rgb
    scale = LONGEST_SIDE / longest
    return np.asarray(
        cv2.resize(rgb, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8
    )


def flatten(rgb: Rgb) -> Gray:
    """Return the ink as grey on even white: shadows, tint and fold lines of the paper removed.

    The darkest channel is taken, so that red and blue ink are as dark as black ink.
    """
    red, green, blue = cv2.split(rgb)
    dark = cv2.min(cv2.min(red, green), blue)
    height, width = dark.shape
    cells = (max(1, width // _PAPER_CELL), max(1, height // _PAPER_CELL))
    small = cv2.resize(dark, cells, interpolation=cv2.INTER_AREA)
    paper = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((7, 7), np.uint8))
    paper = cv2.GaussianBlur(paper, (0, 0), 5)
    paper = cv2.resize(paper, (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(dark, np.maximum(paper, 1), scale=255), np.uint8)


def binarise(flat: Gray) -> Gray:
    """Return 1 where there is ink, else 0: Otsu's threshold, never so high as to take paper."""
    otsu, _ = cv2.threshold(flat, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    return np.asarray(flat < min(max(otsu + 10, 90), 200), np.uint8)


def ink_colours(rgb: Rgb, ink: Gray) -> NDArray[np.int8]:
    """Return per pixel 0 for paper and black or grey ink, 1 for blue, 2 for red or violet ink."""
    colours = np.zeros(ink.shape, np.int8)
    places = np.flatnonzero(ink)
    if not len(places):
        return colours
    pixels = rgb.reshape(-1, 3)[places]
    hsv = cv2.cvtColor(pixels[None], cv2.COLOR_RGB2HSV)[0]
    hue, coloured = hsv[:, 0], hsv[:, 1] >= _COLOURED
    blue = (hue > 85) & (hue < 140)
    colours.reshape(-1)[places] = np.where(coloured, np.where(blue, 1, 2), 0)
    return colours
