"""A PDF's own text as a second reading: never the only one, for it may differ from the picture."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from models.letters import Box, Line, OcrPage, PageState
from ocr.thai import repair

_CLOSE = 0.8  # similarity from which two readings are of the same line
_AGREE = 0.5  # share of close lines under which the layer does not belong to the picture
_THAI_TO_ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")


@dataclass(frozen=True, slots=True)
class LayerLine:
    """A line of the text layer and where it says it stands."""

    text: str
    box: Box


def is_usable(text: str) -> bool:
    """Tell a sound Thai text layer from a broken one.

    Signs of a broken one: marks that follow no consonant, SARA AM in two pieces throughout,
    spaces before vowels, letters from a private alphabet, hardly any Thai at all.
    """
    thai = re.findall("[ก-๙]", text)
    if len(thai) < 0.3 * max(1, len(re.findall(r"\S", text))) or len(thai) < 20:
        return False
    marks = len(re.findall("[ัิ-ฺ็-๎]", text))
    lost = len(re.findall("(?<![ก-ฮฤฦัิ-ฺ็-๎])[ัิ-ฺ็-๎]", text))
    parted = len(re.findall("[ก-ฮ] [ะ-ู]", text))
    foreign = len(re.findall("[\ue000-\uf8ff\ufffd]", text))
    return lost <= 0.05 * max(marks, 1) and parted <= 0.02 * len(thai) and foreign == 0


def second_reading(page: OcrPage, layer: Sequence[LayerLine]) -> OcrPage:
    """Take the layer's spelling for lines that it reads as we do; say so where it does not.

    Numbers stay as the picture shows them: a line whose digits differ keeps our reading.
    """
    if page.state is not PageState.READ or not is_usable(" ".join(line.text for line in layer)):
        return page
    pairs = [(line, _partner(line, layer)) for line in page.lines]
    close = sum(partner is not None for _, partner in pairs)
    long = sum(len(line.text) >= 8 for line in page.lines)
    if close < _AGREE * max(1, long):
        note = "ข้อความที่ฝังมาในไฟล์ PDF ไม่ตรงกับภาพ ใช้ตามภาพเท่านั้น"
        return replace(page, notes=(*page.notes, note))
    lines = tuple(_better(line, partner) for line, partner in pairs)
    return replace(page, lines=lines, read_by=f"{page.read_by} + ข้อความใน PDF")


def _partner(line: Line, layer: Sequence[LayerLine]) -> LayerLine | None:
    """Return the layer's reading of a line: at the same height, and much the same."""
    if line.box is None or len(line.text) < 8:
        return None
    middle = line.box.top + line.box.height / 2
    best, best_share = None, _CLOSE
    for other in layer:
        if not other.box.top - 0.01 <= middle <= other.box.bottom + 0.01:
            continue
        share = SequenceMatcher(None, _plain(line.text), _plain(other.text), autojunk=False).ratio()
        if share >= best_share:
            best, best_share = other, share
    return best


def _better(line: Line, partner: LayerLine | None) -> Line:
    if partner is None:
        return line
    text = repair(partner.text)
    if _digits(text) != _digits(line.text):
        return line
    # The layer often writes Arabic digits where the picture shows Thai ones: keep the picture's.
    return replace(line, text=_with_digits_of(line.text, text))


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", text).translate(_THAI_TO_ARABIC)


def _digits(text: str) -> str:
    return "".join(re.findall(r"\d", text)).translate(_THAI_TO_ARABIC)


def _with_digits_of(shown: str, text: str) -> str:
    ours = iter(re.findall(r"\d", shown))
    return re.sub(r"\d", lambda _: next(ours), text)
