"""A PDF's own text as a second reading: never the only one, for it may differ from the picture."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from models.letters import Box, Line, OcrPage, PageState
from ocr.thai import misspelt, repair

_CLOSE = 0.85  # similarity from which two readings are of the same line
_AGREE = 0.5  # share of close lines under which the layer does not belong to the picture
_WHOLE = 0.97  # share of our letters that the layer must have, or it has lost some
_SHORTEST = 8  # letters of a line that can be compared
_THAI_TO_ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")


@dataclass(frozen=True, slots=True)
class LayerWord:
    """A word of the text layer and where it says it stands."""

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


def second_reading(page: OcrPage, layer: Sequence[LayerWord]) -> OcrPage:
    """Take the layer's spelling for lines that it reads as we do, only better; say so.

    Numbers stay as the picture shows them: a line whose digits differ keeps our reading.
    """
    usable = is_usable(" ".join(word.text for word in layer))
    if page.state is not PageState.READ or not usable:
        return page
    readings = [_layer_reading(line, layer) for line in page.lines]
    compared = [
        _similar(line.text, reading)
        for line, reading in zip(page.lines, readings, strict=True)
        if len(line.text) >= _SHORTEST
    ]
    if sum(share >= _CLOSE for share in compared) < _AGREE * len(compared):
        note = "ข้อความที่ฝังมาในไฟล์ PDF ไม่ตรงกับภาพ ใช้ตามภาพเท่านั้น"
        return replace(page, notes=(*page.notes, note))
    lines = tuple(
        _better(line, reading) for line, reading in zip(page.lines, readings, strict=True)
    )
    if lines == page.lines:
        return page
    return replace(page, lines=lines, read_by=f"{page.read_by} + ข้อความใน PDF")


def _layer_reading(line: Line, layer: Sequence[LayerWord]) -> str:
    """Return what the layer says in the place of a line."""
    if line.box is None:
        return ""
    place = line.box
    inside = [
        word
        for word in layer
        if place.top <= word.box.top + word.box.height / 2 <= place.bottom
        and place.left - 0.01 <= word.box.left + word.box.width / 2 <= place.right + 0.01
    ]
    return repair(" ".join(word.text for word in sorted(inside, key=lambda word: word.box.left)))


def _better(line: Line, reading: str) -> Line:
    """Take the other reading where it says the same with fewer misspellings."""
    if len(line.text) < _SHORTEST or _similar(line.text, reading) < _CLOSE:
        return line
    if len(_plain(reading)) < _WHOLE * len(_plain(line.text)):
        return line
    if _digits(reading) != _digits(line.text) or misspelt(reading) >= misspelt(line.text):
        return line
    # The layer often writes Arabic digits where the picture shows Thai ones: keep the picture's.
    return replace(line, text=_with_digits_of(line.text, reading))


def _similar(ours: str, theirs: str) -> float:
    return SequenceMatcher(None, _plain(ours), _plain(theirs), autojunk=False).ratio()


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", text).translate(_THAI_TO_ARABIC)


def _digits(text: str) -> str:
    return "".join(re.findall(r"\d", text)).translate(_THAI_TO_ARABIC)


def _with_digits_of(shown: str, text: str) -> str:
    ours = iter(re.findall(r"\d", shown))
    return re.sub(r"\d", lambda _: next(ours), text)
