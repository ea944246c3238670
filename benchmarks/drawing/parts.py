"""Parts that several forms share: marks at the top, stamps, signatures, the owner at the foot."""

from __future__ import annotations

from dataclasses import replace

from benchmarks.drawing.letters import Receipt, spoken_date
from benchmarks.drawing.sheet import LEFT, PITCH, WIDTH, Figure, Patch, Row, Run
from benchmarks.drawing.writer import Writer

SIGN_X = 128.0  # centre of the signature block


def date_runs(out: Writer, era: bool = False) -> tuple[Run, ...]:
    """Return the letter's date; the day is written in by hand where the letter says so."""
    if out.letter.date is None:
        return ()
    day, month, year = spoken_date(out.letter.date)
    rest = out.run(f"{month} พ.ศ. {year}" if era else f"{month} {year}", gap=1.8)
    if out.letter.hand_numbers:
        return out.run(day, hand=True, ink="blue", pt=19.0), rest
    return out.run(day), rest


def reference_runs(out: Writer) -> tuple[Run, ...]:
    """Return the reference; the running number is written in by hand where the letter says so."""
    reference = out.letter.reference or ""
    if out.letter.hand_numbers and out.letter.title:
        number, _, year = reference.partition("/")
        return out.run(number, hand=True, ink="blue", pt=20.0), out.run(f"/{year}")
    head, slash, running = reference.rpartition("/")
    if out.letter.hand_numbers and slash:
        circular = running.startswith("ว ")
        head += "/ว " if circular else "/"
        number = running.removeprefix("ว ")
        return out.run(head), out.run(number, hand=True, ink="blue", pt=20.0)
    return (out.run(reference),)


def grades(out: Writer, urgency_at: tuple[float, float]) -> None:
    """Put secrecy at top and foot, and urgency large and red above the reference."""
    y = out.y
    if out.letter.secrecy:
        for level in (13.0, 289.0):
            out.y = level
            out.put(WIDTH / 2, out.run(out.letter.secrecy, pt=26, bold=True, ink="red"), "center")
    if out.letter.urgency:
        x, out.y = urgency_at
        out.put(x, out.run(out.letter.urgency, pt=32, bold=True, ink="red"))
    out.y = y


def receiving_stamp(out: Writer, top: float | None = None) -> None:
    """Press the receiving stamp on page 1, top right, a little askew; labels in ink of its own."""
    receipt = out.letter.receipt
    if receipt is None:
        return
    rng = out.pen.rng
    office = out.pen.width(_stamped(out, receipt, receipt.office))
    left, top = rng.uniform(140, 146), rng.uniform(7, 11) if top is None else top
    width, height = max(52.0, office + 6), 27.0 if receipt.time is not None else 21.0
    rows = [Row(left + width / 2, top + 6, (_stamped(out, receipt, receipt.office),), "center")]
    for n, (label, value) in enumerate(_stamp_rows(receipt)):
        y = top + 12.4 + n * 6.0
        mark = _stamped(out, receipt, label)
        runs: tuple[Run, ...] = (mark,)
        if value:
            ink = "blue" if receipt.hand else receipt.ink
            filled = out.run(value, pt=15, hand=receipt.hand, ink=ink, gap=2.0)
            runs += (filled,)
        start = left + 2.5
        leader = start + out.pen.width(mark) + 1
        rows.append(Row(start, y, runs, "left", leader, left + width - 3))
    frame = Figure("frame", left, top, width, height, receipt.ink)
    pivot = (left + width / 2, top + height / 2)
    figures = (frame,) if receipt.framed else ()
    out.sheets[0].patches.append(Patch(tuple(rows), figures, rng.uniform(-3, 3), pivot))


def _stamp_rows(receipt: Receipt) -> tuple[tuple[str, str], ...]:
    """Return labels and what is filled in; a blank time is "", no time row is None."""
    date = ""
    if receipt.date:
        day, month, year = spoken_date(receipt.date, short=True)
        date = f"{day} {month} {year}"
    rows = ((receipt.label, receipt.number or ""), ("วันที่", date))
    return rows if receipt.time is None else (*rows, ("เวลา", receipt.time))


def _stamped(out: Writer, receipt: Receipt, text: str) -> Run:
    return replace(out.run(text, pt=13.5), hand=False, ink=receipt.ink, bold=True)


def routing_box(out: Writer, x: float, y: float) -> None:
    """Put the box of short office names with ticks, as stamped beside the receiving stamp."""
    if not out.letter.routing:
        return
    rows = tuple(
        Row(x + 2, y + 5.5 + n * 6.2, (
            Run(out.letter.numerals(name), 14, ink="blue"),
            Run("(✓)" if chosen else "(  )", 14, ink="blue", gap=3.0),
        ))
        for n, (name, chosen) in enumerate(out.letter.routing)
    )  # fmt: skip
    frame = Figure("frame", x, y, 30, 4 + 6.2 * len(rows), "blue")
    angle = out.pen.rng.uniform(-1.5, 1.5)
    out.sheets[0].patches.append(Patch(rows, (frame,), angle, (x + 15, y + 15)))


def signature(out: Writer, closing: str | None = None) -> None:
    """Put closing, signature, name and position around the signature's axis."""
    letter = out.letter
    out.room(6)
    if closing:
        out.put(SIGN_X, closing, "center")
        out.down(0.6)
    if letter.signatory:
        out.figure(Figure("signature", SIGN_X - 22, out.y, 44, 2.2 * PITCH - 2, "blue"))
        out.down(2.9)
        out.put(SIGN_X, f"({letter.signatory})", "center")
        out.down()
    for line in letter.position:
        out.put(SIGN_X, line, "center")
        out.down()


def owner(out: Writer) -> None:
    """Put the office that owns the matter, its telephone and a slogan at the foot left."""
    letter = out.letter
    lines = [*letter.owner]  # the slogan and the tail come last
    if letter.phone:
        lines.append(f"{letter.phone_label}{letter.phone}")
    out.down(0.8)
    out.room(len(lines) + bool(letter.slogan) + bool(letter.tail))
    for line in lines:
        out.put(LEFT, line)
        out.down()
    if letter.slogan:
        out.put(LEFT, out.run(letter.slogan, bold=True))
        out.down()
    if letter.tail:
        out.put(WIDTH / 2 + 50, letter.tail)
        out.down()
