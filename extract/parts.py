"""The parts of a letter in page order, from its labels and their order (domain: parts 1.3)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extract.labels import Label, Part, label_at_start, looks_like
from extract.levels import same_level
from extract.offices import is_office
from extract.references import find_reference
from extract.rows import Row
from extract.text import bare

# Written without the marks that scanners lose: they are matched against bare text.
_OPENERS = re.compile(
    r"^\W*(?:ดวย(?!กน)|ตาม(?=[ก-ฮ ])|เนองจาก|เนองดวย|อนสนธ|ขาพเจา|ขาฯ|ขาเจา|ขานอย|อาตมา|พวกขาพ"
    r"|กระผม|ดฉน|ผม|หน(?=[เข ])"
    r"|พวกเรา|ในการ|เพอให|สบเนอง|โดยท|อาศยอำนาจ|จง(?!หวด)(?=[กขเจปสรมนห])"
    r"|[0-9๐-๙]{1,2}\s?[.)]\s*[ก-ฮเ-ไ])"
)
_CLOSINGS = re.compile(
    r"^\W*(?:จง(?:ขอ)?(?:เรยน|เสนอ|แจง|กราบเรยน|รายงาน|นำเรยน|สง|ประกาศ)[ก-ฮเ-ไาำ ]{0,12}(?:มา|ให)"
    r"|จงประกาศ|ขอแสดงความนบถอ|ขอนมสการ|ประกาศ\s?ณ|สง\s?ณ)"
)
_PAGE_NUMBER = re.compile(r"^\W*[0-9๐-๙]{1,3}\W*$|^/[ก-๎]+")
_FORM = re.compile(r"^\W*(?:แบบ)?(?:คำร้อง|ฟอร์ม|แบบบันทึก)")  # a form with boxes to fill in
_ITEM = re.compile(r"^\W*[0-9๐-๙]{1,2}\s?[.)]")  # its sentence stands above, in the text
_OWN_NUMBER = re.compile(r"^\W*ที่\s")
_DATED = re.compile(r"^\W*วันที่")
_BOX = re.compile(r"^\W*(?:ชื่อ)?ผู้(?:ร้อง(?:เรียน|ทุกข์)?|แจ้ง)\s?[:=]?\s(?:นาย|นาง|น\.)")
_FORM_SUBJECT = re.compile(r"^\W*เรื่อง\s")
_LONG = 75  # letters: no line of a head is as long, every full line of a body is
_TELLS = re.compile(r"ได้|แล้ว|จึง|ขอ(?!ง)|ให้|ว่า|จะ(?![ก-๎])|วันที่")  # no office's name has them
_SHORT = 60  # letters: no line of what closes a letter is longer
_WRAPS = 3  # lines a subject may run over
_SIGNED = 0.42  # of the page's width: no line of a text begins there, name and office do
_RIGHT = 0.55  # of the page's width: what begins there stands beside the subject, not under it


@dataclass(frozen=True, slots=True)
class Located:
    """A row with the part that it belongs to; ``label`` is set where the part begins."""

    row: Row
    part: Part
    label: Label | None = None

    @property
    def text(self) -> str:
        """Return the row's text behind its label."""
        return self.row.text[self.label.end :].strip(" :") if self.label else self.row.text


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter taken apart; stamps and routing boxes are not in it."""

    located: tuple[Located, ...]

    def rows(self, *parts: Part) -> tuple[Row, ...]:
        """Return the rows of the parts in page order."""
        return tuple(at.row for at in self.located if at.part in parts)

    def part(self, part: Part) -> tuple[Located, ...]:
        """Return the located rows of a part."""
        return tuple(at for at in self.located if at.part is part)

    def has(self, part: Part) -> bool:
        """Tell whether the part's label was found."""
        return any(at.part is part for at in self.located)


def take_apart(rows: Sequence[Row]) -> Letter:
    """Return the rows by part; what cannot be told stays with the part before it."""
    located: list[Located] = []
    part = Part.TOP
    form = any(_FORM.match(row.text) for row in rows[:3]) or any(_BOX.match(r.text) for r in rows)
    for number, row in enumerate(rows):
        label = label_at_start(row.text) if part not in (Part.BODY, Part.FOOT) else None
        named = any(at.part is Part.SUBJECT for at in located)
        boxed = form and part is Part.BODY and not named
        if label is None and boxed and _FORM_SUBJECT.match(row.text):
            located.append(Located(row, Part.SUBJECT, label_at_start(row.text)))
            continue
        if label is not None and not _out_of_order(label, located, row):
            part = label.part
            located.append(Located(row, part, label))
            continue
        if part is Part.BODY and _signs(number, rows):
            part = Part.FOOT
        if part is not Part.FOOT:
            part = _next(part, row, rows[number + 1 :], located)
        located.append(Located(row, part))
        if part is Part.BODY and _CLOSINGS.match(bare(row.text)):
            part = Part.FOOT
    return Letter(tuple(located))


