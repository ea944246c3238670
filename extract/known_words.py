"""Words of every letterhead, put right where the reader broke them.

Only readings that are no word of their own are taken: nothing else can stand there.
"""

from __future__ import annotations

import re

from extract.labels import best_prefix

# ภ with the vowel before it comes as a digit, as ก or ถ, or set apart: อำ ๓ อ, อำเกอ, อ่าเภอ.
_DISTRICT = re.compile(r"(?:(?:อำ|อ่า|อ้า)\s?(?:[๐-๙0-9]|เ\s?ภ?[ภกถฎฤ])|อา\s?เภ)\s?อ(?=[ก-ฮเ-ไ\s]|$)")
_SEAT = re.compile(r"(?<![ก-๎])(?:[ก-ฮ][ีิึ]?[่้]?|[๐-๙0-9])ว[่้]?า\s?[กคด]าร\s?(?=อำเภอ)")
_PROVINCE = re.compile(r"(?:จังหวด|จงหวัด|จงหวด|จังทวัด|จังหวัต)(?=[ก-ฮเ-ไ])")


def put_right(text: str) -> str:
    """Return the text with the words อำเภอ, ที่ว่าการ and จังหวัด as they are written."""
    return _PROVINCE.sub("จังหวัด", _SEAT.sub("ที่ว่าการ", _DISTRICT.sub("อำเภอ", text)))


# What officers are called and offices name themselves; longer ones first.
_PHRASES = (
    "นายกองค์การบริหารส่วนจังหวัด", "องค์การบริหารส่วนจังหวัด",
    "นายกองค์การบริหารส่วนตำบล", "องค์การบริหารส่วนตำบล", "นายกเทศมนตรีตำบล", "ผู้ว่าราชการจังหวัด",
    "ที่ทำการปกครองจังหวัด", "ที่ทำการปกครองอำเภอ", "กลุ่มงานบริหารงานปกครอง", "ศูนย์ดำรงธรรมอำเภอ",
    "ศูนย์ดำรงธรรมจังหวัด", "กลุ่มงานความมั่นคง", "ศาลากลางจังหวัด", "ที่ว่าการอำเภอ", "กำนันตำบล", "นายอำเภอ",
)  # fmt: skip
_MISREAD = 0.2  # of a phrase's letters


def put_phrase_right(text: str) -> str | None:
    """Return the text with the phrase that it begins with as it is written, None for no change."""
    if text.startswith(_PHRASES):
        return None
    for phrase in _PHRASES:
        hit = best_prefix(text, phrase, _MISREAD * len(phrase))
        if hit is not None:
            return phrase + text[hit[0] :].lstrip()
    return None
