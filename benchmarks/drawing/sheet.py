"""A laid-out page in millimetres: rows of text and figures, not yet ink."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

WIDTH, HEIGHT = 210.0, 297.0
LEFT, RIGHT, TOP, BOTTOM = 30.0, 190.0, 25.0, 277.0
PITCH = 7.0  # single spacing of 16 pt

Align = Literal["left", "center", "right"]
Shape = Literal["garuda", "seal", "signature", "frame", "rule", "ruled"]


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style; ``gap`` is white before it, in millimetres."""

    text: str
    pt: float = 16.0
    bold: bool = False
    hand: bool = False
    ink: str = "black"
    gap: float = 0.0
    spaced: bool = True  # whether the truth has a space for the gap


@dataclass(frozen=True, slots=True)
class Row:
    """Runs on one baseline: one line of the truth. A leader is a dotted line under the text."""

    x: float
    y: float
    runs: tuple[Run, ...]
    align: Align = "left"
    leader_from: float | None = None
    leader_to: float | None = None

    @property
    def text(self) -> str:
        """Return the row as it reads."""
        return "".join(self._parts()).strip()

    @property
    def by_hand(self) -> tuple[tuple[int, int], ...]:
        """Return the stretches of the text that are written by hand."""
        parts, found = self._parts(), []
        whole = "".join(parts)
        end = len(whole.lstrip()) - len(whole)  # the text begins after the white
        for run, part in zip(self.runs, parts, strict=True):
            start, end = end, end + len(part)
            if run.hand:
                found.append((max(0, start), min(end, len(self.text))))
        return tuple(found)

    def _parts(self) -> list[str]:
        return [(" " if run.gap and run.spaced and n else "") + run.text
                for n, run in enumerate(self.runs)]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawn thing; ``text`` is what a seal says around its rim."""

    shape: Shape
    x: float
    y: float
    width: float
    height: float
    ink: str = "black"
    text: str = ""


@dataclass(frozen=True, slots=True)
class Patch:
    """What was stamped on the page by hand: its own rows, turned by a few degrees."""

    rows: tuple[Row, ...]
    figures: tuple[Figure, ...]
    angle: float
    pivot: tuple[float, float]


@dataclass(slots=True)
class Sheet:
    """One page while it is being laid out."""

    rows: list[Row] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    patches: list[Patch] = field(default_factory=list)
