"""A page image becomes ink: background flattened, black and coloured ink told apart."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

Gray = NDArray[np.uint8]  # height × width, 0 black .. 255 white
Rgb = NDArray[np.uint8]  # height × width × 3
Ints = NDArray[np.int32]  # numbers of patches, pixels and places

LONGEST_SIDE = 3600  # pixels: A4 at 300 dpi; more only slows reading down
CELL = 8  # pixels per cell of the map of brightness
_COLOURED = 60  # saturation (0..255) from which ink is not black
_CHROMA = 36  # and difference of its strongest and weakest channel (0..255)
_GREY = 22  # difference of the channels under which it is black or grey for certain
_SAMPLE = 4  # rows of pixels for one that tells the threshold of ink, and whether any is coloured
_EVERY = 31  # pixels down and across between those that tell the colour of the paper
_STRAY = 0.002  # share of a page's ink under which coloured pixels are noise
_AROUND = 7  # pixels of the square in which ink of one colour must prevail


def limit_size(rgb: Rgb) -> Rgb:
    """Shrink an image whose longest side is over ``LONGEST_SIDE`` pixels."""
    longest = max(rgb.shape[:2])
    if longest <= LONGEST_SIDE:
        return rgb
    return shrink(rgb, LONGEST_SIDE / longest)


def shrink(rgb: Rgb, scale: float) -> Rgb:
    """Make a page smaller by a scale under 1."""
    smaller = cv2.resize(rgb, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return np.asarray(smaller, np.uint8)


def darkest(rgb: Rgb) -> Gray:
    """Return the darkest channel of every pixel, so that red and blue ink are as dark as black."""
    red, green, blue = cv2.split(rgb)
    return np.asarray(cv2.min(cv2.min(red, green), blue), np.uint8)


def coarse(image: NDArray[np.uint8], cell: int) -> NDArray[np.uint8]:
    """Return the mean of every square of ``cell`` pixels; what is left over at the edges is not in.

    A whole number of pixels per cell takes a fifth of the time of other scales.
    """
    height, width = (max(1, side // cell) for side in image.shape[:2])
    whole = image[: height * cell, : width * cell]
    return np.asarray(cv2.resize(whole, (width, height), interpolation=cv2.INTER_AREA), np.uint8)


def coarse_ink(ink: Gray, cell: int) -> Gray:
    """Return 1 for every square of ``cell`` pixels (16 at most) that holds any ink, else 0."""
    return (coarse(ink * 255, cell) > 0).astype(np.uint8)


def flatten(dark: Gray) -> Gray:
    """Return the ink as grey on even white: shadows, tint and fold lines of the paper removed."""
    height, width = dark.shape
    paper = cv2.morphologyEx(coarse(dark, CELL), cv2.MORPH_CLOSE, np.ones((7, 7), np.uint8))
    paper = np.maximum(cv2.GaussianBlur(paper, (0, 0), 5), 1)
    paper = cv2.resize(paper, (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(dark, paper, scale=255), np.uint8)


def binarise(flat: Gray) -> Gray:
    """Return 1 where there is ink, else 0: Otsu's threshold, never so high as to take paper."""
    otsu, _ = cv2.threshold(flat[::_SAMPLE], 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    highest = min(max(otsu + 10, 90), 200) - 1
    return np.asarray(cv2.threshold(flat, highest, 1, cv2.THRESH_BINARY_INV)[1], np.uint8)


def ink_places(ink: Gray) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return the column and the row of every pixel of ink, row by row."""
    found = cv2.findNonZero(ink)  # a third of NumPy's time
    places = np.zeros((0, 2), np.int32) if found is None else np.asarray(found, np.int32)
    across, down = places.reshape(-1, 2).T
    return across, down


def ink_colours(rgb: Rgb, ink: Gray) -> NDArray[np.int8]:
    """Return per pixel 0 for paper and black or grey ink, 1 for blue, 2 for red or violet ink.

    Ink that is neither clearly coloured nor clearly grey takes the colour of the ink around it:
    JPEG leaves coloured fringes on black letters and grey cores in the strokes of a pen.
    """
    colours = np.zeros(ink.shape, np.int8)
    gain = _gain(rgb, ink)
    some = np.ascontiguousarray(ink[::_SAMPLE])
    sample = _kinds(rgb[::_SAMPLE], some, gain)
    if np.count_nonzero((sample == 1) | (sample == 2)) <= _STRAY * np.count_nonzero(some):
        return colours
    kinds = _kinds(rgb, ink, gain)
    left, top, width, height = cv2.boundingRect(((kinds == 1) | (kinds == 2)).astype(np.uint8))
    window = (
        slice(max(0, top - _AROUND), top + height + _AROUND),
        slice(max(0, left - _AROUND), left + width + _AROUND),
    )
    across, down = ink_places(np.ascontiguousarray(ink[window]))
    counts = [_count_around(kinds[window] == kind)[down, across] for kind in (3, 1, 2)]
    colours[window][down, across] = np.argmax(np.stack(counts), axis=0)
    return colours


def _kinds(rgb: Rgb, ink: Gray, gain: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Tell each pixel by its own colour: 1 blue, 2 red, 3 black, 0 unclear or paper."""
    kinds = np.zeros(ink.shape, np.uint8)
    across, down = ink_places(ink)
    if not len(across):
        return kinds
    pixels = np.minimum(rgb[down, across] * gain, 255).astype(np.uint8)
    hsv = cv2.cvtColor(pixels[None], cv2.COLOR_RGB2HSV)[0]
    hue, chroma = hsv[:, 0], np.ptp(pixels, axis=1)
    # In dark ink saturation is mostly noise: it must be coloured by the measure of light as well.
    coloured = (hsv[:, 1] >= _COLOURED) & (chroma >= _CHROMA)
    blue = (hue > 85) & (hue < 140)
    kinds[down, across] = np.where(coloured, np.where(blue, 1, 2), np.where(chroma < _GREY, 3, 0))
    return kinds


def _gain(rgb: Rgb, ink: Gray) -> NDArray[np.float32]:
    """Return what makes the paper white that is cream or warmly lit, per channel."""
    some, bare = rgb[::_EVERY, ::_EVERY], ink[::_EVERY, ::_EVERY] == 0
    paper = np.median(some[bare], axis=0) if bare.any() else np.full(3, 255.0)
    return np.asarray(paper.max() / np.maximum(paper, 1.0), np.float32)


def _count_around(mask: NDArray[np.bool_]) -> NDArray[np.uint8]:
    side = (_AROUND, _AROUND)
    counts = cv2.boxFilter(
        mask.astype(np.uint8), cv2.CV_8U, side, normalize=False, borderType=cv2.BORDER_CONSTANT
    )
    return np.asarray(counts, np.uint8)
