"""Batches: piles of paper that came in together, where they came from and how far they are.

OPEN --a--> PAUSED --b--> OPEN
  \\--c--> CANCELLED --d--> OPEN
PAUSED --c--> CANCELLED

a  what is not under way is read later; files may still be sent
b  reading goes on
c  what is not read yet is not read, what is not sent yet is not sent; nothing is deleted
d  what was cancelled waits to be read again
"""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import assert_never

from sqlalchemy import ColumnElement, Connection, Row, insert, select, update

from models import manifests, scans, work_items
from models.scans import Origin, ScanState
from models.tables import batches
from models.tables import scans as scan_table
from models.tables import work_items as items


class BatchState(StrEnum):
    """Whether a batch is worked on."""

    OPEN = "open"
    PAUSED = "paused"
    CANCELLED = "cancelled"


class NoBatch(LookupError):
    """There is no such batch."""


@dataclass(frozen=True, slots=True)
class BatchOrigin:
    """Where the paper of a batch came from, as far as somebody said.

    ``source`` is the door that it came by; ``channel`` one of models.terms.Channel.
    """

    name: str
    source: str
    district: str | None = None
    office: str | None = None
    box: str | None = None
    binder: str | None = None
    channel: str | None = None
    received_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch as the office keeps it; an urgent one is read before the others.

    ``station_id`` is the station that opened it, if one did.
    """

    id: int
    origin: BatchOrigin
    opened_by: str | None
    station_id: int | None
    created_at: dt.datetime
    state: BatchState
    urgent: bool

    @property
    def rank(self) -> int:
        """Return how soon its scans are read."""
        if self.state is BatchState.PAUSED:
            return work_items.PAUSED
        return work_items.AHEAD if self.urgent else work_items.BACKLOG


def open_batch(
    connection: Connection,
    origin: BatchOrigin,
    now: dt.datetime,
    opened_by: str | None = None,
    station_id: int | None = None,
) -> int:
    """Start a batch and return its id."""
    who = {"opened_by": opened_by, "station_id": station_id}
    values = asdict(origin) | who | {"created_at": now}
    key = connection.execute(insert(batches).values(values)).inserted_primary_key
    assert key is not None
    return int(key[0])


def get_batch(connection: Connection, batch_id: int) -> Batch:
    """Return a batch.

    Raises:
        NoBatch: there is none with this id.
    """
    row = connection.execute(select(batches).where(batches.c.id == batch_id)).one_or_none()
    if row is None:
        raise NoBatch
    return _batch(row)


def list_batches(connection: Connection, limit: int, skipped: int = 0) -> list[Batch]:
    """Return batches, newest first."""
    query = select(batches).order_by(batches.c.id.desc()).limit(limit).offset(skipped)
    return [_batch(row) for row in connection.execute(query)]


def _batch(row: Row[tuple[object, ...]]) -> Batch:
    values = dict(row._mapping)
    origin = BatchOrigin(**{name: values[name] for name in BatchOrigin.__slots__})
    return Batch(
        id=values["id"],
        origin=origin,
        opened_by=values["opened_by"],
        station_id=values["station_id"],
        created_at=values["created_at"],
        state=BatchState(values["state"]),
        urgent=bool(values["urgent"]),
    )


class Order(StrEnum):
    """What may be done with a batch as a whole."""

    PAUSE = "pause"
    RESUME = "resume"
    CANCEL = "cancel"
    RETRY = "retry"
    URGENT = "urgent"
    NOT_URGENT = "not-urgent"


def carry_out(connection: Connection, batch_id: int, order: Order, now: dt.datetime) -> None:
    """Do what somebody orders; nothing that was received is ever deleted.

    Raises:
        NoBatch: there is no such batch.
    """
    match order:
        case Order.PAUSE:
            pause(connection, batch_id)
        case Order.RESUME:
            resume(connection, batch_id)
        case Order.CANCEL:
            cancel(connection, batch_id, now)
        case Order.RETRY:
            retry(connection, batch_id)
        case Order.URGENT | Order.NOT_URGENT:
            set_urgent(connection, batch_id, order is Order.URGENT)
        case _ as never:
            assert_never(never)


def origin_of(
    source: str, batch: Batch | None, district: str | None, file_id: int | None = None
) -> Origin:
    """Return the origin of a file that comes in a batch, or by itself: then it is read at once."""
    if batch is None:
        return Origin(source, district=district, rank=work_items.AT_ONCE)
    return Origin(source, batch.id, file_id, district or batch.origin.district, batch.rank)


def pause(connection: Connection, batch_id: int) -> None:
    """Read on later; what is under way is finished (arrow a)."""
    if get_batch(connection, batch_id).state is BatchState.OPEN:
        _set(connection, batch_id, state=BatchState.PAUSED)


def resume(connection: Connection, batch_id: int) -> None:
    """Go on with a paused or cancelled batch (arrows b and d)."""
    batch = get_batch(connection, batch_id)
    _set(connection, batch_id, state=BatchState.OPEN)
    if batch.state is BatchState.CANCELLED:
        cancelled = scan_table.c.state == ScanState.CANCELLED
        query = select(scan_table.c.id).where(scan_table.c.batch_id == batch_id, cancelled)
        found = list(connection.scalars(query))
        scans.read_again(connection, found, get_batch(connection, batch_id).rank)
        manifests.take_back(connection, batch_id)


def cancel(connection: Connection, batch_id: int, now: dt.datetime) -> None:
    """Read and send no more of this batch; originals and drafts that are there stay (arrow c)."""
    get_batch(connection, batch_id)
    _set(connection, batch_id, state=BatchState.CANCELLED)
    waiting = work_items.waiting_among(connection, _of(batch_id))
    scans.settle(connection, waiting, ScanState.CANCELLED, now, reason=CANCELLED)
    manifests.skip(connection, batch_id)


CANCELLED = "ยกเลิกทั้งชุดก่อนอ่าน ต้นฉบับยังอยู่ กด “ทำต่อ” ที่ชุดงานเพื่ออ่าน"


def set_urgent(connection: Connection, batch_id: int, urgent: bool) -> None:
    """Read a batch before the others, or no longer so."""
    get_batch(connection, batch_id)
    _set(connection, batch_id, urgent=int(urgent))


def retry(connection: Connection, batch_id: int) -> int:
    """Have the scans of a batch read again that could not be read; return how many."""
    batch = get_batch(connection, batch_id)
    failed = scan_table.c.state == ScanState.FAILED
    query = select(scan_table.c.id).where(scan_table.c.batch_id == batch_id, failed)
    return scans.read_again(connection, list(connection.scalars(query)), batch.rank)


def _of(batch_id: int) -> ColumnElement[bool]:
    return items.c.scan_id.in_(select(scan_table.c.id).where(scan_table.c.batch_id == batch_id))


def _set(connection: Connection, batch_id: int, **values: object) -> None:
    connection.execute(update(batches).where(batches.c.id == batch_id).values(values))
    work_items.set_rank(connection, _of(batch_id), get_batch(connection, batch_id).rank)
