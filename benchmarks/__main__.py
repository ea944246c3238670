"""``make bench``: accuracy and speed beside plain Tesseract, measured in one run."""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import cv2
from rich.console import Console
from rich.table import Table

from benchmarks import bench_classify, plain_tesseract
from benchmarks.bench_fields import FieldScores
from benchmarks.error_rate import character_error_rate, lost_lines
from benchmarks.sets import Measured, drawn, real_scans, samples
from ingest.limits import Limits
from ingest.opening import count_pages, render_page
from ingest.page_reading import PageJob, PagePool
from ingest.reading import Understanding, read_letters
from saraban.office import now, open_understanding, reader_plan, today, train_what_is_missing
from saraban.settings import load_settings


@dataclass(slots=True)
class Group:
    """What was measured on one set of pages."""

    plain: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    best: list[float] = field(default_factory=list)
    ours: list[float] = field(default_factory=list)
    lost_plain: int = 0
    lost_ours: int = 0
    pages: int = 0


@dataclass(frozen=True, slots=True)
class Bench:
    """What is measured."""

    pool: PagePool
    understanding: Understanding
    limits: Limits
    processes: int


def main() -> None:
    """Measure and print the tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("--drawn", type=int, default=7, help="drawn letters of each degradation")
    parser.add_argument("--details", action="store_true", help="list every wrong field")
    arguments = parser.parse_args()
    console = Console(width=140)
    settings = load_settings()
    train_what_is_missing(settings)
    bench = Bench(
        PagePool(reader_plan(settings), settings.processes),
        open_understanding(settings),
        settings.limits,
        settings.processes,
    )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = [*samples(), *real_scans(), *drawn(folder, arguments.drawn)]
        if not any(one.group == "สแกนจริง" for one in files):
            console.print("ไม่มีชุดสแกนจริงในเครื่องนี้ จึงไม่ได้วัดชุดนั้น")
        groups, scores = _accuracy(files, bench, folder)
        console.print(_reading_table(groups))
        console.print(scores.table())
        if arguments.details:
            console.print("\n".join(scores.wrong), markup=False, highlight=False)
        console.print(_speed_table(files, bench))
    bench.pool.close()
    bench_classify.main([])


def _accuracy(
    files: Iterable[Measured], bench: Bench, folder: Path
) -> tuple[dict[str, Group], FieldScores]:
    groups: dict[str, Group] = defaultdict(Group)
    scores = FieldScores()
    with ThreadPoolExecutor(bench.processes) as pool:
        for one in files:
            count = count_pages(one.path, one.media_type, bench.limits)
            images = [_image(one, number, bench.limits, folder) for number in range(1, count + 1)]
            jobs = [PageJob(one.path, one.media_type, n) for n in range(1, count + 1)]
            read = [future.result().page for future in [bench.pool.submit(job) for job in jobs]]
            text = "\n".join(page.text for page in read)
            plain = {
                mode: "\n".join(
                    pool.map(lambda image, mode=mode: plain_tesseract.read(image, mode), images)
                )
                for mode in plain_tesseract.MODES
            }
            group = groups[one.group]
            rates = {mode: character_error_rate(one.text, text) for mode, text in plain.items()}
            for mode, rate in rates.items():
                group.plain[mode].append(rate)
            best = min(rates, key=lambda mode: rates[mode])
            group.best.append(rates[best])
            group.ours.append(character_error_rate(one.text, text))
            group.lost_plain += lost_lines(one.text, plain[best])
            group.lost_ours += lost_lines(one.text, text)
            group.pages += count
            letters = read_letters(read, bench.understanding, today(now()))
            scores.add(one.group, one.path.name, one.letters, letters)
    return groups, scores


def _image(one: Measured, number: int, limits: Limits, folder: Path) -> Path:
    path = folder / f"{one.path.stem}-{number}.page.png"
    pixels = render_page(one.path, one.media_type, number, limits)
    cv2.imwrite(str(path), cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR))
    return path


def _reading_table(groups: dict[str, Group]) -> Table:
    table = Table(title="อัตราอักษรผิด (CER, ไม่นับช่องว่าง) เทียบกับ tesseract -l tha")
    headings = ("psm 3", "psm 4", "psm 6", "ดีที่สุดต่อหน้า", "saraban", "อัตราส่วน")
    table.add_column("ชุด")
    table.add_column("หน้า", justify="right")
    for heading in (*headings, "บรรทัดหาย เดิม/เรา"):
        table.add_column(heading, justify="right")
    for name, group in groups.items():
        best, ours = statistics.mean(group.best), statistics.mean(group.ours)
        rates = [statistics.mean(group.plain[mode]) for mode in plain_tesseract.MODES]
        table.add_row(
            name,
            str(group.pages),
            *(f"{rate:.2%}" for rate in (*rates, best, ours)),
            f"{ours / max(best, 1e-9):.2f}",
            f"{group.lost_plain}/{group.lost_ours}",
        )
    return table


def _speed_table(files: list[Measured], bench: Bench) -> Table:
    """Read the same page images with as many processes, in turn, three rounds."""
    single = [one for one in files if one.path.suffix == ".png"][:24]
    rounds: dict[str, list[float]] = defaultdict(list)
    for _ in range(3):
        with ThreadPoolExecutor(bench.processes) as pool:
            start = time.perf_counter()
            list(pool.map(lambda one: plain_tesseract.read(one.path, "3"), single))
            rounds["tesseract --psm 3"].append(time.perf_counter() - start)
            start = time.perf_counter()
            jobs = [bench.pool.submit(PageJob(one.path, one.media_type, 1)) for one in single]
            for job in jobs:
                job.result()
            rounds["saraban (เปิด ตั้งตรง อ่าน)"].append(time.perf_counter() - start)
    table = Table(title=f"ความเร็ว: {len(single)} หน้า {bench.processes} กระบวนการ มัธยฐานจาก 3 รอบ")
    for heading in ("โปรแกรม", "หน้าต่อนาที", "อัตราส่วน"):
        table.add_column(heading, justify="left" if heading == "โปรแกรม" else "right")
    base = statistics.median(rounds["tesseract --psm 3"])
    for name, times in rounds.items():
        seconds = statistics.median(times)
        table.add_row(name, f"{len(single) / seconds * 60:.1f}", f"{base / seconds:.2f}")
    return table


if __name__ == "__main__":
    main()
