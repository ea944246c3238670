"""Ink of different colours that touches is parted: a stamp or a signature over print."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from models.letters import Ink
from ocr.raster import Ints

Colours = NDArray[np.int8]

# What the numbers of a colour map mean (see ``ocr.raster.ink_colours``).
INKS = (Ink.BLACK, Ink.BLUE, Ink.RED)

_MIXED = 0.2  # share of a patch from which ink of another colour is no fringe
_LEAST = 0.5  # and its area, in squares of the body height
_SOLID = 0.35  # share of its rectangle from which a large patch is a dark area, not writing
_LARGE = 5.0  # body heights


def part_layers(labels: Ints, stats: Ints, inks: Colours, body: float) -> tuple[Ints, Colours]:
    """Give every patch the colour of most of its ink; part those in which print and ink mix.

    Changes ``labels`` where a patch is parted (its old number keeps no area); returns the measures
    of all patches (left, top, width, height, area) and their colours.
    """
    count = len(stats)
    inside = inks > 0
    numbers, kinds = labels[inside], inks[inside]
    blue = np.bincount(numbers[kinds == 1], minlength=count)
    red = np.bincount(numbers[kinds == 2], minlength=count)
    area = stats[:, cv2.CC_STAT_AREA]
    black = area - blue - red
    colour = np.argmax(np.stack([black, blue, red]), axis=0).astype(np.int8)
    colour[0] = 0
    least = np.minimum(black, blue + red)
    mixed = (least > _MIXED * area) & (least > _LEAST * body * body)
    wide, high = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    mixed &= ~((area > _SOLID * wide * high) & (np.minimum(wide, high) > _LARGE * body))
    mixed[0] = False
    more, shades = [stats], [colour]
    for patch in np.flatnonzero(mixed):
        for shade, found in _parts(labels, stats, int(patch), inks, sum(map(len, more))):
            more.append(found)
            shades.append(np.full(len(found), shade, np.int8))
    return np.concatenate(more), np.concatenate(shades)


def _parts(
    labels: Ints, stats: Ints, patch: int, inks: Colours, first: int
) -> list[tuple[int, Ints]]:
    """Label the print and the coloured ink of one patch anew, with numbers from ``first``."""
    left, top, width, height, _ = (int(value) for value in stats[patch])
    window = (slice(top, top + height), slice(left, left + width))
    numbers, shades = labels[window], inks[window]
    own = numbers == patch
    pen = 1 if np.count_nonzero(shades[own] == 1) >= np.count_nonzero(shades[own] == 2) else 2
    found = []
    for shade, layer in ((0, own & (shades == 0)), (pen, own & (shades > 0))):
        _, parts, measured, _ = cv2.connectedComponentsWithStats(
            layer.astype(np.uint8), connectivity=8
        )
        numbers[layer] = parts[layer] + (first - 1)
        shifted = np.asarray(measured[1:], np.int32) + np.array([left, top, 0, 0, 0], np.int32)
        first += len(shifted)
        found.append((shade, shifted))
    stats[patch, cv2.CC_STAT_AREA] = 0
    return found
