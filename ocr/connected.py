"""Connected patches of ink, found and measured."""

from __future__ import annotations

import cv2
import numpy as np

from ocr.raster import Gray, Ints, ink_places


def connected(ink: Gray) -> tuple[Ints, Ints]:
    """Return which patch every pixel belongs to, and the patches' measures.

    Patches touch by a side or a corner; patch 0 is the paper. The measures are rows of left, top,
    width, height and area in pixels; those of the paper are 0. OpenCV measures the paper too,
    which is most of a page: this takes half its time.
    """
    count, labelled = cv2.connectedComponents(ink, connectivity=8)
    labels = np.asarray(labelled, np.int32)
    across, down = ink_places(ink)
    numbers = labels[down, across]
    measures = np.zeros((count, 5), np.int32)
    left, top, width, height, area = measures.T
    # Where a patch is set several times the last one stays: the edge, in this order of pixels.
    top[numbers[::-1]] = down[::-1]
    height[numbers] = down + 1
    sideways = np.argsort(across.astype(np.uint16), kind="stable")
    numbers, across = numbers[sideways], across[sideways]
    left[numbers[::-1]] = across[::-1]
    width[numbers] = across + 1
    width -= left
    height -= top
    area[:] = np.bincount(numbers, minlength=count)
    return labels, measures
