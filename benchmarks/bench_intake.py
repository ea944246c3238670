"""``python -m benchmarks.bench_intake``: files on their way in, beside copying them.

1,000 files of 300 kB through the API and through the browser, against writing them to the same
disk; then 10,000 small documents: how many are taken per second, how much memory the server
needs, and how long a single scan waits behind them.
"""

from __future__ import annotations

import argparse
import base64
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import httpx
from rich.console import Console
from rich.table import Table

from benchmarks.intake_pages import small_letter
from models import scans
from models.database import looking, writing
from models.scans import ScanState
from models.stations import add_station
from saraban.office import Office, now, open_office, train_what_is_missing
from saraban.settings import Settings, load_settings

_SIZE = 300_000  # bytes of a scanned page
_AT_ONCE = 3  # files on their way at a time, as browsers do
_PORT = 8765
_CHROMIUM = Path("/usr/bin/chromium")


_WATCH = """() => {
    window.longest = 0;
    new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries())
            window.longest = Math.max(window.longest, duration);
    }).observe({ entryTypes: ["longtask"] });
}"""


@dataclass(frozen=True, slots=True)
class Server:
    """An office served by ``saraban serve`` in a process of its own."""

    office: Office
    process: subprocess.Popen[bytes]
    key: str

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{_PORT}"

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.key}"}

    def memory(self) -> float:
        """Return the highest resident memory of the server process so far, in MiB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        (line,) = (line for line in status.splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024


@contextmanager
def serving(data: Path, models: Path, *, reading: bool) -> Iterator[Server]:
    """Serve an empty office; without ``reading`` another process holds the reader's place."""
    data.mkdir()
    (data / "models").symlink_to(models.absolute())
    office = open_office(Settings(data_dir=data))
    with writing(office.engine) as connection:
        key = add_station(connection, "วัดความเร็ว", now())
    lock = data / "worker.lock"
    holder = None
    if not reading:
        command = f"import fcntl,time;f=open({str(lock)!r},'w');fcntl.flock(f,2);time.sleep(1e6)"
        holder = subprocess.Popen([sys.executable, "-c", command])
        time.sleep(0.5)
    environ = os.environ | {"SARABAN_DATA_DIR": str(data), "SARABAN_PORT": str(_PORT)}
    process = subprocess.Popen(
        [sys.executable, "-m", "saraban", "serve"], env=environ, stdout=subprocess.DEVNULL
    )
    try:
        _wait_for(process)
        yield Server(office, process, key)
    finally:
        for each in filter(None, (process, holder)):
            each.send_signal(signal.SIGTERM if each is process else signal.SIGKILL)
            each.wait()


def _wait_for(process: subprocess.Popen[bytes]) -> None:
    for _ in range(1200):
        assert process.poll() is None, "the server did not start"
        try:
            httpx.get(f"http://127.0.0.1:{_PORT}/status.json")
            return
        except httpx.TransportError:
            time.sleep(0.1)
    raise AssertionError("the server does not answer")


def make_files(folder: Path, count: int) -> list[Path]:
    """Write files that look like PDFs to the door, each different."""
    folder.mkdir()
    luck = random.Random(5)
    paths = []
    for number in range(count):
        path = folder / f"{number:05}.pdf"
        path.write_bytes(b"%PDF-1.4\n" + luck.randbytes(_SIZE))
        paths.append(path)
    return paths


def copied(paths: list[Path], target: Path, *, flushed: bool) -> float:
    """Return how long copying takes, in seconds; flushed as durably as an intake must."""
    target.mkdir()
    began = time.perf_counter()
    for path in paths:
        with (target / path.name).open("wb") as file:
            file.write(path.read_bytes())
            if flushed:
                file.flush()
                os.fsync(file.fileno())
    return time.perf_counter() - began


def sent(server: Server, contents: Iterable[bytes], batch: int | None = None) -> float:
    """Send contents by creation-with-upload, as the agent does; return the seconds."""
    headers = server.headers | {
        "Tus-Resumable": "1.0.0",
        "Content-Type": "application/offset+octet-stream",
    }
    if batch is not None:
        headers["Upload-Metadata"] = f"batch {base64.b64encode(str(batch).encode()).decode()}"
    client = httpx.Client(base_url=server.address, headers=headers, timeout=120)

    def send(content: bytes) -> None:
        length = {"Upload-Length": str(len(content))}
        while True:
            answer = client.post("/api/v1/uploads", headers=length, content=content)
            if answer.status_code != 429:
                assert answer.status_code == 201, answer.text
                return
            time.sleep(float(answer.headers["Retry-After"]))

    began = time.perf_counter()
    with ThreadPoolExecutor(_AT_ONCE) as threads:
        for _ in threads.map(send, contents):
            pass
    return time.perf_counter() - began


def sent_by_browser(server: Server, folder: Path, count: int) -> tuple[float, float]:
    """Choose a folder in Chromium; return the seconds, and the longest block of the tab in ms."""
    from playwright.sync_api import sync_playwright

    arguments = ["--headless", "--no-sandbox", "--disable-background-networking"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_CHROMIUM, args=arguments)
        context = browser.new_context(viewport={"width": 1366, "height": 768})
        name = {"name": "saraban_officer", "value": quote("สมชาย ใจเย็น"), "url": server.address}
        context.add_cookies([name])
        page = context.new_page()
        page.goto(f"{server.address}/import")
        page.fill("#name", "วัดความเร็ว")
        page.keyboard.press("Enter")
        page.wait_for_url("**/import/*")
        page.evaluate(_WATCH)
        began = time.perf_counter()
        page.set_input_files("#folder", folder)
        page.wait_for_selector("#said:has-text('ส่งครบแล้ว')", timeout=600_000)
        seconds = time.perf_counter() - began
        longest = float(page.evaluate("() => window.longest"))
        assert f"{count:,}/{count:,}" in page.inner_text("#sent-text")
        browser.close()
    return seconds, longest


