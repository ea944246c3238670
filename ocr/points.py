"""The dots and dashes of numbers, told by size and place beside the digits."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ocr.glyphs import Patches, Role
from ocr.pieces import Numeral, Piece, whole_patch
from ocr.rows import Row

_POINTED = 1.6  # body heights between two digits that a dot or a dash joins
_TRAILING = 0.6  # body heights after a digit within which its dot stands


def with_points(digits: Sequence[Numeral], row: Row, patches: Patches) -> tuple[Numeral, ...]:
    """Add the dots and dashes of a number (๐๓๑๘.๑, ๐-๔๒๗๑), and the dot after one (๒.)."""
    small = np.setdiff1d(row.patches, [numeral.piece.patch for numeral in digits])
    small = small[patches.role[small] != Role.SPECK]
    centre = patches.left[small] + patches.width[small] / 2
    found: list[Numeral] = []
    for place, numeral in enumerate(digits):
        found.append(numeral)
        after = digits[place + 1] if place + 1 < len(digits) else None
        piece = numeral.piece
        body = (piece.bottom - piece.top) / 1.05
        reach = piece.right + _POINTED * body
        if after is not None and after.piece.left < reach:
            reach = after.piece.left + 1
            body = (body + (after.piece.bottom - after.piece.top) / 1.05) / 2
        else:
            after, reach = None, piece.right + _TRAILING * body
        beside = small[(centre > piece.right - 1) & (centre < reach)]
        sign = _point(int(beside[0]), piece, body, patches) if len(beside) == 1 else None
        if sign == "." or (sign and after):
            sure = min(numeral.probability, after.probability if after else 1.0)
            found.append(Numeral(whole_patch(int(beside[0]), patches), sign, sure))
    return tuple(found)


def _point(patch: int, beside: Piece, body: float, patches: Patches) -> str | None:
    """Tell a dot from a dash by its size and height beside a digit; None where it is neither."""
    width, height = float(patches.width[patch]), float(patches.height[patch])
    above_line = beside.bottom - float(patches.top[patch]) - height / 2
    if max(width, height) < 0.42 * body and abs(above_line) < 0.3 * body:
        return "."
    low = height < 0.32 * body and 0.2 * body < width < 1.1 * body
    return "-" if low and 0.3 * body < above_line < 0.75 * body else None
