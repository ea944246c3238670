"""What stands on a drawn page, and what a careful clerk reads from its letter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
Corners = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class TruthLine:
    """One line of text, or one side of it where a wide gap parts it."""

    text: str
    box: tuple[float, float, float, float]  # left, top, width, height as fractions of the page
    ink: str
    by_hand: tuple[tuple[int, int], ...] = ()  # the stretches of the text written by hand

    def depth(self, turned: int) -> float:
        """Return how far down the upright page the line's middle stands: 0 top, 1 foot."""
        left, top, width, height = self.box
        across, down = left + width / 2, top + height / 2
        return {0: down, 90: 1 - across, 180: 1 - down, 270: across}[turned]


@dataclass(frozen=True, slots=True)
class PageTruth:
    """The truth of one page; ``turned`` is how far the paper lies turned clockwise, in degrees."""

    number: int
    kind: str
    category: str | None
    fields: Mapping[str, str | None]
    lines: tuple[TruthLine, ...]
    turned: int = 0

    @property
    def text(self) -> str:
        """Return the page's lines in reading order."""
        return "\n".join(line.text for line in self.lines)

    @property
    def head(self) -> str:
        """Return the lines in the upper third of the upright page."""
        return "\n".join(line.text for line in self.lines if line.depth(self.turned) < 1 / 3)

    @property
    def by_hand(self) -> tuple[tuple[int, int], ...]:
        """Return the stretches of the page's text that are written by hand."""
        found, start = [], 0
        for line in self.lines:
            found += [(start + first, start + last) for first, last in line.by_hand]
            start += len(line.text) + 1
        return tuple(found)

    def as_json(self) -> dict[str, Any]:
        """Return the page as plain data."""
        return {**asdict(self), "fields": dict(self.fields), "text": self.text}


def corners_of(left: float, top: float, right: float, bottom: float) -> Corners:
    """Return the corners of an upright rectangle."""
    return (left, top), (right, top), (right, bottom), (left, bottom)


def box_under(
    corners: Corners, matrix: Matrix, size: tuple[int, int]
) -> tuple[float, float, float, float]:
    """Return the upright box, in fractions of ``size``, around corners moved by the matrix."""
    points = np.array([(x, y, 1.0) for x, y in corners]) @ matrix.T
    xs = np.clip(points[:, 0] / points[:, 2] / size[0], 0, 1)
    ys = np.clip(points[:, 1] / points[:, 2] / size[1], 0, 1)
    left, top = float(xs.min()), float(ys.min())
    box = (left, top, float(xs.max()) - left, float(ys.max()) - top)
    return (round(box[0], 5), round(box[1], 5), round(box[2], 5), round(box[3], 5))
