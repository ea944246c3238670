"""The typefaces, split so that what was tuned on is never measured on."""

from __future__ import annotations

import random
from dataclasses import dataclass

from benchmarks.drawing.letters import Part, Style


@dataclass(frozen=True, slots=True)
class Face:
    """A typeface; ``scale`` makes its 16 pt as wide as the 16 pt of TH Sarabun."""

    name: str
    scale: float
    bold_name: str | None = None

    def file(self, bold: bool) -> str:
        """Return the font's file name (found by Pillow among the system fonts)."""
        return f"{self.bold_name or self.name + '-Bold'}.ttf" if bold else f"{self.name}.ttf"


FACES = {
    face.name: face
    for face in (
        Face("Laksaman", 0.66),
        Face("Norasi", 0.68),
        Face("Kinnari", 0.65),
        Face("Garuda", 0.62),
        Face("Loma", 0.62),
        Face("Umpush", 0.58),
        Face("Waree", 0.59),
        Face("Sawasdee", 0.64),
        Face("TlwgTypist", 0.72),
        Face("TlwgTypewriter", 0.72),
        Face("Purisa", 0.74),
        Face("Purisa-Bold", 0.72, "Purisa-Bold"),
    )
}

_BY_PART: dict[Part, dict[Style, tuple[str, ...]]] = {
    "tuning": {
        "typed": ("Norasi", "Garuda", "Umpush", "Waree"),
        "typewriter": ("TlwgTypist",),
        "hand": ("Purisa-Bold",),
    },
    "measuring": {
        "typed": ("Laksaman", "Laksaman", "Kinnari", "Loma", "Sawasdee"),
        "typewriter": ("TlwgTypewriter",),
        "hand": ("Purisa",),
    },
}


def choose_face(part: Part, style: Style, rng: random.Random) -> Face:
    """Return a face of the part for this style of letter."""
    return FACES[rng.choice(_BY_PART[part][style])]


def hand_face(part: Part) -> Face:
    """Return the face of the part's handwriting."""
    return FACES[_BY_PART[part]["hand"][0]]


def part_of(face: Face) -> Part:
    """Return the part that a face belongs to."""
    parts: tuple[Part, Part] = ("tuning", "measuring")
    for part in parts:
        if any(face.name in names for names in _BY_PART[part].values()):
            return part
    raise KeyError(face.name)
