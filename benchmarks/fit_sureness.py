"""``python -m benchmarks.fit_sureness``: what the confidence of fields is worth, field by field.

From drawn pages and from noisy texts of the tuning parts: how many of the values said to be so
sure were right, and from which confidence on at most 0.5 % of the undoubted values are wrong. It
only prints; a person decides what of it enters the product.
"""

from __future__ import annotations

import argparse
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table
from scipy.stats import beta

from benchmarks.bench_fields import MOST_SILENT, expected_of
from benchmarks.bench_texts import SHARES, readings
from benchmarks.drawn_pages import DrawnPages, read_drawn
from benchmarks.known_texts import TODAY, known_texts
from benchmarks.noise import SURENESSES, Sureness
from benchmarks.verdicts import KIND, Judged, judge_letter
from extract import load_gazetteer, read_fields, split_letters
from models.terms import FieldName
from review_ui.field_view import SURE
from saraban.office import now, today

DRAWN, TEXTS, BOTH = "หน้าวาด", "ข้อความเพี้ยน", "รวม"
_EDGES = (0.0, 0.3, 0.5, 0.7, 0.76, 0.8, 0.85, 0.88, 0.9, 0.92, 0.94, 0.96, 1.01)
_ORDER = (KIND, *FieldName)
_RELIABILITY = "ค่าที่ไม่มีข้อสงสัย: ที่บอกไว้ เทียบกับที่ถูกจริง"
_THRESHOLDS = f"""\
เกณฑ์: ต่ำสุดที่ค่าไม่มีข้อสงสัยซึ่งแน่ใจเท่านั้นขึ้นไปผิดไม่เกิน {MOST_SILENT:.1%} (– ไม่มีเกณฑ์ใดพอ)
ไม่เกิน: ขอบบนของส่วนที่ผิดจริงที่เชื่อได้ 95 % เมื่อดูจากจำนวนเท่านี้"""


@dataclass(frozen=True, slots=True)
class Observation:
    """A value that was found: how sure it was said to be (0..1), and whether it was right."""

    key: str
    confidence: float
    doubted: bool
    right: bool


@dataclass(frozen=True, slots=True)
class Threshold:
    """The values at or above a confidence, and how many of them are wrong."""

    confidence: float
    values: int
    wrong: int


