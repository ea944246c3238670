"""``make bench``: accuracy, speed and memory beside plain Tesseract, measured in one run."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from benchmarks import bench_classify, bench_desk, bench_intake
from benchmarks.bench_fields import FieldScores
from benchmarks.bench_texts import print_texts
from benchmarks.digits_table import digits_table
from benchmarks.field_speed import field_speed_table, field_times
from benchmarks.memory import memory_table
from benchmarks.reading_table import left_out_table, reading_table
from benchmarks.readings import BothReadings, read_both
from benchmarks.sets import REAL_GROUP, drawn, real_scans, samples
from benchmarks.speed import can_ocrmypdf, speed_table
from benchmarks.sureness_table import sureness_table
from ingest.page_reading import PagePool
from ingest.reading import Understanding, read_letters
from saraban.office import now, open_understanding, reader_plan, today, train_what_is_missing
from saraban.settings import load_settings


def main() -> None:
    """Measure and print the tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("--drawn", type=int, default=7, help="drawn letters of each degradation")
    parser.add_argument("--details", action="store_true", help="list every wrong field")
    arguments = parser.parse_args()
    console = Console(width=160)
    settings = load_settings()
    train_what_is_missing(settings)
    plan, processes = reader_plan(settings), settings.processes
    pool = PagePool(plan, processes)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = [*samples(), *real_scans(), *drawn(folder, arguments.drawn)]
        readings = list(read_both(files, pool, settings.limits, processes, folder))
        understanding = open_understanding(settings)
        pages = [each.pages for each in readings]
        field_speed = field_speed_table(field_times(pages, understanding.gazetteer, today(now())))
        scores = _fields(readings, understanding)
        console.print(reading_table(readings))
        if any(file.group == REAL_GROUP for file in files):
            console.print(left_out_table(readings))
        else:
            console.print("ไม่มีชุดสแกนจริงในเครื่องนี้ จึงไม่ได้วัดชุดนั้น")
        console.print(digits_table(readings))
        console.print(sureness_table(readings))
        console.print(scores.table())
        if arguments.details:
            console.print("\n".join(scores.wrong), markup=False, highlight=False)
        console.print(field_speed)
        print_texts(console)
        console.print(speed_table(files, pool, processes, folder))
        if not can_ocrmypdf():
            console.print("ไม่มีโปรแกรม ocrmypdf ในเครื่องนี้ จึงไม่ได้วัดความเร็วเทียบกับโปรแกรมนั้น")
        pool.close()
        console.print(memory_table(plan, folder))
    bench_classify.main([])
    bench_desk.main([])
    bench_intake.main([])


def _fields(readings: Sequence[BothReadings], understanding: Understanding) -> FieldScores:
    scores = FieldScores()
    for each in readings:
        letters = read_letters(each.pages, understanding, today(now()))
        scores.add(
            each.file.group, each.file.path.name, each.file.letters, [it.fields for it in letters]
        )
    return scores


if __name__ == "__main__":
    main()
