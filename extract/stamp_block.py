"""Which rows make up a receiving stamp: its labels, and what is written beside and under them.

Labels: domain, stamps, registers, handwriting. A stamp is a block of label lines, or one line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.labels import label_at_start
from extract.references import find_reference
from extract.rows import Row
from extract.text import loosely
from models.letters import Box, Ink

RECEIVED = re.compile(
    rf"(?:{loosely('เลขที่รับ')}|{loosely('เลขรับ')}|[แเ]?[ลส]ขรับ"
    rf"|(?:{loosely('เลข')})?{loosely('ทะเบียนรับ')}"
    rf"|(?<![ก-๎])(?:{loosely('รับเลขที่')}|{loosely('รับที่')}|ท[ีิึื]?่?\s?รับ))(?!แจ้ง)"
)
PLAIN_NUMBER = re.compile(rf"^\W*(?:{loosely('เลขที่')})(?![ก-๎])")
# A stamp's ink runs: its วันที่ comes as รันที่, ฐนที่ or รนที; no word of Thai begins so.
DATE = re.compile(
    rf"(?:ลง|รับ)?เ?{loosely('วันที่')}(?:รับแจ้ง|รับเรื่อง|รับ)?"
    r"|(?<![ก-๎])[รฐ][ัิ]?น[ทตห][ีิึื]?[่้]?(?=[\s.:0-9๐-๙])"
)
TIME = re.compile(rf"(?<![ก-๎])(?:{loosely('เวลา')}|เวสา)")
BARE_DATE = re.compile(
    r"^\W*[ก-๎]{0,8}[\s.:]*[0-9]{1,2}\s?(?:[/.-]\s?[0-9]{1,2}\s?[/.-]"
    r"|[ก-ฮ][ิีูุ]?\s?\.\s?[ก-ฮ]\s?\.?)\s?[0-9]{2,4}"
)
_RECEIVER = re.compile(rf"^\W*{loosely('ผู้รับ')}(?:\s|$|\W)")
_OFFICE = re.compile(
    r"^\W*(?:อำเภอ|ที่ว่าการ|ที่ทำการ|ศูนย์|กลุ่ม|จังหวัด|สำนัก|ฝ่าย|กรม|กอง|อบ[ตจ]\s?\.|เทศบาล|องค์การ"
    r"|ศาลากลาง|ปลัด|งาน|โรงพยาบาล|โรงเรียน|สถานี|สภ\.|มหาวิทยาลัย|การไฟฟ้า|การประปา)"
)
_QUOTED = re.compile(r"ตาม$|เมื่อ|ว[ัา]นที่|ร้อง|หนังสือ")
_FAR = 0.09  # of the page's height: lines further apart are no one stamp
_LEFT, _WIDE = 0.05, 0.3  # of the page's width: how far a stamp reaches from its first label
_CORNER = (0.55, 0.16)  # left and top of the corner where offices put their stamps
_LONG = 40  # letters: no line of a stamp is longer


def opens(row: Row, rows: Sequence[Row]) -> bool | None:
    """Tell whether a stamp opens here: True by เลขรับ, False by a bare เลขที่, None if not."""
    match = RECEIVED.search(row.text)
    if match and len(row.text) <= 90:
        before = row.text[: match.start()].strip(" .,:|[](){}-'")
        if not before or (_OFFICE.match(before) and not _QUOTED.search(before)):
            return True
    if len(row.text) > _LONG:
        return None
    return False if PLAIN_NUMBER.match(row.text) or _undone(row, rows) else None


def block_from(first: Row, rows: Sequence[Row]) -> list[Row]:
    """Return the rows of the stamp that opens with ``first``, that row among them."""
    if first.box is None:
        return [first, *_following(first, rows)]
    block = [first]
    reach = _reach(first.box)
    near = [r for r in rows if r.page == first.page and r is not first and _inside(r.box, reach)]
    for row in sorted(near, key=lambda r: r.box.top if r.box else 0.0):
        below = row.box is not None and _middle(row.box) > _middle(first.box) + first.box.height / 2
        if len(row.text) > _LONG or not (below or _written(row)):
            continue
        if below and (RECEIVED.search(row.text) or _of_the_letter(row)):
            break
        if _part_label(row) or _written(row) or len(row.text) <= 3:
            block.append(row)
    return block


def is_stamp(block: Sequence[Row], *, strong: bool) -> bool:
    """Tell whether the block is a stamp; one that opens by a bare เลขที่ must have a date too."""
    if strong:
        return True
    dated = any(DATE.search(row.text) or BARE_DATE.search(row.folded) for row in block)
    timed = any(TIME.search(row.text) for row in block[1:])
    inked = any(row.line.ink is not Ink.BLACK for row in block)
    return dated and (timed or inked or _cornered(block[0].box))


def office_above(first: Row, rows: Sequence[Row]) -> Row | None:
    """Return the row with the office's name over the first label."""
    label = RECEIVED.search(first.text)
    if label and _OFFICE.match(first.text[: label.start()]):
        return None
    before = [r for r in rows if r.order < first.order and r.page == first.page]
    for row in reversed(before[-3:]):
        if RECEIVED.search(row.text):
            return None
        if _OFFICE.match(row.text) and len(row.text) <= 60 and _near(row, first):
            return row
        if row.box is None:
            break
    return None


