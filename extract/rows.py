"""Rows: the lines of a letter with their cleaned text and their place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extract.known_words import put_right
from extract.levels import side_by_side
from extract.text import clean, fold, squeeze
from models.letters import Box, Line, OcrPage, PageState

_GAP = re.compile(r"\t+| {4,}")
_LABEL = re.compile(r"^\s*(?:เรื่อง|(?:กราบ)?เรียน|ถึง|อ้างถึง|สิ่งที่ส่งมาด้วย|ส่วนราชการ|ที่|วันที่)\s*:?\s*$")
_HAIR = 1e-6  # letters: what rounding may add to a place
_TRUSTED = "text"  # typed or pasted text: nobody misread it


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a page; ``page`` is None for plain text, ``order`` counts over the letter."""

    order: int
    page: int | None
    line: Line
    text: str

    @property
    def folded(self) -> str:
        """Return the text with Arabic digits; spans are those of ``text``."""
        return fold(self.text)

    @property
    def box(self) -> Box | None:
        """Return the box of the line."""
        return self.line.box


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a row: where a value stands."""

    row: Row
    start: int
    end: int

    @property
    def text(self) -> str:
        """Return the cleaned text of the stretch."""
        return self.row.text[self.start : self.end].strip()

    @property
    def raw(self) -> str:
        """Return the page's own text, the whole line where cleaning changed the stretch."""
        raw = self.row.line.text
        return self.text if self.text and self.text in raw else raw.strip()

    @property
    def boxes(self) -> tuple[Box, ...]:
        """Return the boxes of the words in the stretch, else the box of the line."""
        words = self._words()
        if words:
            return tuple(self.row.line.words[n].box for n in words)
        return () if self.row.box is None else (self.row.box,)

    @property
    def box(self) -> Box | None:
        """Return the box around the stretch, None in plain text."""
        whole: Box | None = None
        for box in self.boxes:
            whole = box if whole is None else whole.union(box)
        return whole

    @property
    def confidence(self) -> float:
        """Return the lowest confidence (0..1) of the words in the stretch, else the line's."""
        words = self._words()
        lowest = min((self.row.line.words[n].confidence for n in words), default=1.0)
        return max(0.0, min(1.0, lowest, self.row.line.confidence if not words else lowest))

    def _words(self) -> tuple[int, ...]:
        """Return the numbers of the words in the stretch, counted by letters and no spaces."""
        words, text = self.row.line.words, self.row.text
        lengths = [len(squeeze(word.text)) for word in words]
        letters = len(squeeze(text))
        if sum(lengths) != letters:  # leaders and stray marks left the text, not the words
            lengths = [len(squeeze(clean(word.text))) for word in words]
        total = sum(lengths)
        if not total or not letters:
            return ()
        scale = total / letters
        start = len(squeeze(text[: self.start])) * scale
        end = len(squeeze(text[: self.end])) * scale
        chosen, position = [], 0.0
        for number, length in enumerate(lengths):
            if position < end - _HAIR and position + length > start + _HAIR:
                chosen.append(number)
            position += length
        return tuple(chosen)


def rows_of(pages: Iterable[OcrPage]) -> tuple[Row, ...]:
    """Return the rows of all pages in reading order, lines without any text left out."""
    rows: list[Row] = []
    for page in pages:
        number = None if page.read_by == _TRUSTED else page.number
        for line in side_by_side(page.lines):
            text = put_right(clean(line.text))
            if text:
                rows.append(Row(len(rows), number, line, text))
    return tuple(rows)


def lines_from_text(text: str) -> OcrPage:
    """Return typed or pasted text as a page; a tab or four spaces part a line in two."""
    parts = (part.strip() for line in text.splitlines() for part in _columns(line))
    lines = tuple(Line(part, None, 1.0) for part in parts if part)
    state = PageState.READ if lines else PageState.BLANK
    return OcrPage(1, 0, 0, state, lines, _TRUSTED)


def _columns(line: str) -> list[str]:
    """Return the columns of a typed line; a wide gap behind a label parts nothing."""
    columns = [part for part in _GAP.split(line) if part.strip()]
    if len(columns) > 1 and _LABEL.match(columns[0]):
        return ["  ".join(columns[:2]), *columns[2:]]
    return columns


def whole(row: Row) -> Span:
    """Return the span of the whole row."""
    return Span(row, 0, len(row.text))


def join(rows: Sequence[Row]) -> str:
    """Return the text of the rows, a space between two."""
    return " ".join(row.text for row in rows)
