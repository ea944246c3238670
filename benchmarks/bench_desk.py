"""``python -m benchmarks.bench_desk``: whether an officer ever waits for the desk.

A real Chromium, six times slower than this machine, on a line of 10 Mbit/s and 40 ms, with pictures
of real size; the server's share with as many letters as a province has. Nothing is asserted.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Browser
from rich.console import Console
from rich.table import Table

from benchmarks.desk import review
from benchmarks.desk.full_office import Filling, full_office, served
from benchmarks.desk.letters import reading
from benchmarks.desk.server_times import server_times
from benchmarks.desk.tab import CHROMIUM, SLOWER, a_browser
from models.terms import FieldName

# What an officer who keys everything in by hand keys in: as in the main part of the form.
_MAIN = (
    *(FieldName.REFERENCE_NO, FieldName.DATE, FieldName.DISTRICT, FieldName.SUBDISTRICT),
    *(FieldName.SUBJECT, FieldName.COMPLAINANT, FieldName.PHONE),
)
_CHOSEN = 2  # the kind of letter and its category, a key and a tabulator each
_CHECKED = 4  # Enter on three critical fields and on the button; counted in tests/review_ui


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bench_desk")
    parser.add_argument("--quick", action="store_true", help="fewer letters, in a few minutes")
    quick = parser.parse_args(arguments).quick
    console = Console(width=120)
    if not CHROMIUM.exists():
        console.print(f"ไม่มี {CHROMIUM} ในเครื่องนี้ จึงไม่ได้วัดหน้าจอเจ้าหน้าที่")
        return
    title = f"หน้าจอเจ้าหน้าที่ (ซีพียูช้าลง {SLOWER} เท่า, 10 Mbit/s + 40 ms, 1366×768)"
    table = Table("วัดอะไร", "เป้า", "วัดได้", title=title)
    with tempfile.TemporaryDirectory() as name:
        _in_the_browser(table, Path(name), quick)
    with tempfile.TemporaryDirectory() as name:
        _on_the_server(table, Path(name), 20_000 if quick else 200_000, 20 if quick else 40)
    _keystrokes(table)
    console.print(table)


def _in_the_browser(table: Table, folder: Path, quick: bool) -> None:
    letters, many, tries = (30, 60, 3) if quick else (40, 300, 5)
    waiting = 2 * letters + many + 20
    office = full_office(folder, Filling(waiting), waiting)
    last = f"/drafts/{waiting}"
    with served(office) as address, a_browser() as browser:
        for name, times in review.first_paints(browser, address, last, tries).items():
            limit = "≤ 1200 ms" if name.endswith("ครั้งแรก") else "≤ 600 ms"
            table.add_row(f"P1 เห็นหน้า{name} (มัธยฐาน, ช้าสุด)", limit, _typical(times))
        fields = review.first_fields(browser, address, last, tries)
        table.add_row("P2 เริ่มตรวจช่องแรกได้ (มัธยฐาน, ช้าสุด)", "≤ 1500 ms", _typical(fields))
        _flips(table, browser, address, letters)
        laid, found = review.hit_test(browser, address, last)
        table.add_row("P5 หาคำใต้เมาส์ใน 1,000 คำ", "≤ 4 ms", f"{found:.3f} ms (วางผัง {laid:.0f} ms)")
        heap, nodes = review.growth(browser, address, many)
        table.add_row(f"P6 ความจำหลังตรวจ {many} เรื่อง", "≤ +20 MB", f"{heap:+.1f} MB")
        table.add_row(f"P6 DOM หลังตรวจ {many} เรื่อง", "≤ +200", f"{nodes:+.0f}")
        pages = ("/queue", last, "/overview", f"/drafts/{waiting}/split")
        for path, (scripts, fonts) in review.weights(browser, address, pages).items():
            size = f"{scripts:.1f} kB, {fonts:.0f} kB"
            table.add_row(f"P7 สคริปต์ (gzip), ฟอนต์ {path}", "≤ 60, ≤ 120 kB", size)


def _flips(table: Table, browser: Browser, address: str, letters: int) -> None:
    for word, limit, wait in (("มาก่อนแล้ว", "≤ 250 ms", True), ("ยังไม่มา", "≤ 1000 ms", False)):
        done = review.flips(browser, address, letters, wait)
        times = f"{review.p95(done.focus):.0f} ms ({_middle(done.focus)})"
        table.add_row(f"P3 บันทึกแล้วถึงช่องแรกของเรื่องถัดไป {word} P95", limit, times)
        times = f"{review.p95(done.paint):.0f} ms ({_middle(done.paint)})"
        table.add_row(f"P3 … จนวาดเสร็จบนจอ {word} P95", "", times)
        if wait:
            times = f"{review.p95(done.keys):.0f} ms ({_middle(done.keys)})"
            table.add_row("P4 กดแป้นแล้วถึงช่อง P95", "≤ 50 ms", times)
            slowest = review.p95(done.interactions) if done.interactions else 0
            table.add_row("P4 INP (P95 ของทุกแป้น)", "≤ 200 ms", f"{slowest:.0f} ms")


def _on_the_server(table: Table, folder: Path, letters: int, tries: int) -> None:
    filling = Filling(letters * 85 // 100, letters * 11 // 100, letters * 4 // 100)
    office = full_office(folder, filling)
    with served(office) as address:
        first = letters - filling.waiting + 1_000
        for name, time in server_times(address, first, tries).items():
            table.add_row(f"P8 {name} ที่ {letters:,} เรื่อง P95", "≤ 150 ms", f"{time:.0f} ms")


def _keystrokes(table: Table) -> None:
    """Against keying the same letters into a spreadsheet: every sign, and a tabulator per field."""
    by_hand = []
    for number in range(100):
        found = reading(number).fields.values
        texts = [field.value or "" for name in _MAIN if (field := found.get(name))]
        by_hand.append(sum(len(text) + 1 for text in texts) + 2 * _CHOSEN)
    usual = review.median(by_hand)
    note = f"{_CHECKED} แป้น (พิมพ์เองทั้ง 9 ช่อง {usual:.0f} แป้น, {usual / _CHECKED:.0f} เท่า)"
    table.add_row("E1 แป้นต่อเรื่องที่อ่านถูกหมด", "≤ 5", note)


def _typical(times: Sequence[float]) -> str:
    return f"{review.median(times):.0f} ms, {max(times):.0f} ms"


def _middle(times: Sequence[float]) -> str:
    return f"มัธยฐาน {review.median(times):.0f}, {len(times)} ครั้ง"


if __name__ == "__main__":
    main()
