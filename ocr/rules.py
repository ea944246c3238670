"""Drawn lines of a page: taken out of the ink, and read as the tables and frames they draw."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.raster import Gray, Ints, coarse_ink, ink_places

Rect = tuple[int, int, int, int]  # left, top, right, bottom: pixels of the page

_ACROSS, _DOWN = 6.0, 3.5  # body heights from which a run of ink is a drawn line, not a letter
_GRAIN = 4  # pixels of the page per pixel of the map in which tables are looked for
_WHOLE_PAGE = 0.6  # share of the page over which a single frame is a border, not a box


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table, or a frame around a stamp: its outline and its cells, as they are read."""

    outline: Rect
    cells: tuple[Rect, ...]


@dataclass(frozen=True, slots=True)
class Rules:
    """The drawn lines of a page: 1 where a line across, or down, runs."""

    across: Gray
    down: Gray
    body: float  # height of a consonant, pixels


def find_rules(ink: Gray, body: float) -> Rules:
    """Find the runs of ink that are too long for letters and thin enough for a drawn line."""
    half = coarse_ink(ink, 2)
    across, down = np.zeros_like(ink), np.zeros_like(ink)
    # A map of half the size tells which rows and columns have long runs: most have none.
    length = round(_ACROSS * body)
    rows = _lines_with_runs(half, length, 1, len(ink))
    if len(rows):
        across[rows] = keep_runs(ink[rows], (1, length))
    length = round(_DOWN * body)
    columns = _lines_with_runs(half, length, 0, ink.shape[1])
    if len(columns):
        down[:, columns] = keep_runs(np.ascontiguousarray(ink[:, columns]), (length, 1))
    if across.any() or down.any():
        # A black block (a photograph, a QR code, the desk around a page) is no rule.
        side = max(5, round(body / 2))
        thick = cv2.dilate(keep_runs(ink, (side, side)), np.ones((3, 3), np.uint8)) > 0
        across[thick] = 0
        down[thick] = 0
    return Rules(across, down, body)


def _lines_with_runs(half: Gray, length: int, axis: int, count: int) -> Ints:
    """Return which of the page's rows (axis 1) or columns (0) may hold a run of ``length`` pixels.

    ``half`` is the page's ink at half its size; ``count`` the number of its rows or columns.
    """
    shorter = max(1, (length - 1) // 2)
    runs = keep_runs(half, (1, shorter) if axis else (shorter, 1))
    able = np.unique(ink_places(runs)[axis])
    odd = np.arange(half.shape[1 - axis] * 2, count)  # the last one of an odd number is on no map
    return np.concatenate([np.stack([2 * able, 2 * able + 1], axis=1).reshape(-1), odd]).astype(
        np.int32
    )


def keep_runs(ink: Gray, shape: tuple[int, int]) -> Gray:
    """Keep only the ink that a rectangle of height × width pixels fits into."""
    return np.asarray(cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones(shape, np.uint8)), np.uint8)


def without_rules(ink: Gray, rules: Rules) -> Gray:
    """Remove the lines of tables, frames and underlines; letters that they cross stay."""
    lines = rules.across | rules.down
    if not lines.any():
        return ink.copy()
    near = np.asarray(cv2.dilate(lines, np.ones((3, 3), np.uint8)), np.uint8)
    return ink & ~near  # both are 0 or 1


