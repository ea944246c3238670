"""How long to wait before trying again: 1, 2, 4 … 60 seconds, never all PCs at once."""

from __future__ import annotations

import random

_MOST, _MOST_ASKED = 60.0, 900.0  # seconds: by ourselves, and when the server asks for it


class NotNow(Exception):
    """It cannot be done for the moment; ``wait`` is how many seconds were asked for.

    ``progress``: some of it was done, so that the next try may come soon.
    """

    def __init__(self, why: str, wait: float | None = None, *, progress: bool = False) -> None:
        super().__init__(why)
        self.wait, self.progress = wait, progress


class Backoff:
    """Waits twice as long after every failure in a row."""

    def __init__(self, luck: random.Random, first: float = 1.0) -> None:
        self._luck, self._first, self._next = luck, first, first

    def wait(self, asked: float | None = None) -> float:
        """Return how many seconds to wait; at least what the server asked for."""
        wait = self._next * self._luck.uniform(0.75, 1.25)
        self._next = min(_MOST, self._next * 2)
        return max(wait, min(asked or 0.0, _MOST_ASKED))

    def is_over(self) -> None:
        """Begin with the shortest wait again."""
        self._next = self._first
