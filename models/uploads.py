"""Uploads that may be resumed: how many bytes of each are on disk for certain, and whose it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, Row, delete, insert, select, update

from models.intake_tables import uploads
from models.scans import Arrival, Outcome, summary


@dataclass(frozen=True, slots=True)
class Upload:
    """An upload, under way or finished; ``sha256`` once all its ``length`` bytes are here."""

    id: str
    owner: str
    batch_id: int | None
    file_id: int | None
    district: str | None
    name: str
    length: int
    offset: int
    sha256: str | None
    created_at: dt.datetime
    expires_at: dt.datetime
    finished_at: dt.datetime | None = None
    outcome: Outcome | None = None
    reason: str | None = None
    scan_id: int | None = None


class AlreadyFinished(Exception):
    """The bytes of an upload were taken in by another request; ``upload`` is what it made of it."""

    def __init__(self, upload: Upload) -> None:
        super().__init__(upload.id)
        self.upload = upload


def add_upload(connection: Connection, upload: Upload) -> None:
    """Keep a new upload."""
    values = {name: getattr(upload, name) for name in Upload.__slots__}
    connection.execute(insert(uploads).values(values))


def get_upload(connection: Connection, upload_id: str, owner: str) -> Upload | None:
    """Return an upload of this owner; another's is as unknown as none."""
    mine = (uploads.c.id == upload_id) & (uploads.c.owner == owner)
    row = connection.execute(select(uploads).where(mine)).one_or_none()
    return None if row is None else _upload(row)


def _upload(row: Row[tuple[object, ...]]) -> Upload:
    values = dict(row._mapping)
    values["outcome"] = Outcome(values["outcome"]) if values["outcome"] else None
    return Upload(**values)


def advance(
    connection: Connection, upload: Upload, offset: int, expires_at: dt.datetime, sha256: str | None
) -> bool:
    """Note that bytes up to ``offset`` are on disk; False where it is not there any more."""
    as_seen = (uploads.c.id == upload.id) & (uploads.c.offset == upload.offset)
    values = {"offset": offset, "expires_at": expires_at, "sha256": sha256}
    return connection.execute(update(uploads).where(as_seen).values(values)).rowcount == 1


def finished(upload: Upload, arrivals: Sequence[Arrival], now: dt.datetime) -> Upload:
    """Return an upload with what its bytes were; of a ZIP, what was best among the files inside."""
    whole = summary(arrivals)
    return replace(
        upload,
        finished_at=now,
        outcome=whole.outcome,
        reason=whole.reason,
        scan_id=whole.scan_id,
    )


def finish_upload(
    connection: Connection,
    upload: Upload,
    arrivals: Sequence[Arrival],
    now: dt.datetime,
    *,
    new: bool,
) -> None:
    """Note what the bytes of an upload were; ``new`` where it is not in the books yet.

    Raises:
        AlreadyFinished: another request took it in; what this one booked must be undone.
    """
    done = finished(upload, arrivals, now)
    if new:
        add_upload(connection, done)
        return
    values = {name: getattr(done, name) for name in ("finished_at", "outcome", "reason", "scan_id")}
    this, open_yet = uploads.c.id == upload.id, uploads.c.finished_at.is_(None)
    changed = connection.execute(update(uploads).where(this & open_yet).values(values)).rowcount
    if not changed and (before := get_upload(connection, upload.id, upload.owner)):
        raise AlreadyFinished(before)


def upload_ids(connection: Connection) -> frozenset[str]:
    """Return the ids of all uploads."""
    return frozenset(connection.scalars(select(uploads.c.id)))


def drop_upload(connection: Connection, upload_id: str) -> None:
    """Forget an upload."""
    connection.execute(delete(uploads).where(uploads.c.id == upload_id))


def drop_expired(connection: Connection, now: dt.datetime) -> list[str]:
    """Forget the uploads whose time is over; return their ids."""
    over = uploads.c.expires_at <= now
    found = list(connection.scalars(select(uploads.c.id).where(over)))
    connection.execute(delete(uploads).where(over))
    return found
