"""What the desk needs from the rest of the house, handed in when the pages are wired."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from sqlalchemy import Engine

BANGKOK = dt.timezone(dt.timedelta(hours=7))  # Asia/Bangkok has no summer time


class Archive(Protocol):
    """The read side of the archive of originals."""

    def original(self, sha256: str) -> Path:
        """Return where the original with this hash is or would be."""

    def view(self, sha256: str, page: int) -> Path:
        """Return where the picture of a page (from 1) is or would be."""


class Category(Protocol):
    """A category of complaints; records keep its code, officers see its label."""

    @property
    def code(self) -> str:
        """Return the stable code."""

    @property
    def label(self) -> str:
        """Return the Thai label."""


@dataclass(frozen=True)
class Desk:
    """The officers' desk of one office; ``categories`` are in the order of the screen."""

    engine: Engine
    archive: Archive
    categories: tuple[Category, ...]
    now: Callable[[], dt.datetime]

    @property
    def labels(self) -> dict[str, str]:
        """Return the categories' labels by code."""
        return {category.code: category.label for category in self.categories}

    def today(self) -> dt.date:
        """Return the date in Thailand."""
        return self.now().astimezone(BANGKOK).date()
