"""The one door for every file, whatever way it came.

A file is acknowledged only after: written and flushed → moved to its place → folder flushed →
committed. Before that, a crash costs the sender a retry; after it, nothing is lost.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError

from ingest.archive import Archive, Incoming, TooLarge
from ingest.limits import Limits
from ingest.opening import CannotOpen, Entry, unpack
from ingest.sniff import sniff
from models import scans
from models.database import writing
from models.letters import MediaType
from models.scans import Arrival, Outcome

EMPTY = "ไฟล์ว่าง ไม่มีข้อมูล ให้สแกนหรือส่งใหม่"
FOREIGN = "ไม่ใช่ไฟล์ PDF, TIFF, JPEG, PNG หรือ ZIP เก็บไฟล์ไว้ให้เจ้าหน้าที่ดูแล้ว"
NESTED = "ไฟล์ ZIP ซ้อนอยู่ใน ZIP ให้แตกออกก่อนแล้วส่งใหม่"
NOTHING_INSIDE = "ไฟล์ ZIP ไม่มีไฟล์ข้างใน"
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Intake:
    """What the door needs: where files go, where rows go, how much is taken, what time it is."""

    archive: Archive
    engine: Engine
    limits: Limits
    now: Callable[[], dt.datetime]


def receive(
    intake: Intake, stream: BinaryIO, name: str, source: str, batch_id: int | None
) -> Iterator[Arrival]:
    """Take one file in; gives one arrival, or one for every file in a ZIP.

    Raises:
        OSError: the disk is full or broken; nothing of the file is kept or acknowledged then.
    """
    name = label(name)
    try:
        with intake.archive.receive(stream, intake.limits.file_bytes) as incoming:
            if sniff(incoming.head) is MediaType.ZIP:
                yield from _receive_zip(intake, incoming, name, source, batch_id)
            else:
                yield _keep(intake, incoming, name, source, batch_id)
    except TooLarge:
        yield _too_large(intake, name, batch_id)


def label(name: str) -> str:
    """Return a file's name fit to show: never a path, no control letters, not endless."""
    plain = "".join(letter for letter in name.replace("\\", "/") if letter.isprintable())
    return PurePosixPath(plain).name[-_LONGEST_NAME:] or "ไม่มีชื่อ"


def _receive_zip(
    intake: Intake, incoming: Incoming, name: str, source: str, batch_id: int | None
) -> Iterator[Arrival]:
    with tempfile.TemporaryDirectory(dir=incoming.path.parent, prefix="zip-") as folder:
        try:
            entries = unpack(incoming.path, Path(folder), intake.limits)
        except CannotOpen as error:
            yield _keep(intake, incoming, name, source, batch_id, str(error))
            return
        if not entries:
            yield _keep(intake, incoming, name, source, batch_id, NOTHING_INSIDE)
        for entry in entries:
            yield _receive_entry(intake, entry, f"{name}/{label(entry.name)}", source, batch_id)


def _receive_entry(
    intake: Intake, entry: Entry, name: str, source: str, batch_id: int | None
) -> Arrival:
    try:
        with (
            entry.path.open("rb") as stream,
            intake.archive.receive(stream, intake.limits.file_bytes) as inside,
        ):
            nested = NESTED if sniff(inside.head) is MediaType.ZIP else None
            return _keep(intake, inside, name, source, batch_id, nested)
    except TooLarge:
        return _too_large(intake, name, batch_id)


def _keep(
    intake: Intake,
    incoming: Incoming,
    name: str,
    source: str,
    batch_id: int | None,
    refused: str | None = None,
) -> Arrival:
    """Put a whole file into the archive and the books. Refused ones are kept too, for a person."""
    if incoming.size == 0:
        return _note(intake, Arrival(name, None, Outcome.REFUSED, EMPTY, None), batch_id)
    media_type = sniff(incoming.head)
    if refused is None and media_type is None:
        refused = FOREIGN
    intake.archive.keep(incoming)
    try:
        return _book(intake, incoming, media_type, name, source, batch_id, refused)
    except IntegrityError:
        # The same bytes came through another door between our look and our insert.
        return _book(intake, incoming, media_type, name, source, batch_id, refused)


def _book(
    intake: Intake,
    incoming: Incoming,
    media_type: MediaType | None,
    name: str,
    source: str,
    batch_id: int | None,
    refused: str | None,
) -> Arrival:
    now = intake.now()
    with writing(intake.engine) as connection:
        known = scans.find_scan(connection, incoming.sha256)
        if known is not None:
            outcome = Outcome.REFUSED if refused else Outcome.DUPLICATE
            arrival = Arrival(name, incoming.sha256, outcome, refused, known.id)
        else:
            scan_id = scans.add_scan(
                connection,
                sha256=incoming.sha256,
                name=name,
                media_type=media_type,
                size=incoming.size,
                source=source,
                batch_id=batch_id,
                now=now,
                refused=refused,
            )
            outcome = Outcome.REFUSED if refused else Outcome.NEW
            arrival = Arrival(name, incoming.sha256, outcome, refused, scan_id)
        scans.add_arrival(connection, arrival, batch_id, now)
    return arrival


def _too_large(intake: Intake, name: str, batch_id: int | None) -> Arrival:
    most = intake.limits.file_bytes // 2**20
    reason = f"ไฟล์ใหญ่เกิน {most} MB ให้แบ่งไฟล์หรือลดความละเอียดแล้วส่งใหม่"
    return _note(intake, Arrival(name, None, Outcome.REFUSED, reason, None), batch_id)


def _note(intake: Intake, arrival: Arrival, batch_id: int | None) -> Arrival:
    with writing(intake.engine) as connection:
        scans.add_arrival(connection, arrival, batch_id, intake.now())
    return arrival
