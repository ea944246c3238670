"""What the desk needs from the rest of the house, handed in when the pages are wired."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from sqlalchemy import Engine

from models.database import THAILAND
from models.letters import Box, MediaType, OcrPage, Reading
from models.marks import Marks
from models.sheet_codes import Separator


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


class Unreadable(Exception):
    """Nothing was read again; the message says in Thai why and what to do."""


class NoReader(Unreadable):
    """This computer lacks what it takes to read."""


@dataclass(frozen=True, slots=True)
class RereadPage:
    """A page's new reading, and the picture that was read, as JPEG."""

    page: OcrPage
    picture: bytes


class Rereader(Protocol):
    """What the officer may have read once more; ``turn`` is in degrees clockwise.

    Every method raises Unreadable where there is nothing to give back.
    """

    def region(self, sha256: str, page: int, box: Box, turn: int) -> tuple[str, ...]:
        """Return the lines of text in a region of a page as it is shown."""

    def page(self, sha256: str, media_type: MediaType, page: int, turn: int) -> RereadPage:
        """Read a whole page as it is shown."""

    def letter(
        self, pages: Sequence[OcrPage], number: int, separator: Separator | None = None
    ) -> Reading:
        """Make sense of pages that are one letter; ``separator`` says what it may not."""

    def marks(self, reading: Reading, looks: Mapping[int, str | None]) -> Marks:
        """Return by what a letter is compared with others; ``looks`` are those of its pages."""

    def picture(self, sha256: str, page: int, turn: int, longest: int | None = None) -> bytes:
        """Return the turned picture of a page as JPEG, at most ``longest`` pixels on a side."""

    def keep_picture(self, sha256: str, page: int, picture: bytes) -> None:
        """Let this be the picture of a page."""


class CannotPrint(Exception):
    """Nothing can be printed; the message says in Thai why and what to do."""


class Printer(Protocol):
    """Draws what is laid between letters and stuck on them, as PDF; may raise CannotPrint."""

    def separators(self, district: str, category: str, batch: str, count: int) -> bytes:
        """Return sheets that part letters."""

    def stickers(self, district: str, first: int, count: int) -> bytes:
        """Return stickers with receiving numbers from ``first`` on."""


@dataclass(frozen=True, slots=True)
class ShelvedModel:
    """A version of the classifier: when it was trained, on how much, and its scores (0..1)."""

    version: str
    trained_at: dt.datetime
    examples: int
    confirmed: int
    top1: float
    top3: float
    ece: float


@dataclass(frozen=True, slots=True)
class ShelfEvent:
    """What happened to a version of the classifier, and why, in Thai."""

    at: dt.datetime
    word: str
    version: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClassifierNews:
    """The state of the classifier; ``until_next`` is how many decisions are missing till the next
    training (None: only when told to). ``trouble`` says in Thai what is wrong, "" for nothing.
    """

    in_use: ShelvedModel | None
    shelf: tuple[ShelvedModel, ...]
    events: tuple[ShelfEvent, ...]
    until_next: int | None
    trouble: str = ""


@dataclass(frozen=True)
class Desk:
    """The officers' desk of one office.

    ``categories`` are those in use, in the order of the screen. ``labels`` are by code, also those
    of categories no longer in use; ``heirs`` are what took the place of these. ``lease`` is how
    long a letter stays with an officer who does nothing. Of the confirmed letters the share
    ``second_share`` (0..1) is read again, drawn by ``lot`` (a number from 0 to below 1).
    ``districts`` are the names that officers may choose from, none where every name will do.
    ``agent_file`` is the program of a scanner PC.
    """

    engine: Engine
    archive: Archive
    categories: tuple[Category, ...]
    labels: Mapping[str, str]
    heirs: Mapping[str, str]
    classifier: Callable[[], ClassifierNews]
    now: Callable[[], dt.datetime]
    rereader: Rereader
    printer: Printer
    lease: dt.timedelta = dt.timedelta(minutes=15)
    districts: Callable[[], tuple[str, ...]] = tuple
    agent_file: Callable[[], bytes] = bytes
    second_share: float = 0.0
    lot: Callable[[], float] = random.random

    @property
    def codes(self) -> frozenset[str]:
        """Return the codes that an officer may choose."""
        return frozenset(category.code for category in self.categories)

    def today(self) -> dt.date:
        """Return the date in Thailand."""
        return self.now().astimezone(THAILAND).date()

    def midnight(self) -> dt.datetime:
        """Return the moment at which today began in Thailand."""
        return dt.datetime.combine(self.today(), dt.time(), THAILAND)
