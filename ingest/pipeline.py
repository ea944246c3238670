"""The durable pipeline: a workflow per scan, a step per page.

    work item --dispatch--> read_scan --+--> read_page 1 --+--> write drafts
                                        +--> read_page 2 --+
                                        +--> …

A killed process goes on at the first step that had not finished; every step may run twice without
doing harm: pages and drafts are unique in the database.
"""

from __future__ import annotations

import datetime as dt
import errno
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass

from dbos import DBOS, SetEnqueueOptions, SetWorkflowID
from sqlalchemy import Engine

from ingest.archive import Archive
from ingest.letter_marks import marks_of_letter
from ingest.limits import Limits
from ingest.opening import CannotOpen, count_pages
from ingest.page_reading import PageJob, PagePool, PageResult, ReaderPlan, unread_page
from ingest.reading import Understanding, read_stack
from ingest.stacks import part_stack
from models import matters, scans, stacked
from models import pages as page_store
from models.database import THAILAND, looking, writing
from models.drafts import add_draft
from models.scans import ScanState, StoredScan

log = logging.getLogger(__name__)

POLL_SECONDS = 0.2
_ATTEMPTS = 6  # tries of a step, for the database may be away for a moment; then a person is asked
_LAST = 10  # place in the durable queues
_FULL = (errno.ENOSPC, errno.EDQUOT)
_ROOM_SECONDS = 5.0  # between two looks at whether the disk has room again


@dataclass(frozen=True, slots=True)
class Works:
    """What the workflows need; set once when a worker starts."""

    engine: Engine
    archive: Archive
    understanding: Callable[[], Understanding]
    plan: ReaderPlan
    now: Callable[[], dt.datetime]
    least_free: int = 0  # bytes of the disk; with less nothing is read

    @property
    def limits(self) -> Limits:
        """Return the bounds on foreign files."""
        return self.plan.limits


_works: Works | None = None
_pool: PagePool | None = None


_closing = threading.Event()


def serve(works: Works, pool: PagePool) -> None:
    """Let the workflows of this process use these from now on."""
    global _works, _pool
    _works, _pool = works, pool
    _closing.clear()


def close() -> None:
    """Let no step wait any longer: whatever fails from now on is no fault of a page or a scan."""
    _closing.set()


def end_reading() -> None:
    """End the reading processes; pages under way are finished first."""
    if _pool is not None:
        _pool.close()


def _in_service() -> Works:
    if _works is None:
        raise RuntimeError("no worker is running in this process")
    return _works


@DBOS.workflow(name="read_scan")
def read_scan(scan_id: int, rank: int = 0, attempt: int = 1) -> str:
    """Read a scan from its pages to its drafts; return the state that it ended in.

    ``rank`` as in models.work_items; the ``attempt``-th try (from 1) is a work of its own.
    """
    try:
        return _read_all_pages(scan_id, rank, attempt)
    except Exception:  # the document's outermost loop: it goes to a person, not into the void
        if _closing.is_set():
            raise
        log.exception("scan %d could not be read", scan_id)
        return _give_up(scan_id)


def workflow_id(scan_id: int, attempt: int) -> str:
    """Return what the durable engine knows the ``attempt``-th reading of a scan by."""
    return f"scan-{scan_id}" if attempt == 1 else f"scan-{scan_id}-try-{attempt}"


def order(rank: int) -> SetEnqueueOptions:
    """Return the place in the durable queues, where the lowest number goes first."""
    return SetEnqueueOptions(priority=_LAST - rank)


def _wait_for_room(works: Works) -> None:
    """Hold a step back while the disk is nearly full: nothing is half written, nothing fails."""
    told = False
    while not works.archive.has_room(works.least_free) and not _closing.is_set():
        if not told:
            log.error("the disk is nearly full: reading goes on when there is room")
            told = True
        _closing.wait(_ROOM_SECONDS)


def _keep_view(works: Works, sha256: str, number: int, jpeg: bytes) -> None:
    """Keep the picture of a page, as soon as the disk has room for it."""
    while True:
        try:
            works.archive.write_view(sha256, number, jpeg)
            return
        except OSError as error:
            if error.errno not in _FULL or _closing.is_set():
                raise
            log.error("the disk is full: page %d waits for room", number)
            _closing.wait(_ROOM_SECONDS)


