"""The layouts of official letters (ระเบียบงานสารบรรณ: ภายนอก ภายใน ประทับตรา สั่งการ ประชาสัมพันธ์)."""

from __future__ import annotations

from benchmarks.drawing import parts
from benchmarks.drawing.sheet import LEFT, RIGHT, WIDTH, Figure, Run
from benchmarks.drawing.writer import Writer

_TITLE, _LABEL = 29.0, 20.0


def external(out: Writer) -> None:
    """Lay out หนังสือภายนอก."""
    letter = out.letter
    out.figure(Figure("garuda", WIDTH / 2 - 14, 15, 28, 30))
    parts.grades(out, (LEFT, 43.0))
    out.y = 53.0
    out.put(LEFT, (out.run("ที่"), *_gapped(parts.reference_runs(out), 2.5)))
    for line in letter.office:
        out.put(130.0, line)
        out.down()
    out.down(0.5)
    out.put(WIDTH / 2 + 5, parts.date_runs(out), "center")
    out.down(1.6)
    _matter(out)
    _body(out)
    parts.signature(out, letter.closing)
    parts.owner(out)
    parts.receiving_stamp(out)


def memo(out: Writer) -> None:
    """Lay out บันทึกข้อความ: dotted leaders after the labels."""
    letter = out.letter
    out.figure(Figure("garuda", LEFT, 18, 15, 16))
    parts.grades(out, (LEFT + 19, 31.0))
    out.y = 33.0
    out.put(WIDTH / 2 + 5, out.run("บันทึกข้อความ", pt=_TITLE, bold=True), "center")
    out.y = 44.0
    office = letter.sender or ""
    if letter.phone:
        office += f"  โทร. {letter.phone}"
    _dotted(out, "ส่วนราชการ", (out.run(office),), LEFT, RIGHT)
    out.down(1.15)
    _dotted(out, "ที่", parts.reference_runs(out), LEFT, 112.0)
    _dotted(out, "วันที่", parts.date_runs(out), 114.0, RIGHT)
    out.down(1.15)
    label = out.run("เรื่อง", pt=_LABEL, bold=True)
    room = RIGHT - LEFT - out.pen.width(label) - 4
    lines = [line for line, _ in out.wrap(letter.subject or "", 0.0, RIGHT - LEFT - room)]
    _dotted(out, "เรื่อง", (out.run(lines[0]),), LEFT, RIGHT)
    for line in lines[1:]:
        out.down(1.1)
        out.put(LEFT, line, leader=(LEFT, RIGHT))
    out.down(1.7)
    out.entry(letter.salute, letter.addressee or "")
    _references(out)
    out.down(0.3)
    _body(out)
    out.down(0.5)
    parts.signature(out)
    parts.receiving_stamp(out, 6.0)


def stamped(out: Writer) -> None:
    """Lay out หนังสือประทับตรา: a red seal instead of a signature, the date under it."""
    letter = out.letter
    down = 24.0 if letter.routing else 0.0
    out.figure(Figure("garuda", WIDTH / 2 - 14, 15 + down, 28, 30))
    parts.grades(out, (LEFT, 43.0 + down))
    out.y = 53.0 + down
    out.put(LEFT, (out.run("ที่"), *_gapped(parts.reference_runs(out), 2.5)))
    out.down(1.4)
    out.entry("ถึง", letter.addressee or "")
    out.down(0.4)
    _body(out)
    out.room(7)
    middle = 132.0
    if letter.office:
        out.put(middle, letter.office[0], "center")
    rim = letter.office[0] if letter.office else ""
    out.figure(Figure("seal", middle - 20, out.y + 1, 40, 40, "red", rim))
    out.figure(Figure("signature", middle - 6, out.y + 12, 26, 16, "blue"))
    out.y += 40.0
    if letter.date:
        out.down()
        out.put(middle, parts.date_runs(out), "center")
    parts.owner(out)
    parts.routing_box(out, 108.0, 8.0)
    parts.receiving_stamp(out)


def decree(out: Writer) -> None:
    """Lay out คำสั่ง and ประกาศ: a centred title, the date in a sentence at the end."""
    letter = out.letter
    out.figure(Figure("garuda", WIDTH / 2 - 14, 15, 28, 30))
    parts.grades(out, (LEFT, 43.0))
    out.y = 55.0
    title = letter.title or ""
    out.put(WIDTH / 2, out.run(title, bold=True), "center")
    out.down()
    if letter.reference:
        runs = (out.run("ที่", bold=True), *_gapped(parts.reference_runs(out), 1.5))
        out.put(WIDTH / 2, runs, "center")
        out.down()
    subject = out.run(f"เรื่อง  {letter.subject}", bold=True)
    for line, _ in out.wrap(subject.text, 20.0, 20.0):
        out.put(WIDTH / 2, out.run(line, bold=True), "center")
        out.down()
    out.figure(Figure("rule", WIDTH / 2 - 18, out.y - 3, 36, 0))
    out.down(0.8)
    _body(out)
    out.down(0.4)
    if letter.date:
        opening = "สั่ง ณ วันที่" if title.startswith("คำสั่ง") else "ประกาศ ณ วันที่"
        runs = (out.run(opening), *_gapped(parts.date_runs(out, era=True), 1.8))
        out.room(6)
        out.put(LEFT + 35, runs)
        out.down(1.4)
    parts.signature(out)
    parts.owner(out)
    parts.receiving_stamp(out)


def _matter(out: Writer) -> None:
    out.entry("เรื่อง", out.letter.subject or "")
    out.down(0.25)
    out.entry(out.letter.salute, out.letter.addressee or "")
    out.down(0.25)
    _references(out)


def _references(out: Writer) -> None:
    for label, text in (("อ้างถึง", out.letter.refers), ("สิ่งที่ส่งมาด้วย", out.letter.enclosure)):
        if text:
            out.entry(label, text)
            out.down(0.25)


def _body(out: Writer) -> None:
    for n, paragraph in enumerate(out.letter.body):
        out.paragraph(paragraph)
        out.down(0.3)
        if n in out.letter.blank_after:
            out.new_page(numbered=False)
            out.new_page()


def _gapped(runs: tuple[Run, ...], gap: float) -> tuple[Run, ...]:
    first = Run(runs[0].text, runs[0].pt, runs[0].bold, runs[0].hand, runs[0].ink, gap)
    return (first, *runs[1:])


def _dotted(out: Writer, label: str, runs: tuple[Run, ...], left: float, right: float) -> None:
    """Put a bold label and, on a dotted leader, what is filled in."""
    mark = out.run(label, pt=_LABEL, bold=True)
    start = left + out.pen.width(mark) + 1
    out.put(left, (mark, *(_gapped(runs, 4.0) if runs else ())), leader=(start, right))
