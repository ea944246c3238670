"""In which order scans are read, and what holds reading back."""

from __future__ import annotations

import errno
import io
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from ingest import pipeline
from ingest.archive import Archive
from ingest.intake import receive
from models import batches, scans, work_items
from models.batches import BatchOrigin, open_batch
from models.database import looking, writing
from models.letters import PageState
from models.pages import get_pages
from models.scans import Origin, ScanState, StoredScan
from models.work_items import AT_ONCE, BACKLOG
from saraban.office import Office
from tests.conftest import NOW, ROOT, data_with_models, environment, page_of_text
from tests.ingest.offices import office_in
from tests.waiting import eventually

READ_WITHIN = 90  # seconds
PILE = 14


def letter(number: int) -> bytes:
    file = io.BytesIO()
    page = Image.fromarray(page_of_text("หน้าแรกอ่านได้ดี")).convert("L").resize((827, 1170))
    page.save(file, "PNG")
    file.write(str(number).encode())  # behind the picture: no two are the same bytes
    return file.getvalue()


def take_in(office: Office, number: int, origin: Origin) -> int:
    (arrival,) = receive(office.intake, io.BytesIO(letter(number)), f"{number}.png", origin)
    assert arrival.scan_id is not None
    return arrival.scan_id


def new_batch(office: Office, name: str) -> int:
    with writing(office.engine) as connection:
        return open_batch(connection, BatchOrigin(name, "test"), NOW)


def scan(office: Office, scan_id: int) -> StoredScan:
    with looking(office.engine) as connection:
        found = scans.get_scan(connection, scan_id)
    assert found is not None
    return found


def read_of(office: Office, scan_ids: list[int]) -> int:
    return sum(scan(office, scan_id).state is ScanState.READ for scan_id in scan_ids)


@contextmanager
def working(office: Office, processes: str = "1", **settings: str) -> Iterator[None]:
    """``saraban work`` in a process of its own."""
    environ = environment(office.settings.data_dir, SARABAN_PROCESSES=processes, **settings)
    process = subprocess.Popen([sys.executable, "-m", "saraban", "work"], cwd=ROOT, env=environ)
    try:
        yield
        assert process.poll() is None
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()


@pytest.mark.slow
def test_a_single_scan_overtakes_a_backlog_and_a_paused_batch_waits(
    tmp_path: Path, trained: Path
) -> None:
    office = office_in(data_with_models(tmp_path / "data", trained))
    backlog, paused, cancelled = (new_batch(office, name) for name in ("ค้าง", "พัก", "ยกเลิก"))
    pile = [take_in(office, n, Origin("test", backlog, rank=BACKLOG)) for n in range(PILE)]
    held = take_in(office, 100, Origin("test", paused))
    dropped = take_in(office, 101, Origin("test", cancelled))
    with writing(office.engine) as connection:
        batches.pause(connection, paused)
        batches.cancel(connection, cancelled, NOW)
    with working(office):
        eventually(lambda: read_of(office, pile) >= 1, READ_WITHIN)
        single = take_in(office, 200, Origin("test", rank=AT_ONCE))
        before = read_of(office, pile)
        eventually(lambda: scan(office, single).state is ScanState.READ, READ_WITHIN)
        assert read_of(office, pile) - before <= 3  # the pages under way, not the pile
        assert scan(office, held).state is ScanState.RECEIVED
        with writing(office.engine) as connection:
            batches.resume(connection, paused)
            batches.set_urgent(connection, paused, True)
        eventually(lambda: scan(office, held).state is ScanState.READ, READ_WITHIN)
        assert read_of(office, pile) < PILE
        eventually(lambda: read_of(office, pile) == PILE, READ_WITHIN)
    found = scan(office, dropped)
    assert (found.state, found.reason) == (ScanState.CANCELLED, batches.CANCELLED)
    assert office.archive.original(found.sha256).exists()


@pytest.mark.slow
def test_a_worker_that_is_stopped_in_the_middle_blames_no_page(
    tmp_path: Path, trained: Path
) -> None:
    office = office_in(data_with_models(tmp_path / "data", trained))
    pile = [take_in(office, n, Origin("test")) for n in range(PILE)]
    for stop_at in (1, 4, 7):
        with working(office, "2"):
            eventually(lambda enough=stop_at: read_of(office, pile) >= enough, READ_WITHIN)  # type: ignore[misc]
        assert read_of(office, pile) < PILE
    with working(office, "2"):
        eventually(lambda: read_of(office, pile) == PILE, READ_WITHIN)
    with looking(office.engine) as connection:
        states = [page.state for each in pile for page in get_pages(connection, each)]
    assert states == [PageState.READ] * PILE


@pytest.mark.slow
def test_nothing_is_read_without_room_and_nothing_fails_for_it(
    tmp_path: Path, trained: Path
) -> None:
    office = office_in(data_with_models(tmp_path / "data", trained))
    waiting = take_in(office, 1, Origin("test", rank=AT_ONCE))
    with working(office, SARABAN_LEAST_FREE_MB="10000000"), pytest.raises(AssertionError):
        eventually(lambda: scan(office, waiting).state is not ScanState.RECEIVED, 8)
    with working(office):
        eventually(lambda: scan(office, waiting).state is ScanState.READ, READ_WITHIN)


def works_on(archive: Archive, office: Office) -> pipeline.Works:
    nothing: Any = None
    return pipeline.Works(office.engine, archive, nothing, nothing, office.intake.now)


def test_the_picture_of_a_page_waits_for_a_full_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = office_in(tmp_path / "data")
    refusals = [OSError(errno.ENOSPC, "full"), OSError(errno.EDQUOT, "full")]
    write = office.archive.write_view

    def write_view(*what: Any) -> None:
        if refusals:
            raise refusals.pop()
        write(*what)

    monkeypatch.setattr(office.archive, "write_view", write_view)
    monkeypatch.setattr(pipeline, "_ROOM_SECONDS", 0.01)
    monkeypatch.setattr(pipeline, "_closing", threading.Event())
    pipeline._keep_view(works_on(office.archive, office), "ab" * 32, 1, b"jpeg")
    assert office.archive.view("ab" * 32, 1).read_bytes() == b"jpeg"


def test_a_broken_disk_is_not_taken_for_a_full_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = office_in(tmp_path / "data")

    def broken(*_: Any) -> None:
        raise OSError(errno.EIO, "broken")

    monkeypatch.setattr(office.archive, "write_view", broken)
    with pytest.raises(OSError, match="broken"):
        pipeline._keep_view(works_on(office.archive, office), "ab" * 32, 1, b"jpeg")


def test_what_could_not_be_read_is_read_again_as_another_attempt(tmp_path: Path) -> None:
    office = office_in(tmp_path / "data")
    scan_id = take_in(office, 1, Origin("test"))
    with writing(office.engine) as connection:
        work_items.mark_queued(connection, [scan_id], NOW)
        scans.set_state(connection, scan_id, ScanState.FAILED, NOW, reason="อ่านไม่สำเร็จ")
        assert work_items.next_items(connection, 5) == []
        assert work_items.under_way(connection) == 0
        assert scans.read_again(connection, [scan_id, 99], AT_ONCE) == 1
        (item,) = work_items.next_items(connection, 5)
        assert (item.scan_id, item.rank, item.attempt) == (scan_id, AT_ONCE, 2)
    found = scan(office, scan_id)
    assert (found.state, found.reason, found.settled_at) == (ScanState.RECEIVED, None, None)
    assert pipeline.workflow_id(scan_id, 1) != pipeline.workflow_id(scan_id, 2)
