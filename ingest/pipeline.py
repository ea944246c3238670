"""The durable pipeline: a workflow per scan, a step per page. The one home of DBOS.

    work item --dispatch--> read_scan --+--> read_page 1 --+--> write drafts
                                        +--> read_page 2 --+
                                        +--> …

A killed process goes on at the first step that had not finished; every step may run twice without
doing harm: pages and drafts are unique in the database.
"""

from __future__ import annotations

import datetime as dt
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from dbos import (
    DBOS,
    DBOSConfig,
    DBOSPortableJSONSerializer,
    SetEnqueueOptions,
    SetWorkflowID,
)
from sqlalchemy import Engine

from ingest.archive import Archive
from ingest.letter_marks import marks_of_letter
from ingest.limits import Limits
from ingest.opening import CannotOpen, count_pages
from ingest.page_reading import PageJob, PagePool, PageResult, ReaderPlan, unread_page
from ingest.reading import Understanding, read_letters
from ingest.stacks import part_stack
from ingest.worker_lock import WorkerLock
from models import matters, scans, stacked, work_items
from models import pages as page_store
from models.database import THAILAND, engine_for_workflows, looking, writing
from models.drafts import add_draft
from models.scans import ScanState, StoredScan
from models.work_items import AT_ONCE

log = logging.getLogger(__name__)

# The version of the pipeline, not of the software: an upgrade goes on with what an older one began
# as long as the steps below stay the same.
PIPELINE_VERSION = "pipeline-1"
_EXECUTOR = "saraban"  # one worker process per office, see WorkerLock
_POLL_SECONDS = 0.2
_ATTEMPTS = 6  # tries of a step, for the database may be away for a moment; then a person is asked
_URGENT_BESIDES = 4  # urgent scans taken though the backlog fills the machine
_FIRST, _LATER = 1, 10  # places in the durable queues
_LONG_AGO = dt.timedelta(days=1)  # no file takes that long to come in


@dataclass(frozen=True, slots=True)
class Works:
    """What the workflows need; set once when a worker starts."""

    engine: Engine
    archive: Archive
    understanding: Callable[[], Understanding]
    plan: ReaderPlan
    now: Callable[[], dt.datetime]

    @property
    def limits(self) -> Limits:
        """Return the bounds on foreign files."""
        return self.plan.limits


_works: Works | None = None
_pool: PagePool | None = None


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
        log.exception("scan %d could not be read", scan_id)
        return _give_up(scan_id)


def _workflow_id(scan_id: int, attempt: int) -> str:
    return f"scan-{scan_id}" if attempt == 1 else f"scan-{scan_id}-try-{attempt}"


def _order(rank: int) -> SetEnqueueOptions:
    """Return the order in the durable queues, where the lowest number goes first."""
    return SetEnqueueOptions(priority=_FIRST if rank >= AT_ONCE else _LATER)


def _read_all_pages(scan_id: int, rank: int, attempt: int) -> str:
    count = _open_scan(scan_id)
    if count == 0:
        return ScanState.FAILED
    handles = []
    for number in range(1, count + 1):
        page_id = f"{_workflow_id(scan_id, attempt)}-page-{number}"
        with SetWorkflowID(page_id), _order(rank):
            handles.append(DBOS.enqueue_workflow("pages", read_page, scan_id, number))
    for handle in handles:
        handle.get_result(polling_interval_sec=_POLL_SECONDS)
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
    scan = _get(scan_id)
    assert scan.media_type is not None
    job = PageJob(works.archive.original(scan.sha256), scan.media_type, number)
    assert _pool is not None
    try:
        result = _pool.read(job)
    except Exception:  # the worker's outermost loop: one page must not take the others along
        log.exception("page %d of scan %d could not be read", number, scan_id)
        result = PageResult(unread_page(number, "อ่านหน้านี้ไม่ได้ กรุณาอ่านจากภาพ"), None)
    if result.view is not None:
        works.archive.write_view(scan.sha256, number, result.view)
    with writing(works.engine) as connection:
        page_store.add_page(connection, scan_id, result.page, works.now(), result.look)
    return result.page.state


