"""The free layout of a citizen's letter: typed, from a typewriter, or by hand on ruled lines."""

from __future__ import annotations

from benchmarks.drawing import parts
from benchmarks.drawing.letters import spoken_date
from benchmarks.drawing.sheet import HEIGHT, LEFT, PITCH, RIGHT, Figure
from benchmarks.drawing.writer import Writer

_RULES_TOP = 50.0  # below the place where stamps go
_RULE_PITCH = 9.0


def citizen(out: Writer) -> None:
    """Lay out หนังสือร้องเรียน; any part may be missing."""
    letter = out.letter
    by_hand = letter.style == "hand"
    out.y = 46.0 if letter.receipt else 32.0
    if by_hand:
        out.hand, out.ink, out.pt, out.pitch = True, "blue", 18.0, _RULE_PITCH
        out.y = _RULES_TOP - 1.2
    if letter.office:
        for line in letter.office:
            out.put(116.0, line)
            out.down()
    if letter.date:
        day, month, year = spoken_date(letter.date)
        text = f"วันที่ {day} {month} {year}"
        if out.pen.rng.random() < 0.5 or by_hand:
            text = f"วันที่ {day} เดือน {month} พ.ศ. {year}"
        out.put(106.0, text)
        out.down(1.0 if by_hand else 1.6)
    if letter.subject:
        out.entry("เรื่อง", letter.subject)
    if letter.addressee:
        out.entry(letter.salute, letter.addressee)
    if letter.enclosure:
        out.entry("สิ่งที่ส่งมาด้วย", letter.enclosure)
    out.down(0 if by_hand else 0.5)
    for n, paragraph in enumerate(letter.body):
        out.paragraph(paragraph, 20.0)
        out.down(0 if by_hand else 0.25)
        if n in letter.blank_after:
            out.new_page(numbered=False)
            out.new_page(numbered=not by_hand)
            out.y = _RULES_TOP - 1.2 if by_hand else out.y
    out.down(0 if by_hand else 0.4)
    _close(out)
    if by_hand:
        _rule_pages(out)
    parts.receiving_stamp(out)


def _close(out: Writer) -> None:
    letter = out.letter
    out.room(6)
    if letter.closing:
        out.put(parts.SIGN_X, letter.closing, "center")
        out.down()
    if letter.complainant:
        signed = Figure("signature", parts.SIGN_X - 18, out.y - 2, 40, 1.6 * PITCH, "blue")
        out.figure(signed)
        out.down(0.9 if letter.style == "hand" else 1.2)
        sides = (out.run("ลงชื่อ"), out.run("ผู้ร้อง", gap=46.0))
        dots = (parts.SIGN_X - 20, parts.SIGN_X + 20)
        out.put(parts.SIGN_X, sides, "center", leader=dots)
        out.down(1.1)
    if letter.signatory:
        out.put(parts.SIGN_X, f"({letter.signatory})", "center")
        out.down()
    for line in letter.position:
        out.put(parts.SIGN_X, line, "center")
        out.down()
    if letter.phone:
        out.put(LEFT, f"โทร. {letter.phone}")
        out.down()


def _rule_pages(out: Writer) -> None:
    height = HEIGHT - _RULES_TOP - 16
    for sheet in out.sheets:
        if sheet.rows:
            ruled = Figure("ruled", LEFT - 8, _RULES_TOP, RIGHT - LEFT + 16, height)
            sheet.figures.insert(0, ruled)
