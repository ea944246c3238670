"""What an engine is: a callable that reads strips, each holding one row of text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ocr.raster import Gray


@dataclass(frozen=True, slots=True)
class StripReading:
    """What stands on a strip; confidence 0..1; empty text where the engine saw none.

    ``weak`` is the lowest confidence in a part of the strip, None where it was read whole;
    ``digits`` the lowest in a digit, 1 where there is none.
    ``letters`` are the left and right edges, in pixels of the strip, of the letters that take room
    of their own (no spaces, no marks above or below), as far as the engine tells them.
    """

    text: str
    confidence: float
    letters: tuple[tuple[float, float], ...] = ()
    weak: float | None = None
    digits: float = 1.0

    @property
    def weakest(self) -> float:
        """Return the lowest confidence in a part of the strip."""
        return self.confidence if self.weak is None else self.weak


# One reading for every strip, in the same order.
Engine = Callable[[Sequence[Gray]], tuple[StripReading, ...]]


class EngineError(Exception):
    """The engine could not read; the message says in Thai what to do."""


class EngineMissing(EngineError):
    """The program or its language data is not installed."""


class EngineTimeout(EngineError):
    """The engine took too long and was killed."""
