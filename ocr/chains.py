"""Glyphs become chains: letters that stand side by side at one height."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from ocr.glyphs import Patches, Role
from ocr.raster import Ints

WIDE_GAP = 3.5  # body heights of white that part a row in two (ที่ left, office right)

_STUCK = 1.25  # ratio of heights from which a letter does not move the band of its row
# Of rows that go on: body heights that they may lap over and stand apart; ratio of their heights.
_LAP, _WORD, _ALIKE = 0.3, 0.9, 1.6


@dataclass(slots=True)
class Chain:
    """A row while it grows: its patches, its ends, and the band of its consonants in pixels."""

    members: list[int] = field(default_factory=list)
    left: int = 0
    right: int = 0
    top: float = 0.0
    bottom: float = 0.0


def chain_glyphs(patches: Patches) -> list[Chain]:
    """Chain glyphs left to right into rows, the largest type first so that it keeps its marks."""
    glyphs = patches.ids(Role.GLYPH)
    large = patches.height[glyphs] > 1.9 * patches.body
    rows: list[Chain] = []
    for group in (glyphs[large], glyphs[~large]):
        for glyph in group[np.argsort(patches.left[group], kind="stable")]:
            _place(int(glyph), rows, patches)
    return rows


def _place(glyph: int, rows: list[Chain], patches: Patches) -> None:
    left, top = int(patches.left[glyph]), int(patches.top[glyph])
    height = int(patches.height[glyph])
    right, bottom = left + int(patches.width[glyph]), top + height
    best, best_score = None, 0.0
    for row in rows:
        body = row.bottom - row.top
        gap = max(left - row.right, row.left - right)
        if gap > WIDE_GAP * min(max(body, patches.body), 2 * patches.body):
            continue
        if gap > body and patches.colour[glyph] != patches.colour[row.members[-1]]:
            continue
        if height < 0.62 * body:
            over = row.left <= left <= row.right and _is_mark_of(top, bottom, row)
            if over and not _has_company(glyph, patches):
                row.members.append(glyph)
                return
            if height < 0.5 * body:
                continue
        overlap = min(bottom, row.bottom) - max(top, row.top)
        share = overlap / min(height, body)
        score = share - 0.05 * max(gap, 0) / patches.body
        if share <= 0.5 or height >= 2.4 * body or score <= best_score:
            continue
        if gap > 0 and _walled_off(*_between(row, left, right), (top + bottom) / 2, patches):
            continue
        best, best_score = row, score
    if best is None:
        rows.append(Chain([glyph], left, right, float(top), float(bottom)))
        return
    best.members.append(glyph)
    best.left, best.right = min(best.left, left), max(best.right, right)
    # The band follows the row slowly: a ป or ฤ must not pull it, a slight skew may.
    body = best.bottom - best.top
    if 0.8 * body < height < 1.25 * body:
        best.top += 0.15 * (top - best.top)
        best.bottom += 0.15 * (bottom - best.bottom)


def free_band(row: Chain, patches: Patches) -> None:
    """Move the band of a row that began with a small or a large sign: letters could not move it."""
    top, bottom = band(row, patches)
    body = row.bottom - row.top
    if not body / _STUCK < bottom - top < _STUCK * body:
        row.top, row.bottom = top, bottom


def band(row: Chain, patches: Patches) -> tuple[float, float]:
    """Return top and bottom of most of a row's letters."""
    members = np.array(row.members, np.int32)
    glyphs = members[patches.role[members] == Role.GLYPH]
    tall = glyphs[patches.height[glyphs] >= 0.62 * np.median(patches.height[glyphs])]
    return float(np.median(patches.top[tall])), float(np.median(patches.bottom[tall]))


def join_broken(rows: list[Chain], patches: Patches) -> list[Chain]:
    """Join rows of one height and size of type that end and begin side by side.

    A letter that runs together with its marks is large, and began a row before its neighbours did.
    """
    joined: list[Chain] = []
    for row in sorted(rows, key=lambda each: each.left):
        before = next((each for each in joined if _goes_on(each, row, patches)), None)
        if before is None:
            joined.append(row)
            continue
        before.members += row.members
        before.right = max(before.right, row.right)
    return joined


