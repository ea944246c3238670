"""The boxes of an intake note (ผู้ร้อง, ความต้องการ, ถาม/ตอบ), with or without colons.

A box is a label at the beginning of a line and what is written behind it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extract.name_lists import is_known_name
from extract.passages import Passage
from extract.people import TITLES, Person, find_telephones, is_anonymous, name_at, names_in
from extract.rows import Row

_NUMBER = r"^\W*(?:[0-9๐-๙]{1,2}\s?[.)]\s?)?"
_ENDS = r"\s?[:=]?\s+"
_WISH = re.compile(
    _NUMBER + r"(?:สิ่งที่[ก-๎]{0,14}ต้องการ(?:คือ)?|ความต้องการ|ความประสงค์|คำขอ|ข้อเรียกร้อง|ความเห็นผู้ร้อง"
    rf"|(?:ประสงค์|ต้องการ)ให้[ก-๎]{{2,16}}ช่วย)(?:ของผู้(?:ร้อง|แจ้ง))?{_ENDS}(?P<value>.+)"
)
_ACCUSED = re.compile(
    _NUMBER + r"(?:(?:หน่วยงาน|ส่วนราชการ|บุคคล|ผู้)(?:ที่)?ถูก(?:ร้อง(?:เรียน|ทุกข์)?|กล่าวหา)|คู่กรณี)"
    rf"{_ENDS}(?P<value>.+)"
)
_TELLS = re.compile(_NUMBER + rf"(?:รายละเอียด|ข้อเท็จจริง|ข้อความ|ประเด็น|พฤติการณ์){_ENDS}(?P<value>.+)")
_ASKED = re.compile(r"^\W*ถาม\s.*(?:ประสงค์|ต้องการ|ให้ช่วย|ขอให้)")
_ANSWER = re.compile(r"^\W*ตอบ\s+(?P<value>.+)")
_WORD = r"[ก-ฮเ-ไ][ก-๎]{1,24}"
# The titles to choose from stand there, and none is chosen: ข้าพเจ้า (นาย/นาง/นางสาว) ….
_UNCHOSEN = re.compile(
    r"(?:ข้าพเจ้า|ชื่อ|ผู้ร้อง|ผู้แจ้ง)\s*\(?\s*(?:(?:นาย|นางสาว|นาง|น\.ส\.|ยศ|อื่น ?ๆ)\s?/?\s?){2,5}\)?"
    rf"[\s:=]*(?P<name>{_WORD}\s+{_WORD})(?=\s*(?:$|อายุ|เลข|อาชีพ|อยู่|โทร|บ้าน|สัญชาติ|\())"
)
_BOXED = re.compile(
    r"(?:^|(?<=\s))(?:ชื่อ\s?[-–/]?\s?(?:นาม)?สกุล|(?:ชื่อ)?ผู้(?:ร้อง(?:เรียน|ทุกข์)?|แจ้ง|โทร|ยื่นคำ(?:ร้อง|ขอ)))"
    rf"\s?[:=]?\s+(?P<title>คุณ[ก-๎]{{0,3}})?(?P<name>(?!{TITLES}){_WORD}\s+{_WORD})"
    r"(?=\s*(?:$|อายุ|เลข|อาชีพ|อยู่|โทร|บ้าน|ที่อยู่|\())"
)
_BESIDE = 3  # letters between a name and its number
WITH_NUMBER = "เป็นชื่อที่มีหมายเลขโทรศัพท์ต่อท้าย โปรดตรวจว่าเป็นผู้ร้อง"
NO_TITLE = "ไม่ได้เลือกหรือเขียนคำนำหน้าชื่อ"


@dataclass(frozen=True, slots=True)
class Written:
    """What is written into a box: its row, by number, and where it begins and ends there."""

    row: int
    start: int
    end: int


def wish_box(rows: Sequence[Row]) -> Written | None:
    """Return what is written behind ความต้องการ, or answered when asked for it."""
    for number, row in enumerate(rows):
        if (match := _WISH.match(row.text)) is not None:
            return Written(number, *match.span("value"))
        answer = _ANSWER.match(rows[number + 1].text) if number + 1 < len(rows) else None
        if answer is not None and _ASKED.match(row.text):
            return Written(number + 1, *answer.span("value"))
    return None


def accused_box(rows: Sequence[Row]) -> Written | None:
    """Return what is written behind ผู้ถูกร้อง or คู่กรณี."""
    return _first(_ACCUSED, rows)


def story_box(rows: Sequence[Row]) -> Written | None:
    """Return what is written behind รายละเอียด: often whom it is about comes first."""
    return _first(_TELLS, rows)


def untitled_person(where: Passage) -> Person | None:
    """Return the name in a form that bears no title, or a homely one (คุณยาย…)."""
    if is_anonymous(where.text):
        return None
    for number, row in enumerate(where.rows):
        for match in (*_UNCHOSEN.finditer(row.text), *_BOXED.finditer(row.text)):
            title = match.groupdict().get("title")
            if not title and match.re is _BOXED and not is_known_name(match["name"]):
                continue
            start = match.start("title" if title else "name")
            name = re.sub(r"\s+", " ", row.text[start : match.end("name")])
            begin, end = where.place(number, start), where.place(number, match.end("name"))
            return Person(name, begin, end)
    return None


def find_caller(text: str) -> Person | None:
    """Return the one person of a note whose name has a telephone number right behind it."""
    if is_anonymous(text):
        return None
    people = [person for match in names_in(text) if (person := name_at(match))]
    numbers = {telephone.start for telephone in find_telephones(text)}
    called = [p for p in people if any(0 <= start - p.end <= _BESIDE for start in numbers)]
    return called[0] if len({person.name for person in called}) == 1 else None


def _first(pattern: re.Pattern[str], rows: Sequence[Row]) -> Written | None:
    for number, row in enumerate(rows):
        if (match := pattern.match(row.text)) is not None:
            return Written(number, *match.span("value"))
    return None