@DBOS.step(name="write_drafts", retries_allowed=True, max_attempts=_ATTEMPTS)
def _write_drafts(scan_id: int, count: int) -> int:
    works = _in_service()
    with looking(works.engine) as connection:
        read = page_store.get_pages(connection, scan_id)
        looks = page_store.looks_of(connection, scan_id)
    today = works.now().astimezone(THAILAND).date()
    letters = read_letters(read, works.understanding(), today)
    marks = [marks_of_letter(letter, looks) for letter in letters]
    with writing(works.engine) as connection:
        for letter, its_marks in zip(letters, marks, strict=True):
            if add_draft(connection, scan_id, letter, works.now()):
                draft_id = matters.draft_of(connection, scan_id, letter.letter)
                matters.relate(connection, draft_id, its_marks, works.now())
        stacked.note(connection, scan_id, read, part_stack(read).proposed)
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


class Worker:
    """Reads the office's scans in this process, pages side by side on ``processes`` cores."""

    def __init__(self, works: Works, workflow_url: str, lock: Path, processes: int) -> None:
        self._works = works
        self._url = workflow_url
        self._lock = WorkerLock(lock)
        self._processes = processes
        self._at_once = 2 * processes + 2  # scans; more would only make urgent ones wait
        self._stop = threading.Event()
        self._dispatcher = threading.Thread(target=self._dispatch, daemon=True)

    def start(self) -> None:
        """Take the office's work and go on with what a killed process left.

        Raises:
            AnotherWorker: another process has it.
        """
        global _works, _pool
        self._lock.take()
        self._works.archive.sweep(self._works.now() - _LONG_AGO)
        _works = self._works
        _pool = PagePool(self._works.plan, self._processes)
        config: DBOSConfig = {
            "name": "saraban",
            "system_database_url": self._url,
            "system_database_engine": engine_for_workflows(self._url),
            "application_version": PIPELINE_VERSION,
            "executor_id": _EXECUTOR,
            "serializer": DBOSPortableJSONSerializer(),  # never pickle
            "log_level": "CRITICAL",  # what matters we log ourselves, without tracebacks for users
            "console_log_level": "CRITICAL",
            "max_executor_threads": 4 * self._processes + 16,
        }
        DBOS(config=config)
        DBOS.launch()
        scans_at_once = self._at_once + _URGENT_BESIDES
        for queue, at_once in (("scans", scans_at_once), ("pages", self._processes)):
            DBOS.register_queue(
                queue,
                worker_concurrency=at_once,
                polling_interval_sec=_POLL_SECONDS,
            )
        self._dispatcher.start()

    def stop(self) -> None:
        """Stop taking work; what is under way goes on at the next start."""
        self._stop.set()
        self._dispatcher.join()
        if _pool is not None:
            _pool.close()
        DBOS.destroy()
        self._lock.free()

    def _dispatch(self) -> None:
        """Hand new work items to the durable engine, again and again.

        Doing it twice is harmless: the workflow's id is the scan's.
        """
        while not self._stop.is_set():
            try:
                taken = self._take_some()
            except Exception:  # the outermost loop: the database may be away for a moment
                log.exception("the work items could not be taken; trying again")
                taken = 0
            if not taken:
                self._stop.wait(_POLL_SECONDS)

    def _take_some(self) -> int:
        """Take what is to be read next, but few at a time: whatever is urgent waits for no more."""
        works = self._works
        with looking(works.engine) as connection:
            room = self._at_once - work_items.under_way(connection)
            # One that is to be read at once need not wait for the backlog to make room.
            items = work_items.next_items(connection, max(room, _URGENT_BESIDES))
        taken = [item for place, item in enumerate(items) if place < room or item.rank >= AT_ONCE]
        for item in taken:
            workflow_id = _workflow_id(item.scan_id, item.attempt)
            with SetWorkflowID(workflow_id), _order(item.rank):
                DBOS.enqueue_workflow("scans", read_scan, item.scan_id, item.rank, item.attempt)
        if taken:
            with writing(works.engine) as connection:
                work_items.mark_queued(connection, [item.scan_id for item in taken], works.now())
        return len(taken)
