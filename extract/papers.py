"""Papers that are no letters: certificates, minutes, records of a settlement (ระเบียบ ข้อ 24-27).

They speak in the first person and name complainants: only their titles tell them from complaints.
"""

from __future__ import annotations

from enum import StrEnum

from extract.labels import Part
from extract.parts import Letter
from extract.text import bare, unmarked


class Paper(StrEnum):
    """What the title of a paper that is no letter says it is."""

    CERTIFICATE = "certificate"  # หนังสือรับรอง
    MINUTES = "minutes"  # รายงานการประชุม
    SETTLEMENT = "settlement"  # บันทึกข้อตกลง สัญญาประนีประนอมยอมความ


_TITLES = (
    (Paper.CERTIFICATE, unmarked(r"^\W*(?:หนังสือรับรอง(?!ว่า)|ใบรับรอง)")),
    (Paper.MINUTES, unmarked(r"^\W*รายงานการประชุม")),
    (
        Paper.SETTLEMENT,
        unmarked(
            r"^\W*(?:บันทึก(?:การ|ข้อ)?\s?(?:เปรียบเทียบ|ประนีประนอม|ตกลง|ยอมความ|ระงับข้อพิพาท|ไกล่เกลี่ย)"
            r"|(?:หนังสือ)?สัญญาประนีประนอม)"
        ),
    ),
)
_GIVEN = unmarked(r"^\W*หนังสือฉบับนี้ให้ไว้เพื่อ")
_ROWS = 8  # rows from the top in which a title stands
_LONG = 60  # letters: no title is longer


def paper_of(letter: Letter) -> Paper | None:
    """Return what the title says of a paper that is no letter, None for all others."""
    if letter.has(Part.ADDRESSEE):
        return None  # a letter, whatever it speaks of
    for at in letter.located[:_ROWS]:
        text = bare(at.row.text)
        if _GIVEN.match(text):
            return Paper.CERTIFICATE
        for paper, title in _TITLES:
            if at.part is Part.TOP and len(text) <= _LONG and title.match(text):
                return paper
    return None
