"""The sentences of a letter: Thai sets no full stop, so a sentence ends where another begins."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.passages import Passage
from extract.text import bare

# Clauses that begin a sentence of their own.
_BEGINS = re.compile(
    r"(?<=\sนน)\s(?=[ก-ฮเ-ไ])|\s(?=(?:จงเ?|หาก|ดงนน|ทงน|ตอมา|ขณะน|บดน|อยางไรกตาม|ในการน|อนง|ปรากฏวา|ผลการ|ผรอง|เมอวนท|โดยเมอ"
    r"|แต(?!ง)|"
    r"ในสวน|สำหรบ|ซง(?:ได|ผ|ข|บด|ป)|อำเภอ(?:ได|จง|ขอ)|เทศบาล|องคการ"
    r"|[0-9๐-๙]{1,2}\s?[.)]\s?[ก-ฮเ-ไ]|และจะ|เรองจง|พรอม))"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the letter and where it stands in the passage's text."""

    text: str
    start: int
    end: int


def sentences(where: Passage) -> Iterator[Sentence]:
    """Give the sentences of a passage: Thai sets no full stop, so they end where one begins."""
    text = where.text
    plain = _bare_with_places(text)
    cuts = [plain.places[m.start()] for m in _BEGINS.finditer(plain.text)]
    begin = 0
    for cut in sorted({*cuts, *_paragraphs(where), len(text)}):
        part = text[begin:cut]
        if part.strip():
            shift = len(part) - len(part.lstrip())
            yield Sentence(part.strip(), begin + shift, begin + len(part.rstrip()))
        begin = cut


@dataclass(frozen=True, slots=True)
class _Bare:
    text: str
    places: Sequence[int]


def _bare_with_places(text: str) -> _Bare:
    kept = [(n, letter) for n, letter in enumerate(text) if bare(letter)]
    return _Bare("".join(letter for _, letter in kept), [*(n for n, _ in kept), len(text)])


def _paragraphs(where: Passage) -> Iterator[int]:
    """Give where rows begin that are set in: a new paragraph is a new sentence."""
    boxes = [row.box for row in where.rows if row.box is not None]
    left = min((box.left for box in boxes), default=0.0)
    at = 0
    for row in where.rows:
        if row.box is None or row.box.left > left + 0.05:
            yield at
        at += len(row.text) + 1
