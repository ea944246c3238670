"""How a number stands on the page: by hand, in coloured ink, or hard to tell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from extract.values import doubted
from models.letters import Box, Field, Ink, OcrPage, Word
from models.terms import FieldName

BY_HAND = "เขียนด้วยลายมือหรือหมึกสี โปรดเทียบกับภาพ"
STAMPED = "เลขในตรารับเขียนด้วยลายมือ โปรดเทียบกับภาพ"
UNCLEAR = "ตัวเลขตรงนี้ไม่ชัด โปรดเทียบกับภาพ"
_CLEAR = 0.6  # least probability of a digit by its shape
_WRITTEN = 0.9  # the same for what hands write into a stamp
_STAMP = (FieldName.RECEIVED_NO, FieldName.RECEIVED_DATE, FieldName.RECEIVED_TIME)
_PRINTED = (FieldName.REFERENCE_NO, FieldName.DATE)  # stamps are coloured by nature
_NUMBERS = (*_PRINTED, *_STAMP, FieldName.PHONE)
_DIGIT = re.compile("[0-9๐-๙]")


def check_writing(fields: dict[FieldName, Field], pages: Sequence[OcrPage]) -> None:
    """Doubt numbers that were written in by hand, or whose digits the reader could not tell."""
    by_number = {page.number: page for page in pages}
    for name in _NUMBERS:
        field = fields.get(name)
        page = by_number.get(field.page) if field and field.page else None
        if field is None or page is None:
            continue
        words = list(_words_in(field.boxes, page))
        if name in _PRINTED and any(word.ink is not Ink.BLACK for word in words):
            field = doubted(field, BY_HAND)
        if name in _STAMP and any(_by_hand(word) for word in words):
            field = doubted(field, STAMPED)
        if any(word.confidence < _CLEAR and _DIGIT.search(word.text) for word in words):
            field = doubted(field, UNCLEAR)
        fields[name] = field


def _by_hand(word: Word) -> bool:
    """Tell whether a number in a stamp needs a look: hands write it, mostly in coloured ink."""
    written = word.ink is not Ink.BLACK or word.confidence < _WRITTEN
    return written and _DIGIT.search(word.text) is not None


def _words_in(boxes: Iterable[Box], page: OcrPage) -> Iterable[Word]:
    for box in boxes:
        for line in page.lines:
            for word in line.words:
                across = min(box.right, word.box.right) - max(box.left, word.box.left)
                level = word.box.top + word.box.height / 2
                if across > 0.3 * word.box.width and box.top <= level <= box.bottom:
                    yield word
