"""What waits to be read, what is under way, and in which order.

Higher ranks go first, within a rank the oldest: single scans, then batches that are to be read
first, then the backlog. An item below 0 stands still until its batch goes on. Reading again is
another attempt: the durable engine takes each attempt for a work of its own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, func, insert, select, update

from models.database import portions
from models.tables import work_items

PAUSED, BACKLOG, AHEAD, AT_ONCE = -1, 0, 1, 2


@dataclass(frozen=True, slots=True)
class WorkItem:
    """A scan to be read, for the ``attempt``-th time (from 1)."""

    scan_id: int
    rank: int
    attempt: int


def add(connection: Connection, scan_id: int, rank: int, now: dt.datetime) -> None:
    """Let a scan wait."""
    connection.execute(insert(work_items).values(scan_id=scan_id, rank=rank, created_at=now))


def next_items(connection: Connection, limit: int) -> list[WorkItem]:
    """Return what is to be read next and was not taken yet."""
    item = work_items.c
    query = select(item.scan_id, item.rank, item.attempt).where(*_WAITING, item.rank >= BACKLOG)
    rows = connection.execute(query.order_by(item.rank.desc(), item.scan_id).limit(limit))
    return [WorkItem(*row) for row in rows]


_UNFINISHED = work_items.c.finished_at.is_(None)
_WAITING = (_UNFINISHED, work_items.c.enqueued_at.is_(None))


def under_way(connection: Connection) -> int:
    """Return how many scans were taken and are not finished."""
    taken = work_items.c.enqueued_at.is_not(None)
    return connection.scalar(select(func.count()).where(_UNFINISHED, taken)) or 0


def taken(connection: Connection) -> list[WorkItem]:
    """Return what was taken and is not finished."""
    item = work_items.c
    query = select(item.scan_id, item.rank, item.attempt)
    rows = connection.execute(query.where(_UNFINISHED, item.enqueued_at.is_not(None)))
    return [WorkItem(*row) for row in rows]


def mark_queued(connection: Connection, scan_ids: Sequence[int], now: dt.datetime) -> None:
    """Note that the pipeline has taken these."""
    _set(connection, scan_ids, enqueued_at=now)


def finish(connection: Connection, scan_ids: Sequence[int], now: dt.datetime) -> None:
    """Note that there is nothing more to do for these."""
    _set(connection, scan_ids, finished_at=now)


def reopen(connection: Connection, scan_ids: Sequence[int], rank: int) -> None:
    """Let these wait once more."""
    again = {"enqueued_at": None, "finished_at": None, "rank": rank}
    _set(connection, scan_ids, **again, attempt=work_items.c.attempt + 1)


def waiting_among(connection: Connection, chosen: ColumnElement[bool]) -> list[int]:
    """Return the scans that wait and were not taken, of those that a condition chooses."""
    query = select(work_items.c.scan_id).where(*_WAITING, chosen)
    return list(connection.scalars(query.order_by(work_items.c.scan_id)))


def set_rank(connection: Connection, chosen: ColumnElement[bool], rank: int) -> None:
    """Have what waits read sooner, later, or not for the time being."""
    connection.execute(update(work_items).where(*_WAITING, chosen).values(rank=rank))


def waiting_before(connection: Connection, rank: int, scan_id: int) -> int:
    """Return how many scans are read before one with this rank and id, this one included."""
    item = work_items.c
    sooner = (item.rank > rank) | ((item.rank == rank) & (item.scan_id <= scan_id))
    return connection.scalar(select(func.count()).where(_UNFINISHED, sooner)) or 0


def _set(connection: Connection, scan_ids: Sequence[int], **values: object) -> None:
    for some in portions(scan_ids):
        chosen = work_items.c.scan_id.in_(some)
        connection.execute(update(work_items).where(chosen).values(values))
