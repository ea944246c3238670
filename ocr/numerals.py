"""Finds the signs of Thai numbers among the glyphs of a row: digits, and what stands in them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ocr.digits import CLASSES, DigitModel, glyph_features
from ocr.glyphs import Patches, Role
from ocr.pieces import Numeral, Piece, whole_patch
from ocr.points import with_points
from ocr.raster import Gray
from ocr.rows import Row

Shares = NDArray[np.float32]  # piece × class: probabilities

# How sure the shape must be, by how many sides of the run end in white or punctuation:
# digits stand in runs of their own, letters in the middle of words.
_NEEDED = {2: 0.5, 1: 0.85, 0: 0.97}
_SIGNS = "0123456789/"  # what the classes of the network are set as
_CUT_APART = 0.85  # probability at most of digits that touched
_RIVAL = 0.04  # probability from which another digit is worth a look
_LARGE = 1.45  # body heights from which a piece is no letter of the row's own type
_LOW = 1.9  # body heights of touching digits at most; a pen's stand askew
_WORD_GAP = 0.55  # body heights of white between words


def find_numerals(
    rows: Sequence[Row], patches: Patches, flat: Gray, model: DigitModel
) -> list[tuple[Numeral, ...]]:
    """Return the Thai digits of each row with the signs between them, left to right."""
    pieces = [_pieces(row, patches, flat, model) for row in rows]
    flat_pieces = [(row, piece) for row, line in zip(rows, pieces, strict=True) for piece in line]
    if not flat_pieces:
        return [() for _ in rows]
    scores = _score(flat_pieces, patches, flat, model)
    found, start = [], 0
    for row, line in zip(rows, pieces, strict=True):
        digits = _by_company(row, line, scores[start : start + len(line)], patches)
        found.append(with_points(digits, row, patches))
        start += len(line)
    return found


def _score(
    pieces: Sequence[tuple[Row, Piece]], patches: Patches, flat: Gray, model: DigitModel
) -> Shares:
    glyphs = [_cut(piece, patches, flat) for _, piece in pieces]
    return model.probabilities(glyph_features(glyphs, [_own_body(*each) for each in pieces]))


def _own_body(row: Row, piece: Piece) -> float:
    """Return the body height to judge a piece by: a numbering stamp sets far larger digits."""
    height = piece.bottom - piece.top
    return height / 1.05 if height > _LARGE * row.body else row.body


def _pieces(row: Row, patches: Patches, flat: Gray, model: DigitModel) -> list[Piece]:
    """Return the row's full-size glyphs, left to right; digits that touch are taken apart."""
    tall = row.patches[patches.height[row.patches] >= 0.62 * row.body]
    pieces: list[Piece] = []
    for patch in tall[np.argsort(patches.left[tall], kind="stable")]:
        whole = whole_patch(int(patch), patches)
        wide = whole.right - whole.left > 1.35 * row.body
        low = whole.bottom - whole.top < _LOW * row.body
        pieces += _taken_apart(whole, row, patches, flat, model) if wide and low else [whole]
    return pieces


def _taken_apart(
    whole: Piece, row: Row, patches: Patches, flat: Gray, model: DigitModel
) -> list[Piece]:
    """Cut a patch of touching glyphs where the ink is thinnest, if all parts are digits then."""
    image = _cut(whole, patches, flat)
    ink = (255 - image.astype(np.float32)).sum(axis=0)
    width = image.shape[1]
    # A wide digit of a wide typeface is one sign: its parts must be surer than the whole.
    alone = float(_score([(row, whole)], patches, flat, model)[0, : len(CLASSES)].max())
    best, best_share = [whole], max(0.7, alone)
    for count in range(2, 2 + round(width / (0.75 * row.body))):
        edges = [0]
        for cut in range(1, count):
            middle, reach = width * cut / count, max(2, round(0.22 * width / count))
            low, high = max(edges[-1] + 2, round(middle) - reach), round(middle) + reach + 1
            if low >= min(high, width - 2):
                break
            edges.append(low + int(np.argmin(ink[low : min(high, width - 2)])))
        if len(edges) != count:
            continue
        parts = [
            _trimmed(whole, left, right, image)
            for left, right in zip(edges, [*edges[1:], width], strict=True)
        ]
        shares = _score([(row, part) for part in parts], patches, flat, model)
        share = float(shares[:, : len(CLASSES)].max(axis=1).min())
        if share > best_share:
            best, best_share = parts, share
    return best


