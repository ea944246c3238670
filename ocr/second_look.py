"""Rows whose first reading leaves doubts are read in another way too; the readings compete."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ocr.calibration import sureness
from ocr.engine import StripReading
from ocr.pieces import Numeral
from ocr.thai import misspelt, repair, restore_am
from ocr.words import Written, with_thai_digits

_SURE = 0.9  # confidence of the engine in any part of a row under which it is read again
_ARABIC = "0123456789"
_STRANGE = 2  # letters outside known words from which a row is read again,
_VERY_SURE = 0.93  # but not from this confidence: those are names

# What speaks against a reading, each in the unit of one letter that belongs to no word.
_LOST_DIGIT = 4.0  # a digit that stands on the page and not in the reading
_UNSURE = 24.0  # the whole of the engine's confidence


@dataclass(frozen=True, slots=True)
class Candidate:
    """One reading of a row, as it is written in Thai, with what speaks against it."""

    reading: StripReading
    written: Written
    strange: int  # letters outside known words
    lost: int  # digits told by shape that did not come back as they are

    @property
    def squeezed(self) -> str:
        """Return the text without spaces."""
        return self.written.text.replace(" ", "")

    @property
    def doubt(self) -> float:
        """Return how much speaks against the reading: 0 is nothing."""
        unsure = _UNSURE * (1.0 - self.reading.confidence)
        return self.strange + _LOST_DIGIT * self.lost + unsure


def candidate(reading: StripReading, numerals: Sequence[Numeral]) -> Candidate:
    """Weigh a reading by the words it makes and by the digits told by their shapes."""
    written = with_thai_digits(restore_am(repair(reading.text)), numerals)
    return Candidate(reading, written, misspelt(written.text), written.lost)


def needs_second_look(first: Candidate) -> bool:
    """Tell whether a reading leaves doubts that another look may settle.

    One digit in doubt is enough where it is Arabic: nothing but the engine has seen it.
    """
    sure = first.reading.weakest
    if first.lost > 0 or sure < _SURE or (first.strange >= _STRANGE and sure < _VERY_SURE):
        return True
    return first.reading.digits < _SURE and any(sign in _ARABIC for sign in first.written.text)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of looking at a row: the best reading, the one that lost, and how sure it is."""

    best: Candidate
    other: Candidate | None
    sure: float  # probability that a letter is right


def outcome(first: Candidate, second: Candidate | None = None) -> Outcome:
    """Choose the reading with less against it; in a tie the first look stays."""
    best, other = first, second
    if second is not None and second.doubt < first.doubt:
        best, other = second, first
    differ = other is not None and other.squeezed != best.squeezed
    sure = sureness(
        best.reading.confidence, len(best.squeezed), best.strange, differ=differ, lost=best.lost > 0
    )
    return Outcome(best, other if differ else None, sure)
