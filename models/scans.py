"""Scans, how they arrived, and the work that waits on them.

(nothing) --a--> RECEIVED --b--> READ
                 |  \\--c--> FAILED --d--> RECEIVED
                 \\--f--> CANCELLED --g--> RECEIVED
(nothing) --e--> REFUSED

a  intake: kept, with its work item, in one transaction
b  the pipeline wrote its draft(s)
c  the file could not be opened at all; a person must look at it
d  a person asks for another try
e  intake: not a file that we can read; kept all the same, for a person
f  a person cancelled its batch before it was read; the original stays
g  the batch is taken up again, or the same bytes come once more
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from sqlalchemy import Connection, Row, func, insert, select, update

from models import work_items
from models.database import portions
from models.letters import MediaType
from models.tables import arrivals, pages, scans
from models.tables import work_items as work_item_table


class ScanState(StrEnum):
    """Where a scan is on its way."""

    RECEIVED = "received"
    READ = "read"
    FAILED = "failed"
    REFUSED = "refused"
    CANCELLED = "cancelled"


class Outcome(StrEnum):
    """What became of a file that was given to us."""

    NEW = "new"
    DUPLICATE = "duplicate"
    REFUSED = "refused"


_AGAIN = (ScanState.FAILED, ScanState.CANCELLED)


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
    district: str | None
    settled_at: dt.datetime | None
    blank_pages: int | None
    separator_pages: int | None
    proposed_cuts: list[int] | None


@dataclass(frozen=True, slots=True)
class Origin:
    """By which door a file came, and what came with it.

    ``rank`` says how soon it is read, see models.work_items; ``file_id`` is its line in the
    manifest of its batch.
    """

    source: str
    batch_id: int | None = None
    file_id: int | None = None
    district: str | None = None
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Arrival:
    """One file given to us, and what became of it."""

    name: str
    sha256: str | None
    outcome: Outcome
    reason: str | None
    scan_id: int | None


_BEST = (Outcome.NEW, Outcome.DUPLICATE, Outcome.REFUSED)


def summary(arrivals: Sequence[Arrival]) -> Arrival:
    """Return what became of a file: of a ZIP, what was best among the files inside."""
    best = min(arrivals, key=lambda arrival: _BEST.index(arrival.outcome))
    refused = sum(arrival.outcome is Outcome.REFUSED for arrival in arrivals)
    if not refused or best.outcome is Outcome.REFUSED:
        return best
    return replace(best, reason=f"รับไม่ได้ {refused} จาก {len(arrivals)} ไฟล์ที่อยู่ข้างใน")


def _scan(row: Row[tuple[object, ...]]) -> StoredScan:
    values = dict(row._mapping)
    values["state"] = ScanState(values["state"])
    values["media_type"] = MediaType(values["media_type"]) if values["media_type"] else None
    return StoredScan(**values)


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
    origin: Origin,
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
        "source": origin.source,
        "batch_id": origin.batch_id,
        "district": origin.district,
        "state": state,
        "reason": refused,
    }
    key = connection.execute(insert(scans).values(values)).inserted_primary_key
    assert key is not None
    scan_id = int(key[0])
    if refused is None:
        work_items.add(connection, scan_id, origin.rank, now)
    return scan_id


def add_arrival(connection: Connection, arrival: Arrival, origin: Origin, now: dt.datetime) -> None:
    """Note what became of a file."""
    values = {
        "batch_id": origin.batch_id,
        "file_id": origin.file_id,
        "name": arrival.name,
        "sha256": arrival.sha256,
        "outcome": arrival.outcome,
        "reason": arrival.reason,
        "arrived_at": now,
        "scan_id": arrival.scan_id,
    }
    connection.execute(insert(arrivals).values(values))


def set_state(
    connection: Connection,
    scan_id: int,
    state: ScanState,
    now: dt.datetime,
    *,
    pages: int | None = None,
    reason: str | None = None,
) -> None:
    """Note how reading a scan ended."""
    settle(connection, [scan_id], state, now, pages=pages, reason=reason)


def settle(
    connection: Connection,
    scan_ids: Sequence[int],
    state: ScanState,
    now: dt.datetime,
    *,
    pages: int | None = None,
    reason: str | None = None,
) -> None:
    """Note how reading some scans ended, all in the same way."""
    values = {"state": state, "reason": reason, "pages": pages, "settled_at": now}
    for some in portions(scan_ids):
        connection.execute(update(scans).where(scans.c.id.in_(some)).values(values))
    work_items.finish(connection, scan_ids, now)


def read_again(connection: Connection, scan_ids: Sequence[int], rank: int = 0) -> int:
    """Have scans read that failed or were cancelled; return how many will be."""
    values = {"state": ScanState.RECEIVED, "reason": None, "settled_at": None}
    found: list[int] = []
    for some in portions(scan_ids):
        chosen = scans.c.id.in_(some) & scans.c.state.in_(_AGAIN)
        again = list(connection.scalars(select(scans.c.id).where(chosen)))
        connection.execute(update(scans).where(scans.c.id.in_(again)).values(values))
        found += again
    work_items.reopen(connection, found, rank)
    return len(found)


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
    # What an officer paused waits for the officer, not for the machine.
    reading = (scans.c.state == ScanState.RECEIVED) & (work_item_table.c.rank >= work_items.BACKLOG)
    joined = scans.join(work_item_table, work_item_table.c.scan_id == scans.c.id)
    oldest = connection.scalar(
        select(func.min(scans.c.received_at)).select_from(joined).where(reading)
    )
    if oldest is None:
        return None
    read = connection.scalar(select(func.max(pages.c.read_at)))
    since = max(oldest, read) if read else oldest
    return since if since < before else None


def unfinished(connection: Connection, scan_ids: list[int]) -> int:
    """Return how many of these scans are still to be read."""
    total = 0
    for some in portions(scan_ids):
        chosen = scans.c.id.in_(some)
        waiting = scans.c.state == ScanState.RECEIVED
        total += connection.scalar(select(func.count()).where(chosen, waiting)) or 0
    return total


def scans_needing_a_person(connection: Connection, limit: int) -> list[StoredScan]:
    """Return the scans that the machine could not open, newest first."""
    chosen = scans.c.state.in_([ScanState.FAILED, ScanState.REFUSED])
    rows = connection.execute(select(scans).where(chosen).order_by(scans.c.id.desc()).limit(limit))
    return [_scan(row) for row in rows]
