"""The order in which a person reads rows: down the page, tables by cell, stamps as one block."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.letters import Ink
from ocr.glyphs import Patches
from ocr.rows import Row
from ocr.rules import Rect, Table

_APART = 2.4  # body heights of white between two rows of one stamp
_BESIDE = 4.0  # body heights of white between two sides of a row of a stamp
_TALLEST = 0.3  # share of the page's height over which coloured rows are a letter, not a stamp


@dataclass(frozen=True, slots=True)
class _Block:
    """Rows that stay together, from this height on."""

    top: float
    rows: list[Row]


def in_reading_order(rows: Sequence[Row], patches: Patches) -> list[Row]:
    """Return the rows of an upright page as they are read."""
    loose, blocks = _by_table(rows, patches.tables)
    stamps, loose = _stamps(loose, patches)
    blocks = sorted([*blocks, *stamps], key=lambda block: block.top)
    ordered: list[Row] = []
    for level in _levels(loose):
        middle = min(row.top + row.bottom for row in level) / 2
        while blocks and blocks[0].top < middle:
            ordered += blocks.pop(0).rows
        ordered += level
    return ordered + [row for block in blocks for row in block.rows]


def _levels(rows: Sequence[Row]) -> list[list[Row]]:
    """Group rows of one height, each group from left to right."""
    levels: list[list[Row]] = []
    for row in sorted(rows, key=lambda row: row.top + row.bottom):
        middle = (row.top + row.bottom) / 2
        if levels and levels[-1][0].top < middle < levels[-1][0].bottom:
            levels[-1].append(row)
        else:
            levels.append([row])
    return [sorted(level, key=lambda side: side.left) for level in levels]


def _by_table(rows: Sequence[Row], tables: Sequence[Table]) -> tuple[list[Row], list[_Block]]:
    """Take the rows that stand in tables together, cell by cell; the smallest table first."""
    blocks = []
    for table in tables:
        inside = [row for row in rows if _within(row, table.outline)]
        if len(inside) < 2:
            continue
        rows = [row for row in rows if not _within(row, table.outline)]
        ordered: list[Row] = []
        for cell in table.cells:
            ordered += [
                row for level in _levels([r for r in inside if _within(r, cell)]) for row in level
            ]
            inside = [row for row in inside if not _within(row, cell)]
        ordered += [row for level in _levels(inside) for row in level]
        blocks.append(_Block(table.outline[1], ordered))
    return list(rows), blocks


def _within(row: Row, rect: Rect) -> bool:
    across, down = (row.left + row.right) / 2, (row.top + row.bottom) / 2
    return rect[0] <= across <= rect[2] and rect[1] <= down <= rect[3]


def _stamps(rows: Sequence[Row], patches: Patches) -> tuple[list[_Block], list[Row]]:
    """Take coloured rows that stand close together as one stamp without a frame."""
    stamps: list[list[Row]] = []
    for row in sorted(rows, key=lambda row: row.top):
        if row.ink is Ink.BLACK:
            continue
        near = [
            each for each in stamps if any(_together(row, other, patches.body) for other in each)
        ]
        stamps = [each for each in stamps if each not in near]
        stamps.append([row, *(other for each in near for other in each)])
    height = patches.labels.shape[0]
    chosen = [
        stamp
        for stamp in stamps
        if len(stamp) > 1
        and max(row.bottom for row in stamp) - min(row.top for row in stamp) < _TALLEST * height
    ]
    taken = {row for stamp in chosen for row in stamp}
    blocks = [
        _Block(min(row.top for row in stamp), [row for level in _levels(stamp) for row in level])
        for stamp in chosen
    ]
    return blocks, [row for row in rows if row not in taken]


def _together(row: Row, other: Row, body: float) -> bool:
    down = max(row.top - other.bottom, other.top - row.bottom)
    across = max(row.left - other.right, other.left - row.right)
    if down < 0 and across < _BESIDE * body and other.ink is not Ink.BLACK:
        return True  # what a pen wrote beside the words of a stamp may have another colour
    return row.ink is other.ink and down < _APART * body and across < 0