def main(arguments: Sequence[str] | None = None) -> None:
    """Collect the observations and print the tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fit_sureness")
    parser.add_argument("--drawn", type=int, default=14, help="drawn letters of each degradation")
    parser.add_argument("--seeds", type=int, default=10, help="readings of a text at each share")
    parser.add_argument("--reader", choices=SURENESSES, default="measured", help="see noise.py")
    parser.add_argument("--keep", type=Path, help="file for what was read of the drawn pages")
    chosen = parser.parse_args(arguments)
    seen = {TEXTS: list(_of_texts(chosen.seeds, SURENESSES[chosen.reader]))}
    if chosen.drawn:
        seen[DRAWN] = list(_of_pages(read_drawn("tuning", chosen.drawn, chosen.keep)))
        seen[BOTH] = [*seen[DRAWN], *seen[TEXTS]]
    console = Console(width=160)
    console.print(reliability_table(seen))
    console.print(threshold_table(seen))


def lowest_threshold(
    seen: Iterable[Observation], most_wrong: float = MOST_SILENT
) -> Threshold | None:
    """Return the lowest confidence from which on at most ``most_wrong`` (0..1) are wrong.

    Only values without doubts count: the others are flagged whatever their confidence.
    """
    undoubted = sorted(
        (each for each in seen if not each.doubted), key=lambda each: -each.confidence
    )
    found: Threshold | None = None
    values = wrong = 0
    for confidence, alike in itertools.groupby(undoubted, key=lambda each: each.confidence):
        group = list(alike)
        values += len(group)
        wrong += sum(not each.right for each in group)
        if wrong <= most_wrong * values:
            found = Threshold(confidence, values, wrong)
    return found


def at_threshold(seen: Iterable[Observation], confidence: float) -> Threshold:
    """Return what a given confidence (0..1) lets through."""
    accepted = [each for each in seen if not each.doubted and each.confidence >= confidence]
    return Threshold(confidence, len(accepted), sum(not each.right for each in accepted))


def reliability_table(seen: Mapping[str, Sequence[Observation]]) -> Table:
    """Return, by field and by what was said, how many undoubted values were right."""
    table = Table(title=_RELIABILITY)
    for heading in ("ช่อง", "ชุด", "บอกไว้", "ค่า", "ผิด", "บอกเฉลี่ย", "ถูกจริง"):
        table.add_column(heading, justify="left" if heading in ("ช่อง", "ชุด") else "right")
    for key, name, its in _by_field(seen):
        undoubted = [each for each in its if not each.doubted]
        for low, high in itertools.pairwise(_EDGES):
            group = [each for each in undoubted if low <= each.confidence < high]
            if group:
                said = sum(each.confidence for each in group) / len(group)
                wrong = sum(not each.right for each in group)
                row = (f"{low:.2f}-{min(high, 1.0):.2f}", str(len(group)), str(wrong))
                table.add_row(key, name, *row, f"{said:.3f}", f"{1 - wrong / len(group):.3f}")
        table.add_section()
    return table


def threshold_table(seen: Mapping[str, Sequence[Observation]]) -> Table:
    """Return the lowest thresholds beside what the present one lets through."""
    table = Table(title="เกณฑ์ความแน่ใจของแต่ละช่อง", caption=_THRESHOLDS)
    headings = ("ค่าทั้งหมด", "มีข้อสงสัย", f"≥{SURE:.2f}", "ผิด", "ผิด%")
    for heading in ("ช่อง", "ชุด", *headings, "เกณฑ์", "ผ่าน", "ผิด", "ไม่เกิน"):
        table.add_column(heading, justify="left" if heading in ("ช่อง", "ชุด") else "right")
    for key, name, its in _by_field(seen):
        present, lowest = at_threshold(its, SURE), lowest_threshold(its)
        share = f"{present.wrong / present.values:.1%}" if present.values else "–"
        cells = [str(len(its)), str(sum(each.doubted for each in its)), str(present.values),
                 str(present.wrong), share]  # fmt: skip
        cells += ["–"] * 4 if lowest is None else [
            f"{lowest.confidence:.3f}", str(lowest.values), str(lowest.wrong),
            f"{_upper(lowest):.1%}",
        ]  # fmt: skip
        table.add_row(key, name, *cells)
    return table


def _upper(found: Threshold) -> float:
    """Return the share wrong that is not exceeded with 95 % confidence (Clopper-Pearson)."""
    if found.wrong == found.values:
        return 1.0
    return float(beta.ppf(0.95, found.wrong + 1, found.values - found.wrong))


def _by_field(
    seen: Mapping[str, Sequence[Observation]],
) -> Iterator[tuple[str, str, list[Observation]]]:
    for key in _ORDER:
        for name, every in seen.items():
            its = [each for each in every if each.key == key]
            if its:
                yield key, name, its


def _of_texts(seeds: int, sureness: Sureness) -> Iterator[Observation]:
    gazetteer = load_gazetteer()
    for share in SHARES[1:]:
        for text, page in readings(known_texts("tuning"), share, seeds, sureness):
            yield from _observed(judge_letter(text.expected, read_fields([page], gazetteer, TODAY)))


def _of_pages(files: Iterable[DrawnPages]) -> Iterator[Observation]:
    gazetteer, day = load_gazetteer(), today(now())
    for file in files:
        for truth, letter in zip(file.letters, split_letters(file.pages), strict=False):
            fields = read_fields(letter, gazetteer, day)
            yield from _observed(judge_letter(expected_of(truth), fields))


def _observed(judged: Iterable[Judged]) -> Iterator[Observation]:
    """Give the values that were found; lists have no confidence of their own."""
    for each in judged:
        if each.confidence is not None:
            yield Observation(each.key, each.confidence, bool(each.doubts), not each.wrong)


if __name__ == "__main__":
    main()
