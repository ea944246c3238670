"""``saraban ingest``: takes files in, sees them read, and gives a receipt."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from ingest.intake import receive
from ingest.worker import Worker
from ingest.worker_lock import AnotherWorker
from models import pages, scans
from models.batches import BatchOrigin, open_batch
from models.database import looking, writing
from models.drafts import drafts_of_scan
from models.letters import PageState
from models.scans import Arrival, Origin, Outcome, StoredScan
from saraban.office import Office, now
from saraban.receipt import Receipt

_POLL_SECONDS = 0.3


class NothingGiven(Exception):
    """There is no such path, or no file under it."""


def find_files(paths: Iterable[Path]) -> Iterator[Path]:
    """Give the files under the paths, folders sorted by name; hidden ones are passed over."""
    for path in paths:
        if path.is_dir():
            inside = sorted(child for child in path.iterdir() if not child.name.startswith("."))
            yield from find_files(inside)
        else:
            yield path


def some_files(paths: Sequence[Path]) -> list[Path]:
    """Return the files under the paths.

    Raises:
        NothingGiven: there is none, or a path does not exist.
    """
    for path in paths:
        if not path.exists():
            raise NothingGiven(f"ไม่พบ {path}")
    files = list(find_files(paths))
    if not files:
        raise NothingGiven("ไม่พบไฟล์ในที่ที่ระบุ")
    return files


def ingest(office: Office, paths: Sequence[Path], batch: str, console: Console) -> Receipt:
    """Take the files under the paths in, wait until they are read, and return the receipt.

    Raises:
        NothingGiven: there is no file.
    """
    files = some_files(paths)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("เหลือ"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console) as progress:
        arrivals = _take_in(office, files, batch, progress)
        mine = sorted({arrival.scan_id for arrival in arrivals if arrival.scan_id is not None})
        _wait_until_read(office, mine, progress)
    return _receipt(office, arrivals, mine)


def _take_in(
    office: Office, files: Sequence[Path], batch: str, progress: Progress
) -> list[Arrival]:
    with writing(office.engine) as connection:
        batch_id = open_batch(connection, BatchOrigin(batch, "ingest"), now())
    arrivals: list[Arrival] = []
    task = progress.add_task("รับไฟล์", total=len(files))
    for path in files:
        arrivals += _take_one(office, path, batch_id)
        progress.advance(task)
    return arrivals


def _take_one(office: Office, path: Path, batch_id: int) -> list[Arrival]:
    """Take one file in; one that cannot be opened is on the receipt like any other."""
    try:
        # Without blocking: a pipe that nobody writes to would hold us for ever.
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    except OSError as error:
        return _refuse(office, path, f"เปิดไฟล์ไม่ได้ ({error.strerror})", batch_id)
    with os.fdopen(descriptor, "rb") as stream:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            return _refuse(office, path, "ไม่ใช่ไฟล์ธรรมดา", batch_id)
        return receive(office.intake, stream, path.name, Origin("ingest", batch_id))


def _refuse(office: Office, path: Path, reason: str, batch_id: int) -> list[Arrival]:
    arrival = Arrival(path.name, None, Outcome.REFUSED, reason, None)
    with writing(office.engine) as connection:
        scans.add_arrival(connection, arrival, Origin("ingest", batch_id), now())
    return [arrival]


def _wait_until_read(office: Office, mine: list[int], progress: Progress) -> None:
    """Read the scans here, or watch another process read them."""
    left = _left(office, mine)
    task = progress.add_task("อ่านเอกสาร", total=left)
    if not left:
        return
    total = left
    worker, working = office.worker(), False
    try:
        while left:
            # Another process may have the office's work, and may end at any time.
            working = working or _takes_over(worker)
            left = _left(office, mine)
            progress.update(task, completed=total - left)
            time.sleep(_POLL_SECONDS)
    finally:
        if working:
            worker.stop()


def _takes_over(worker: Worker) -> bool:
    """Start the worker; False while another process has the office's work."""
    try:
        worker.start()
    except AnotherWorker:
        return False
    return True


def _left(office: Office, mine: list[int]) -> int:
    with looking(office.engine) as connection:
        return scans.unfinished(connection, mine)


def _receipt(office: Office, arrivals: list[Arrival], mine: list[int]) -> Receipt:
    new = {arrival.scan_id for arrival in arrivals if arrival.outcome is Outcome.NEW}
    found: list[StoredScan] = []
    unread = drafts = 0
    with looking(office.engine) as connection:
        for scan_id in mine:
            scan = scans.get_scan(connection, scan_id)
            if scan is None or scan_id not in new:
                continue
            found.append(scan)
            drafts += len(drafts_of_scan(connection, scan_id))
            states = [page.state for page in pages.get_pages(connection, scan_id)]
            unread += states.count(PageState.UNREAD)
    return Receipt(arrivals, found, unread, drafts)
