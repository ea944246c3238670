"""The sheet to lay between letters in a pile that is scanned at once, and its PDF.

The bars are Kodak's Patch T, which scanners and scanning programs know as "a new document, drop
this sheet": four bars along the leading edge, narrow, wide, narrow, wide, 0.08 and 0.20 inches
with 0.08 between them, 0.80 in all and 2.5 long, a quarter of an inch from other print (Kodak,
"Patch Code Information", A-61599, as told by the wiki of Barcode Writer in Pure PostScript and
the ImageGear handbook). The lower half is the upper on its head: either edge may lead.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from models.letters import CodeKind
from models.sheet_codes import PATCH_T, Separator, write
from saraban.paper import WIDTH, Sheet, faces_in, pdf_of

MOST_SHEETS = 200  # in one PDF

_INCH = 25.4
_NARROW, _WIDE, _LONG = 0.08 * _INCH, 0.20 * _INCH, 2.5 * _INCH
_BARS = (_NARROW, _WIDE, _NARROW, _WIDE)
_EDGE = 9.0  # from the edge of the paper: office printers leave some 5 mm white
_CAPTION = "ใบคั่นเรื่อง"
_HOW = (
    "วางใบนี้หน้าหนังสือเรื่องใหม่ ด้านใดขึ้นก็ได้ แล้วสแกนรวมกันทั้งปึก",
    "พิมพ์หน้าเดียวพอ เครื่องจะแยกเรื่องให้ และไม่นับใบนี้กับด้านหลังที่ว่างเป็นหน้าของเรื่อง ใช้ซ้ำได้",
)


class TooMany(ValueError):
    """More sheets, or fewer, than can be printed; the message says how many can."""


@dataclass(frozen=True, slots=True)
class SeparatorSheet:
    """A sheet: what its code says, and the same in Thai for people."""

    says: Separator
    district: str = ""
    category: str = ""


def draw_separator(sheet: SeparatorSheet, faces: tuple[Path, Path]) -> Sheet:
    """Draw a sheet.

    Raises:
        NotWritable: what it says cannot be put into a code.
    """
    page = Sheet(faces)
    top = _EDGE
    for bar in _BARS:
        page.bar((WIDTH - _LONG) / 2, top, _LONG, bar)
        top += bar + _NARROW
    page.text(WIDTH / 2, 36, _CAPTION, 20, bold=True, centred=True)
    page.code(16, 68, CodeKind.QR, write(sheet.says), 48, 48)
    lines = [sheet.district, sheet.category and f"หมวด {sheet.category}"]
    lines.append(sheet.says.batch and f"ชุด {sheet.says.batch}")
    for place, line in enumerate(filter(None, lines)):
        page.text(72, 66 + 11 * place, line, 7, bold=not place, widest=124)
    page.code(72, 104, CodeKind.CODE39, PATCH_T, 72, 11)
    page.text(108, 115.5, PATCH_T, 3.6, centred=True)
    for place, line in enumerate(_HOW):
        page.text(WIDTH / 2, 124 + 7 * place, line, 4.6, centred=True, widest=178)
    page.twice()
    return page


def separator_pdf(sheet: SeparatorSheet, count: int, fonts: Sequence[Path]) -> bytes:
    """Return a PDF of ``count`` like sheets; ``fonts`` are the folders of this machine's fonts.

    Raises:
        NotWritable: what it says cannot be put into a code.
        TooMany: the count is not from 1 to 200.
        NoThaiFont: there is no Thai font to write with.
    """
    if not 1 <= count <= MOST_SHEETS:
        raise TooMany(f"จำนวนแผ่นต้องอยู่ระหว่าง 1 ถึง {MOST_SHEETS}")
    page = draw_separator(sheet, faces_in(fonts))
    return pdf_of([page] * count, _CAPTION)
