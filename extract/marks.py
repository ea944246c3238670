"""Urgency (ชั้นความเร็ว) and secrecy (ชั้นความลับ): only from the head, never from running text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extract.labels import label_at_start
from extract.rows import Row, Span
from extract.text import bare, clean, loosely

_URGENCY = ("ด่วนที่สุด", "ด่วนมาก", "ด่วน")
_SECRECY = ("ลับที่สุด", "ลับมาก", "ลับ")
_FORM = {
    "urgency": re.compile(
        r"(?:ชั้น|ลำดับ)?ความเร่งด่วน(?:\s?-?\s?ผู้รับ(?:ปฏิบัติ|ทราบ))?\s*:?\s*|ชั้นความเร็ว\s*:?\s*"
    ),
    "secrecy": re.compile(r"ชั้นความลับ\s*:?\s*"),
}
# Behind a mark stands nothing, another mark, the title or the reference.
_AFTER = re.compile(r"^\s*(?:$|ท[ิีึื]?[่้]?\s?[ก-ฮ]{2}[\s(0-9๐-๙]|บันทึก|บนทก|บนทึก|บันทก|ลับ|ด่วน|[^ก-๎])")


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark of urgency or secrecy and where it stands."""

    value: str
    span: Span
    doubts: tuple[str, ...] = ()


def find_urgency(head: Sequence[Row]) -> Mark | None:
    """Return ด่วน, ด่วนมาก or ด่วนที่สุด from the rows of the head."""
    return _find(head, _URGENCY, "urgency")


def find_secrecy(head: Sequence[Row], foot: Sequence[Row] = ()) -> Mark | None:
    """Return ลับ, ลับมาก or ลับที่สุด from the head, or standing alone at a page's foot."""
    return _find(head, _SECRECY, "secrecy") or _find(foot, _SECRECY, "secrecy")


def _find(rows: Sequence[Row], words: tuple[str, ...], form: str) -> Mark | None:
    for row in rows:
        for start in _places(row, form):
            mark = _at(row, start, words)
            if mark is not None:
                return mark
    return None


def _places(row: Row, form: str) -> tuple[int, ...]:
    """Return where a mark may begin: the row's first letter, or behind a form's label."""
    label = _FORM[form].search(row.text)
    if label:
        return (label.end(),)
    if label_at_start(row.text):
        return ()
    first = re.search(r"[ก-ฮเ-ไ]", row.text)
    gaps = [m.end() for m in re.finditer(r"\s", row.text)] if len(row.text) < 45 else []
    return (first.start() if first else 0, *gaps)


def _at(row: Row, start: int, words: tuple[str, ...]) -> Mark | None:
    text = row.text[start:]
    for word in words:
        match = re.match(loosely(word), text)
        if match and _AFTER.match(text[match.end() :]) and (word != "ลับ" or match[0] == word):
            return Mark(word, Span(row, start, start + len(match[0].rstrip())))
    # The weakest mark with a rest that was not read may be a stronger one.
    weakest = words[-1]
    if text.startswith(weakest) and 0 < len(clean(text[len(weakest) :])) <= 8 and start == 0:
        rest = bare(text[len(weakest) :])
        stronger = [w for w in words[:-1] if bare(w)[len(bare(weakest)) :][:1] == rest[:1]]
        if stronger:
            doubt = f"อ่านได้ “{text}” อาจเป็น {stronger[0]}"
            return Mark(stronger[0], Span(row, start, len(row.text)), (doubt,))
    return None