def in_and_out(folder: Path, models: Path, count: int, console: Console) -> None:
    """Measure large files through every way in, against copying them."""
    paths = make_files(folder / "files", count)
    size = sum(path.stat().st_size for path in paths)
    table = Table(title=f"{count:,} ไฟล์ × 300 kB เข้าระบบ เทียบกับคัดลอกลงดิสก์เดียวกัน")
    for heading in ("ทาง", "วินาที", "ไฟล์/วินาที", "MB/วินาที", "เท่าของคัดลอก+fsync"):
        table.add_column(heading, justify="left" if heading == "ทาง" else "right")
    plain = copied(paths, folder / "plain", flushed=False)
    flushed = copied(paths, folder / "flushed", flushed=True)
    rows = [("คัดลอก", plain), ("คัดลอก + fsync ทุกไฟล์", flushed)]
    with serving(folder / "api", models, reading=False) as server:
        rows.append(("API (tus, 3 พร้อมกัน)", sent(server, (path.read_bytes() for path in paths))))
    longest = 0.0
    if _CHROMIUM.exists():
        with serving(folder / "browser", models, reading=False) as server:
            seconds, longest = sent_by_browser(server, folder / "files", count)
            rows.append(("เบราว์เซอร์ (เลือกโฟลเดอร์)", seconds))
    for name, seconds in rows:
        table.add_row(
            name,
            f"{seconds:.1f}",
            f"{count / seconds:.0f}",
            f"{size / seconds / 1e6:.1f}",
            f"{seconds / flushed:.2f}",
        )
    console.print(table)
    console.print(f"แท็บค้างนานที่สุดระหว่างส่ง {longest:.0f} ms (เป้า 100)")


def behind_a_backlog(folder: Path, models: Path, count: int, console: Console) -> None:
    """Measure how fast small documents are taken, and how long a single scan waits behind them."""
    table = Table(title=f"เอกสารเล็ก {count:,} ฉบับ เข้าระบบขณะที่เครื่องกำลังอ่าน")
    table.add_column("ค่าที่วัด")
    table.add_column("ผล", justify="right")
    with serving(folder / "many", models, reading=True) as server:
        batch = _open_batch(server)
        before = server.memory()
        seconds = sent(server, (small_letter(number) for number in range(count)), batch)
        alone = [_time_of_single(server, number) for number in range(3)]
        table.add_row("รับต่อวินาที", f"{count / seconds:.0f}")
        table.add_row("หน่วยความจำเซิร์ฟเวอร์ ก่อน/สูงสุด (MiB)", f"{before:.0f} / {server.memory():.0f}")
        waits = ", ".join(f"{each:.1f}" for each in alone)
        table.add_row("สแกนเดี่ยวที่มาทีหลัง อ่านเสร็จใน (วินาที)", waits)
        with looking(server.office.engine) as connection:
            left = scans.count_by_state(connection)[ScanState.RECEIVED]
        table.add_row("เอกสารที่ยังรออ่านในขณะนั้น", f"{left:,}")
    with serving(folder / "single", models, reading=True) as server:
        calm = [_time_of_single(server, 100 + number) for number in range(3)]
        waits = ", ".join(f"{each:.1f}" for each in calm)
        table.add_row("สแกนเดี่ยวเมื่อไม่มีงานค้าง (วินาที)", waits)
    console.print(table)


def _open_batch(server: Server) -> int:
    answer = httpx.post(
        f"{server.address}/api/v1/batches",
        headers=server.headers,
        json={"name": "งานค้าง", "files": []},
        timeout=60,
    )
    return int(answer.json()["id"])


def _time_of_single(server: Server, number: int) -> float:
    """Return how long a scan of the counter takes from sending to its draft, in seconds."""
    began = time.perf_counter()
    answer = httpx.post(
        f"{server.address}/api/v1/documents",
        headers=server.headers | {"Idempotency-Key": f"single-{number}"},
        files={"file": ("เคาน์เตอร์.png", small_letter(1_000_000 + number))},
        timeout=120,
    )
    where = answer.json()["links"]["self"]
    while True:
        told = httpx.get(f"{server.address}{where}", headers=server.headers, timeout=60).json()
        if told["status"] != "received":
            assert told["status"] == "read", told
            return time.perf_counter() - began
        time.sleep(0.1)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print the tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bench_intake")
    parser.add_argument("--files", type=int, default=1_000)
    parser.add_argument("--documents", type=int, default=10_000)
    given = parser.parse_args(arguments)
    settings = load_settings()
    train_what_is_missing(settings)
    console = Console(width=120)
    with tempfile.TemporaryDirectory() as name:
        in_and_out(Path(name), settings.shelf, given.files, console)
        behind_a_backlog(Path(name), settings.shelf, given.documents, console)


if __name__ == "__main__":
    main()
