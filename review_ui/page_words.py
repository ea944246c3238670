"""The words of a page with their places, for pointing at them; ID numbers are hidden."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from models.letters import Box, Line, OcrPage
from models.national_id import pieces_with_ids_masked
from models.turning import turned

_DECIMALS = 4  # of a fraction: a quarter of a pixel on the largest page


@dataclass(frozen=True, slots=True)
class PageWords:
    """Arrays of equal length, in reading order: places as fractions of the page as shown.

    ``line`` counts the lines, so that words of one line can be told from those of the next.
    """

    x: list[float] = field(default_factory=list)
    y: list[float] = field(default_factory=list)
    w: list[float] = field(default_factory=list)
    h: list[float] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    line: list[int] = field(default_factory=list)

    def add(self, line: int, text: str, box: Box) -> None:
        """Add a word."""
        for edges, edge in zip(
            (self.x, self.y, self.w, self.h),
            (box.left, box.top, box.width, box.height),
            strict=True,
        ):
            edges.append(round(edge, _DECIMALS))
        self.text.append(text)
        self.line.append(line)


def page_words(page: OcrPage, turn: int) -> PageWords:
    """Return the words of a page that is shown turned by ``turn``; a line without words is one."""
    lines = [line.text for line in page.lines]
    hidden = pieces_with_ids_masked(lines, ["\n"] * (len(lines) - 1))
    words = _words_masked(page.lines)
    found = PageWords()
    for number, (line, text) in enumerate(zip(page.lines, hidden, strict=True)):
        own = words[number]
        # Words that do not show the number which the line hides may hold it in another form.
        told = text == line.text or own != [word.text for word in line.words]
        if own and told:
            for word, shown in zip(line.words, own, strict=True):
                found.add(number, shown, turned(word.box, turn))
        elif line.box is not None:
            found.add(number, text, turned(line.box, turn))
    return found


def _words_masked(lines: Sequence[Line]) -> list[list[str]]:
    """Return the words of every line, with the numbers hidden that words and lines share."""
    words = [(number, word.text) for number, line in enumerate(lines) for word in line.words]
    numbers = [number for number, _ in words]
    gaps = [" " if one == other else "\n" for one, other in pairwise(numbers)]
    found: list[list[str]] = [[] for _ in lines]
    masked = pieces_with_ids_masked([text for _, text in words], gaps)
    for number, text in zip(numbers, masked, strict=True):
        found[number].append(text)
    return found
