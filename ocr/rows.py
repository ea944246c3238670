"""Glyphs become rows of text. We find them ourselves: Tesseract's own search drops letter heads."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from ocr.glyphs import Ints, Patches, Role

_WIDE_GAP = 3.5  # body heights of white that part a row in two (ที่ left, office right)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of text, or one side of it: its patches, and the band of its consonants in pixels."""

    patches: Ints
    left: int
    right: int
    top: float  # of the consonants, marks excluded
    bottom: float

    @property
    def body(self) -> float:
        """Return the height of the row's consonants."""
        return self.bottom - self.top


@dataclass(slots=True)
class _Growing:
    members: list[int] = field(default_factory=list)
    left: int = 0
    right: int = 0
    top: float = 0.0
    bottom: float = 0.0


def find_rows(patches: Patches) -> list[Row]:
    """Return the rows of a straightened page in reading order: downwards, then left to right."""
    growing = _adopt_stray_marks(_chain_glyphs(patches), patches)
    growing = _join_over_leaders(growing, patches)
    _take_marks(growing, patches)
    rows = [_finished(row, patches) for row in growing]
    return _reading_order([row for row in rows if _could_be_text(row, patches)])


def _chain_glyphs(patches: Patches) -> list[_Growing]:
    """Chain glyphs left to right into rows, the largest type first so that it keeps its marks."""
    glyphs = patches.ids(Role.GLYPH)
    large = patches.height[glyphs] > 1.9 * patches.body
    rows: list[_Growing] = []
    for group in (glyphs[large], glyphs[~large]):
        for glyph in group[np.argsort(patches.left[group], kind="stable")]:
            _place(int(glyph), rows, patches)
    return rows


def _place(glyph: int, rows: list[_Growing], patches: Patches) -> None:
    left, top = int(patches.left[glyph]), int(patches.top[glyph])
    height = int(patches.height[glyph])
    right, bottom = left + int(patches.width[glyph]), top + height
    best, best_score = None, 0.0
    for row in rows:
        body = row.bottom - row.top
        gap = left - row.right
        if gap > _WIDE_GAP * min(max(body, patches.body), 2 * patches.body):
            continue
        if gap > body and patches.colour[glyph] != patches.colour[row.members[-1]]:
            continue
        if height < 0.62 * body:
            if row.left <= left <= row.right and _is_mark_of(top, bottom, row):
                row.members.append(glyph)
                return
            if height < 0.5 * body:
                continue
        overlap = min(bottom, row.bottom) - max(top, row.top)
        share = overlap / min(height, body)
        score = share - 0.05 * max(gap, 0) / patches.body
        if share > 0.5 and height < 2.4 * body and score > best_score:
            best, best_score = row, score
    if best is None:
        rows.append(_Growing([glyph], left, right, float(top), float(bottom)))
        return
    best.members.append(glyph)
    best.left, best.right = min(best.left, left), max(best.right, right)
    # The band follows the row slowly: a ป or ฤ must not pull it, a slight skew may.
    body = best.bottom - best.top
    if 0.8 * body < height < 1.25 * body:
        best.top += 0.15 * (top - best.top)
        best.bottom += 0.15 * (bottom - best.bottom)


def _adopt_stray_marks(rows: list[_Growing], patches: Patches) -> list[_Growing]:
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


def _is_mark_of(top: int, bottom: int, row: _Growing) -> bool:
    """Tell whether a small glyph hangs above or below large type."""
    body = row.bottom - row.top
    above = row.top - 0.9 * body <= top and bottom <= row.top + 0.45 * body
    below = row.bottom - 0.25 * body <= top and bottom <= row.bottom + 0.6 * body
    return above or below


def _join_over_leaders(rows: list[_Growing], patches: Patches) -> list[_Growing]:
    """Join two sides of a row where dotted leaders bridge the gap: it is one entry of a form."""
    if not len(patches.leaders):
        return rows
    centre, middle = patches.leaders[:, 0], patches.leaders[:, 1]
    rows = sorted(rows, key=lambda row: row.left)
    joined: list[_Growing] = []
    for row in rows:
        body = row.bottom - row.top
        for before in joined:
            overlap = min(before.bottom, row.bottom) - max(before.top, row.top)
            gap = row.left - before.right
            if gap < 0 or overlap < 0.4 * min(body, before.bottom - before.top):
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


def _take_marks(rows: list[_Growing], patches: Patches) -> None:
    """Give every mark to the row of the glyph it stands over, under or beside."""
    owner = np.full(len(patches.left), -1, np.int32)
    for number, row in enumerate(rows):
        owner[row.members] = number
    glyphs = np.flatnonzero(owner >= 0)
    if not len(glyphs):
        return
    left, right = patches.left[glyphs], patches.right[glyphs]
    bands = np.array([(row.top, row.bottom) for row in rows])[owner[glyphs]]
    body = bands[:, 1] - bands[:, 0]
    for mark in patches.ids(Role.MARK):
        mark_left, mark_right = patches.left[mark], patches.right[mark]
        mark_top, mark_bottom = patches.top[mark], patches.bottom[mark]
        beside = np.maximum(0, np.maximum(left - mark_right, mark_left - right))
        # A tone mark stands up to a body above, a vowel half a body below.
        over = np.maximum(0, np.maximum(bands[:, 0] - mark_bottom, mark_top - bands[:, 1]))
        distance = over + 0.8 * beside + np.where(mark_top > bands[:, 1], 0.15 * body, 0.0)
        nearest = int(np.argmin(distance))
        if over[nearest] < 0.8 * body[nearest] and beside[nearest] < 1.2 * body[nearest]:
            rows[owner[glyphs[nearest]]].members.append(int(mark))


def _finished(row: _Growing, patches: Patches) -> Row:
    members = np.array(sorted(row.members), np.int32)
    glyphs = members[patches.role[members] == Role.GLYPH]
    body = row.bottom - row.top
    tall = glyphs[patches.height[glyphs] >= 0.62 * body]
    top, bottom = np.median(patches.top[tall]), np.median(patches.bottom[tall])
    left, right = int(patches.left[members].min()), int(patches.right[members].max())
    return Row(members, left, right, float(top), float(bottom))


def _could_be_text(row: Row, patches: Patches) -> bool:
    """A lone patch is text only if it has the size of a letter."""
    return len(row.patches) > 1 or 0.75 * patches.body < row.body < 4 * patches.body


def _reading_order(rows: list[Row]) -> list[Row]:
    ordered: list[Row] = []
    level: list[Row] = []
    for row in sorted(rows, key=lambda row: row.top + row.bottom):
        middle = (row.top + row.bottom) / 2
        if level and not (level[0].top < middle < level[0].bottom):
            ordered += sorted(level, key=lambda side: side.left)
            level = []
        level.append(row)
    return ordered + sorted(level, key=lambda side: side.left)
