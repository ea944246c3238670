"""A pile scanned at once: where its letters begin, and what separators say of them.

Separators and stickers part letters for certain. In a file that has any, a letterhead only ever
proposes a cut; in a file without them the machine's draft is parted at letterheads, and every cut
is a proposal that the officer sees as one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import extract
from models.letters import OcrPage, PageState
from models.sheet_codes import Separator, separator_of, stickers_among

_Pages = tuple[OcrPage, ...]


@dataclass(frozen=True, slots=True)
class StackedLetter:
    """The pages of a letter, and the last separator before it that says anything."""

    pages: _Pages
    separator: Separator | None = None


@dataclass(frozen=True, slots=True)
class Stack:
    """The letters of a file in order; ``proposed`` are the pages at which letterheads stand.

    Separators, and blank pages that stand alone between them, belong to no letter.
    """

    letters: tuple[StackedLetter, ...]
    proposed: tuple[int, ...]


def part_stack(pages: Sequence[OcrPage]) -> Stack:
    """Part the pages of a file into letters."""
    runs = _runs(pages)
    if not runs:  # nothing but separators and blank pages: a person looks at all of them
        return Stack((StackedLetter(tuple(pages)),) if pages else (), ())
    heads = [extract.split_letters(run.pages) for run in runs]
    proposed = tuple(letter[0].number for run in heads for letter in run[1:])
    if len(runs) == 1 and not _is_certain(pages):
        return Stack(tuple(StackedLetter(letter) for letter in heads[0]), proposed)
    return Stack(tuple(runs), proposed)


def _is_certain(pages: Sequence[OcrPage]) -> bool:
    return any(page.state is PageState.SEPARATOR or stickers_among(page.codes) for page in pages)


def _runs(pages: Sequence[OcrPage]) -> list[StackedLetter]:
    """Return what lies between separators, stickers at the head of a run of their own."""
    runs: list[StackedLetter] = []
    says: Separator | None = None
    run: list[OcrPage] = []
    number: object = None

    def close() -> None:
        if any(page.state is not PageState.BLANK for page in run):
            runs.append(StackedLetter(tuple(run), says))
            run.clear()

    for page in pages:
        if page.state is PageState.SEPARATOR:
            close()
            run.clear()
            number = None
            said = separator_of(page)
            says = said if said and said != Separator() else says
            continue
        stickers = stickers_among(page.codes)
        if stickers and stickers != number:
            close()  # blank pages before it stay with the letter that begins
            number = stickers
        run.append(page)
    close()
    return runs
