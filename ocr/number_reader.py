"""Reads the numbers of a row as a whole: a small network over the strip, sign after sign.

``ocr.digits`` tells single glyphs by their shape; this one sees a number in its row, so that signs
that touch, a slash between digits or the ว of a circular are told by what stands around them. The
two were trained apart, on other fonts: where they agree a number can be trusted.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.glyphs import Patches
from ocr.raster import Gray
from ocr.rows import Row
from ocr.strips import ink_alone

BODY = 14  # pixels of a consonant on the network's strip
HEIGHT = 40  # pixels of the strip
BAND = (13, 27)  # rows of pixels of the consonants
MARGIN = 8  # pixels of white before and behind the text
STEP = 2  # pixels of the strip to one answer of the network
SIGNS = "กขฃคฅฆงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรฤลฦวศษสหฬอฮฯะาำเแโใไๆ๐๑๒๓๔๕๖๗๘๙0123456789/.-,():"

_ALPHABET = SIGNS + " "  # answer 0 of the network is "nothing new here"
_WIDEST = 4000  # pixels of a strip: a wider one is no row of letters
_BUCKET = 64  # pixels: strips are widened to a multiple, for every new width costs time once
NETWORK = Path(__file__).with_name("numbers.onnx")


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign read by the network, its edges in pixels of the page, how sure it is (0..1)."""

    sign: str
    left: float
    right: float
    sure: float


class NumberReader:
    """The network, loaded once per process; reading keeps no state but is for one thread."""

    def __init__(self, path: Path = NETWORK) -> None:
        self._net = cv2.dnn.readNetFromONNX(str(path))

    def read(
        self, row: Row, span: tuple[int, int], patches: Patches, flat: Gray
    ) -> tuple[Sign, ...]:
        """Return the signs that stand in a span of a row (left and right edge in pixels)."""
        if (span[1] - span[0]) * BODY > _WIDEST * row.body:
            return ()
        strip, scale = _strip(row, span, patches, flat)
        self._net.setInput(np.asarray(1.0 - strip / 255.0, np.float32)[None, None])
        scores = np.asarray(self._net.forward(), np.float32)
        return _decoded(scores[0, :, 0], span[0], scale)


def _strip(row: Row, span: tuple[int, int], patches: Patches, flat: Gray) -> tuple[Gray, float]:
    """Cut the row's own ink in the span, its consonants in ``BAND``."""
    left, right = max(0, span[0]), min(flat.shape[1], span[1])
    inside = row.patches[(patches.right[row.patches] > left) & (patches.left[row.patches] < right)]
    scale = BODY / row.body
    above, below = round(BAND[0] / scale), round((HEIGHT - BAND[1]) / scale)
    top, bottom = round(row.bottom) - round(row.body) - above, round(row.bottom) + below
    first, last = max(0, top), max(0, min(flat.shape[0], bottom))
    window = (slice(first, last), slice(left, right))
    ink = np.full((bottom - top, right - left), 255, np.uint8)
    ink[first - top : last - top] = ink_alone(inside, window, patches, flat)
    width = max(1, round((right - left) * scale))
    how = cv2.INTER_CUBIC if scale > 1 else cv2.INTER_AREA
    small = cv2.resize(ink, (width, HEIGHT), interpolation=how)
    whole = -(-(width + 2 * MARGIN) // _BUCKET) * _BUCKET
    strip = np.full((HEIGHT, whole), 255, np.uint8)
    strip[:, MARGIN : MARGIN + width] = small
    return strip, scale


def _decoded(scores: NDArray[np.float32], left: float, scale: float) -> tuple[Sign, ...]:
    """Return the likeliest signs; the same answer twice running is one sign."""
    powers = np.exp(scores - scores.max(axis=0))
    shares = powers / powers.sum(axis=0)
    best = shares.argmax(axis=0)
    signs: list[Sign] = []
    start = 0
    for place in range(1, len(best) + 1):
        if place < len(best) and best[place] == best[start]:
            continue
        if best[start]:
            sure = float(shares[best[start], start:place].max())
            edges = [(at * STEP - MARGIN) / scale + left for at in (start, place)]
            signs.append(Sign(_ALPHABET[best[start] - 1], edges[0], edges[1], sure))
        start = place
    return tuple(signs)
