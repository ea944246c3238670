"""Uploads that may be resumed: from the first byte to the scan.

Each step is durable before the next: bytes flushed → offset committed → (all there: hash
committed) → moved into the archive → booked together with the end of the upload. Whatever step a
crash falls into, the sender asks how far we are and goes on from there; the last two steps may
run again.
"""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from dataclasses import replace

from sqlalchemy import Connection

from ingest.archive import Incoming, remove
from ingest.intake import Intake, take
from ingest.partial_files import PartialFile, open_partial, whole
from models import uploads
from models.batches import get_batch, origin_of
from models.database import looking, writing
from models.scans import Arrival, Origin
from models.uploads import Upload

LIFETIME = dt.timedelta(days=7)  # from the last byte that came
_HEAD = 1024


class UploadLost(Exception):
    """The bytes of an upload are not where they should be; it must begin anew."""


def _origin(intake: Intake, upload: Upload) -> Origin:
    """Return by which door an upload came, and how soon it is to be read."""
    batch = None
    if upload.batch_id is not None:
        with looking(intake.engine) as connection:
            batch = get_batch(connection, upload.batch_id)
    source = "station" if upload.owner.startswith("station:") else "browser"
    return origin_of(source, batch, upload.district, upload.file_id)


def begin(intake: Intake, upload: Upload, partial: PartialFile) -> Upload:
    """Keep a new upload with the bytes that came along; one that is whole is taken in at once.

    Raises:
        OSError: the disk is full or broken; nothing is kept then.
    """
    partial.flush(stays=partial.offset < upload.length)
    if partial.offset < upload.length:
        upload = replace(upload, offset=partial.offset)
        with writing(intake.engine) as connection:
            uploads.add_upload(connection, upload)
        return upload
    incoming = partial.incoming()
    upload = replace(upload, offset=upload.length, sha256=incoming.sha256)
    return _take_in(intake, upload, incoming, new=True)


def advance(intake: Intake, upload: Upload, partial: PartialFile) -> Upload:
    """Commit the bytes that came; with the last of them the file is taken in.

    Raises:
        OSError: the disk is full or broken; the bytes must be sent again.
        UploadLost: it expired meanwhile; it must begin anew.
    """
    partial.flush(stays=True)
    complete = partial.offset == upload.length
    incoming = partial.incoming() if complete else None
    moved = replace(
        upload,
        offset=partial.offset,
        expires_at=intake.now() + LIFETIME,
        sha256=incoming.sha256 if incoming else None,
    )
    with writing(intake.engine) as connection:
        if not uploads.advance(connection, upload, moved.offset, moved.expires_at, moved.sha256):
            raise UploadLost
    return moved if incoming is None else _take_in(intake, moved, incoming)


def finish(intake: Intake, upload: Upload) -> Upload:
    """Take in a whole upload that a crash kept from it.

    Raises:
        Busy: no crash: another request is about to take it in.
        UploadLost: its bytes are nowhere.
    """
    if upload.finished_at is not None or upload.sha256 is None:
        return upload
    path = intake.archive.upload(upload.id)
    with suppress(FileNotFoundError), open_partial(path):
        return _taken_in(intake, upload) or _take_in(intake, upload, whole(path))
    # It was moved into the archive, but perhaps that was not booked.
    if done := _taken_in(intake, upload):
        return done
    original = intake.archive.original(upload.sha256)
    try:
        with original.open("rb") as file:
            head = file.read(_HEAD)
    except FileNotFoundError as error:
        raise UploadLost from error
    return _take_in(intake, upload, Incoming(original, upload.sha256, upload.length, head))


def _taken_in(intake: Intake, upload: Upload) -> Upload | None:
    """Return an upload as the books have it, once it is finished."""
    with looking(intake.engine) as connection:
        known = uploads.get_upload(connection, upload.id, upload.owner)
    return known if known is not None and known.finished_at is not None else None


def _take_in(intake: Intake, upload: Upload, incoming: Incoming, *, new: bool = False) -> Upload:
    now = intake.now()

    def also(connection: Connection, arrivals: list[Arrival]) -> None:
        uploads.finish_upload(connection, upload, arrivals, now, new=new)

    try:
        arrivals = take(intake, incoming, upload.name, _origin(intake, upload), also)
    except uploads.AlreadyFinished as before:
        return before.upload
    intake.archive.upload(upload.id).unlink(missing_ok=True)
    return uploads.finished(upload, arrivals, now)


def terminate(intake: Intake, upload: Upload) -> None:
    """Forget an upload that is not finished, and its bytes."""
    with writing(intake.engine) as connection:
        uploads.drop_upload(connection, upload.id)
    intake.archive.upload(upload.id).unlink(missing_ok=True)


def sweep(intake: Intake) -> int:
    """Remove expired uploads, and files that no upload knows; return how many."""
    now = intake.now()
    with writing(intake.engine) as connection:
        gone = uploads.drop_expired(connection, now)
        known = uploads.upload_ids(connection)
    for upload_id in gone:
        intake.archive.upload(upload_id).unlink(missing_ok=True)
    removed = len(gone)
    for path in intake.archive.uploads():
        old = now.timestamp() - path.stat().st_mtime > LIFETIME.total_seconds()
        if path.name not in known and old:
            remove(path)
            removed += 1
    return removed
