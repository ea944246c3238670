"""How long it takes to read the fields of a page whose words are known."""

from __future__ import annotations

import datetime as dt
import statistics
import time
from collections.abc import Iterable, Sequence

from rich.table import Table

from benchmarks.known_texts import known_texts
from extract import Gazetteer, lines_from_text, read_fields, split_letters
from models.letters import OcrPage

TARGET = 50.0  # milliseconds a page
_CAPTION = "อ่านช่องจากคำที่อ่านไว้แล้ว หน้าละครั้งเดียว ไม่รวมการอ่านภาพ"


def field_times(
    files: Iterable[Sequence[OcrPage]], gazetteer: Gazetteer, today: dt.date
) -> tuple[float, ...]:
    """Return the milliseconds a page of every letter in the files, each read once.

    What a text leaves in the caches must not help: this comes before the texts are read otherwise.
    What a process loads once (word lists) does not count: letters as text go before.
    """
    for text in known_texts("tuning"):
        read_fields([lines_from_text(text.text)], gazetteer, today)
    times = []
    for letter in (letter for pages in files for letter in split_letters(pages)):
        start = time.perf_counter()
        read_fields(letter, gazetteer, today)
        times.append((time.perf_counter() - start) * 1000 / len(letter))
    return tuple(times)


def field_speed_table(times: Sequence[float]) -> Table:
    """Return the median, the 95th percentile and the slowest beside the target."""
    table = Table(title=f"ความเร็วอ่านช่องข้อมูล: {len(times)} ฉบับ", caption=_CAPTION)
    table.add_column("ต่อหน้า")
    for heading in ("มิลลิวินาที", "เป้าหมาย"):
        table.add_column(heading, justify="right")
    slow = statistics.quantiles(times, n=20, method="inclusive")[-1] if len(times) > 1 else times[0]
    for name, figure in (
        ("มัธยฐาน", statistics.median(times)),
        ("เปอร์เซ็นไทล์ที่ 95", slow),
        ("ช้าที่สุด", max(times)),
    ):
        table.add_row(name, f"{figure:.1f}", f"≤{TARGET:.0f} {'✓' if figure <= TARGET else '✗'}")
    return table
