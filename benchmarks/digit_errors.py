"""The digits that matter, of reference numbers and dates: where they stand, which are read wrong.

A digit is wrong where the alignment of truth and reading (the one of the error rate) replaces or
deletes it. Thai and Arabic forms of a digit count as the same.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from rapidfuzz.distance import Levenshtein

from benchmarks.drawing.letters import MONTHS
from benchmarks.error_rate import plain
from benchmarks.sets import Measured
from models.terms import FieldName

_ARABIC = "0123456789"
_TO_ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙", _ARABIC)
_MONTH = "|".join(
    r"\s*".join(r"\.?" if letter == "." else letter for letter in name)
    for names in MONTHS
    for name in names
)
_DATE = re.compile(
    rf"(?<![0-9])[0-9]{{1,2}}\s*(?:เดือน\s*)?(?:{_MONTH})\s*(?:พ\.?\s*ศ\.?\s*)?[0-9]{{2,4}}(?![0-9])"
    r"|(?<![0-9/])[0-9]{1,2}/[0-9]{1,2}/[0-9]{2,4}(?![0-9/])"
)


def digits_that_matter(file: Measured) -> frozenset[int]:
    """Return the places, in the file's text, of the digits of its reference numbers and dates."""
    text = file.text.translate(_TO_ARABIC)
    references = [letter["fields"].get(FieldName.REFERENCE_NO) for letter in file.letters]
    patterns = [_DATE, *(_written(value) for value in references if value)]
    stretches = [found.span() for pattern in patterns for found in pattern.finditer(text)]
    return frozenset(at for at in _within(stretches) if text[at] in _ARABIC)


def digits_by_hand(file: Measured) -> frozenset[int] | None:
    """Return the places of the digits written by hand, None where that is not known."""
    if file.by_hand is None:
        return None
    text = file.text.translate(_TO_ARABIC)
    return frozenset(at for at in _within(file.by_hand) if text[at] in _ARABIC)


def wrong_digits(truth: str, read: str, places: Collection[int]) -> frozenset[int]:
    """Return those of the places in the truth whose digits are read wrong or not at all."""
    typed = [at for at, letter in enumerate(truth.translate(_TO_ARABIC)) if letter in _ARABIC]
    compared = plain(truth)
    # Comparing moves and drops letters, but keeps every digit in its turn.
    turns = [at for at, letter in enumerate(compared) if letter in _ARABIC]
    edits = Levenshtein.editops(compared, plain(read))
    spoilt = {edit.src_pos for edit in edits if edit.tag != "insert"}
    return frozenset(
        at for at, turn in zip(typed, turns, strict=True) if at in places and turn in spoilt
    )


def _written(reference: str) -> re.Pattern[str]:
    """Return how a reference number may stand in a text: with any spaces, not inside another."""
    spaced = r"\s*".join(re.escape(letter) for letter in reference if not letter.isspace())
    return re.compile(rf"(?<![0-9]){spaced}(?![0-9])")


def _within(stretches: Iterable[tuple[int, int]]) -> set[int]:
    return {at for start, end in stretches for at in range(start, end)}
