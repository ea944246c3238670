"""Scans, how they arrived, and the work that waits on them.

(nothing) --a--> RECEIVED --b--> READ
                    |  \\--c--> FAILED --d--> RECEIVED
(nothing) --e--> REFUSED

a  intake: kept, with its work item, in one transaction
b  the pipeline wrote its draft(s)
c  the file could not be opened at all; a person must look at it
d  a person asks for another try
e  intake: not a file that we can read; kept all the same, for a person
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection, Row, func, insert, select, update

from models.letters import MediaType
from models.tables import arrivals, batches, pages, scans, work_items


class ScanState(StrEnum):
    """Where a scan is on its way."""

    RECEIVED = "received"
    READ = "read"
    FAILED = "failed"
    REFUSED = "refused"


class Outcome(StrEnum):
    """What became of a file that was given to us."""

    NEW = "new"
    DUPLICATE = "duplicate"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class StoredScan:
    """A scan as the office keeps it."""

    id: int
    sha256: str
    name: str
    media_type: MediaType | None
    size: int
    received_at: dt.datetime
    source: str
    batch_id: int | None
    state: ScanState
    reason: str | None
    pages: int | None
    blank_pages: int | None
    separator_pages: int | None
    proposed_cuts: list[int] | None


@dataclass(frozen=True, slots=True)
class Arrival:
    """One file given to us, and what became of it."""

    name: str
    sha256: str | None
    outcome: Outcome
    reason: str | None
    scan_id: int | None


def _scan(row: Row[tuple[object, ...]]) -> StoredScan:
    values = dict(row._mapping)
    values["state"] = ScanState(values["state"])
    values["media_type"] = MediaType(values["media_type"]) if values["media_type"] else None
    return StoredScan(**values)


def open_batch(connection: Connection, name: str, source: str, now: dt.datetime) -> int:
    """Start a batch (a pile, a box, one call of the command line) and return its id."""
    values = {"name": name, "source": source, "created_at": now}
    return _new_id(connection.execute(insert(batches).values(values)).inserted_primary_key)


def _new_id(key: object) -> int:
    assert isinstance(key, tuple | Row)
    return int(key[0])


def find_scan(connection: Connection, sha256: str) -> StoredScan | None:
    """Return the scan with these bytes."""
    row = connection.execute(select(scans).where(scans.c.sha256 == sha256)).one_or_none()
    return None if row is None else _scan(row)


def get_scan(connection: Connection, scan_id: int) -> StoredScan | None:
    """Return the scan with this id."""
    row = connection.execute(select(scans).where(scans.c.id == scan_id)).one_or_none()
    return None if row is None else _scan(row)


def add_scan(
    connection: Connection,
    *,
    sha256: str,
    name: str,
    media_type: MediaType | None,
    size: int,
    source: str,
    batch_id: int | None,
    now: dt.datetime,
    refused: str | None = None,
) -> int:
    """Keep a scan; with its work item, or with the reason why there is nothing to work on."""
    state = ScanState.RECEIVED if refused is None else ScanState.REFUSED
    values = {
        "sha256": sha256,
        "name": name,
        "media_type": media_type,
        "size": size,
        "received_at": now,
        "source": source,
        "batch_id": batch_id,
        "state": state,
        "reason": refused,
    }
    scan_id = _new_id(connection.execute(insert(scans).values(values)).inserted_primary_key)
    if refused is None:
        connection.execute(insert(work_items).values(scan_id=scan_id, created_at=now))
    return scan_id


def add_arrival(
    connection: Connection, arrival: Arrival, batch_id: int | None, now: dt.datetime
) -> None:
    """Note what became of a file."""
    values = {
        "batch_id": batch_id,
        "name": arrival.name,
        "sha256": arrival.sha256,
        "outcome": arrival.outcome,
        "reason": arrival.reason,
        "arrived_at": now,
        "scan_id": arrival.scan_id,
    }
    connection.execute(insert(arrivals).values(values))


def unqueued_scans(connection: Connection, limit: int) -> list[int]:
    """Return scans whose work item the pipeline has not taken yet, oldest first."""
    query = select(work_items.c.scan_id).where(work_items.c.enqueued_at.is_(None))
    return list(connection.scalars(query.order_by(work_items.c.scan_id).limit(limit)))


def mark_queued(connection: Connection, scan_ids: list[int], now: dt.datetime) -> None:
    """Note that the pipeline has taken these work items."""
    chosen = work_items.c.scan_id.in_(scan_ids)
    connection.execute(update(work_items).where(chosen).values(enqueued_at=now))


def set_state(
    connection: Connection,
    scan_id: int,
    state: ScanState,
    *,
    pages: int | None = None,
    reason: str | None = None,
) -> None:
    """Note how reading a scan ended."""
    values = {"state": state, "reason": reason, "pages": pages}
    connection.execute(update(scans).where(scans.c.id == scan_id).values(values))


def count_by_state(connection: Connection) -> dict[ScanState, int]:
    """Return how many scans are in each state (states without scans are 0)."""
    query = select(scans.c.state, func.count()).group_by(scans.c.state)
    counts = dict.fromkeys(ScanState, 0)
    for state, count in connection.execute(query):
        counts[ScanState(state)] = count
    return counts


def standing_still_since(connection: Connection, before: dt.datetime) -> dt.datetime | None:
    """Return since when nothing was read though files wait, None where all goes its way.

    ``before`` is the moment after which something should have been read, or come in.
    """
    waiting = select(func.min(scans.c.received_at)).where(scans.c.state == ScanState.RECEIVED)
    oldest = connection.scalar(waiting)
    if oldest is None:
        return None
    read = connection.scalar(select(func.max(pages.c.read_at)))
    since = max(oldest, read) if read else oldest
    return since if since < before else None


def unfinished(connection: Connection, scan_ids: list[int]) -> int:
    """Return how many of these scans are still to be read."""
    total = 0
    for start in range(0, len(scan_ids), 500):
        chosen = scans.c.id.in_(scan_ids[start : start + 500])
        waiting = scans.c.state == ScanState.RECEIVED
        total += connection.scalar(select(func.count()).where(chosen, waiting)) or 0
    return total


def scans_needing_a_person(connection: Connection, limit: int) -> list[StoredScan]:
    """Return the scans that the machine could not open, newest first."""
    chosen = scans.c.state.in_([ScanState.FAILED, ScanState.REFUSED])
    rows = connection.execute(select(scans).where(chosen).order_by(scans.c.id.desc()).limit(limit))
    return [_scan(row) for row in rows]
