"""``saraban restore``: makes an office out of a backup, in an empty place only.

Everything is read and compared with its hash before the place is touched. A mark stands in the
place until the database is there too: what was restored only in part is not opened as an office.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ingest import bag
from ingest.archive import Archive, flush, write_whole
from ingest.bag import Placed, Snapshot, TornBackup, Watched
from models import schema
from models.snapshot import (
    holds_an_office,
    name_of_copy,
    put_back_postgresql,
    put_back_sqlite,
    sqlite_file,
)

_MARK = "restore-unfinished"
_OF_A_DISK = {"lost+found"}
_NO_LIMIT = 2**63


class RestoreRefused(Exception):
    """Nothing was restored and nothing was changed; the message says why."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an office is to stand."""

    data_dir: Path
    url: str

    @property
    def mark(self) -> Path:
        """Return what stands there as long as the office is not whole."""
        return self.data_dir / _MARK


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back, and the files that were damaged in the backup and left out."""

    snapshot: Snapshot
    left_out: tuple[str, ...]


def restore(
    root: Path, name: str | None, place: Place, watched: Watched, *, leave_out: bool = False
) -> Restored:
    """Put a snapshot of a backup back, the newest if none is named.

    ``leave_out`` does without files that are damaged in the backup; the database must be whole.

    Raises:
        RestoreRefused: the place is not empty or too small, or there is no fitting snapshot.
        TornBackup: the snapshot is not whole; the place was not touched.
        OSError: the disk is full or broken; restoring again goes on.
    """
    _require_empty(place)
    snapshot = _chosen(root, name)
    _require_fitting(snapshot, place)
    damaged = bag.require_whole(root, snapshot, watched, leave_out=leave_out)
    whole = [each for each in snapshot.places if each.sha256 not in damaged]
    _require_room(snapshot, place)
    again = _begin(place)
    _put_back_files(root, whole, place, watched)
    _put_back_database(snapshot, place, again)
    place.mark.unlink()
    flush(place.data_dir)
    left_out = tuple(each.path for each in snapshot.places if each.sha256 in damaged)
    return Restored(snapshot, left_out)


def unfinished(data_dir: Path) -> bool:
    """Tell whether a restore began here and did not end."""
    return (data_dir / _MARK).exists()


def _require_empty(place: Place) -> None:
    if unfinished(place.data_dir):
        return
    inside = [path.name for path in place.data_dir.iterdir()] if place.data_dir.exists() else []
    if set(inside) - _OF_A_DISK:
        raise RestoreRefused(
            f"{place.data_dir} ไม่ว่าง จึงไม่กู้คืนทับ ให้ตั้ง SARABAN_DATA_DIR เป็นโฟลเดอร์ใหม่ที่ว่าง"
        )
    if holds_an_office(place.url):
        raise RestoreRefused("ฐานข้อมูลปลายทางมีข้อมูลอยู่แล้ว จึงไม่กู้คืนทับ ให้ใช้ฐานข้อมูลใหม่ที่ว่าง")


def _chosen(root: Path, name: str | None) -> Snapshot:
    """Return the snapshot asked for, or the newest; a torn one is never passed over in silence."""
    found = bag.names(root)
    if name is None and not found:
        raise RestoreRefused(f"ไม่พบชุดสำรองที่สมบูรณ์ใน {root}")
    if name is not None and name not in found:
        raise RestoreRefused(f"ไม่พบชุดสำรอง {name} มีแต่ {', '.join(found) or 'โฟลเดอร์ว่าง'}")
    try:
        return bag.open_snapshot(root, name or found[-1])
    except TornBackup as error:
        others = [each for each in found if each != (name or found[-1])]
        hint = f" ชุดอื่นที่มี (เลือกด้วย --snapshot): {', '.join(others)}" if others else ""
        raise TornBackup(f"{error}{hint}") from error


def _require_fitting(snapshot: Snapshot, place: Place) -> None:
    info = snapshot.info
    if info.database != name_of_copy(place.url):
        raise RestoreRefused(
            f"ชุดสำรองมีฐานข้อมูล {info.database} แต่ SARABAN_DATABASE_URL เป็นฐานข้อมูลคนละชนิด"
        )
    if info.revision is not None and not schema.knows(info.revision):
        raise RestoreRefused(
            f"ชุดสำรองมาจากโปรแกรมรุ่นใหม่กว่า (โครงสร้าง {info.revision}) ให้ติดตั้งรุ่นนั้นก่อน"
        )


def _require_room(snapshot: Snapshot, place: Place) -> None:
    standing = place.data_dir.absolute()
    while not standing.exists():
        standing = standing.parent
    if not unfinished(place.data_dir) and shutil.disk_usage(standing).free < snapshot.size:
        need = snapshot.size / 2**30
        raise RestoreRefused(f"ที่ว่างใน {standing} ไม่พอ ต้องใช้ {need:.1f} GB")


def _begin(place: Place) -> bool:
    """Set the mark; True where it stood already."""
    again = unfinished(place.data_dir)
    place.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    with place.mark.open("w", encoding="utf-8") as file:  # it counts as soon as it has its name
        file.write("การกู้คืนข้อมูลยังไม่เสร็จ ให้สั่ง saraban restore อีกครั้ง\n")
        file.flush()
        os.fsync(file.fileno())
    flush(place.data_dir)
    return again


def _put_back_files(root: Path, files: list[Placed], place: Place, watched: Watched) -> None:
    archive = Archive(place.data_dir / "archive")
    for each in watched(files, "กู้คืน", len(files)):
        source = root / bag.object_path(each.sha256)
        if each.path.startswith("archive/objects/"):
            _put_back_original(archive, source, each)
        else:
            _put_back_other(place.data_dir / each.path, source, each)
    for folder in _folders(place.data_dir):
        flush(folder)


def _put_back_original(archive: Archive, source: Path, placed: Placed) -> None:
    with source.open("rb") as stream, archive.receive(stream, _NO_LIMIT) as incoming:
        if incoming.sha256 != placed.sha256:
            raise TornBackup(f"{source} เปลี่ยนไประหว่างกู้คืน")
        archive.keep(incoming)


def _put_back_other(target: Path, source: Path, placed: Placed) -> None:
    content = source.read_bytes()
    if hashlib.sha256(content).hexdigest() != placed.sha256:
        raise TornBackup(f"{source} เปลี่ยนไประหว่างกู้คืน")
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    write_whole(target, content)


def _folders(root: Path) -> Iterator[Path]:
    yield root
    yield from (path for path in root.rglob("*") if path.is_dir())


def _put_back_database(snapshot: Snapshot, place: Place, again: bool) -> None:
    file = sqlite_file(place.url)
    if file is None:
        put_back_postgresql(snapshot.database, place.url, again)
        return
    copy = file.with_name(f"{file.name}.restoring")
    for left in (copy, copy.with_name(f"{copy.name}-journal")):
        left.unlink(missing_ok=True)
    shutil.copyfile(snapshot.database, copy)
    expected = snapshot.manifest[f"snapshots/{snapshot.folder.name}/{snapshot.info.database}"]
    if bag.digest(copy) != expected:
        copy.unlink()
        raise TornBackup(f"{snapshot.database} เปลี่ยนไประหว่างกู้คืน")
    put_back_sqlite(copy, place.url)
    flush(file.parent)
