"""Rows read as one text, with the way back from a stretch of it to its place on the page."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from extract.rows import Row, Span

_MARGIN = 0.8  # of the page's width: where a line ends that was filled
_LETTERS = 60  # of a full line of plain text


@dataclass(frozen=True)
class Passage:
    """Rows joined by spaces; ``text`` counts in characters."""

    rows: tuple[Row, ...]

    @cached_property
    def text(self) -> str:
        """Return the text of the rows, a space between two."""
        return " ".join(row.text for row in self.rows)

    @cached_property
    def _ends(self) -> list[int]:
        return list(accumulate(len(row.text) + 1 for row in self.rows))

    def end_of_rows(self, start: int) -> int:
        """Return where the lines end that run on from a place: a short line ends its paragraph."""
        number = min(bisect_right(self._ends, start), len(self.rows) - 1)
        while number < len(self.rows) - 1 and _is_full(self.rows[number]):
            number += 1
        return self._ends[number] - 1

    def place(self, row: int, at: int) -> int:
        """Return the place in the text of a place in a row, counted from 0."""
        return self._ends[row] - len(self.rows[row].text) - 1 + at

    def spans(self, start: int, end: int) -> list[Span]:
        """Return the stretches of the rows under a stretch of the text, none where it is empty."""
        if not self.rows or end <= start:
            return []
        first = min(bisect_right(self._ends, start), len(self.rows) - 1)
        last = min(bisect_right(self._ends, end - 1), len(self.rows) - 1)
        found = []
        for number in range(first, last + 1):
            row = self.rows[number]
            begin = self._ends[number] - len(row.text) - 1
            found.append(Span(row, max(0, start - begin), min(end - begin, len(row.text))))
        return found


def _is_full(row: Row) -> bool:
    """Tell whether a line reaches the margin, so that its sentence may go on below."""
    return row.box.right > _MARGIN if row.box else len(row.text) > _LETTERS


def passage(rows: Sequence[Row]) -> Passage:
    """Return the rows as one text."""
    return Passage(tuple(rows))
