"""What the bar codes on a page make of it: a separator, the first page of a letter, or nothing."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from models.letters import Box, Code, OcrPage, PageState
from models.sheet_codes import is_damaged, parse, separator_among, stickers_among
from ocr.codes import read_codes

_WHOLE = Box(0.0, 0.0, 1.0, 1.0)
_DAMAGED = "พบรหัสของใบคั่นหรือสติกเกอร์เลขรับที่อ่านได้ไม่ครบ จึงไม่ได้ใช้ โปรดดูจากภาพ"
_SEVERAL = "พบสติกเกอร์เลขรับมากกว่าหนึ่งเลขในหน้านี้ จึงไม่ได้ใช้ โปรดดูจากภาพ"


def separator_page(
    pixels: NDArray[np.uint8], codes: tuple[Code, ...], number: int
) -> tuple[OcrPage, NDArray[np.uint8]] | None:
    """Return a sheet between letters and its picture turned upright; None for any other page."""
    if separator_among(codes) is None:
        return None
    # The sheet reads from both of its short edges: a quarter turn is all it may need.
    turned = min(code.turned for code in codes)
    upright = np.ascontiguousarray(np.rot90(pixels, turned // 90))
    height, width = upright.shape[:2]
    found = read_codes(upright)
    found = (*found, *_lost(found, codes))
    return OcrPage(number, width, height, PageState.SEPARATOR, codes=found), upright


def with_codes(page: OcrPage, codes: tuple[Code, ...] = ()) -> OcrPage:
    """Return a page with what an officer should know of its codes.

    Those of ours among ``codes``, seen as the page came in, that were not found again on the
    upright page stand for the whole page.
    """
    found = (*page.codes, *_lost(page.codes, codes))
    if not found:
        return page
    notes = page.notes
    if any(is_damaged(code) for code in found):
        notes = (*notes, _DAMAGED)
    if len(stickers_among(found)) > 1:
        notes = (*notes, _SEVERAL)
    return replace(page, codes=found, notes=notes)


def _lost(found: tuple[Code, ...], before: tuple[Code, ...]) -> tuple[Code, ...]:
    there = {code.text for code in found}
    lost = (code for code in before if code.text not in there and parse(code.text))
    return tuple(replace(code, box=_WHOLE) for code in lost)
