"""Stickers with receiving numbers for the first pages of letters: three by eight on a sheet."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from models.letters import CodeKind
from models.sheet_codes import Sticker, write
from saraban.paper import HEIGHT, WIDTH, Sheet, faces_in, pdf_of
from saraban.separators import MOST_SHEETS, TooMany

ACROSS, DOWN = 3, 8  # the common sheet of 24 labels, 70 by 37 mm, without gaps
_WIDE = WIDTH / ACROSS
_TALL = 37.0
_TOP = (HEIGHT - DOWN * _TALL) / 2
_CODE = 24.0  # millimetres of its side


def draw_stickers(district: str, numbers: Sequence[int], faces: tuple[Path, Path]) -> Sheet:
    """Draw one sheet; ``district`` is the code of the office's district.

    Raises:
        NotWritable: a number has no code.
    """
    page = Sheet(faces)
    for place, number in enumerate(numbers):
        left, top = place % ACROSS * _WIDE, _TOP + place // ACROSS * _TALL
        page.code(
            left + 5, top + (_TALL - _CODE) / 2, CodeKind.QR,
            write(Sticker(district, str(number))), _CODE, _CODE,
        )  # fmt: skip
        # No more than a stamp has: what stands here is read with the letter.
        page.text(left + 33, top + 7.5, "เลขรับ", 4.6)
        page.text(left + 33, top + 14.5, str(number), 10, bold=True, widest=_WIDE - 38)
    return page


def sticker_pdf(district: str, first: int, count: int, fonts: Sequence[Path]) -> bytes:
    """Return a PDF of ``count`` stickers with the numbers from ``first`` on.

    Raises:
        NotWritable: a number has no code.
        TooMany: they would fill no sheet, or more than 200.
        NoThaiFont: there is no Thai font to write with.
    """
    most = MOST_SHEETS * ACROSS * DOWN
    if not 1 <= count <= most:
        raise TooMany(f"จำนวนสติกเกอร์ต้องอยู่ระหว่าง 1 ถึง {most}")
    faces = faces_in(fonts)
    each = ACROSS * DOWN
    sheets = [
        draw_stickers(district, range(start, min(start + each, first + count)), faces)
        for start in range(first, first + count, each)
    ]
    return pdf_of(sheets, "สติกเกอร์เลขรับ")
