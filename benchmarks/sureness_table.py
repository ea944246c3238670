"""How sure we said that letters are, beside how many of them were right."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from rapidfuzz.distance import Levenshtein
from rich.table import Table

from benchmarks.error_rate import plain
from benchmarks.readings import ALL_DRAWN, BothReadings, by_group
from benchmarks.sets import REAL_GROUP

_EDGES = (0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 1.01)


def sureness_table(readings: Sequence[BothReadings]) -> Table:
    """Return, by what was said of letters, how many came true: drawn pages and real scans."""
    table = Table(title="ความแน่ใจต่ออักษร: ที่บอกไว้ เทียบกับที่ถูกจริง (สแกนจริง: เฉลยไม่มีข้อความในตรา)")
    for heading in ("ชุด", "บอกไว้", "อักษร", "บอกเฉลี่ย", "ถูกจริง"):
        table.add_column(heading, justify="left" if heading == "ชุด" else "right")
    groups = by_group(readings)
    for name in (ALL_DRAWN, REAL_GROUP):
        letters = [letter for each in groups.get(name, ()) for letter in _letters(each)]
        for low, high in itertools.pairwise(_EDGES):
            said = [sure for sure, _ in letters if low <= sure < high]
            right = [fine for sure, fine in letters if low <= sure < high]
            if said:
                shares = (sum(said) / len(said), sum(right) / len(right))
                row = (f"{low:.2f}-{min(high, 1.0):.2f}", str(len(said)))
                table.add_row(name, *row, *(f"{share:.3f}" for share in shares))
    return table


def _letters(each: BothReadings) -> Iterator[tuple[float, bool]]:
    """Give every letter that we read: how sure we were, and whether it is right."""
    read: list[str] = []
    sure: list[float] = []
    for page in each.pages:
        for line in page.lines:
            for word in line.words:
                letters = plain(word.text)
                read += letters
                sure += [word.confidence] * len(letters)
    edits = Levenshtein.editops(plain(each.file.text), "".join(read))
    wrong = {edit.dest_pos for edit in edits if edit.tag != "delete"}
    for place, share in enumerate(sure):
        yield share, place not in wrong
