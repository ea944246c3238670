"""``python -m benchmarks.bench_fields``: fields right, flagged, silently wrong, not found.

``make bench`` measures them on every page that it reads; alone, only on drawn pages.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, get_args

from rich.console import Console
from rich.table import Table

from benchmarks.drawing.letters import Part
from benchmarks.drawn_pages import read_drawn
from benchmarks.field_speed import field_speed_table, field_times
from benchmarks.readings import ALL_DRAWN
from benchmarks.sets import drawn_group
from benchmarks.verdicts import KIND, Expected, Judged, Verdict, judge_letter
from extract import load_gazetteer, read_fields, split_letters
from models.letters import Fields
from models.terms import FieldName, LetterKind
from saraban.office import now, today

# Least share of right values, flagged or not; the rest has no such target.
TARGETS: Mapping[str, float] = MappingProxyType(
    {
        KIND: 0.98,
        FieldName.REFERENCE_NO: 0.98,
        FieldName.DATE: 0.98,
        FieldName.DISTRICT: 0.98,
        FieldName.PROVINCE: 0.98,
        FieldName.SUBJECT: 0.95,
    }
)
MOST_SILENT = 0.005  # of the values that are shown as sure, of every field
_TARGETED = (ALL_DRAWN, drawn_group("clean"))
_ORDER = {key: place for place, key in enumerate((KIND, *FieldName))}
_COUNTED = tuple(Verdict)
_ALL = "รวม"
_SHARES = """\
ถูก%: ค่าที่ถูก ทั้งที่สงสัยและไม่สงสัย ต่อทุกช่องที่มีค่าหรืออ่านได้ค่า (ไม่นับว่างถูก) · พบในที่ที่ไม่มี คือผิด
เงียบ%: ค่าผิดต่อค่าที่ไม่สงสัย"""
_CAPTION = f"{_SHARES} เป้าหมายไม่เกิน {MOST_SILENT:.1%} ทุกช่อง · ✓ ถึงเป้าหมาย ✗ ไม่ถึง"


def main(arguments: Sequence[str] | None = None) -> None:
    """Read drawn pages and print how their fields came out, and how long they took."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bench_fields")
    parser.add_argument("--drawn", type=int, default=7, help="drawn letters of each degradation")
    parser.add_argument("--part", choices=get_args(Part), default="measuring")
    parser.add_argument("--keep", type=Path, help="file for what was read of the drawn pages")
    parser.add_argument("--details", action="store_true", help="list every wrong field")
    chosen = parser.parse_args(arguments)
    files = read_drawn(chosen.part, chosen.drawn, chosen.keep)
    console, scores = Console(width=160), FieldScores()
    gazetteer, day = load_gazetteer(), today(now())
    times = field_times([file.pages for file in files], gazetteer, day)
    for file in files:
        letters = [read_fields(each, gazetteer, day) for each in split_letters(file.pages)]
        scores.add(file.group, file.name, file.letters, letters)
    console.print(scores.table())
    if chosen.details:
        console.print("\n".join(scores.wrong), markup=False, highlight=False)
    console.print(field_speed_table(times))


@dataclass(slots=True)
class FieldScores:
    """Counts of verdicts by group and field, and what was wrong or not found, in words."""

    counts: dict[tuple[str, str], Counter[Verdict]] = field(
        default_factory=lambda: defaultdict(Counter)
    )
    wrong: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    def add(self, group: str, name: str, truths: Sequence[Any], letters: Iterable[Fields]) -> None:
        """Compare the letters that were read with those that are there."""
        for truth, fields in zip(truths, list(letters), strict=False):
            judged = tuple(judge_letter(expected_of(truth), fields))
            self.note(group, name, judged)
            if group.startswith(drawn_group("")):
                self._count(ALL_DRAWN, judged)

    def note(self, group: str, name: str, judged: Iterable[Judged]) -> None:
        """Count the verdicts on one letter and remember what did not come out right."""
        every = tuple(judged)
        self._count(group, every)
        self.wrong += [f"{name} {each}" for each in every if each.wrong]
        self.missing += [f"{name} {each}" for each in every if each.verdict is Verdict.NOT_FOUND]

    def _count(self, group: str, judged: Iterable[Judged]) -> None:
        for each in judged:
            self.counts[group, each.key][each.verdict] += 1

    def table(self, title: str = "ช่องข้อมูล") -> Table:
        """Return the counts as a table, with all fields together below each group."""
        groups = sorted({group for group, _ in self.counts}, key=_place)
        table = _empty_table(title, grouped=groups != [""])
        for group in groups:
            rows = {key: counts for (its, key), counts in self.counts.items() if its == group}
            for key in sorted(rows, key=lambda key: _ORDER.get(key, len(_ORDER))):
                table.add_row(*_row(group, key, rows[key]))
            table.add_section()
            table.add_row(*_row(group, _ALL, sum(rows.values(), Counter())), end_section=True)
        return table


def _place(group: str) -> tuple[bool, bool, str]:
    """Return where a group comes: samples and scans, drawn letters with targets, the others."""
    return group.startswith(drawn_group("")), group not in _TARGETED, group


def _empty_table(title: str, *, grouped: bool) -> Table:
    """Return the table without rows; one group alone needs no name and has no targets."""
    table = Table(title=title, caption=_CAPTION if grouped else _SHARES)
    headings = [("ช่อง", False), *((str(each), True) for each in _COUNTED)]
    if grouped:
        headings = [("ชุด", False), *headings]
        headings += [("ถูก%", True), ("เป้าหมาย", True), ("เงียบ%", True), ("เป้าหมาย", True)]
    else:
        headings += [("ถูก%", True), ("เงียบ%", True)]
    for heading, figure in headings:
        table.add_column(heading, justify="right" if figure else "left")
    return table


def share_right(counts: Counter[Verdict]) -> float | None:
    """Return the share (0..1) of right values, flagged or not, None where there are none."""
    cases = counts.total() - counts[Verdict.EMPTY]
    return (counts[Verdict.RIGHT] + counts[Verdict.RIGHT_FLAGGED]) / cases if cases else None


def share_silent(counts: Counter[Verdict]) -> float | None:
    """Return the share (0..1) of wrong values among those shown as sure, None without any."""
    sure = counts[Verdict.RIGHT] + counts[Verdict.SILENTLY_WRONG]
    return counts[Verdict.SILENTLY_WRONG] / sure if sure else None


def _row(group: str, key: str, counts: Counter[Verdict]) -> list[str]:
    right, silent = share_right(counts), share_silent(counts)
    cells = [key, *(str(counts[verdict]) for verdict in _COUNTED)]
    if not group:
        return [*cells, _percent(right), _percent(silent)]
    aimed = group in _TARGETED and key != _ALL
    right_aim = _against(right, TARGETS.get(key) if aimed else None, "≥")
    silent_aim = _against(silent, MOST_SILENT if aimed else None, "≤")
    return [group, *cells, _percent(right), right_aim, _percent(silent), silent_aim]


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share:.1%}"


def _against(share: float | None, target: float | None, sign: str) -> str:
    if target is None or share is None:
        return ""
    met = share >= target if sign == "≥" else share <= target
    return f"{sign}{target:.1%} {'✓' if met else '✗'}"


def expected_of(truth: Mapping[str, Any]) -> Expected:
    """Return what is known of a letter on a measured page."""
    fields = {
        FieldName(name): () if value is None else (str(value),)
        for name, value in truth["fields"].items()
    }
    kinds = (LetterKind(truth["kind"]),) if "kind" in truth else ()
    return Expected(kinds, MappingProxyType(fields))


if __name__ == "__main__":
    main()
