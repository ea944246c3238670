"""Whether a page that seems blank has strokes too pale to be read: pencil, a worn-out ribbon."""

from __future__ import annotations

import cv2
import numpy as np

from ocr.connected import connected
from ocr.raster import Gray

_SIDE = 1170  # pixels of the longer side at which it is looked at: A4 at 100 dpi, noise averaged
_STROKE = 9  # pixels across which a stroke at most is
_PALEST = 14  # grey levels under the paper around it: what shines through from the back is paler
_OVER_NOISE = 4.0  # times the paper's own unevenness
_LEAST, _LONGEST = 6, 0.08  # pixels of ink, and share of the longer side, of a letter or its part
_FEWEST = 5  # such strokes; a few specks are no writing
_MARGIN = 0.03  # share of the page along its edges where shadows lie


def has_faint_strokes(flat: Gray) -> bool:
    """Tell whether pale strokes of the size of letters stand on a page of even white."""
    scale = min(1.0, _SIDE / max(flat.shape))
    small = cv2.resize(flat, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    kernel = np.ones((_STROKE, _STROKE), np.uint8)
    depth = cv2.morphologyEx(small, cv2.MORPH_BLACKHAT, kernel)
    edge = round(_MARGIN * min(small.shape))
    inner = np.ascontiguousarray(depth[edge:-edge, edge:-edge])
    middle = float(np.median(inner))
    spread = 1.48 * float(np.median(np.abs(inner.astype(np.float32) - middle)))
    ink = (inner > max(_PALEST, middle + _OVER_NOISE * max(spread, 1.0))).astype(np.uint8)
    _, measures = connected(ink)
    sides = np.maximum(measures[1:, 2], measures[1:, 3])
    strokes = (measures[1:, 4] >= _LEAST) & (sides >= 5) & (sides < _LONGEST * max(small.shape))
    return int(np.count_nonzero(strokes)) >= _FEWEST
