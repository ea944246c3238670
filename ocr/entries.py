"""Entries of forms: what is written on dotted lines belongs to one row with its label."""

from __future__ import annotations

import numpy as np

from ocr.chains import Chain
from ocr.glyphs import Patches

_TITLE = 1.6  # body heights of the running text from which type is a title's
_TOUCH = 2  # pixels by which the rectangles of letters side by side may lap
_ENTRY = 8  # glyphs at most of something written into a form by hand


def join_over_leaders(rows: list[Chain], patches: Patches) -> list[Chain]:
    """Join two sides of a row where dotted leaders bridge the gap: it is one entry of a form."""
    if not len(patches.leaders):
        return rows
    centre, middle = patches.leaders[:, 0], patches.leaders[:, 1]
    rows = sorted(rows, key=lambda row: row.left)
    joined: list[Chain] = []
    for row in rows:
        body = row.bottom - row.top
        for before in joined:
            overlap = min(before.bottom, row.bottom) - max(before.top, row.top)
            gap = row.left - before.right
            if gap < 0 or overlap < 0.4 * min(body, before.bottom - before.top):
                continue
            if _is_title(before, patches):
                continue
            near = (centre > before.right) & (centre < row.left)
            near &= (middle > before.top) & (middle < before.bottom + 0.6 * patches.body)
            if np.count_nonzero(near) * 1.6 * patches.body >= gap:
                before.members += row.members
                before.right = max(before.right, row.right)
                break
        else:
            joined.append(row)
    return joined


def _is_title(row: Chain, patches: Patches) -> bool:
    """Tell the large type of a title: what stands beside it is another matter."""
    return row.bottom - row.top > _TITLE * patches.body


def fill_gaps(rows: list[Chain], patches: Patches) -> list[Chain]:
    """Put what was written into a form by hand, often off its line, into the row it completes."""
    kept: list[Chain] = []
    for row in sorted(rows, key=lambda each: -len(each.members)):
        short = len(row.members) <= _ENTRY
        home = next((each for each in kept if short and _completes(row, each, patches)), None)
        if home is None:
            kept.append(row)
            continue
        home.members += row.members
        home.left, home.right = min(home.left, row.left), max(home.right, row.right)
    return kept


def _completes(entry: Chain, row: Chain, patches: Patches) -> bool:
    """Tell whether an entry stands at a row's height, in a gap of it or just beside it."""
    body = max(row.bottom - row.top, patches.body)
    reach = min(entry.bottom, row.bottom + 0.3 * body) - max(entry.top, row.top - 0.6 * body)
    if _is_title(row, patches):
        return False
    if len(row.members) < 2 or reach < 0.6 * min(entry.bottom - entry.top, body):
        return False
    if entry.bottom - entry.top > 2.5 * body:
        return False
    if _lap(entry, row, patches):
        return False
    members = np.array(row.members, np.int32)
    left, right = patches.left[members], patches.right[members]
    before, after = right[right < entry.left + 2], left[left > entry.right - 2]
    if len(before):
        close = entry.left - before.max() < 1.5 * body
    else:  # a short label before a long entry
        close = len(after) > 0 and after.min() - entry.right < 1.5 * body
    leaders = patches.leaders
    written_on = np.count_nonzero(
        (leaders[:, 0] > entry.left - body)
        & (leaders[:, 0] < entry.right + body)
        & (np.abs(leaders[:, 1] - row.bottom) < 0.6 * body)
    )
    return bool(close or written_on >= 3)


def _lap(entry: Chain, row: Chain, patches: Patches) -> bool:
    """Tell whether any letters of the two stand in each other's place, not side by side."""
    own, other = (np.array(each.members, np.int32) for each in (entry, row))
    across = np.minimum(patches.right[own, None], patches.right[other]) - np.maximum(
        patches.left[own, None], patches.left[other]
    )
    down = np.minimum(patches.bottom[own, None], patches.bottom[other]) - np.maximum(
        patches.top[own, None], patches.top[other]
    )
    return bool(np.any((across > _TOUCH) & (down > _TOUCH)))
