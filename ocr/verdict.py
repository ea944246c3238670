"""What became of a page: read, blank, or left to a person, with the reason in Thai."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from models.letters import Ink, Line, OcrPage, PageState
from ocr.glyphs import Patches

_BLANK = 0.002  # share of inked pixels under which a page without rows is blank
_POOR = 0.5  # mean confidence under which the machine's reading is no reading
_WEAK = 0.8  # confidence under which a line is doubtful
_MANY = 0.25  # share of doubtful letters from which the officer is told
_PEN = 0.5  # share of letters in blue or red ink from which a page is written by hand
_SMALL = 10.0  # pixels of a consonant under which the scan is too coarse for Thai marks

NOTHING_FOUND = "มีภาพหรือลายมือ แต่ไม่พบบรรทัดตัวอักษรที่อ่านได้"
BY_HAND = "หน้านี้เขียนด้วยลายมือเกือบทั้งหน้า เครื่องอ่านไม่ได้แน่ชัด กรุณาอ่านจากภาพ"
FAINT = "มีรอยจางมาก อาจเป็นดินสอหรือหมึกจาง เครื่องอ่านไม่ได้ กรุณาอ่านจากภาพ"
TOO_COARSE = "ภาพหยาบเกินไป ตัวอักษรเล็กกว่าที่เครื่องอ่านได้ กรุณาสแกนใหม่ที่ 300 dpi หรืออ่านจากภาพ"
NOT_CLEAR = "อ่านได้ไม่ชัด อาจเป็นลายมือเขียนหรือภาพไม่คม กรุณาอ่านจากภาพ"
TURNED = "หน้านี้วางตะแคงหรือกลับหัว เครื่องหมุนให้ตั้งตรงแล้ว"


def judge(page: OcrPage, patches: Patches, *, turned: bool) -> OcrPage:
    """Tell a page that was read from an empty one and from one that a person must read."""
    notes = (TURNED,) if turned else ()
    if not page.lines:
        return _without_text(page, patches)
    if (page.confidence or 0.0) < _POOR:
        reason = _why_poor(page.lines, patches)
        return replace(page, state=PageState.UNREAD, reason=reason, notes=notes)
    doubtful = [line for line in page.lines if line.confidence < _WEAK]
    share = sum(len(line.text) for line in doubtful) / max(1, len(page.text))
    if share > _MANY:
        told = f"อ่านได้ไม่ชัด {len(doubtful)} จาก {len(page.lines)} บรรทัด โปรดเทียบกับภาพ"
        notes = (*notes, told)
    return replace(page, notes=notes)


def _without_text(page: OcrPage, patches: Patches) -> OcrPage:
    """Tell an empty page (specks at most) from one that holds something a person must look at."""
    ink = int(np.sum(patches.area[1:])) / (page.width * page.height)
    if ink < _BLANK and not page.unread:
        return replace(page, state=PageState.BLANK)
    return replace(page, state=PageState.UNREAD, reason=NOTHING_FOUND)


def _why_poor(lines: Sequence[Line], patches: Patches) -> str:
    letters = sum(len(line.text) for line in lines)
    pen = sum(len(line.text) for line in lines if line.ink is not Ink.BLACK)
    if pen > _PEN * letters:
        return BY_HAND
    return TOO_COARSE if patches.body < _SMALL else NOT_CLEAR
