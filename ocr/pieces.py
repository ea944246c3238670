"""Pieces of a row's ink, and the signs of numbers that they are."""

from __future__ import annotations

from dataclasses import dataclass

from ocr.glyphs import Patches


@dataclass(frozen=True, slots=True)
class Piece:
    """A glyph, or one part of a patch in which several touch; edges in pixels of the page."""

    patch: int
    left: int
    right: int
    top: int
    bottom: int


@dataclass(frozen=True, slots=True)
class Numeral:
    """A piece that is a sign of a number: ``0`` to ``9``, or ``/``, ``.`` or ``-`` beside digits.

    The probability is by shape alone; ``rival`` is the next likely digit, empty where there is no
    other worth a look.
    """

    piece: Piece
    sign: str
    probability: float
    rival: str = ""

    @property
    def is_digit(self) -> bool:
        """Tell a digit from the signs that stand in numbers."""
        return self.sign.isdigit()


def whole_patch(patch: int, patches: Patches) -> Piece:
    """Return a patch as one piece."""
    return Piece(
        patch,
        int(patches.left[patch]),
        int(patches.right[patch]),
        int(patches.top[patch]),
        int(patches.bottom[patch]),
    )
