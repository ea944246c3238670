"""By what a letter is compared with others: its values, the words of its story, its first page."""

from __future__ import annotations

from collections.abc import Mapping

import extract
from classify.duplicates import sketch
from models.letters import Reading
from models.marks import Marks, marks_of, seen, values_read


def marks_of_letter(reading: Reading, looks: Mapping[int, str | None]) -> Marks:
    """Return the marks of a letter; ``looks`` are those of the scan's pages, by number."""
    # Letterheads and closings are the same in all letters of an office: the story alone tells.
    story = extract.story(reading.pages, reading.fields)
    words = "\n".join(page.text for page in story)
    runs = sketch(words) if words.strip() else frozenset[int]()
    first = next((page.number for page in reading.pages if looks.get(page.number)), 0)
    return seen(marks_of(values_read(reading.fields)), looks.get(first), runs)
