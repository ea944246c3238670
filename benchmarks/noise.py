"""Misreadings as OCR makes them of Thai letters, put into typed text by a seeded generator.

Every character outside the column gaps is hit with the same chance, the ``share``. What happens to
it then follows its class, in the proportions of ``_of_mark`` and the others below; the look-alikes
are those of the grammar book (domain: dates 2.1, letter codes 1.6). Newlines and column gaps (a
tab, four spaces or more) stay, and none is made, so that the layout of a page survives.

``noisy_page`` gives the lines a confidence as a reader would: informative, but imperfect. How, says
a ``Sureness``. At share 0 it is ``extract.lines_from_text``: typed text, trusted as such. The pages
have no boxes, no words and no ink, so what rests on those is not measured here.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from extract import lines_from_text
from models.letters import Line, OcrPage, PageState

READ_BY = "noise"  # anything but typed text: the rows count as scanned
_GAP = re.compile(r"(\t+| {4,}|\n)")
_MARKS = "ัิีึืฺุู็่้๊๋์ํ"
_GROUPS = (
    "นม", "บปษ", "ดคต", "วจ", "ชซข", "กถภ", "รธ", "พฟผ", "ทห", "ลส", "อฮ", "ฎฏ",
    "ิีึื", "ุู", "่้๊", "เแ", "ไใโ",
)  # fmt: skip
_LIKE = {
    **{one: "".join(o for o in group if o != one) for group in _GROUPS for one in group},
    "ั": "้", "็": "้", "์": "้", "๋": "้", "า": "ว", "ำ": "า", "ฉ": "ณ", "ณ": "ฉ", "ศ": "คส", "ญ": "ณ",
    "ย": "บ", "ฝ": "ฟ", "ง": "ว", "ะ": ":", "ฯ": "ๆ",
}  # fmt: skip
_DIGITS: dict[str, tuple[str, ...]] = {
    "๐": ("o", "O", "0", "ํ"), "๑": ("9", "a", "@", "๙"), "๒": ("๖", "Iv"), "๓": ("๗", "๙"),
    "๔": ("๕", "๘"), "๕": ("๔", "๘"), "๖": ("๙", "๒"), "๗": ("๓", "๙"), "๘": ("๔", "๕"),
    "๙": ("๖", "๗", "๓"),
    "0": ("O", "o", "๐", "6"), "1": ("l", "I", "7", "|"), "2": ("7", "Z"), "3": ("8", "5"),
    "4": ("9", "1"), "5": ("6", "S"), "6": ("5", "8"), "7": ("1", "2"), "8": ("3", "6"),
    "9": ("4", "g"),
}  # fmt: skip
_OTHER_SCRIPT = str.maketrans("๐๑๒๓๔๕๖๗๘๙0123456789", "0123456789๐๑๒๓๔๕๖๗๘๙")
_CRUMBS = ".,'`-~:;\"|*_"
_LEADERS = ("....", "......", "…", " . . ", "..")


@dataclass(frozen=True, slots=True)
class Sureness:
    """How a reader knows of its misreadings: evenly spread confidences (0..1) of lines.

    ``unnoticed`` is the chance that one misread letter leaves the line looking unhurt, of several
    each; ``mistrusted`` is the chance that an unhurt line looks spoilt.
    """

    spoilt: tuple[float, float]
    unhurt: tuple[float, float]
    unnoticed: float = 0.0
    mistrusted: float = 0.0

    def of(self, misread: int, rng: random.Random) -> float:
        """Return the confidence of a line with so many misread letters."""
        chance = 1 - self.unnoticed**misread if misread else self.mistrusted
        bounds = self.spoilt if rng.random() < chance else self.unhurt
        return round(rng.uniform(*bounds), 3)


# A reader that suspects every spoilt line a little, and many that are right.
CAUTIOUS = Sureness(spoilt=(0.55, 0.97), unhurt=(0.90, 0.99))
# Ours, on 126 drawn pages of the tuning part (lowest word of a line, 1,527 lines right, 183 not):
# at or above 0.95 were 90 % of the right lines, and of those with 1, 2, 3 and 4 or more misread
# letters 54, 25, 20 and 3 %.
MEASURED = Sureness(spoilt=(0.3, 0.95), unhurt=(0.95, 0.998), unnoticed=0.54, mistrusted=0.10)
SURENESSES = {"cautious": CAUTIOUS, "measured": MEASURED}


def noisy(text: str, share: float, rng: random.Random) -> str:
    """Return the text with about ``share`` (0..1) of its characters misread."""
    parts = _GAP.split(text)
    return "".join(
        part if place % 2 else _misread(part, share, rng) for place, part in enumerate(parts)
    )


def noisy_page(
    text: str, share: float, rng: random.Random, sureness: Sureness = CAUTIOUS
) -> OcrPage:
    """Return the text as a reader with this share of misreadings would give it, line by line."""
    if share == 0:
        return lines_from_text(text)
    lines = []
    for part in _GAP.split(text)[::2]:
        typed = part.strip()
        read = _misread(typed, share, rng).strip()
        if read:
            said = sureness.of(Levenshtein.distance(typed, read), rng)
            lines.append(Line(read, None, said, raw=read))
    state = PageState.READ if lines else PageState.BLANK
    return OcrPage(1, 0, 0, state, tuple(lines), READ_BY)


def _misread(part: str, share: float, rng: random.Random) -> str:
    """Misread a part of a line; what is moved comes behind the letter that follows it."""
    out: list[str] = []
    moved = ""
    for letter in part:
        if rng.random() >= share:
            out.append(letter + moved)
            moved = ""
            continue
        read, later = _hit(letter, rng)
        out.append(read + moved)
        moved = later
    return _within(part, "".join(out) + moved)


def _within(part: str, read: str) -> str:
    """Return the reading with the part's own edges and no gap in it: the layout is not misread.

    A part of which nothing is left is not misread: the gaps around it would become one.
    """
    core = part.strip(" ")
    start = part.index(core)
    inner = re.sub(r" {4,}", "   ", read.strip(" "))
    return part[:start] + inner + part[start + len(core) :] if core and inner else part


def _hit(letter: str, rng: random.Random) -> tuple[str, str]:
    """Return what is read instead of the letter, and what of it moves behind the next one."""
    chance = rng.random()
    if letter in _MARKS:
        return _of_mark(letter, chance, rng)
    if letter in _DIGITS:
        return _of_digit(letter, chance, rng), ""
    if letter == "/":
        return ("" if chance < 0.25 else rng.choice(("|", "1", "l", "I"))), ""
    if letter == ".":
        return ("" if chance < 0.6 else rng.choice(("..", ",", ". "))), ""
    if letter == " ":
        return ("" if chance < 0.6 else rng.choice(("  ", *_LEADERS, f" {_crumb(rng)} "))), ""
    return _of_letter(letter, chance, rng), ""


def _of_mark(letter: str, chance: float, rng: random.Random) -> tuple[str, str]:
    """Vowels above and below and tone marks are lost first, else confused, else moved."""
    if chance < 0.5:
        return "", ""
    if chance < 0.75 and letter in _LIKE:
        return rng.choice(_LIKE[letter]), ""
    return "", letter


def _of_digit(letter: str, chance: float, rng: random.Random) -> str:
    if chance < 0.6:
        return rng.choice(_DIGITS[letter])
    if chance < 0.75:
        return letter.translate(_OTHER_SCRIPT)
    if chance < 0.85:
        return ""
    return f"{letter} " if chance < 0.95 else letter + _crumb(rng)


def _of_letter(letter: str, chance: float, rng: random.Random) -> str:
    if chance < 0.65 and letter in _LIKE:
        return rng.choice(_LIKE[letter])
    if chance < 0.75:
        return ""
    return f"{letter} " if chance < 0.88 else letter + _crumb(rng)


def _crumb(rng: random.Random) -> str:
    return rng.choice(_CRUMBS)