def find_walls(rules: Rules) -> Ints:
    """Return the upright rules of tables (x, top, bottom); a streak or fold meets no rule across.

    They part table cells: no row goes through one.
    """
    if not rules.down.any() or not rules.across.any():
        return np.zeros((0, 3), np.int32)
    reach = np.asarray(cv2.dilate(rules.across, np.ones((7, 7), np.uint8)), np.uint8)
    walls = []
    outlines, _ = cv2.findContours(rules.down, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    for outline in outlines:
        left, top, width, height = cv2.boundingRect(outline)
        window = (slice(top, top + height), slice(left, left + width))
        if width < 0.6 * rules.body and (rules.down[window] & reach[window]).any():
            walls.append((left + width // 2, top, top + height))
    return np.array(walls, np.int32).reshape(-1, 3)


def find_tables(rules: Rules) -> tuple[Table, ...]:
    """Return the ruled tables and framed boxes of a page, the smallest first.

    A side that the scanner lost is taken for drawn: the outline closes it.
    """
    grid = _joined(rules)
    if grid is None:
        return ()
    lines, across, down = grid
    count, labels, stats, _ = cv2.connectedComponentsWithStats(lines, connectivity=8)
    body = rules.body / _GRAIN
    tables = []
    for part in range(1, count):
        left, top, width, height, _ = (int(value) for value in stats[part])
        window = (slice(top, top + height), slice(left, left + width))
        own = labels[window] == part
        if (
            width < 6 * body
            or height < 2 * body
            or not _is_frame(own, across[window], down[window])
        ):
            continue
        cells = tuple(_cells(own, (left, top), body))
        border = width * height > _WHOLE_PAGE * lines.size and len(cells) < 2
        if cells and not border:
            outline = _on_page((left, top, left + width, top + height))
            tables.append(Table(outline, tuple(in_order(cells, rules.body))))
    return tuple(sorted(tables, key=lambda table: _area(table.outline)))


def _joined(rules: Rules) -> tuple[Gray, Gray, Gray] | None:
    """Make the map of lines small, and close the gaps that worn lines have."""
    if not rules.down.any() or not rules.across.any():
        return None
    gap = max(3, round(rules.body / _GRAIN))
    parts = []
    for drawn, shape in ((rules.across, (1, gap)), (rules.down, (gap, 1))):
        kernel = np.ones(shape, np.uint8)
        parts.append(cv2.morphologyEx(coarse_ink(drawn, _GRAIN), cv2.MORPH_CLOSE, kernel))
    across, down = (np.asarray(part, np.uint8) for part in parts)
    lines = np.asarray(cv2.dilate(across | down, np.ones((3, 3), np.uint8)), np.uint8)
    return lines, across, down


def _is_frame(own: NDArray[np.bool_], across: Gray, down: Gray) -> bool:
    """Tell whether lines enclose something: two across and two down, well apart."""
    levels = np.flatnonzero((own & (across > 0)).sum(axis=1) > 0.3 * own.shape[1])
    columns = np.flatnonzero((own & (down > 0)).any(axis=0))
    if not len(levels) or not len(columns):
        return False
    high, wide = int(np.ptp(levels)), int(np.ptp(columns))
    return bool(high > 0.4 * own.shape[0] and wide > 0.4 * own.shape[1])


def _cells(own: NDArray[np.bool_], corner: tuple[int, int], body: float) -> Iterator[Rect]:
    """Give the white rectangles between the lines of one table."""
    lines = own.copy()
    lines[[0, -1], :] = lines[:, [0, -1]] = True
    count, _, stats, _ = cv2.connectedComponentsWithStats((~lines).astype(np.uint8), connectivity=4)
    for part in range(1, count):
        left, top, width, height, _ = (int(value) for value in stats[part])
        if min(width, height) >= 0.8 * body:
            left, top = left + corner[0], top + corner[1]
            yield _on_page((left, top, left + width, top + height))


def in_order(cells: tuple[Rect, ...], body: float) -> list[Rect]:
    """Sort cells as a person reads them, cutting along rules that run all the way through.

    Row by row; but two rows of which the first holds headings (one line each) go column by
    column, each heading with what stands under it.
    """
    if len(cells) < 2:
        return list(cells)
    bands, columns = _cut(cells, 1), _cut(cells, 0)
    if len(bands) < 2 and len(columns) < 2:
        return sorted(cells, key=lambda cell: (cell[1], cell[0]))
    headings = len(bands) == 2 and all(cell[3] - cell[1] < 2.6 * body for cell in bands[0])
    by_column = len(columns) > 1 and (len(bands) < 2 or headings)
    return [
        cell for part in (columns if by_column else bands) for cell in in_order(tuple(part), body)
    ]


def _cut(cells: tuple[Rect, ...], axis: int) -> list[list[Rect]]:
    """Part cells where a line along the other axis passes between them without crossing one."""
    parts: list[list[Rect]] = []
    reach = -1
    for cell in sorted(cells, key=lambda each: each[axis]):
        if not parts or cell[axis] >= reach:
            parts.append([])
        parts[-1].append(cell)
        reach = max(reach, cell[axis + 2])
    return parts


def _on_page(rect: Rect) -> Rect:
    left, top, right, bottom = (_GRAIN * edge for edge in rect)
    return left, top, right, bottom


def _area(rect: Rect) -> int:
    return (rect[2] - rect[0]) * (rect[3] - rect[1])
