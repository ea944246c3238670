"""What the reader of a page read in a row the second time: it helps out, agrees or contradicts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from extract.known_words import put_right
from extract.rows import Row, Span
from extract.text import clean
from extract.values import doubted
from models.letters import Field

SECOND = "อ่านจากการอ่านครั้งที่สอง ครั้งแรกอ่านไม่ออก โปรดเทียบกับภาพ"
_DIFFERENT = "อ่านสองครั้งได้ไม่เหมือนกัน โปรดเทียบกับภาพ"


def second_readings(row: Row) -> Iterator[Row]:
    """Give the row as it was read the other times; words have no places of their own there."""
    for text in row.line.alternatives:
        cleaned = put_right(clean(text))
        if cleaned and cleaned != row.text:
            line = replace(row.line, text=text, words=(), alternatives=())
            yield replace(row, line=line, text=cleaned)


def against_second(field: Field, spans: Sequence[Span], read: Callable[[str], str | None]) -> Field:
    """Doubt a value that the second reading of its row gives otherwise, and show that one too."""
    for span in spans:
        for row in second_readings(span.row):
            other = read(row.text)
            if other is not None and other != field.value:
                field = doubted(field, _DIFFERENT, [other])
    return field
