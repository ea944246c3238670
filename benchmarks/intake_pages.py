"""Small pages to send by the thousand: a line of text each, all different."""

from __future__ import annotations

import io
from functools import cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

_FONT = "/usr/share/fonts/truetype/tlwg/Laksaman.ttf"
_DPI = 150


@cache
def _blank() -> NDArray[np.uint8]:
    return np.full((1754, 1240), 255, np.uint8)


def small_letter(number: int) -> bytes:
    """Return an A4 page at 150 dpi as PNG, some 8 kB; no two are the same bytes."""
    return _drawn(number % 20) + str(number).encode()  # behind its end, where no decoder looks


@cache
def _drawn(number: int) -> bytes:
    image = Image.fromarray(_blank().copy())
    draw = ImageDraw.Draw(image)
    font = ImageFont.truetype(_FONT, 44)
    draw.text((130, 180), f"เรื่อง ขอให้ซ่อมถนน หมายเลข {number}", font=font, fill=0)
    draw.text((130, 280), "เรียน นายอำเภอ", font=font, fill=0)
    file = io.BytesIO()
    image.save(file, "PNG", dpi=(_DPI, _DPI))
    return file.getvalue()
