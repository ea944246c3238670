"""A cursor that goes down the pages: lines, wrapped paragraphs, page breaks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache

from pythainlp.tokenize import word_tokenize

from benchmarks.drawing.ink import Pen
from benchmarks.drawing.letters import Letter
from benchmarks.drawing.sheet import (
    BOTTOM,
    LEFT,
    PITCH,
    RIGHT,
    TOP,
    WIDTH,
    Align,
    Figure,
    Row,
    Run,
    Sheet,
)  # fmt: skip

_OPENERS, _CLOSERS = "(“\"'[", ")”\"'],.ๆฯ:;!?/-"


@dataclass(slots=True)
class Writer:
    """Lays a letter out; ``y`` is the next baseline in millimetres."""

    pen: Pen
    letter: Letter
    y: float = TOP
    pitch: float = PITCH
    pt: float = 16.0
    hand: bool = False
    ink: str = "black"
    sheets: list[Sheet] = field(default_factory=lambda: [Sheet()])

    @property
    def sheet(self) -> Sheet:
        """Return the page being written."""
        return self.sheets[-1]

    def run(self, text: str, **style: object) -> Run:
        """Return a run in the letter's hand and numerals."""
        base = Run(self.letter.numerals(text), self.pt, hand=self.hand, ink=self.ink)
        return replace(base, **style)  # type: ignore[arg-type]

    def put(
        self, x: float, runs: Run | str | tuple[Run, ...], align: Align = "left",
        leader: tuple[float, float] | None = None,
    ) -> None:  # fmt: skip
        """Put one row at ``x`` on the current baseline."""
        if isinstance(runs, str):
            runs = self.run(runs)
        if isinstance(runs, Run):
            runs = (runs,)
        start, end = leader or (None, None)
        self.sheet.rows.append(Row(x, self.y, runs, align, start, end))

    def figure(self, figure: Figure) -> None:
        """Put a figure on the current page."""
        self.sheet.figures.append(figure)

    def down(self, lines: float = 1.0) -> None:
        """Go down by lines."""
        self.y += self.pitch * lines

    def room(self, lines: float) -> None:
        """Start a new page when fewer lines than this are left."""
        if self.y + self.pitch * (lines - 1) > BOTTOM:
            self.new_page()

    def new_page(self, numbered: bool = True) -> None:
        """Start a page, with its number at the top centre."""
        self.sheets.append(Sheet())
        self.y = TOP
        if numbered:
            self.put(WIDTH / 2, f"- {len(self.sheets)} -", "center")
            self.down(2)

    def paragraph(self, text: str, indent: float = 25.0) -> None:
        """Put a paragraph, wrapped at Thai words, its first line indented."""
        for line, offset in self.wrap(text, indent):
            self.room(1)
            self.put(LEFT + offset, line)
            self.down()

    def entry(self, label: str, text: str, **style: object) -> None:
        """Put a label and its text, wrapped with a hanging indent (เรื่อง, เรียน)."""
        first = self.run(label)
        hang = self.pen.width(first) + 3.0
        for n, (line, _) in enumerate(self.wrap(text, 0.0, hang)):
            self.room(1)
            body = self.run(line, **style)
            if n:
                self.put(LEFT + hang, body)
            else:
                self.put(LEFT, (first, replace(body, gap=3.0)))
            self.down()

    def wrap(self, text: str, indent: float, hang: float = 0.0) -> Iterator[tuple[str, float]]:
        """Yield lines broken between words, each with its indent in millimetres."""
        line, offset = "", indent or hang
        for token in _words(self.letter.numerals(text)):
            room = RIGHT - LEFT - offset - (3.0 if self.hand else 0.0)
            if line.strip() and self.pen.width(self.run((line + token).rstrip())) > room:
                yield line.strip(), offset
                line, offset = token.lstrip(), hang
            else:
                line += token
        if line.strip():
            yield line.strip(), offset


@lru_cache(maxsize=512)
def _words(text: str) -> tuple[str, ...]:
    """Return the words, punctuation kept with the word that it belongs to."""
    words: list[str] = []
    for token in word_tokenize(text, engine="newmm", keep_whitespace=True):
        sticks = words and (
            token[0] in _CLOSERS or (words[-1] and words[-1][-1] in _OPENERS + "./-")
        )
        digits = words and words[-1][-1:].isdigit() and token[0].isdigit()
        if (sticks or digits) and not token.isspace():
            words[-1] += token
        else:
            words.append(token)
    return tuple(words)
