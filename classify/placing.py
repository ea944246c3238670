"""Where a stretch of the squeezed text stands on the pages of the letter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from classify.text import squeeze
from models.letters import Box, Line


@dataclass(frozen=True, slots=True)
class Placed:
    """A line of the letter with its page (None for plain text)."""

    page: int | None
    line: Line


@dataclass(frozen=True, slots=True)
class Phrase:
    """A stretch of a line as it was read, with its page and box (None for plain text)."""

    text: str
    page: int | None
    box: Box | None


class Places:
    """Finds stretches of the squeezed text in the lines that it was made of."""

    def __init__(self, lines: Sequence[Placed]) -> None:
        self._lines = lines
        self._starts: list[int] = []
        place = 0
        for placed in lines:
            self._starts.append(place)
            place += len(squeeze(placed.line.text)[0])

    def phrase(self, start: int, end: int) -> Phrase:
        """Return what stands from ``start`` to ``end``, as far as the line goes it begins in."""
        number = int(np.searchsorted(self._starts, start, side="right")) - 1
        placed = self._lines[number]
        _, places = squeeze(placed.line.text)
        begin = self._starts[number]
        first = places[start - begin]
        last = places[min(end - begin, len(places)) - 1]
        box = _box(placed.line, first, last + 1)
        return Phrase(placed.line.text[first : last + 1], placed.page if box else None, box)


def _box(line: Line, first: int, end: int) -> Box | None:
    """Return where the characters stand: within their words, else by proportion of the line."""
    if line.box is None:
        return None
    found: Box | None = None
    place = 0
    for word in line.words:
        place = line.text.find(word.text, place)
        if place < 0:  # words and text differ: a repair changed the text
            return _share(line.box, len(line.text), first, end)
        stop = place + len(word.text)
        if place < end and first < stop:
            part = _share(word.box, len(word.text), max(first - place, 0), min(end, stop) - place)
            found = part if found is None else found.union(part)
        place = stop
    return found or _share(line.box, len(line.text), first, end)


def _share(box: Box, length: int, first: int, end: int) -> Box:
    step = box.width / max(length, 1)
    return Box(box.left + first * step, box.top, (end - first) * step, box.height)
