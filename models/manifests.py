"""The files that somebody chose for a batch, and what became of each.

WAITING --a--> SENT
   \\--b--> SKIPPED --c--> WAITING

a  its bytes are here; the outcome says what they were
b  a person leaves it out
c  it was chosen again, or the batch goes on
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from models.database import portions
from models.intake_tables import batch_files, uploads
from models.scans import Arrival, Outcome, find_scan, summary


class FileState(StrEnum):
    """Whether a chosen file was sent."""

    WAITING = "waiting"
    SENT = "sent"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class ChosenFile:
    """A file as its owner knows it.

    ``path`` is below the chosen folder, ``size`` in bytes, ``modified`` in milliseconds since
    1970; ``sha256`` where the owner knows it.
    """

    path: str
    size: int
    modified: int
    sha256: str | None = None

    @property
    def key(self) -> tuple[str, int, int]:
        """Return what tells one chosen file from another."""
        return self.path, self.size, self.modified


@dataclass(frozen=True, slots=True)
class ListedFile:
    """A line of the manifest; ``upload_id`` and ``offset`` where a part of it is here."""

    id: int
    path: str
    size: int
    modified: int
    state: FileState
    outcome: Outcome | None
    reason: str | None
    scan_id: int | None
    upload_id: str | None = None
    offset: int = 0

    @property
    def key(self) -> tuple[str, int, int]:
        """Return what tells one chosen file from another."""
        return self.path, self.size, self.modified


def declare(
    connection: Connection,
    batch_id: int,
    chosen: Sequence[ChosenFile],
    now: dt.datetime,
    owner: str,
) -> list[ListedFile]:
    """Put files on the manifest, unless they are there; return their lines in the same order.

    One whose bytes we have by the stated hash is a duplicate at once, and need not be sent. Only
    ``owner`` may go on with an upload that is under way: nobody else is told of it.
    """
    known = _lines(connection, batch_id)
    new = {each.key: each for each in chosen if each.key not in known}
    if new:
        rows = [_new_line(connection, batch_id, each) for each in new.values()]
        connection.execute(insert(batch_files), rows)
    again = [
        line.id
        for key in {each.key for each in chosen}
        if (line := known.get(key)) and line.state is FileState.SKIPPED
    ]
    for some in portions(again):
        chosen_again = batch_files.c.id.in_(some)
        connection.execute(update(batch_files).where(chosen_again).values(state=FileState.WAITING))
    known = _lines(connection, batch_id)
    parts = _parts(connection, batch_id, now, owner)
    known = {key: replace(line, **parts.get(line.id, {})) for key, line in known.items()}
    return [known[each.key] for each in chosen]


def _new_line(connection: Connection, batch_id: int, chosen: ChosenFile) -> dict[str, object]:
    line: dict[str, object] = {
        "batch_id": batch_id,
        "path": chosen.path,
        "size": chosen.size,
        "modified": chosen.modified,
        "sha256": chosen.sha256,
    }
    have = find_scan(connection, chosen.sha256) if chosen.sha256 else None
    if have is None:
        return line | {"state": FileState.WAITING, "outcome": None, "scan_id": None}
    return line | {"state": FileState.SENT, "outcome": Outcome.DUPLICATE, "scan_id": have.id}


def _lines(connection: Connection, batch_id: int) -> dict[tuple[str, int, int], ListedFile]:
    rows = connection.execute(select(*_COLUMNS).where(batch_files.c.batch_id == batch_id))
    return {line.key: line for line in map(_line, rows)}


def _parts(
    connection: Connection, batch_id: int, now: dt.datetime, owner: str
) -> dict[int, dict[str, Any]]:
    """Return by the id of a file what is here of it."""
    mine = (uploads.c.batch_id == batch_id) & (uploads.c.owner == owner)
    open_ones = uploads.c.finished_at.is_(None) & (uploads.c.expires_at > now)
    query = select(uploads.c.file_id, uploads.c.id, uploads.c.offset).where(mine, open_ones)
    begun = connection.execute(query.order_by(uploads.c.created_at))
    return {row.file_id: {"upload_id": row.id, "offset": row.offset} for row in begun}


_COLUMNS = [
    batch_files.c[name]
    for name in ("id", "path", "size", "modified", "state", "outcome", "reason", "scan_id")
]


def _line(row: Row[tuple[object, ...]]) -> ListedFile:
    values = {column.name: row._mapping[column.name] for column in _COLUMNS}
    values["state"] = FileState(values["state"])
    values["outcome"] = Outcome(values["outcome"]) if values["outcome"] else None
    return ListedFile(**values)


def get_file(connection: Connection, file_id: int) -> tuple[int, ListedFile] | None:
    """Return a line of a manifest after the id of its batch."""
    query = select(batch_files.c.batch_id, *_COLUMNS).where(batch_files.c.id == file_id)
    row = connection.execute(query).one_or_none()
    return None if row is None else (int(row.batch_id), _line(row))


def note_sent(connection: Connection, file_id: int, arrivals: Sequence[Arrival]) -> None:
    """Note what the bytes of a file were; what came first counts, should it be sent twice."""
    whole = summary(arrivals)
    values = {
        "state": FileState.SENT,
        "outcome": whole.outcome,
        "reason": whole.reason,
        "sha256": whole.sha256,
        "scan_id": whole.scan_id,
    }
    line = batch_files.c
    unsent = (line.id == file_id) & (line.state != FileState.SENT)
    connection.execute(update(batch_files).where(unsent).values(values))


def skip(connection: Connection, batch_id: int, file_ids: Iterable[int] | None = None) -> None:
    """Leave files out that were not sent: these, or all."""
    line = batch_files.c
    chosen = (line.batch_id == batch_id) & (line.state == FileState.WAITING)
    if file_ids is not None:
        chosen &= line.id.in_(list(file_ids))
    connection.execute(update(batch_files).where(chosen).values(state=FileState.SKIPPED))


def take_back(connection: Connection, batch_id: int) -> None:
    """Let the files that were left out wait again."""
    line = batch_files.c
    chosen = (line.batch_id == batch_id) & (line.state == FileState.SKIPPED)
    connection.execute(update(batch_files).where(chosen).values(state=FileState.WAITING))