def _undone(row: Row, rows: Sequence[Row]) -> bool:
    """Tell whether a date with an hour on the next row opens here: a stamp without its number."""
    date = DATE.search(row.text)
    later = [r for r in rows if r.order > row.order and r.page == row.page and _near(row, r)][:1]
    if date and date.start() <= 2 and _inked_corner(row, rows):
        return True
    times = [match for r in later if (match := TIME.search(r.text)) and match.start() <= 3]
    return bool(date and date.start() <= 2 and times)


def _inked_corner(row: Row, rows: Sequence[Row]) -> bool:
    """Tell whether the row stands in the stamps' corner, in ink on a page of print."""
    inked = sum(r.line.ink is not Ink.BLACK for r in rows if r.page == row.page)
    few = inked * 2 < sum(r.page == row.page for r in rows)
    return few and row.line.ink is not Ink.BLACK and _cornered(row.box)


def _cornered(box: Box | None) -> bool:
    return box is not None and box.left > _CORNER[0] and box.top < _CORNER[1]


def _following(first: Row, rows: Sequence[Row]) -> list[Row]:
    """Return the rows of a stamp in a text without places: its labels, one under the other."""
    block: list[Row] = []
    last = first
    for row in rows:
        if row.order <= first.order or row.page != first.page:
            continue
        if row.order - last.order > 3 or len(block) > 4 or RECEIVED.search(row.text):
            break
        if not (_part_label(row) or BARE_DATE.search(row.folded)) or len(row.text) > 60:
            break
        if DATE.search(row.text) and any(TIME.search(r.text) for r in block):
            break  # the hour closes a stamp: a date behind it is the letter's
        block.append(row)
        last = row
    return block


def _part_label(row: Row) -> bool:
    return any(
        (match := pattern.search(row.text)) is not None and match.start() <= 3
        for pattern in (DATE, TIME, _RECEIVER)
    )


def _written(row: Row) -> bool:
    """Tell whether the row is what a clerk writes into a stamp: digits, or a date."""
    letters = re.sub(r"[^ก-ฮ]", "", row.text)
    return BARE_DATE.search(row.folded) is not None or (
        len(letters) <= 4 and re.search(r"[0-9]", row.folded) is not None
    )


def _of_the_letter(row: Row) -> bool:
    """Tell whether the row is the letter's own head, under the stamp or beside it."""
    if _part_label(row):
        return False
    known = label_at_start(row.text) is not None or find_reference(row.text) is not None
    return known or _OFFICE.match(row.text) is not None


def _middle(box: Box) -> float:
    return box.top + box.height / 2


def _reach(box: Box) -> Box:
    top = box.top - 0.6 * max(box.height, 0.012)
    return Box(box.left - _LEFT, top, _WIDE + _LEFT, box.bottom + _FAR - top)


def _inside(box: Box | None, reach: Box) -> bool:
    if box is None:
        return False
    level = box.top + box.height / 2
    return reach.left <= box.left <= reach.right and reach.top <= level <= reach.bottom


def _near(one: Row, other: Row) -> bool:
    if one.box is None or other.box is None:
        return True
    apart = other.box.top - one.box.bottom
    beside = min(one.box.right, other.box.right) - max(one.box.left, other.box.left)
    return apart <= _FAR and beside > -0.05
