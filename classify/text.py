"""Letters made comparable: one spelling per sound mark, one set of digits, no spaces.

Scanners put spaces into Thai words and lose them between phrases; without any, both look alike.
"""

from __future__ import annotations

import re

_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_LETTER = re.compile(r"[ก-ฮ]")


def squeeze(text: str) -> tuple[str, tuple[int, ...]]:
    """Return the text without spaces, digits folded, and for each character its old position."""
    kept: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text.translate(_DIGITS)):
        if character.isspace() or _INVISIBLE.match(character):
            continue
        if kept and character == "า" and kept[-1] == "\u0e4d":  # ํ + า is ำ
            kept[-1] = "ำ"
        elif kept and character == "เ" and kept[-1] == "เ":  # two เ are a แ
            kept[-1] = "แ"
        else:
            low = character.lower()
            kept.append(low if len(low) == 1 else character)  # İ would become two
            places.append(place)
    return "".join(kept), tuple(places)


def thai_letters(text: str) -> int:
    """Return how many Thai consonants the text has."""
    return len(_LETTER.findall(text))