def _read_all_pages(scan_id: int, rank: int, attempt: int) -> str:
    count = _open_scan(scan_id)
    if count == 0:
        return ScanState.FAILED
    handles = []
    for number in range(1, count + 1):
        page_id = f"{workflow_id(scan_id, attempt)}-page-{number}"
        with SetWorkflowID(page_id), order(rank):
            handles.append(DBOS.enqueue_workflow("pages", read_page, scan_id, number))
    for handle in handles:
        handle.get_result(polling_interval_sec=POLL_SECONDS)
    _write_drafts(scan_id, count)
    return ScanState.READ


@DBOS.workflow(name="read_page")
def read_page(scan_id: int, number: int) -> str:
    """Read one page; whatever happens to it, the other pages go on."""
    return _read_page(scan_id, number)


@DBOS.step(name="open_scan", retries_allowed=True, max_attempts=_ATTEMPTS)
def _open_scan(scan_id: int) -> int:
    """Count the pages; 0 means that the file cannot be opened, which is noted for a person."""
    works = _in_service()
    scan = _get(scan_id)
    assert scan.media_type is not None
    try:
        path = works.archive.original(scan.sha256)
        return count_pages(path, scan.media_type, works.limits)
    except CannotOpen as error:
        with writing(works.engine) as connection:
            scans.set_state(connection, scan_id, ScanState.FAILED, works.now(), reason=str(error))
        return 0


@DBOS.step(name="read_page", retries_allowed=True, max_attempts=_ATTEMPTS)
def _read_page(scan_id: int, number: int) -> str:
    works = _in_service()
    _wait_for_room(works)
    scan = _get(scan_id)
    assert scan.media_type is not None
    job = PageJob(works.archive.original(scan.sha256), scan.media_type, number)
    assert _pool is not None
    try:
        result = _pool.read(job)
    except Exception:  # the worker's outermost loop: one page must not take the others along
        if _closing.is_set():
            raise  # the page goes on at the next start
        log.exception("page %d of scan %d could not be read", number, scan_id)
        result = PageResult(unread_page(number, "อ่านหน้านี้ไม่ได้ กรุณาอ่านจากภาพ"), None)
    if result.view is not None:
        _keep_view(works, scan.sha256, number, result.view)
    with writing(works.engine) as connection:
        page_store.add_page(connection, scan_id, result.page, works.now(), result.look)
    return result.page.state


@DBOS.step(name="write_drafts", retries_allowed=True, max_attempts=_ATTEMPTS)
def _write_drafts(scan_id: int, count: int) -> int:
    works = _in_service()
    _wait_for_room(works)
    with looking(works.engine) as connection:
        read = page_store.get_pages(connection, scan_id)
        looks = page_store.looks_of(connection, scan_id)
    today = works.now().astimezone(THAILAND).date()
    stack = part_stack(read)
    letters = read_stack(stack, works.understanding(), today)
    marks = [marks_of_letter(letter, looks) for letter in letters]
    with writing(works.engine) as connection:
        for letter, its_marks in zip(letters, marks, strict=True):
            if add_draft(connection, scan_id, letter, works.now()):
                draft_id = matters.draft_of(connection, scan_id, letter.letter)
                matters.relate(connection, draft_id, its_marks, works.now())
        stacked.note(connection, scan_id, read, stack.proposed)
        scans.set_state(connection, scan_id, ScanState.READ, works.now(), pages=count)
    return len(letters)


@DBOS.step(name="give_up", retries_allowed=True, max_attempts=_ATTEMPTS)
def _give_up(scan_id: int) -> str:
    reason = "อ่านเอกสารไม่สำเร็จ ให้ลองอ่านใหม่ หรือเปิดดูต้นฉบับแล้วบันทึกเอง"
    works = _in_service()
    with writing(works.engine) as connection:
        scans.set_state(connection, scan_id, ScanState.FAILED, works.now(), reason=reason)
    return ScanState.FAILED


def _get(scan_id: int) -> StoredScan:
    with looking(_in_service().engine) as connection:
        scan = scans.get_scan(connection, scan_id)
    if scan is None:
        raise LookupError(f"scan {scan_id} is not in the database")
    return scan
