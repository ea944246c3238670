"""How far a batch is: what was chosen, sent and read, and what needs a person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, or_, select

from models import work_items
from models.batches import Batch
from models.draft_states import DraftState
from models.intake_tables import batch_files
from models.manifests import FileState
from models.scans import Outcome, ScanState
from models.tables import arrivals, drafts, scans
from models.tables import work_items as items

_WINDOW = dt.timedelta(minutes=15)  # over which the pace of reading is measured
_FEW = 5  # scans from which no pace is told


@dataclass(frozen=True, slots=True)
class Progress:
    """Counts of a batch.

    ``chosen`` files stand on the manifest: they are ``waiting``, ``skipped``, or sent and then
    among ``outcomes``. ``arrivals`` count what came in, also without a manifest and in ZIPs. Of
    the new scans ``reading`` tells how far they are; ``under_way`` are in the machine now; of
    the ``pages`` that were read some were blank and some parted letters.
    ``ready_in`` is the estimated time until all are read, None where nothing is known.
    """

    chosen: int = 0
    waiting: int = 0
    skipped: int = 0
    bytes_chosen: int = 0
    bytes_sent: int = 0
    outcomes: Mapping[Outcome, int] = field(default_factory=dict)
    arrivals: Mapping[Outcome, int] = field(default_factory=dict)
    reading: Mapping[ScanState, int] = field(default_factory=dict)
    under_way: int = 0
    letters: int = 0
    pages: int = 0
    blank_pages: int = 0
    separator_pages: int = 0
    ready_in: dt.timedelta | None = None

    @property
    def reconciles(self) -> bool:
        """Tell whether every chosen file is accounted for and none is still to be sent."""
        return not self.waiting and self.chosen == self.skipped + sum(self.outcomes.values())


def progress(connection: Connection, batch: Batch, now: dt.datetime | None) -> Progress:
    """Return how far a batch is; without ``now`` not how long it takes still."""
    line = batch_files.c
    query = select(line.state, line.outcome, func.count(), func.sum(line.size))
    rows = connection.execute(
        query.where(line.batch_id == batch.id).group_by(line.state, line.outcome)
    ).all()
    states = dict.fromkeys(FileState, 0)
    outcomes = dict.fromkeys(Outcome, 0)
    sent = 0
    for state, outcome, count, size in rows:
        states[FileState(state)] += count
        if state == FileState.SENT:
            outcomes[Outcome(outcome)] += count
            sent += int(size)
    reading = _reading(connection, batch.id)
    taken = items.c.enqueued_at.is_not(None) & items.c.finished_at.is_(None)
    under_way = select(func.count()).select_from(items.join(scans)).where(taken, _of(batch))
    live = drafts.c.state != DraftState.REPLACED
    letters = select(func.count()).select_from(drafts.join(scans)).where(live, _of(batch))
    columns = (scans.c.pages, scans.c.blank_pages, scans.c.separator_pages)
    sums = select(*(func.coalesce(func.sum(each), 0) for each in columns)).where(_of(batch))
    pages, blank, separators = connection.execute(sums).one()
    return Progress(
        chosen=sum(row[2] for row in rows),
        waiting=states[FileState.WAITING],
        skipped=states[FileState.SKIPPED],
        bytes_chosen=sum(int(row[3]) for row in rows),
        bytes_sent=sent,
        outcomes=outcomes,
        arrivals=_arrivals(connection, batch.id),
        reading=reading,
        under_way=connection.scalar(under_way) or 0,
        letters=connection.scalar(letters) or 0,
        pages=int(pages),
        blank_pages=int(blank),
        separator_pages=int(separators),
        ready_in=_ready_in(connection, batch, now) if now and reading[ScanState.RECEIVED] else None,
    )


def _of(batch: Batch) -> ColumnElement[bool]:
    return scans.c.batch_id == batch.id


def _arrivals(connection: Connection, batch_id: int) -> dict[Outcome, int]:
    query = select(arrivals.c.outcome, func.count()).where(arrivals.c.batch_id == batch_id)
    rows = connection.execute(query.group_by(arrivals.c.outcome))
    return dict.fromkeys(Outcome, 0) | {Outcome(outcome): count for outcome, count in rows}


def _reading(connection: Connection, batch_id: int) -> dict[ScanState, int]:
    query = select(scans.c.state, func.count()).where(scans.c.batch_id == batch_id)
    counts = dict.fromkeys(ScanState, 0)
    for state, count in connection.execute(query.group_by(scans.c.state)):
        counts[ScanState(state)] = count
    return counts


def _ready_in(connection: Connection, batch: Batch, now: dt.datetime) -> dt.timedelta | None:
    """Return how long the office needs for what is read before the last scan of the batch."""
    if batch.rank < 0:
        return None
    since = now - _WINDOW
    query = select(func.count(), func.min(scans.c.settled_at)).where(scans.c.settled_at > since)
    count, first = connection.execute(query).one()
    if count < _FEW:
        return None
    last = select(func.max(scans.c.id)).where(_of(batch), scans.c.state == ScanState.RECEIVED)
    before = work_items.waiting_before(connection, batch.rank, connection.scalar(last) or 0)
    pace: dt.timedelta = (now - first) / count
    return before * pace


@dataclass(frozen=True, slots=True)
class FileNews:
    """What became of a file: on its way in, and when it was read."""

    name: str
    outcome: Outcome | None
    reason: str | None
    sha256: str | None
    scan_id: int | None
    scan_state: ScanState | None
    pages: int | None
    file_id: int | None
    file_state: FileState | None
    blank_pages: int | None = None
    separator_pages: int | None = None


def troubles(connection: Connection, batch_id: int, limit: int) -> list[FileNews]:
    """Return the files of a batch that need a person: refused, or not to be read."""
    refused = arrivals.c.outcome == Outcome.REFUSED
    failed = (scans.c.state == ScanState.FAILED) & (arrivals.c.outcome == Outcome.NEW)
    chosen = (arrivals.c.batch_id == batch_id) & or_(refused, failed)
    rows = connection.execute(_came().where(chosen).order_by(arrivals.c.id).limit(limit))
    return [_news(row._mapping) for row in rows]


def files_of(connection: Connection, batch_id: int, outcome: Outcome, limit: int) -> list[FileNews]:
    """Return files of a batch that were new, duplicates, or refused."""
    chosen = (arrivals.c.batch_id == batch_id) & (arrivals.c.outcome == outcome)
    rows = connection.execute(_came().where(chosen).order_by(arrivals.c.id).limit(limit))
    return [_news(row._mapping) for row in rows]


def unsent_files(
    connection: Connection, batch_id: int, state: FileState, limit: int
) -> list[FileNews]:
    """Return files on the manifest that were not sent: still waiting, or left out."""
    line = batch_files.c
    chosen = (line.batch_id == batch_id) & (line.state == state)
    rows = connection.execute(select(batch_files).where(chosen).order_by(line.id).limit(limit))
    return [_unsent(row._mapping) for row in rows]


def every_file(connection: Connection, batch_id: int) -> Iterator[FileNews]:
    """Give every file of a batch: those that came, in their order, then those that did not."""
    mine = arrivals.c.batch_id == batch_id
    for row in connection.execute(_came().where(mine).order_by(arrivals.c.id)):
        yield _news(row._mapping)
    line = batch_files.c
    here = select(arrivals.c.file_id).where(arrivals.c.batch_id == batch_id)
    rest = (line.batch_id == batch_id) & line.id.not_in(here.where(arrivals.c.file_id.is_not(None)))
    for row in connection.execute(select(batch_files).where(rest).order_by(line.id)):
        yield _unsent(row._mapping)


def _unsent(row: Mapping[Any, Any]) -> FileNews:
    outcome = Outcome(row["outcome"]) if row["outcome"] else None
    return FileNews(
        *(row["path"], outcome, row["reason"], row["sha256"], row["scan_id"], None, None),
        *(row["id"], FileState(row["state"])),
    )


_ARRIVED = (
    batch_files.c.path,
    *(arrivals.c.name, arrivals.c.outcome, arrivals.c.sha256, arrivals.c.scan_id),
    *(arrivals.c.file_id, arrivals.c.reason.label("refusal"), scans.c.state, scans.c.pages),
    *(scans.c.reason.label("failure"), scans.c.blank_pages, scans.c.separator_pages),
)


def _came() -> Select[Any]:
    joined = arrivals.outerjoin(scans, scans.c.id == arrivals.c.scan_id)
    joined = joined.outerjoin(batch_files, batch_files.c.id == arrivals.c.file_id)
    return select(*_ARRIVED).select_from(joined)


def _news(row: Mapping[Any, Any]) -> FileNews:
    told = dict(row)
    outcome = Outcome(str(told["outcome"]))
    state = ScanState(str(told["state"])) if told["state"] else None
    failed = state in (ScanState.FAILED, ScanState.CANCELLED)
    name = told["path"] or told["name"]
    # A file of a ZIP stands on no manifest by itself: its own name says more.
    name = told["name"] if "/" in str(told["name"]) else name
    return FileNews(
        name=name,
        outcome=outcome,
        reason=told["refusal"] or (told["failure"] if failed else None),
        sha256=told["sha256"],
        scan_id=told["scan_id"],
        scan_state=state,
        pages=told["pages"],
        file_id=told["file_id"],
        file_state=FileState.SENT,
        blank_pages=told["blank_pages"],
        separator_pages=told["separator_pages"],
    )
