"""Long lists in pages of fifty."""

from __future__ import annotations

from dataclasses import dataclass

SIZE = 50


@dataclass(frozen=True, slots=True)
class Paging:
    """Where in a list of ``total`` rows we are; pages count from 1."""

    page: int
    total: int

    @property
    def last(self) -> int:
        """Return the number of the last page."""
        return max(1, -(-self.total // SIZE))

    @property
    def skipped(self) -> int:
        """Return how many rows stand before this page."""
        return (self.page - 1) * SIZE


def paging(page: int, total: int) -> Paging:
    """Return the page that was asked for, or the nearest one that exists."""
    wanted = Paging(max(page, 1), total)
    return Paging(min(wanted.page, wanted.last), total)
