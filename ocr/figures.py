"""What is no type: seals, signatures, emblems; the letters around a seal's rim are no rows."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from models.letters import Ink
from ocr.glyphs import Patches, Role
from ocr.layers import INKS
from ocr.raster import ink_places
from ocr.rows import Row
from ocr.rules import Rect

_SEAL = 6.0  # body heights of the smallest round seal
_ROUND = 0.72  # its shorter side over its longer one, at least
_HOLLOW = 0.15  # share of its rectangle over which a black figure is no ring
_RIM = 0.6  # of the way from a seal's middle to its edge, from where the letters of its rim stand
_INNER_RING = 0.7  # of the way to the edge, where many seals have a second ring
_ON_RING = 0.8  # share of a ring's ink that lies between the two
_TOUCH = 2  # pixels between the parts of one ring
_FRAME = 0.04  # share of its rectangle under which a figure may be a frame
_SPARSE = 0.25  # share of its rectangle under which a figure is drawn with a pen, not printed


def find_seals(patches: Patches) -> list[Rect]:
    """Return the round seals, each with all inside its rim: coloured, and copied in black."""
    seals: list[Rect] = []
    figures = patches.ids(Role.FIGURE)
    for shade in range(1, len(INKS)):
        own = figures[patches.colour[figures] == shade]
        for rect in _joined([_rect(patches, patch) for patch in own]):
            width, height = rect[2] - rect[0], rect[3] - rect[1]
            large = min(width, height) > _SEAL * patches.body
            if large and min(width, height) > _ROUND * max(width, height):
                seals.append(rect)
    return seals + _rings(patches)


def _rings(patches: Patches) -> list[Rect]:
    """Return the rings of seals in black: large, round, and all their ink near the edge."""
    figures = patches.ids(Role.FIGURE)
    hollow = patches.area[figures] < _HOLLOW * patches.width[figures] * patches.height[figures]
    arcs = figures[hollow & (patches.colour[figures] == 0)]
    found = []
    # A fold or a line that the scanner dropped parts a ring: arcs that touch belong together.
    for left, top, right, bottom in _joined([_grown(_rect(patches, arc)) for arc in arcs]):
        rect = left + _TOUCH, top + _TOUCH, right - _TOUCH, bottom - _TOUCH
        width, height = rect[2] - rect[0], rect[3] - rect[1]
        small, large = sorted((width, height))
        if small < max(_SEAL * patches.body, _ROUND * large):
            continue
        window = patches.labels[rect[1] : rect[3], rect[0] : rect[2]]
        across, down = ink_places(np.isin(window, arcs).astype(np.uint8))
        radius = np.hypot(2 * across / width - 1, 2 * down / height - 1)
        if np.mean((radius > _INNER_RING) & (radius < 1.05)) > _ON_RING:
            found.append(rect)
    return found


def _grown(rect: Rect) -> Rect:
    return rect[0] - _TOUCH, rect[1] - _TOUCH, rect[2] + _TOUCH, rect[3] + _TOUCH


def outside_seals(rows: Sequence[Row], seals: Sequence[Rect], patches: Patches) -> list[Row]:
    """Leave out what is no row inside a seal: coloured crumbs, and black letters along its rim.

    Print under a seal stays: it goes on in the middle, or beyond the edge.
    """
    return [row for row in rows if not any(_of_seal(row, seal, patches) for seal in seals)]


def _of_seal(row: Row, seal: Rect, patches: Patches) -> bool:
    if not _inside(row, seal):
        return False
    if row.ink is not Ink.BLACK:
        return True
    left, top, right, bottom = seal
    across = patches.left[row.patches] + patches.width[row.patches] / 2 - (left + right) / 2
    down = patches.top[row.patches] + patches.height[row.patches] / 2 - (top + bottom) / 2
    radius = np.hypot(2 * across / (right - left), 2 * down / (bottom - top))
    return bool(radius.min() > _RIM)


def unread_figures(patches: Patches, rows: Sequence[Row], seals: Sequence[Rect]) -> list[Rect]:
    """Return the places of the seals, and of what a pen drew: letters may be lost there.

    ``rows`` are those that were read: a figure around a whole one is a frame, not a signature.
    """
    figures = patches.ids(Role.FIGURE)
    area = patches.width[figures] * patches.height[figures]
    coloured = patches.colour[figures] > 0
    sparse = patches.area[figures] < _SPARSE * area
    compact = patches.height[figures] > patches.body
    chosen = figures[(coloured | sparse) & compact]
    strokes = [_rect(patches, patch) for patch in chosen if not _frames(int(patch), patches, rows)]
    return _joined([*seals, *strokes])


def _frames(figure: int, patches: Patches, rows: Sequence[Row]) -> bool:
    """Tell whether a figure is the thin line around a row that was read."""
    area = int(patches.width[figure]) * int(patches.height[figure])
    rect = _rect(patches, np.int32(figure))
    thin = int(patches.area[figure]) < _FRAME * area
    return thin and any(_inside(row, rect) for row in rows)


def _rect(patches: Patches, patch: np.int32) -> Rect:
    return (
        int(patches.left[patch]), int(patches.top[patch]),
        int(patches.right[patch]), int(patches.bottom[patch]),
    )  # fmt: skip


def _inside(row: Row, rect: Rect) -> bool:
    return (
        rect[0] <= row.left
        and row.right <= rect[2]
        and rect[1] <= row.top
        and row.bottom <= rect[3]
    )


def _joined(rects: Sequence[Rect]) -> list[Rect]:
    """Join rectangles that overlap."""
    joined: list[Rect] = []
    for rect in rects:
        apart = [each for each in joined if not _overlap(rect, each)]
        for each in joined:
            if _overlap(rect, each):
                rect = (
                    min(rect[0], each[0]), min(rect[1], each[1]),
                    max(rect[2], each[2]), max(rect[3], each[3]),
                )  # fmt: skip
        joined = [*apart, rect]
    return joined


def _overlap(one: Rect, other: Rect) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
