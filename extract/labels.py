"""The words that open the parts of a letter, found though they were misread.

Labels and their order: ระเบียบงานสารบรรณ ข้อ 11-14 (domain: parts of each kind).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from extract.text import MARKS, bare, distance


class Part(StrEnum):
    """The parts of a letter, from its top to its foot."""

    TOP = "top"
    OFFICE = "office"  # ส่วนราชการ
    SUBJECT = "subject"  # เรื่อง
    ADDRESSEE = "addressee"  # เรียน ถึง เสนอ
    REFERS = "refers"  # อ้างถึง
    ENCLOSED = "enclosed"  # สิ่งที่ส่งมาด้วย
    BODY = "body"
    FOOT = "foot"


@dataclass(frozen=True, slots=True)
class Label:
    """A label found at the start of a text; ``cost`` 0 is an exact reading."""

    word: str
    part: Part
    end: int
    cost: float


_LABELS: tuple[tuple[str, Part, float], ...] = (
    ("ส่วนราชการ", Part.OFFICE, 2.0),
    ("เรื่องที่ร้องเรียน", Part.SUBJECT, 0.0),
    ("เรื่องที่ร้องทุกข์", Part.SUBJECT, 0.0),
    ("เรื่องที่ร้อง", Part.SUBJECT, 0.0),
    ("เรื่อง", Part.SUBJECT, 2.0),
    ("กราบเรียน", Part.ADDRESSEE, 1.5),
    ("เรียน", Part.ADDRESSEE, 2.0),
    ("นมัสการ", Part.ADDRESSEE, 1.0),
    ("เขียนที่", Part.TOP, 1.0),
    ("เสนอ", Part.ADDRESSEE, 0.0),
    ("ถึง", Part.ADDRESSEE, 0.5),
    ("อ้างถึง", Part.REFERS, 1.5),
    ("สิ่งที่ส่งมาด้วย", Part.ENCLOSED, 3.0),
    ("สิ่งที่แนบมาด้วย", Part.ENCLOSED, 3.0),
)
# Boxes of an intake form; in a sentence more of it follows at once.
_BOXES = frozenset(("เรื่องที่ร้องเรียน", "เรื่องที่ร้องทุกข์", "เรื่องที่ร้อง"))
_MAIL = re.compile(r"^Subject\s?:\s?")  # printed mail
_JUNK = re.compile(r"^[^ก-ฮเ-ไ๐-๙0-9]{1,6}")
_RUNNING = re.compile(
    r"^(?:เรียนมา|เรียนว่า|เรียนเชิญ|เรียนรู้|เรียบร้อย|เรื่องนี้|เรื่องดังกล่าว|เรื่องจึง|เสนอมา"
    r"|เสนอแนะ|ถึงแม้|ถึงกับ|ถึงที่สุด|ถึงอย่าง|เรื่องราว(?!ร้อง)|เรื่องที่ (?!ดิน))"
)
_PERSON = re.compile(r"^[\s:.]+(?:ท่าน)?(?:ผู้|ผู|นาย|หัวหน้า|ปลัด|อธิบดี|ประธาน|กำนัน|เลขา)")
_TO_WHOM = re.compile(
    r"^[\s:.]*(?:$|ผู้|นาย|ที่|อำเภอ|จังหวัด|สำนัก|กรม|กระทรวง|ทุก|องค์|เทศบาล|หัว|ศูนย์|คณะ|ส่วน"
    r"|ปลัด|กำนัน|อธิบดี|กอง|โรง|นิติกร|ท้องถิ่น|นา|ประธาน|เลขา|สถานี|หน่วย)"
)


@lru_cache(maxsize=4096)
def label_at_start(text: str) -> Label | None:
    """Return the label that opens the text, misread by at most a letter or two marks."""
    mail = _MAIL.match(text)
    if mail is not None:
        return Label("เรื่อง", Part.SUBJECT, mail.end(), 0.0)
    junk = _JUNK.match(text)
    skip = junk.end() if junk else 0
    rest = text[skip:]
    if _RUNNING.match(rest):
        return None
    found: Label | None = None
    for word, part, limit in _LABELS:
        hit = best_prefix(rest, word, limit)
        if hit is None or (found is not None and hit[1] >= found.cost):
            continue
        end, cost = hit
        if word in _BOXES and rest[end : end + 1] not in ("", " ", ":", "="):
            continue
        if word == "เรียน" and cost > 1 and not _PERSON.match(rest[end:]):
            continue
        if word == "ถึง" and not (rest[end : end + 1] == " " or _TO_WHOM.match(rest[end:])):
            continue
        if word == "เสนอ" and rest[end : end + 1] not in ("", " ", ":", "."):
            continue
        if (
            cost
            and not _apart(rest, end)
            and not (part is Part.ADDRESSEE and _TO_WHOM.match(rest[end:]))
        ):
            continue
        found = Label(word, part, skip + end, cost)
    return found


def looks_like(text: str, word: str, limit: float) -> bool:
    """Tell whether the text opens with the word, misread by at most ``limit`` letters."""
    junk = _JUNK.match(text)
    return best_prefix(text[junk.end() :] if junk else text, word, limit) is not None


def best_prefix(text: str, word: str, limit: float) -> tuple[int, float] | None:
    """Return the end and the cost of the best prefix of the text that reads as the word."""
    if text.startswith(word):
        return len(word), 0.0
    if not limit or not text or not set(bare(text[:3])) & set(bare(word)[:3]):
        return None
    best: tuple[float, bool, int] | None = None
    slack = 1 + int(limit)
    for end in range(max(1, len(word) - slack - 1), min(len(text), len(word) + slack) + 1):
        if end < len(text) and text[end] in MARKS:
            continue
        cost = distance(text[:end].rstrip(), word, limit)
        # Of equal readings the one that ends with the word on the page is right.
        rank = (cost, not _apart(text, end), end)
        if cost <= limit and (best is None or rank < best):
            best = rank
    return None if best is None else (best[2], best[0])


def _apart(text: str, end: int) -> bool:
    """Tell whether a misread label stands apart: a misread word inside a word is no label."""
    return end >= len(text) or not ("ก" <= text[end] <= "๎") or text[end - 1 : end] == " "
