"""The process that reads an office's scans: takes what waits, in its order, and hands it on.

Few scans are under way at a time, so that whatever is urgent waits for a page and not for a pile.
"""

from __future__ import annotations

import datetime as dt
import logging
import threading
from pathlib import Path

from dbos import DBOS, DBOSConfig, DBOSPortableJSONSerializer, SetWorkflowID

from ingest.intake import Intake
from ingest.page_reading import PagePool
from ingest.pipeline import (
    POLL_SECONDS,
    Works,
    close,
    end_reading,
    order,
    read_scan,
    serve,
    workflow_id,
)
from ingest.uploads import sweep
from ingest.worker_lock import WorkerLock
from models import scans, work_items
from models.database import engine_for_workflows, looking, writing
from models.scans import ScanState
from models.work_items import AT_ONCE, WorkItem

log = logging.getLogger(__name__)

# The version of the pipeline, not of the software: an upgrade goes on with what an older one began
# as long as the steps of ingest.pipeline stay the same.
PIPELINE_VERSION = "pipeline-1"
_EXECUTOR = "saraban"  # one worker process per office, see WorkerLock
_URGENT_BESIDES = 4  # urgent scans taken though the backlog fills the machine
_LONG_AGO = dt.timedelta(days=1)  # no file takes that long to come in
_SWEEP_EVERY = dt.timedelta(hours=1)
_HEAL_EVERY = dt.timedelta(seconds=30)
_GIVEN_UP = {"ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"}
_ATTEMPTS = 3  # of a scan, before a person is asked
_ASK = "อ่านเอกสารไม่สำเร็จหลายครั้ง ให้ลองอ่านใหม่ หรือเปิดดูต้นฉบับแล้วบันทึกเอง"


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
        self._swept = self._healed = works.now()

    def start(self) -> None:
        """Take the office's work and go on with what a killed process left.

        Raises:
            AnotherWorker: another process has it.
        """
        self._lock.take()
        self._sweep()
        serve(self._works, PagePool(self._works.plan, self._processes))
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
                queue, worker_concurrency=at_once, polling_interval_sec=POLL_SECONDS
            )
        self._dispatcher.start()

    def stop(self) -> None:
        """Stop taking work; what is under way goes on at the next start."""
        self._stop.set()
        self._dispatcher.join()
        close()
        DBOS.destroy()  # first, so that no step begins for which there is no process any more
        end_reading()
        self._lock.free()

    def _dispatch(self) -> None:
        """Hand new work items to the durable engine, again and again.

        Doing it twice is harmless: the workflow's id is the scan's.
        """
        while not self._stop.is_set():
            try:
                self._tidy()
                taken = self._take_some()
            except Exception:  # the outermost loop: the database may be away for a moment
                log.exception("the work items could not be taken; trying again")
                taken = 0
            if not taken:
                self._stop.wait(POLL_SECONDS)

    def _take_some(self) -> int:
        """Take what is to be read next, as far as there is room for it."""
        works = self._works
        with looking(works.engine) as connection:
            room = self._at_once - work_items.under_way(connection)
            items = work_items.next_items(connection, max(room + _URGENT_BESIDES, 0))
        taken = [item for place, item in enumerate(items) if place < room or item.rank == AT_ONCE]
        for item in taken:
            with SetWorkflowID(workflow_id(item.scan_id, item.attempt)), order(item.rank):
                DBOS.enqueue_workflow("scans", read_scan, item.scan_id, item.rank, item.attempt)
        if taken:
            with writing(works.engine) as connection:
                work_items.mark_queued(connection, [item.scan_id for item in taken], works.now())
        return len(taken)

    def _tidy(self) -> None:
        """Now and then, look after what was left lying."""
        now = self._works.now()
        if now - self._swept >= _SWEEP_EVERY:
            self._swept = now
            self._sweep()
        if now - self._healed >= _HEAL_EVERY:
            self._healed = now
            self._heal()

    def _sweep(self) -> None:
        works = self._works
        works.archive.sweep(works.now() - _LONG_AGO)
        sweep(Intake(works.archive, works.engine, works.limits, works.now))

    def _heal(self) -> None:
        """Have scans read again whose reading broke off where not even that could be noted."""
        works = self._works
        with looking(works.engine) as connection:
            items = work_items.taken(connection)
        for item in items:
            known = DBOS.get_workflow_status(workflow_id(item.scan_id, item.attempt))
            if known is not None and known.status in _GIVEN_UP:
                self._once_more(item)

    def _once_more(self, item: WorkItem) -> None:
        works = self._works
        log.error("the reading of scan %d broke off (attempt %d)", item.scan_id, item.attempt)
        with writing(works.engine) as connection:
            if item.attempt < _ATTEMPTS:
                work_items.reopen(connection, [item.scan_id], item.rank)
            else:
                scans.set_state(
                    connection, item.scan_id, ScanState.FAILED, works.now(), reason=_ASK
                )