def _signs(number: int, rows: Sequence[Row]) -> bool:
    """Tell whether the row stands alone at the right, as what closes a letter does."""
    row = rows[number]
    if row.box is None:
        # In plain text only the lines tell: an office's name, and nothing but short lines below.
        rest = rows[number + 1 : number + 8]
        short = all(len(r.text) < _SHORT for r in (row, *rows[number + 1 :]))
        told = _TELLS.search(row.text) is not None
        return short and len(rest) < 8 and is_office(row.text) and not told
    if row.box.left < _SIGNED or len(row.text) >= _LONG:
        return False
    beside = [r.box for r in (*rows[max(0, number - 2) : number], *rows[number + 1 : number + 3])]
    return not any(box and box.left < _SIGNED and same_level(box, row.box) for box in beside)


def opens_body(text: str) -> bool:
    """Tell whether a line opens the text of a letter."""
    return _OPENERS.match(bare(text)) is not None


def _next(part: Part, row: Row, later: Sequence[Row], located: Sequence[Located]) -> Part:
    if _CLOSINGS.match(bare(row.text)) or opens_body(row.text):
        return Part.BODY
    if part is Part.TOP:
        told = len(row.text) > _LONG or (_numbered(located) and not _DATED.match(row.text))
        return Part.BODY if told else Part.TOP
    if part is Part.OFFICE:
        return Part.TOP
    if _numbers_itself(part, row, located):
        return Part.TOP
    if part is Part.SUBJECT:
        return part if _wraps(row, later, located) else _after_subject(row, later)
    ahead = any(label_at_start(r.text) for r in later[:2])
    if part in (Part.REFERS, Part.ENCLOSED):
        opened = any(opens_body(r.text) for r in later[:4])
        return part if ahead or (opened and len(row.text) <= _LONG) else Part.BODY
    return part if ahead and len(row.text) <= _LONG else Part.BODY


def _numbers_itself(part: Part, row: Row, located: Sequence[Located]) -> bool:
    """Tell whether the letter's number stands right under ถึง, as in a radio or a fax."""
    label = located[-1].label if located else None
    if part is not Part.ADDRESSEE or label is None or label.word != "ถึง":
        return False
    return _OWN_NUMBER.match(row.text) is not None and find_reference(row.text) is not None


def _numbered(located: Sequence[Located]) -> bool:
    """Tell whether the last rows are the number of a letter under its ถึง, or stand beside it."""
    for at in reversed(located):
        if at.part is not Part.TOP:
            return False
        if _OWN_NUMBER.match(at.row.text):
            return any(before.part is Part.ADDRESSEE for before in located)
    return False


def _wraps(row: Row, later: Sequence[Row], located: Sequence[Located]) -> bool:
    first = next(at for at in reversed(located) if at.label is not None)
    lines = sum(1 for at in located if at.part is Part.SUBJECT)
    if lines > _WRAPS or _PAGE_NUMBER.match(row.text):
        return False
    if row.box is not None and first.row.box is not None:
        last = located[-1].row.box or first.row.box
        height = max(last.height, row.box.height, 0.008)
        if row.box.left > _RIGHT or row.box.top - last.bottom > 2.0 * height:
            return False
    return any(
        (label := label_at_start(r.text)) is not None and label.part is not Part.SUBJECT
        for r in later[: _WRAPS + 1 - lines]
    ) or any(opens_body(r.text) and not _ITEM.match(r.text) for r in later[:1])


def _after_subject(row: Row, later: Sequence[Row]) -> Part:
    """Return the part of a line behind a subject: still the head while an addressee follows."""
    follows = any(label_at_start(r.text) for r in later[:4])
    return Part.TOP if follows and len(row.text) <= _LONG else Part.BODY


def _out_of_order(label: Label, located: Sequence[Located], row: Row) -> bool:
    """Tell whether a label cannot stand here: a second subject, or an office below the subject."""
    seen = {at.part for at in located if at.label is not None}
    if label.part is Part.SUBJECT:
        return Part.SUBJECT in seen or Part.REFERS in seen or Part.ENCLOSED in seen
    if label.part is Part.OFFICE:
        return bool(seen)
    if label.part is Part.ADDRESSEE:
        return Part.ADDRESSEE in seen
    return False


def title_rows(letter: Letter) -> tuple[Row, ...]:
    """Return the rows where a title may stand: above the subject, or the very first ones."""
    return letter.rows(Part.TOP, Part.OFFICE)


def is_title(text: str, word: str) -> bool:
    """Tell whether the row opens with the title word, though marks of it were lost."""
    return looks_like(text, word, 2.0 if len(word) > 8 else 0.5)