def _trimmed(whole: Piece, left: int, right: int, image: Gray) -> Piece:
    rows = np.flatnonzero((image[:, left:right] < 200).any(axis=1))
    top, bottom = (int(rows[0]), int(rows[-1]) + 1) if len(rows) else (0, image.shape[0])
    return Piece(
        whole.patch, whole.left + left, whole.left + right, whole.top + top, whole.top + bottom
    )


def _cut(piece: Piece, patches: Patches, flat: Gray) -> Gray:
    window = (slice(piece.top, piece.bottom), slice(piece.left, piece.right))
    return np.where(patches.labels[window] == piece.patch, flat[window], 255).astype(np.uint8)


def _by_company(
    row: Row, pieces: list[Piece], shares: Shares, patches: Patches
) -> tuple[Numeral, ...]:
    """Accept runs of digit shapes, the more readily the more clearly the run stands alone."""
    no_digit = len(CLASSES)
    digits = shares[:, :no_digit].argmax(axis=1)
    sure = shares[np.arange(len(pieces)), digits]
    is_digit = (shares.argmax(axis=1) < no_digit) & ~_marked(row, pieces, patches)
    accepted: list[Numeral] = []
    start = 0
    while start < len(pieces):
        if not is_digit[start]:
            start += 1
            continue
        end = start
        while (
            end + 1 < len(pieces)
            and is_digit[end + 1]
            and not _parted(pieces[end], pieces[end + 1], row)
        ):
            end += 1
        open_sides = _ends(pieces, start, -1, row, patches) + _ends(pieces, end, 1, row, patches)
        # Nobody writes a lone digit in the middle of a word: there it is a misshapen letter.
        alone = end == start and open_sides == 0
        run = [
            Numeral(
                pieces[place],
                _SIGNS[digits[place]],
                _told(pieces[place], float(sure[place]), patches),
                _rival(shares[place], int(digits[place])),
            )
            for place in range(start, end + 1)
        ]
        numbers = any(numeral.is_digit for numeral in run) and not alone
        if numbers and float(sure[start : end + 1].min()) >= _NEEDED[open_sides]:
            accepted += run
        start = end + 1
    return tuple(accepted)


def _told(piece: Piece, sure: float, patches: Patches) -> float:
    """Return how sure a shape is; where digits were cut apart they might have been others."""
    apart = piece.right - piece.left < patches.width[piece.patch]
    return min(sure, _CUT_APART) if apart else sure


def _rival(shares: Shares, best: int) -> str:
    """Return the digit that comes next to the best one, if it may be meant as well."""
    others = shares[:10].copy()
    if best < len(others):
        others[best] = 0.0
    place = int(others.argmax())
    return _SIGNS[place] if others[place] >= _RIVAL else ""


def _marked(row: Row, pieces: Sequence[Piece], patches: Patches) -> NDArray[np.bool_]:
    """Tell which glyphs carry a vowel or tone mark: digits never do."""
    small = np.setdiff1d(row.patches, [piece.patch for piece in pieces])
    small = small[patches.role[small] != Role.SPECK]
    marked = np.zeros(len(pieces), np.bool_)
    if not len(small):
        return marked
    centre = patches.left[small] + patches.width[small] / 2
    above = patches.bottom[small] < row.top + 0.2 * row.body
    below = (patches.top[small] > row.bottom) & (patches.width[small] > 0.3 * row.body)
    for place, piece in enumerate(pieces):
        over = (centre > piece.left) & (centre < piece.right + 0.15 * row.body)
        marked[place] = bool(np.any(over & (above | below)))
    return marked


def _parted(before: Piece, after: Piece, row: Row) -> bool:
    return after.left - before.right > _WORD_GAP * row.body


def _ends(pieces: Sequence[Piece], place: int, step: int, row: Row, patches: Patches) -> int:
    """Return 1 where white or punctuation stands beside the piece at ``place``, else 0."""
    beside = place + step
    if not 0 <= beside < len(pieces):
        return 1
    piece, other = pieces[place], pieces[beside]
    first, second = (other, piece) if step < 0 else (piece, other)
    tall, wide = other.bottom - other.top, other.right - other.left
    slim = tall > 1.15 * row.body and wide < 0.55 * tall  # a slash or a bracket
    if slim or _parted(first, second, row):
        return 1
    low = row.patches[
        (patches.height[row.patches] < 0.5 * row.body)
        & (patches.left[row.patches] >= first.right - 2)
        & (patches.right[row.patches] <= second.left + 2)
        & (patches.top[row.patches] > row.top + 0.25 * row.body)
    ]
    return int(len(low) > 0)