def _goes_on(before: Chain, row: Chain, patches: Patches) -> bool:
    small, large = sorted((before.bottom - before.top, row.bottom - row.top))
    level = min(before.bottom, row.bottom) - max(before.top, row.top)
    gap = row.left - before.right
    if not -_LAP * small < gap < _WORD * small or level < 0.6 * small or large > _ALIKE * small:
        return False
    return not _walled_off(before.right, row.left, (row.top + row.bottom) / 2, patches)


def _between(row: Chain, left: int, right: int) -> tuple[int, int]:
    """Return the ends of the gap between a row and a glyph beside it."""
    return (row.right, left) if left >= row.right else (right, row.left)


def _walled_off(right: int, left: int, level: float, patches: Patches) -> bool:
    """Tell whether a rule of a table stands between two places at this height."""
    walls = patches.walls
    return bool(
        np.any(
            (walls[:, 0] >= right - 3)
            & (walls[:, 0] <= left + 3)
            & (walls[:, 1] < level)
            & (walls[:, 2] > level)
        )
    )


def _has_company(glyph: int, patches: Patches) -> bool:
    """Tell whether letters of its own size stand on both sides or twice on one: it is a letter."""
    height = patches.height[glyph]
    beside = np.maximum(patches.left - patches.right[glyph], patches.left[glyph] - patches.right)
    level = np.minimum(patches.bottom, patches.bottom[glyph]) - np.maximum(
        patches.top, patches.top[glyph]
    )
    alike = (level > 0.6 * height) & (patches.height < 1.6 * height)
    return int(np.count_nonzero(alike & (beside >= 0) & (beside < 1.8 * height))) >= 2


def _is_mark_of(top: int, bottom: int, row: Chain) -> bool:
    """Tell whether a small glyph hangs above or below large type."""
    body = row.bottom - row.top
    above = row.top - 0.9 * body <= top and bottom <= row.top + 0.45 * body
    below = row.bottom - 0.25 * body <= top and bottom <= row.bottom + 0.6 * body
    return above or below


def adopt_stray_marks(rows: list[Chain], patches: Patches) -> list[Chain]:
    """Give short "rows" that hang just over or under letters to the row of those letters.

    In bold type a vowel with its tone mark is as tall as a letter.
    """
    owner = np.full(len(patches.left), -1, np.int32)
    for number, row in enumerate(rows):
        owner[row.members] = number
    size = np.array([len(row.members) for row in rows])
    kept = []
    for number, row in enumerate(rows):
        homes = {_home(glyph, number, owner, size, patches) for glyph in row.members[:7]}
        if len(row.members) <= 6 and len(homes) == 1 and (home := homes.pop()) is not None:
            rows[home].members += row.members
            owner[row.members] = home
        else:
            kept.append(row)
    return kept


def _home(glyph: int, number: int, owner: Ints, size: Ints, patches: Patches) -> int | None:
    """Return the larger row with a letter tight under or over this glyph."""
    centre = patches.left[glyph] + patches.width[glyph] / 2
    taller = (owner >= 0) & (owner != number) & (patches.height > 0.9 * patches.height[glyph])
    reach = 0.3 * patches.height
    near = taller & (patches.left - reach < centre) & (centre < patches.right + reach)
    over = patches.top - patches.bottom[glyph]
    under = patches.top[glyph] - patches.bottom
    near &= (np.maximum(over, under) < 0.4 * patches.body) & (
        np.maximum(over, under) > -0.4 * patches.body
    )
    found = np.flatnonzero(near)
    if not len(found):
        return None
    best = found[np.argmin(np.abs(np.maximum(over, under)[found]))]
    home = int(owner[best])
    return home if size[home] > size[number] else None
