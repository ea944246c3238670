"""Character error rate, whitespace ignored, SARA AM and digit forms made one."""

from __future__ import annotations

import re
import unicodedata

from pythainlp.util import normalize, thai_digit_to_arabic_digit
from rapidfuzz.distance import Levenshtein

_MATCHED = 0.4  # share of a line's letters


def plain(text: str) -> str:
    """Return the text as it is compared."""
    text = unicodedata.normalize("NFC", re.sub("[\u200b-\u200d\ufeff\u00ad]", "", text))
    text = thai_digit_to_arabic_digit(normalize(text.replace("ํา", "ำ")))
    return re.sub(r"\s+", "", text)


def character_error_rate(truth: str, read: str) -> float:
    """Return edits per character of the truth (over 1 where much was invented)."""
    truth, read = plain(truth), plain(read)
    return float(Levenshtein.distance(truth, read)) / max(1, len(truth))


def without_unmatched_lines(truth: str, read: str) -> str:
    """Return the reading without the lines that the truth leaves out: stamps, signatures.

    Both texts are aligned as for the error rate; a line of the reading goes where less than
    ``_MATCHED`` of its letters stand in the truth at their aligned place.
    """
    lines = read.splitlines()
    letters = [plain(line) for line in lines]
    whole = "".join(letters)
    same = [False] * len(whole)
    for step in Levenshtein.opcodes(plain(truth), whole):
        if step.tag == "equal":
            same[step.dest_start : step.dest_end] = [True] * (step.dest_end - step.dest_start)
    kept, start = [], 0
    for line, its in zip(lines, letters, strict=True):
        end = start + len(its)
        if its and sum(same[start:end]) >= _MATCHED * len(its):
            kept.append(line)
        start = end
    return "\n".join(kept)


def lost_lines(truth: str, read: str) -> int:
    """Return how many lines of the truth are nowhere in the reading, not even half of them."""
    read = plain(read)
    lost = 0
    for line in truth.splitlines():
        wanted = plain(line)
        if len(wanted) < 4:
            continue
        matched = _longest_share(wanted, read)
        lost += matched < 0.5
    return lost


def _longest_share(wanted: str, read: str) -> float:
    """Return the best similarity of ``wanted`` with a stretch of the reading of its length."""
    size, best = len(wanted), 0.0
    for start in range(0, max(1, len(read) - size // 2), max(1, size // 4)):
        stretch = read[start : start + size + size // 4]
        best = max(best, 1.0 - Levenshtein.distance(wanted, stretch) / max(len(stretch), size))
    return best
