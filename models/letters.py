"""The letter types that flow through the house: page → words → fields → suggestion → reading.

Standard library only, so that the pure rooms (ocr, extract, classify) may import it.
Every box is a fraction of the page image (0..1, origin top left), so it fits any rendering.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from models.boxes import Box as Box
from models.terms import Danger, FieldName, LetterKind, PartKind, Precision


class MediaType(StrEnum):
    """The file types that the intake takes, told by content and never by name."""

    PDF = "application/pdf"
    TIFF = "image/tiff"
    JPEG = "image/jpeg"
    PNG = "image/png"
    ZIP = "application/zip"


class Ink(StrEnum):
    """The colour of a line: print is black, hands write blue, stamps are red or violet."""

    BLACK = "black"
    BLUE = "blue"
    RED = "red"


@dataclass(frozen=True, slots=True)
class Word:
    """A run of text without a space; Thai has none between words, so often a whole phrase.

    ``confidence`` is 0..1, for Thai digits that of the least certain one; ``alternatives`` are
    other readings of the word that lost, best first.
    """

    text: str
    box: Box
    confidence: float
    ink: Ink = Ink.BLACK
    alternatives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text, or one side of it where a wide gap parts it (ที่ left, office right).

    ``box`` is None where the text never had an image (typed or pasted text). ``confidence`` is
    0..1: of letters said to be 0.9 sure nine in ten are right. ``raw`` is what the engine gave,
    before any repair; ``alternatives`` are readings of the whole line that lost, best first.
    """

    text: str
    box: Box | None
    confidence: float
    ink: Ink = Ink.BLACK
    words: tuple[Word, ...] = ()
    raw: str = ""
    alternatives: tuple[str, ...] = ()


class PageState(StrEnum):
    """How reading a page ended."""

    READ = "read"
    BLANK = "blank"
    UNREAD = "unread"  # something is there, and the machine could not read it: a person must
    SEPARATOR = "separator"  # a sheet between letters; it is not read


class CodeKind(StrEnum):
    """The kinds of bar codes that are read."""

    QR = "qr"
    CODE39 = "code39"


@dataclass(frozen=True, slots=True)
class Code:
    """A bar code on a page, turned clockwise by ``turned`` degrees (0, 90, 180, 270)."""

    kind: CodeKind
    text: str
    box: Box
    turned: int = 0


@dataclass(frozen=True, slots=True)
class OcrPage:
    """What the machine read on one page.

    ``width`` and ``height`` are the pixels of the image that was read (0 for plain text);
    ``reason`` says in Thai why a page is unread; ``unread`` are the places with ink but no text;
    ``notes`` are what an officer should know of the reading, in Thai.
    """

    number: int
    width: int
    height: int
    state: PageState
    lines: tuple[Line, ...] = ()
    read_by: str = ""
    reason: str | None = None
    unread: tuple[Box, ...] = ()
    notes: tuple[str, ...] = ()
    codes: tuple[Code, ...] = ()

    @property
    def text(self) -> str:
        """Return the page's lines, one per line of text."""
        return "\n".join(line.text for line in self.lines)

    @property
    def confidence(self) -> float | None:
        """Return the mean confidence over characters, None where nothing was read."""
        weights = [len(line.text) for line in self.lines]
        if not sum(weights):
            return None
        total = sum(line.confidence * n for line, n in zip(self.lines, weights, strict=True))
        return total / sum(weights)


@dataclass(frozen=True, slots=True)
class Field:
    """What was understood, beside what the page says.

    ``value`` is the normal form (None: seen but not understood), ``raw`` the text of the page,
    ``confidence`` 0..1, ``page`` counts from 1 (None for plain text), ``alternatives`` are other
    normal forms, best first, ``doubts`` are reasons in Thai for a person to look.
    """

    value: str | None
    raw: str
    confidence: float
    page: int | None = None
    boxes: tuple[Box, ...] = ()
    alternatives: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    precision: Precision | None = None

    @property
    def box(self) -> Box | None:
        """Return the box around all boxes, None where there is none."""
        whole: Box | None = None
        for box in self.boxes:
            whole = box if whole is None else whole.union(box)
        return whole


@dataclass(frozen=True, slots=True)
class LetterPart:
    """A part of a letter with its lines joined, and the box of each line that has one."""

    kind: PartKind
    text: str
    page: int | None
    boxes: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """Another letter that this one refers to; ``office`` and ``urgency`` are "" where unsaid."""

    reference: Field | None
    date: Field | None
    office: str = ""
    urgency: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """A receiving stamp (ตรารับหนังสือ); a part that was left blank is None."""

    office: str
    number: Field | None
    date: Field | None
    time: Field | None


@dataclass(frozen=True, slots=True)
class Fields:
    """All that was read from one letter. A field that was not found is None, never a guess.

    ``parts`` hold every line of the letter once; ``receipts`` are all its stamps, first to last.
    """

    kind: LetterKind
    kind_confidence: float
    values: Mapping[FieldName, Field | None] = field(default_factory=lambda: MappingProxyType({}))
    parts: tuple[LetterPart, ...] = ()
    citations: tuple[Citation, ...] = ()
    receipts: tuple[Receipt, ...] = ()

    def get(self, name: FieldName) -> Field | None:
        """Return the field, None where it was not found."""
        return self.values.get(name)


@dataclass(frozen=True, slots=True)
class RankedCategory:
    """A category with its calibrated probability (0..1)."""

    code: str
    label: str
    probability: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """A phrase of the letter that speaks for the first category, and where it stands."""

    text: str
    weight: float
    page: int | None = None
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Alarm:
    """A phrase for which somebody must look at once, and where it stands."""

    danger: Danger
    text: str
    page: int | None = None
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Ranked main categories; ``abstained`` means not sure enough to propose one.

    ``parts`` are the ranked parts, and main categories without parts. ``proposed`` is the code to
    begin with, ``second`` another category that the letter carries too. ``complaint`` is the
    probability that it is one, ``is_complaint`` what follows from it; None where that is not sure.
    ``familiarity`` is the share of the text's runs of letters that the model knows (0..1).
    """

    categories: tuple[RankedCategory, ...]
    abstained: bool
    evidence: tuple[Evidence, ...]
    model_version: str
    parts: tuple[RankedCategory, ...] = ()
    proposed: str | None = None
    second: RankedCategory | None = None
    complaint: float | None = None
    is_complaint: bool | None = None
    familiarity: float | None = None

    @property
    def ranked(self) -> tuple[RankedCategory, ...]:
        """Return the narrowest ranking there is."""
        return self.parts or self.categories

    @property
    def choice(self) -> str | None:
        """Return the code to begin with, None where the officer chooses alone."""
        if self.abstained or not self.categories:
            return None
        return self.proposed or self.categories[0].code


@dataclass(frozen=True, slots=True)
class Reading:
    """All the machine has to say about one letter of a scan.

    ``letter`` counts from 1 within the scan; ``suggestion`` is None for no complaint. ``alarms``
    are raised whatever the category.
    """

    letter: int
    pages: tuple[OcrPage, ...]
    fields: Fields
    suggestion: Suggestion | None
    alarms: tuple[Alarm, ...] = ()
