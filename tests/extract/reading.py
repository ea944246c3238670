"""What the tests of this room share: reading a text, and pages with places on them."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from extract import lines_from_text, load_gazetteer, read_fields
from models.letters import Box, Field, Fields, Ink, Line, OcrPage, PageState, Word
from models.terms import FieldName

TODAY = dt.date(2025, 6, 30)
SHARED = Path(__file__).resolve().parents[2].parent / "shared"


def read(text: str, today: dt.date = TODAY) -> Fields:
    return read_fields([lines_from_text(text)], load_gazetteer(), today)


def field(text: str, name: FieldName, today: dt.date = TODAY) -> Field | None:
    return read(text, today).get(name)


def value(text: str, name: FieldName, today: dt.date = TODAY) -> str | None:
    found = field(text, name, today)
    return found.value if found else None


def at(fields: Fields, name: FieldName) -> Field:
    """The field, which must be there."""
    found = fields.get(name)
    assert found is not None, name
    return found


def scanned(
    lines: Sequence[tuple[str, float, float]], *, confidence: float = 0.95, ink: Ink = Ink.BLACK
) -> OcrPage:
    """A scanned page of lines given with their left and top in fractions of the page."""
    made = tuple(
        Line(text, Box(left, top, min(0.9 - left, 0.012 * len(text)), 0.015), confidence, ink)
        for text, left, top in lines
    )
    return OcrPage(1, 1654, 2339, PageState.READ, made, "tesseract")


def line(
    text: str, left: float, top: float, *, ink: Ink = Ink.BLACK, confidence: float = 0.95
) -> Line:
    """A scanned line whose words have places, ink and confidence of their own."""
    words, at = [], left
    for word in text.split(" "):
        width = 0.008 * len(word)
        words.append(Word(word, Box(at, top, width, 0.015), confidence, ink))
        at += width + 0.008
    box = Box(left, top, at - 0.008 - left, 0.015)
    return Line(text, box, confidence, ink, tuple(words))


def read_lines(*lines: Line, today: dt.date = TODAY) -> Fields:
    page = OcrPage(1, 1654, 2339, PageState.READ, lines, "tesseract")
    return read_fields([page], load_gazetteer(), today)
