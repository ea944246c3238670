"""The one door for every file, whatever way it came.

A file is acknowledged only after: written and flushed → moved to its place → folder flushed →
committed. Before that, a crash costs the sender a retry; after it, nothing is lost.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import IntegrityError

from ingest.archive import Archive, Incoming, TooLarge
from ingest.limits import Limits
from ingest.opening import CannotOpen, Entry, unpack
from ingest.sniff import sniff
from models import manifests, scans
from models.database import writing
from models.letters import MediaType
from models.scans import Arrival, Origin, Outcome, ScanState

EMPTY = "ไฟล์ว่าง ไม่มีข้อมูล ให้สแกนหรือส่งใหม่"
FOREIGN = "ไม่ใช่ไฟล์ PDF, TIFF, JPEG, PNG หรือ ZIP เก็บไฟล์ไว้ให้เจ้าหน้าที่ดูแล้ว"
NESTED = "ไฟล์ ZIP ซ้อนอยู่ใน ZIP ให้แตกออกก่อนแล้วส่งใหม่"
NOTHING_INSIDE = "ไฟล์ ZIP ไม่มีไฟล์ข้างใน"
_LONGEST_NAME = 200


Closing = Callable[[Connection, list[Arrival]], None]


def _nothing_else(connection: Connection, arrivals: list[Arrival]) -> None:
    """Let a file be booked, and nothing more."""


@dataclass(frozen=True, slots=True)
class Intake:
    """What the door needs: where files go, where rows go, how much is taken, what time it is."""

    archive: Archive
    engine: Engine
    limits: Limits
    now: Callable[[], dt.datetime]


def receive(intake: Intake, stream: BinaryIO, name: str, origin: Origin) -> list[Arrival]:
    """Take one file in; gives one arrival, or one for every file in a ZIP.

    Raises:
        OSError: the disk is full or broken; nothing of the file is kept or acknowledged then.
    """
    try:
        with intake.archive.receive(stream, intake.limits.file_bytes) as incoming:
            return take(intake, incoming, name, origin)
    except TooLarge:
        return [_note(intake, _too_large(intake, label(name)), origin)]


def take(
    intake: Intake, incoming: Incoming, name: str, origin: Origin, also: Closing = _nothing_else
) -> list[Arrival]:
    """Take in a file that has arrived whole; ``also`` belongs to the transaction that books it.

    Raises:
        OSError: as for ``receive``.
    """
    name = label(name)
    if sniff(incoming.head) is MediaType.ZIP:
        return _receive_zip(intake, incoming, name, origin, also)
    return [_keep(intake, incoming, name, origin, also)]


def label(name: str) -> str:
    """Return a file's name fit to show: never a path, no control letters, not endless."""
    plain = "".join(letter for letter in name.replace("\\", "/") if letter.isprintable())
    return PurePosixPath(plain).name[-_LONGEST_NAME:] or "ไม่มีชื่อ"


def _receive_zip(
    intake: Intake, incoming: Incoming, name: str, origin: Origin, also: Closing
) -> list[Arrival]:
    with tempfile.TemporaryDirectory(dir=incoming.path.parent, prefix="zip-") as folder:
        try:
            entries = unpack(incoming.path, Path(folder), intake.limits)
        except CannotOpen as error:
            return [_keep(intake, incoming, name, origin, also, str(error))]
        if not entries:
            return [_keep(intake, incoming, name, origin, also, NOTHING_INSIDE)]
        arrivals = [
            _receive_entry(intake, entry, f"{name}/{label(entry.name)}", origin)
            for entry in entries
        ]
    with writing(intake.engine) as connection:
        _close(connection, arrivals, origin, also)
    return arrivals


def _receive_entry(intake: Intake, entry: Entry, name: str, origin: Origin) -> Arrival:
    try:
        with (
            entry.path.open("rb") as stream,
            intake.archive.receive(stream, intake.limits.file_bytes) as inside,
        ):
            nested = NESTED if sniff(inside.head) is MediaType.ZIP else None
            return _keep(intake, inside, name, origin, None, nested)
    except TooLarge:
        return _note(intake, _too_large(intake, name), origin, None)


def _keep(
    intake: Intake,
    incoming: Incoming,
    name: str,
    origin: Origin,
    also: Closing | None,
    refused: str | None = None,
) -> Arrival:
    """Put a whole file into the archive and the books. Refused ones are kept too, for a person.

    ``also`` is None for a file of several, which are closed together.
    """
    if incoming.size == 0:
        return _note(intake, Arrival(name, None, Outcome.REFUSED, EMPTY, None), origin, also)
    media_type = sniff(incoming.head)
    if refused is None and media_type is None:
        refused = FOREIGN
    intake.archive.keep(incoming)
    try:
        return _book(intake, incoming, media_type, name, origin, also, refused)
    except IntegrityError:
        # The same bytes came through another door between our look and our insert.
        return _book(intake, incoming, media_type, name, origin, also, refused)


def _book(
    intake: Intake,
    incoming: Incoming,
    media_type: MediaType | None,
    name: str,
    origin: Origin,
    also: Closing | None,
    refused: str | None,
) -> Arrival:
    now = intake.now()
    with writing(intake.engine) as connection:
        known = scans.find_scan(connection, incoming.sha256)
        if known is not None:
            outcome = Outcome.REFUSED if refused else Outcome.DUPLICATE
            arrival = Arrival(name, incoming.sha256, outcome, refused, known.id)
            if known.state is ScanState.CANCELLED:
                scans.read_again(connection, [known.id], origin.rank)
        else:
            scan_id = scans.add_scan(
                connection,
                sha256=incoming.sha256,
                name=name,
                media_type=media_type,
                size=incoming.size,
                origin=origin,
                now=now,
                refused=refused,
            )
            outcome = Outcome.REFUSED if refused else Outcome.NEW
            arrival = Arrival(name, incoming.sha256, outcome, refused, scan_id)
        scans.add_arrival(connection, arrival, origin, now)
        if also is not None:
            _close(connection, [arrival], origin, also)
    return arrival


def _close(connection: Connection, arrivals: list[Arrival], origin: Origin, also: Closing) -> None:
    """Note in the manifest what a chosen file was, and do what else belongs to it."""
    if origin.file_id is not None:
        manifests.note_sent(connection, origin.file_id, arrivals)
    also(connection, arrivals)


def _too_large(intake: Intake, name: str) -> Arrival:
    most = intake.limits.file_bytes // 2**20
    reason = f"ไฟล์ใหญ่เกิน {most} MB ให้แบ่งไฟล์หรือลดความละเอียดแล้วส่งใหม่"
    return Arrival(name, None, Outcome.REFUSED, reason, None)


def _note(
    intake: Intake, arrival: Arrival, origin: Origin, also: Closing | None = _nothing_else
) -> Arrival:
    with writing(intake.engine) as connection:
        scans.add_arrival(connection, arrival, origin, intake.now())
        if also is not None:
            _close(connection, [arrival], origin, also)
    return arrival
