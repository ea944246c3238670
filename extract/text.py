"""The words of a page in one form: Unicode order, spaces, leaders and digits."""

from __future__ import annotations

import re
import unicodedata

from pythainlp.util import normalize as reorder_thai

# Vowels above and below, tone marks, thanthakhat: what a scanner loses first.
MARKS = frozenset("\u0e31\u0e34\u0e35\u0e36\u0e37\u0e38\u0e39\u0e47\u0e48\u0e49\u0e4a\u0e4b\u0e4c")

_ZERO_WIDTH = re.compile("[\u200b-\u200f\ufeff\u00ad\u2060]")
_WHITE = re.compile(r"[\s\u00a0\u2000-\u200a\u202f\u3000]+")
_LEADERS = re.compile(r"(?:[.…·•․‥_]\s?){3,}|[.…·_]{2,}|…|-{3,}|_")
# Digits keep their gaps: where the / of a number was lost, a gap is all that is left of it.
_BETWEEN_THAI = re.compile(r"(?<=[ก-๎]) (?=[ก-๎])")
_LONE_RING = re.compile("(?:^|(?<=[^ก-ฮ\u0e31-\u0e4e]))\u0e4d(?![่-๋]?า)")
_KEPT = "\ue000"  # stands for it meanwhile
_SYLLABLE = 2.7  # letters to a word: written Thai has far longer runs
_THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_MARK_CLASS = "".join(sorted(MARKS))
_BARE = re.compile(f"[{_MARK_CLASS}\u0e4d]")


def clean(raw: str) -> str:
    """Return the text in normal order, without zero-width characters, leaders and extra spaces.

    Digits keep their script (``fold`` maps them one to one), so spans hold in both.
    """
    text = unicodedata.normalize("NFC", _ZERO_WIDTH.sub("", raw))
    text = _WHITE.sub(" ", _LEADERS.sub(" ", text)).strip()
    # SARA AM before reordering: a tone mark may stand between its two halves.
    text = text.replace("\u0e4d\u0e32", "\u0e33")
    # A ring with no letter under it is a misread ๐; putting marks in order would throw it away.
    text = _LONE_RING.sub(_KEPT, text)
    text = str(reorder_thai(text)).replace(_KEPT, "\u0e4d") if text else ""
    return _joined(_WHITE.sub(" ", text).strip())


def fold(text: str) -> str:
    """Return the text with Thai digits as Arabic ones; every character keeps its place."""
    return text.translate(_THAI_DIGITS)


def bare(text: str) -> str:
    """Return the text without the marks that a scanner loses first."""
    return _BARE.sub("", text)


def unmarked(pattern: str) -> re.Pattern[str]:
    """Return a pattern without the marks that scanners lose first: it is for ``bare`` texts."""
    return re.compile(bare(pattern))


def loosely(word: str) -> str:
    """Return a pattern for the word with its marks lost or moved and spaces put in."""
    return rf"[{_MARK_CLASS}]*\s?".join(re.escape(letter) for letter in bare(word)) + (
        rf"[{_MARK_CLASS}]*"
    )


def squeeze(text: str) -> str:
    """Return the text without spaces."""
    return text.replace(" ", "")


def distance(left: str, right: str, limit: float) -> float:
    """Return the edit distance, or more than ``limit`` once it is passed.

    A mark counts half: losing a tone mark is a smaller error than losing a letter.
    """
    previous = [0.0]
    for letter in right:
        previous.append(previous[-1] + _weight(letter))
    for one in left:
        cost = _weight(one)
        row = [previous[0] + cost]
        for column, other in enumerate(right, 1):
            swap = 0.0 if one == other else max(cost, _weight(other))
            row.append(
                min(
                    previous[column] + cost,
                    row[-1] + _weight(other),
                    previous[column - 1] + swap,
                )
            )
        if min(row) > limit:
            return limit + 1
        previous = row
    return previous[-1]


def edits(left: str, right: str, limit: int) -> int:
    """Return the plain Levenshtein distance, or ``limit`` + 1 once it is passed."""
    if abs(len(left) - len(right)) > limit:
        return limit + 1
    previous = list(range(len(right) + 1))
    for number, one in enumerate(left, 1):
        row = [number]
        for column, other in enumerate(right, 1):
            swap = previous[column - 1] + (one != other)
            row.append(min(previous[column] + 1, row[-1] + 1, swap))
        if min(row) > limit:
            return limit + 1
        previous = row
    return previous[-1]


def mixed_scripts(text: str) -> bool:
    """Tell whether Thai and Arabic digits stand side by side: the mark of a misread number."""
    return bool(re.search(r"[๐-๙]", text) and re.search(r"[0-9]", text))


def _joined(text: str) -> str:
    """Return a line whose every syllable was set apart by the reader, run together again."""
    words = text.split(" ")
    if len(words) < 6 or len(text.replace(" ", "")) / len(words) > _SYLLABLE:
        return text
    return _BETWEEN_THAI.sub("", text)


def _weight(letter: str) -> float:
    return 0.5 if letter in MARKS else 1.0
