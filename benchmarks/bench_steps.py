"""``python -m benchmarks.bench_steps``: what each step of the reader gains.

Error rates with one step switched off at a time (see ``benchmarks.reader_steps``), on drawn pages
of the tuning part, of the measuring part, and on the real scans.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.digit_errors import digits_that_matter, wrong_digits
from benchmarks.error_rate import character_error_rate
from benchmarks.reader_steps import STEPS, missing_targets, switched_off
from benchmarks.sets import REAL_GROUP, Measured, drawn, real_scans
from ingest.limits import Limits
from ingest.opening import count_pages
from ingest.page_reading import PageJob, ReaderPlan, read_one_page
from ingest.pictures import PictureOpener
from ingest.reading_process import settle
from ocr.reader import Reader
from saraban.office import reader_plan, train_what_is_missing
from saraban.settings import load_settings

_PROCESSES = 2
_TUNING, _MEASURING = "วาด ส่วนปรับแต่ง", "วาด ส่วนวัดผล"
_CAPTION = """\
CER เฉลี่ยต่อไฟล์เมื่อปิดทีละขั้น ในวงเล็บคือส่วนที่ต่างจากครบทุกขั้น (+ คือแย่ลง)
เลขผิด: เลขในเลขที่หนังสือและวันที่ของทุกชุดรวมกัน"""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a file is read with one step off; ``used``: whether every patch was called."""

    rate: float
    wrong_digits: int
    used: bool


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bench_steps")
    parser.add_argument("--pages", type=int, default=3, help="drawn letters of each degradation")
    arguments = parser.parse_args()
    console = Console(width=160)
    if missing := missing_targets():
        parser.error("the reader no longer has " + ", ".join(missing))
    settings = load_settings()
    train_what_is_missing(settings)
    with tempfile.TemporaryDirectory() as name:
        console.print(_table(_sets(Path(name), arguments.pages), reader_plan(settings)))


def _sets(folder: Path, count: int) -> Mapping[str, Sequence[Measured]]:
    sets = {
        _TUNING: list(drawn(folder, count, "tuning", mixed=True)),
        _MEASURING: list(drawn(folder, count, "measuring", mixed=True)),
        REAL_GROUP: list(real_scans()),
    }
    return {name: files for name, files in sets.items() if files}


def _table(sets: Mapping[str, Sequence[Measured]], plan: ReaderPlan) -> Table:
    table = Table(title="แต่ละขั้นของการอ่านได้อะไร", caption=_CAPTION)
    table.add_column("ขั้นที่ปิด")
    for name, files in sets.items():
        table.add_column(f"{name} ({len(files)})", justify="right")
    table.add_column("เลขผิด", justify="right")
    outcomes = _measured(sets, plan)
    base = [_mean(outcomes[0, name]) for name in sets]
    for place, step in enumerate(STEPS):
        rates = [_mean(outcomes[place, name]) for name in sets]
        every = [each for name in sets for each in outcomes[place, name]]
        cells = [
            f"{rate:.2%}" + (f" ({rate - full:+.2%})" if step.patches else "")
            for rate, full in zip(rates, base, strict=True)
        ]
        unused = "" if any(each.used for each in every) else " – ไม่ถูกเรียก"
        wrong = sum(each.wrong_digits for each in every)
        table.add_row(step.name + unused, *cells, str(wrong))
    return table


def _mean(outcomes: Sequence[Outcome]) -> float:
    return statistics.mean(each.rate for each in outcomes)


def _measured(
    sets: Mapping[str, Sequence[Measured]], plan: ReaderPlan
) -> Mapping[tuple[int, str], Sequence[Outcome]]:
    """Read every file with every step off; outcomes by place in ``STEPS`` and name of the set."""
    outcomes: dict[tuple[int, str], list[Outcome]] = defaultdict(list)
    with ProcessPoolExecutor(_PROCESSES, get_context("spawn"), _begin, (plan,)) as pool:
        jobs = [
            (place, name, pool.submit(_read_without, place, file))
            for name, files in sets.items()
            for file in files
            for place in range(len(STEPS))
        ]
        for place, name, job in jobs:
            outcomes[place, name].append(job.result())
    return outcomes


_own: tuple[Reader, Limits, PictureOpener] | None = None  # of a child process, made once by _begin


def _begin(plan: ReaderPlan) -> None:
    global _own
    _own = plan.reader(), plan.limits, PictureOpener()
    settle()


def _read_without(place: int, file: Measured) -> Outcome:
    """Read a file with a step of ``STEPS`` switched off; runs in a child process."""
    assert _own is not None
    reader, limits, pictures = _own
    numbers = range(1, count_pages(file.path, file.media_type, limits) + 1)
    with switched_off(STEPS[place]) as was_used:
        pages = [
            read_one_page(
                PageJob(file.path, file.media_type, number), reader, limits, pictures
            ).page
            for number in numbers
        ]
        used = was_used()
    text = "\n".join(page.text for page in pages)
    wrong = wrong_digits(file.text, text, digits_that_matter(file))
    return Outcome(character_error_rate(file.text, text), len(wrong), used)


if __name__ == "__main__":
    main()
