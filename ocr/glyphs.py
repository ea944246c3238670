"""Connected patches of ink, and what they are: glyphs, specks, rules, leader dots, figures."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from ocr.connected import connected
from ocr.layers import part_layers
from ocr.raster import Gray, Ints, coarse_ink
from ocr.rules import Table, find_rules, find_tables, find_walls, without_rules

_LEADER_RUN = 10  # dots in a row that make a dotted leader
_SMALLEST_BODY, _LARGEST_BODY = 7, 90  # pixels


class Role(IntEnum):
    """What a patch of ink is. Only figures and glyphs may hold text."""

    SPECK = 0
    GLYPH = 1  # as tall as a consonant, or taller
    MARK = 2  # smaller: a vowel or tone mark, a dot, part of a letter
    LEADER = 3  # one dot of a dotted line that somebody writes on
    FIGURE = 4  # far larger than type: emblem, seal, signature, photograph


@dataclass(frozen=True, slots=True)
class Patches:
    """All patches of a page as parallel arrays, in pixels; patch 0 is the paper."""

    labels: Ints  # height × width: which patch a pixel belongs to
    left: Ints
    top: Ints
    width: Ints
    height: Ints
    area: Ints
    role: NDArray[np.int8]
    colour: NDArray[np.int8]  # place in ocr.layers.INKS
    body: float  # height of a consonant of the running text
    leaders: NDArray[np.float64]  # centres (x, y) of the dots of dotted lines, already taken away
    walls: Ints  # upright rules (x, top, bottom), already taken away: they part table cells
    tables: tuple[Table, ...]  # ruled tables and frames, the smallest first

    @property
    def right(self) -> Ints:
        """Return the right edges (exclusive)."""
        return self.left + self.width

    @property
    def bottom(self) -> Ints:
        """Return the lower edges (exclusive)."""
        return self.top + self.height

    def ids(self, *roles: Role) -> Ints:
        """Return the numbers of the patches with one of these roles."""
        return np.flatnonzero(np.isin(self.role, roles)).astype(np.int32)


def clean_ink(ink: Gray, inks: NDArray[np.int8] | None = None) -> Patches:
    """Find the patches of a page after its rules and dotted leaders are taken away.

    ``inks`` gives the colour of every pixel (see ``ocr.raster.ink_colours``), None for grey pages.
    Ink of another colour is a layer of its own: a stamp or a signature over print parts from it.
    """
    rules = find_rules(ink, _rough_body(ink))
    bare = without_rules(ink, rules)
    walls, tables = find_walls(rules), find_tables(rules)
    found = find_patches(bare, inks)
    dots = found.ids(Role.LEADER)
    if len(dots):
        centres = np.stack(
            [found.left[dots] + found.width[dots] / 2, found.top[dots] + found.height[dots] / 2],
            axis=1,
        )
        cut_leaders(bare, found)
        found = replace(find_patches(bare, inks), leaders=centres)
        found.role[_left_of_leaders(found)] = Role.LEADER
    return replace(found, walls=walls, tables=tables)


def _rough_body(ink: Gray) -> float:
    """Return the height of a consonant, to two pixels: enough to tell rules from letters."""
    _, stats = connected(coarse_ink(ink, 2))
    return _body_height(2 * stats[:, 2], 2 * stats[:, 3])


def _left_of_leaders(patches: Patches) -> NDArray[np.bool_]:
    """Tell which small patches lie on a dotted line: crumbs of its dots, not vowels."""
    small = (patches.role == Role.MARK) & (patches.height <= 0.4 * patches.body)
    small &= patches.width <= 0.8 * patches.body
    middle = patches.top + patches.height / 2
    centre = patches.left + patches.width / 2
    for patch in np.flatnonzero(small):
        near = np.abs(patches.leaders[:, 0] - centre[patch]) < 1.5 * patches.body
        under = middle[patch] - patches.leaders[:, 1]
        # A full stop stands on the line of the letters, a little higher than the dots.
        level = (under >= -0.5) & (under <= max(3.0, 0.2 * patches.body))
        small[patch] = bool(np.any(near & level))
    return np.asarray(small, np.bool_)


def find_patches(ink: Gray, inks: NDArray[np.int8] | None = None) -> Patches:
    """Label the ink (1 ink, 0 paper) and give every patch its role and colour."""
    labels, stats = connected(ink)
    body = _body_height(stats[:, 2], stats[:, 3])
    colour = np.zeros(len(stats), np.int8)
    if inks is not None and inks.any():
        stats, colour = part_layers(labels, stats, inks, body)
    left, top, width, height, area = (stats[:, column].copy() for column in range(5))
    role = _roles(left, top, width, height, area, body)
    leaders, walls = np.zeros((0, 2)), np.zeros((0, 3), np.int32)
    return Patches(labels, left, top, width, height, area, role, colour, body, leaders, walls, ())


def _body_height(width: Ints, height: Ints) -> float:
    """Return the commonest height among patches that could be consonants."""
    able = (height >= _SMALLEST_BODY) & (height <= _LARGEST_BODY) & (width <= 3 * height)
    able &= width * 4 >= height
    able[0] = False
    if not able.any():
        return 20.0
    counts = np.bincount(height[able], minlength=_LARGEST_BODY + 2).astype(np.float64)
    smooth = np.convolve(counts, np.array([0.5, 1.0, 0.5]), "same")
    # Marks are many but small: weigh by height, so that the consonants win.
    heights = np.arange(len(smooth))
    return float(np.argmax(smooth * heights))


def _roles(
    left: Ints, top: Ints, width: Ints, height: Ints, area: Ints, body: float
) -> NDArray[np.int8]:
    role = np.full(len(height), Role.MARK, np.int8)
    role[(height >= 0.7 * body) & (width >= 0.12 * body)] = Role.GLYPH
    role[(height > 5 * body) | (width > 14 * body)] = Role.FIGURE
    role[(height > 3.2 * body) & (width > 4 * body)] = Role.FIGURE
    thin = (height > 1.7 * body) & (width < 0.25 * body)
    hollow = (area < 0.12 * width * height) & ((width > 1.6 * body) | (height > 1.6 * body))
    role[thin | hollow] = Role.FIGURE  # what is left of frames
    role[area < max(3.0, (0.07 * body) ** 2)] = Role.SPECK
    role[_leaders(left, top, width, height, role, body)] = Role.LEADER
    role[0] = Role.SPECK
    return role


def _leaders(
    left: Ints, top: Ints, width: Ints, height: Ints, role: NDArray[np.int8], body: float
) -> Ints:
    """Return the dots that stand in a row of at least ``_LEADER_RUN`` like them, close together."""
    small = (height <= 0.33 * body) & (width <= 0.8 * body) & (np.arange(len(top)) > 0)
    tiny = np.flatnonzero(small)
    if len(tiny) < _LEADER_RUN:
        return np.zeros(0, np.int32)
    middle = top[tiny] + height[tiny] / 2
    centre = left[tiny] + width[tiny] / 2
    order = np.argsort(middle, kind="stable")
    tiny, middle, centre = tiny[order], middle[order], centre[order]
    reach = max(2.0, 0.14 * body)
    first = np.searchsorted(middle, middle - reach)
    last = np.searchsorted(middle, middle + reach, side="right")
    found = [
        dot
        for place, dot in enumerate(tiny)
        if last[place] - first[place] >= _LEADER_RUN
        and np.count_nonzero(np.abs(centre[first[place] : last[place]] - centre[place]) < 5 * body)
        >= _LEADER_RUN
    ]
    return np.array(found, np.int32)


def cut_leaders(ink: Gray, patches: Patches) -> None:
    """Take dotted leaders out of the ink, also where they touch the feet of letters."""
    for dots in _leader_lines(patches):
        columns = np.arange(patches.left[dots].min(), patches.right[dots].max())
        order = np.argsort(patches.left[dots])
        centre = (patches.left[dots] + patches.width[dots] / 2)[order]
        tall = int(np.median(patches.height[dots]))
        above = np.round(np.interp(columns, centre, patches.top[dots][order])).astype(int)
        below = above + tall + 2
        height = ink.shape[0]
        goes_on = ink[np.minimum(below + 1, height - 1), columns] > 0
        for step in range(tall + 3):
            level = np.minimum(above + step, height - 1)
            ink[level, columns] = np.where(goes_on | (level > below), ink[level, columns], 0)


def _leader_lines(patches: Patches) -> list[Ints]:
    """Chain leader dots into lines."""
    dots = patches.ids(Role.LEADER)
    lines: list[list[int]] = []
    for dot in dots[np.argsort(patches.left[dots], kind="stable")]:
        for line in lines:
            last = line[-1]
            if (
                abs(int(patches.top[dot]) - int(patches.top[last])) <= max(2.0, 0.1 * patches.body)
                and patches.left[dot] - patches.right[last] < 12 * patches.body
            ):
                line.append(int(dot))
                break
        else:
            lines.append([int(dot)])
    return [np.array(line, np.int32) for line in lines if len(line) >= _LEADER_RUN]
