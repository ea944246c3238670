"""The names of the months as people and scanners write them (domain: dates 2.1)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from extract.text import bare, edits

FULL = (
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
    "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
)  # fmt: skip
SHORT = (
    "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.",
    "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.",
)  # fmt: skip
_ENGLISH = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_SPELLINGS: Mapping[str, int] = MappingProxyType(
    {
        "กรกฏาคม": 7, "พฤศจิการยน": 11, "พฤษจิกายน": 11, "พฤศภาคม": 5, "กุมภาพันธุ์": 2,
        "กุมพาพันธ์": 2, "มิถุนา": 6, "เมษา": 4, "ธันวา": 12, "มกรา": 1, "กุมภา": 2, "มีนา": 3,
        "พฤษภา": 5, "กรกฎา": 7, "สิงหา": 8, "กันยา": 9, "ตุลา": 10, "พฤศจิกา": 11,
    }
)  # fmt: skip
# Abbreviations that are no month but look like one or two.
_MISREAD: Mapping[str, tuple[int, ...]] = MappingProxyType(
    {"มีย": (6, 4), "คค": (10, 7), "รค": (12,), "มิค": (3,), "ธี.ค": (12,), "ธีค": (12,), "มย": (4, 6)}
)  # fmt: skip
# Glyphs that scanners take for each other in abbreviations.
_TAKEN = ("มนฆ", "คดตศ", "กภถฤ", "พฟผฝ", "ยบปษข", "สลศ", "ธรฐ")
_EDIT = 1.3  # of a misread abbreviation: one letter, or one and a lost mark
_MARGIN = 0.35  # months nearer to each other than this cannot be told apart
# Valid months that scanners take for each other; used only where something else speaks for it.
LOOKALIKES: Mapping[int, tuple[int, ...]] = MappingProxyType(
    {11: (5,), 5: (11,), 9: (7,), 7: (9, 8), 8: (7,), 1: (3,), 3: (1,), 6: (4,), 4: (6,)}
)


@dataclass(frozen=True, slots=True)
class Month:
    """A month 1..12; ``repaired`` where the page's spelling is none, ``others`` also fit."""

    number: int
    repaired: bool = False
    others: tuple[int, ...] = ()
    english: bool = False


def _abbreviation(short: str) -> str:
    return r"\s?".join(re.escape(c) if c != "." else r"\.?" for c in short)


# An abbreviation must not run into a word: ม.ค. is none in มค่า.
ABBREVIATED = "(?:" + "|".join(_abbreviation(short) for short in SHORT) + r")(?![ก-๎])"


# มีนา, เมษา: names without their ending, as people write them.
COLLOQUIAL = "(?:" + "|".join(name for name in _SPELLINGS if len(name) < 9) + r")(?![ก-๎])"


@lru_cache(maxsize=2048)
def read_month(word: str) -> Month | None:
    """Return the month of a word, repaired within one edit at most."""
    if re.search("[A-Za-z]", word):
        name = re.sub(r"[^A-Za-z]", "", word).upper()[:3]
        return Month(_ENGLISH.index(name) + 1, english=True) if name in _ENGLISH else None
    plain = re.sub(r"[.,\s]", "", word)
    if plain in FULL:
        return Month(FULL.index(plain) + 1)
    if plain in _SPELLINGS:
        return Month(_SPELLINGS[plain])
    shorts = [short.replace(".", "") for short in SHORT]
    if plain in shorts:
        return Month(shorts.index(plain) + 1)
    if plain in _MISREAD:
        first, *others = _MISREAD[plain]
        return Month(first, repaired=True, others=tuple(others))
    unmarked = [n for n, short in enumerate(shorts, 1) if bare(short) == bare(plain)]
    if unmarked and len(bare(plain)) == 2:
        return Month(unmarked[0], repaired=True, others=tuple(unmarked[1:]))
    if len(plain) < 5:
        return None
    near = [n for n, full in enumerate(FULL, 1) if edits(plain, full, 1) <= 1]
    if len(near) == 1:
        return Month(near[0], repaired=True)
    # Lost marks are no edits: a scanner that drops one drops several.
    near = [n for n, full in enumerate(FULL, 1) if bare(full) == bare(plain)]
    return Month(near[0], repaired=True) if len(near) == 1 else None


def rough_month(word: str) -> Month | None:
    """Return the month of an abbreviation with one sign misread, doubled or lost (สลค., ก.ฟ.).

    One edit at most; where two months are as near, both are kept.
    """
    letters = re.sub(r"[^ก-ฮ]", "", word)
    if not 2 <= len(letters) <= 4:
        return None
    ranked = sorted((_cost(word, letters, short), n) for n, short in enumerate(SHORT, 1))
    best, number = ranked[0]
    if best > _EDIT:
        return None
    others = tuple(n for cost, n in ranked[1:] if cost - best < _MARGIN and cost <= _EDIT)
    # ม.ค. and มี.ค., มิ.ย. and เม.ย. differ by a mark only, and marks are lost first.
    return Month(number, repaired=True, others=others)


def _cost(word: str, letters: str, short: str) -> float:
    """Return what it takes to read the abbreviation in the word: a letter is one edit."""
    pair = re.sub(r"[^ก-ฮ]", "", short)
    first, last = pair[0], pair[-1]
    cost = _glyph(letters[0], first) + _glyph(letters[-1], last) + 0.9 * (len(letters) - 2)
    if ("เ" in word) != ("เ" in short):
        cost += 0.9 if "เ" in word else 0.5
    written = set(re.findall("[ิีึืุู]", word))
    wanted = set(re.findall("[ิีึืุู]", short))
    return cost + 0.3 * len(written ^ wanted)


def _glyph(read: str, meant: str) -> float:
    if read == meant:
        return 0.0
    return 0.8 if any({read, meant} <= set(group) for group in _TAKEN) else 2.0
