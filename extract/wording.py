"""Whether the words of a page are words: where many are none, nothing else on it is to be trusted.

On pages read well one letter in a hundred stands in no known word (names, places); where one
letter in fifty was misread, it is one in twenty.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.rows import Row
from extract.spacing import unknown_letters
from extract.values import doubted
from models.letters import Field
from models.terms import FieldName

_SHAKY, _BAD = 0.036, 0.08  # shares of letters in no known word
_ENOUGH = 80  # letters: fewer say little about a page
_DOUBT = "หน้านี้มีคำที่อ่านไม่เป็นคำหลายแห่ง เครื่องอาจอ่านผิด โปรดเทียบกับภาพ"
_NO_WORD = "มีคำที่ไม่รู้จักในช่องนี้ อาจอ่านผิด"
# What stands in a list was found in it letter by letter.
_LISTED = (
    FieldName.DISTRICT, FieldName.PROVINCE, FieldName.URGENCY, FieldName.SECRECY,
)  # fmt: skip
_WORDED = (FieldName.SUBJECT, FieldName.SENDER, FieldName.POSITION, FieldName.ADDRESSEE)
_THAI = re.compile(r"(?<![ก-๎.])[ก-๎]+(?![ก-๎.])")  # abbreviations are no words
_PLACE = re.compile(
    r"(?:ตำบล|อำเภอ|จังหวัด|บ้าน|ตำบล|ชุมชน|วัด|โรงเรียน|เทศบาล(?:ตำบล|เมือง|นคร)?|เขต|แขวง|ถนน|ห้วย|หนอง"
    r"|คลอง|ลำ)[ก-๎]+"
    r"|(?:นาย|นาง|นางสาว)[ก-๎]+ [ก-๎]+"
)


def unknown_share(rows: Sequence[Row]) -> float:
    """Return the share of the scanned letters (0..1) that stand in no known word."""
    words = [w for row in rows if row.page is not None for w in _THAI.findall(row.text)]
    total = sum(len(word) for word in words)
    if total < _ENOUGH:
        return 0.0
    return sum(unknown_letters(word) for word in words) / total


def check_wording(fields: dict[FieldName, Field], share: float) -> None:
    """Doubt texts with words that are none, and all that is no list's on a page full of them."""
    for name, field in fields.items():
        if field.page is None or field.value is None:
            continue
        if name in _WORDED and _has_no_word(field.value):
            field = doubted(field, _NO_WORD)
        if share > _BAD or (share > _SHAKY and name not in _LISTED):
            field = doubted(field, _DOUBT)
        fields[name] = field


def trust_in_words(share: float) -> float:
    """Return what a page's wording leaves of a sureness (0..1)."""
    return 1.0 if share <= _SHAKY else 0.8


def _has_no_word(text: str) -> bool:
    plain = _PLACE.sub(" ", text)
    return sum(unknown_letters(word) for word in _THAI.findall(plain)) > 1
