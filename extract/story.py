"""The story of a letter: what it is about, without head, addresses, closing and stamps.

Those stand in every letter and speak for no category; to a classifier they are noise.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from models.letters import Box, Fields, Line, OcrPage
from models.terms import PartKind

_TELLING = (PartKind.SUBJECT, PartKind.BODY)
_LEAST = 40  # letters; where less is left, the parts were hardly told apart


def story(pages: Sequence[OcrPage], fields: Fields) -> tuple[OcrPage, ...]:
    """Return the pages with the lines of subject and body alone.

    Where next to nothing would be left, all lines stay: no word of a letter is lost.
    """
    boxes: set[tuple[int | None, Box]] = set()
    told = ""
    for part in fields.parts:
        if part.kind in _TELLING:
            boxes |= {(part.page, box) for box in part.boxes}
            told += _bare(part.text)

    def tells(page: int, line: Line) -> bool:
        if line.box is not None:
            return (page, line.box) in boxes
        return bool(_bare(line.text)) and _bare(line.text) in told

    kept = tuple(
        replace(page, lines=tuple(line for line in page.lines if tells(page.number, line)))
        for page in pages
    )
    return kept if sum(len(_bare(page.text)) for page in kept) >= _LEAST else tuple(pages)


def _bare(text: str) -> str:
    return "".join(text.split())
