"""Pages per minute beside the programs that a user would pick instead."""

from __future__ import annotations

import shutil
import statistics
import subprocess
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from PIL import Image
from rich.table import Table

from benchmarks import plain_tesseract
from benchmarks.sets import Measured, drawn_group
from ingest.page_reading import PageJob, PagePool

TESSERACT, OURS, OCRMYPDF = "tesseract --psm 3", "saraban (เปิด ตั้งตรง อ่าน)", "ocrmypdf"
_GROUPS = {drawn_group(way) for way in ("clean", "clean300", "colour", "photocopy")}
_ROUNDS = 3

Way = Callable[[Sequence[Measured]], None]


def can_ocrmypdf() -> bool:
    """Tell whether OCRmyPDF is installed."""
    return shutil.which("ocrmypdf") is not None


def speed_table(files: Sequence[Measured], pool: PagePool, processes: int, folder: Path) -> Table:
    """Let the programs read the same page images in turn, with as many processes each."""
    pages = [file for file in files if file.group in _GROUPS]
    times = _timed(_ways(pool, processes, folder), pages, processes)
    caption = (
        f"หน้าเดี่ยวของ {', '.join(sorted(_GROUPS))} · อุ่นเครื่องโปรแกรมละหนึ่งหน้าต่อกระบวนการก่อนจับเวลา\n"
        "ocrmypdf อ่านภาพชุดเดียวกันใน PDF ไฟล์เดียว"
    )
    table = Table(
        title=f"ความเร็ว: {len(pages)} หน้า {processes} กระบวนการ มัธยฐานจาก {_ROUNDS} รอบสลับกัน",
        caption=caption,
    )
    table.add_column("โปรแกรม")
    for heading in ("หน้าต่อนาที", "เท่าของ tesseract", "เท่าของ ocrmypdf"):
        table.add_column(heading, justify="right")
    for name, seconds in times.items():
        against = [
            f"{times[base] / seconds:.2f}" if base in times else "–"
            for base in (TESSERACT, OCRMYPDF)
        ]
        table.add_row(name, f"{len(pages) / seconds * 60:.1f}", *against)
    return table


def _ways(pool: PagePool, processes: int, folder: Path) -> Mapping[str, Way]:
    ways: dict[str, Way] = {
        TESSERACT: lambda pages: _tesseract(pages, processes),
        OURS: lambda pages: _ours(pages, pool),
    }
    if can_ocrmypdf():
        ways[OCRMYPDF] = lambda pages: _ocrmypdf(pages, processes, folder)
    return ways


def _timed(
    ways: Mapping[str, Way], pages: Sequence[Measured], processes: int
) -> Mapping[str, float]:
    """Return the median seconds of each way."""
    rounds: dict[str, list[float]] = defaultdict(list)
    for way in ways.values():
        way(pages[:processes])
    for _ in range(_ROUNDS):
        for name, way in ways.items():
            start = time.perf_counter()
            way(pages)
            rounds[name].append(time.perf_counter() - start)
    return {name: statistics.median(seconds) for name, seconds in rounds.items()}


def _tesseract(pages: Sequence[Measured], processes: int) -> None:
    with ThreadPoolExecutor(processes) as threads:
        list(threads.map(lambda page: plain_tesseract.read(page.path, "3"), pages))


def _ours(pages: Sequence[Measured], pool: PagePool) -> None:
    jobs = [pool.submit(PageJob(page.path, page.media_type, 1)) for page in pages]
    for job in jobs:
        job.result()


def _ocrmypdf(pages: Sequence[Measured], processes: int, folder: Path) -> None:
    command = ["ocrmypdf", "--quiet", "--jobs", str(processes), "-l", "tha"]
    command += ["--output-type", "pdf", str(_pdf_of(pages, folder)), str(folder / "ocrmypdf.pdf")]
    subprocess.run(command, check=True)


def _pdf_of(pages: Sequence[Measured], folder: Path) -> Path:
    """Return a PDF of the page images, each at the resolution that it was drawn at."""
    path = folder / f"{len(pages)}-pages.pdf"
    if not path.exists():
        for number, page in enumerate(pages):
            with Image.open(page.path) as image:
                resolution = float(image.info["dpi"][0])
                image.save(path, "PDF", append=number > 0, resolution=resolution, quality=85)
    return path
