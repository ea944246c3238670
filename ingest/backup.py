"""``saraban backup``: copies an office while it works, each file only once.

database → originals → page pictures → models and categories → manifest → the snapshot's name

The database comes first, and originals never change nor go: what it names is there to be copied.
"""

from __future__ import annotations

import datetime as dt
import fcntl
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

from ingest import bag
from ingest.archive import Archive, Objects, flush
from ingest.backup_copying import Copying
from ingest.bag import Watched
from models import integrity, schema
from models.database import looking
from models.snapshot import DatabaseDamaged, name_of_copy, sqlite_file, take_snapshot

_ROUNDS = 3  # tries to take books and pictures together while pages are read again


class BackupRefused(Exception):
    """No backup can be made there; the message says why."""


@dataclass(frozen=True, slots=True)
class Belongings:
    """What an office owns. ``others``: files and folders by their name in the data directory."""

    engine: Engine
    archive: Archive
    others: Mapping[str, Path]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a backup did."""

    name: str
    files: int
    new_files: int
    new_bytes: int
    lost: tuple[str, ...]


def back_up(
    belongings: Belongings,
    root: Path,
    now: Callable[[], dt.datetime],
    watched: Watched,
    *,
    recheck: bool = False,
) -> Outcome:
    """Make a snapshot of an office in a backup; ``recheck`` reads what the backup holds already.

    Raises:
        BackupRefused: another backup is under way there, or it would lie in the office itself.
        OSError: the disk is full or broken; the next run goes on with what was copied.
        DatabaseDamaged: the database is broken.
    """
    with _alone(root):
        objects = Objects(root)
        objects.sweep(now())
        latest = bag.newest(root)
        before = {each.path: each for each in latest.places} if latest else {}
        copying = Copying(objects, watched, recheck, before, bag.sizes_there(objects))
        folder = _new_folder(root, now())
        partial = folder.with_name(f"{folder.name}.partial")
        partial.mkdir(mode=0o700)
        began = _copy_all(belongings, copying, partial, now)
        size = sum(each.size for each in copying.places.values())
        info = bag.Info(
            bag.FORMAT,
            began.isoformat(),
            name_of_copy(str(belongings.engine.url)),
            schema.revision(belongings.engine),
            len(copying.places),
            size,
            tuple(copying.lost),
        )
        bag.seal(partial, folder, info, copying.places.values())
    new_bytes = sum(copying.new.values())
    return Outcome(
        folder.name, len(copying.places), len(copying.new), new_bytes, tuple(copying.lost)
    )


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    """Hold the backup for one run, and clear away what a killed one left half done."""
    for folder in (root, root / "snapshots"):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (root / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BackupRefused(f"มีการสำรองข้อมูลลง {root} อยู่แล้ว รอให้เสร็จก่อน") from error
        for path in (root / "snapshots").glob("*.partial"):
            shutil.rmtree(path)
        yield


def _new_folder(root: Path, moment: dt.datetime) -> Path:
    """Return a name that sorts after all others, also when the clock was set back."""
    name = f"{moment.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"
    taken = bag.names(root)
    if taken and taken[-1] >= name:
        last, _, number = taken[-1].partition("-")
        name = f"{last}-{int(number or 0) + 1:04}"
    return root / "snapshots" / name


def _copy_all(
    belongings: Belongings, copying: Copying, partial: Path, now: Callable[[], dt.datetime]
) -> dt.datetime:
    """Copy everything; again, if a page got a new picture since the books were copied."""
    engine, archive = belongings.engine, belongings.archive
    for _ in range(_ROUNDS):
        copying.begin()
        began = now()
        copy = partial / name_of_copy(str(engine.url))
        copy.unlink(missing_ok=True)
        with take_snapshot(engine, copy) as connection:
            _require_sound(engine, copy)
            copying.originals(archive, connection)
            copying.pictures(archive, connection)
        with looking(engine) as connection:
            if not integrity.replaced_since(connection, began):
                break
    copying.others(belongings.others)
    return began


def _require_sound(engine: Engine, copy: Path) -> None:
    """Let no broken database take the place of a good one among the snapshots."""
    if sqlite_file(str(engine.url)) is not None and (wrong := integrity.damage(copy, quick=True)):
        raise DatabaseDamaged(f"ฐานข้อมูลเสียหาย จึงไม่สำรองทับชุดที่ดี: {wrong[0]}")


def prune(root: Path, keep: int) -> tuple[int, int]:
    """Remove all snapshots but the newest, then files that none names; return how many of each.

    Raises:
        BackupRefused: another backup is under way.
        TornBackup: a snapshot that stays cannot be read; no file is removed then.
    """
    with _alone(root):
        old = bag.names(root)[:-keep]
        for name in old:
            folder = root / "snapshots" / name
            shutil.rmtree(folder.rename(folder.with_name(f"{name}.partial")))
        flush(root / "snapshots")
        objects = Objects(root)
        unnamed = bag.sizes_there(objects).keys() - set(bag.objects_named(root))
        for sha256 in unnamed:
            objects.original(sha256).unlink()
    return len(old), len(unnamed)
