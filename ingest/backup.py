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
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Connection, Engine

from ingest import bag
from ingest.archive import Archive, Objects, flush
from ingest.bag import Placed, Watched
from models import integrity, schema
from models.database import looking
from models.snapshot import DatabaseDamaged, name_of_copy, sqlite_file, take_snapshot

_NO_LIMIT = 2**63
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


class _Unreadable(Exception):
    """A file of the office cannot be read; the others still can."""


class _Source:
    """A file of the office: what is wrong with it is told from what is wrong with the backup."""

    def __init__(self, path: Path) -> None:
        with _readable():
            self._file = path.open("rb")

    def __enter__(self) -> _Source:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def read(self, size: int, /) -> bytes:
        """Return the next bytes."""
        with _readable():
            return self._file.read(size)


@contextmanager
def _readable() -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        raise _Unreadable("ไม่มี") from error
    except OSError as error:
        raise _Unreadable(f"อ่านไม่ได้: {error.strerror}") from error


@dataclass
class _Run:
    """One backup under way."""

    belongings: Belongings
    objects: Objects
    watched: Watched
    recheck: bool
    before: dict[str, Placed]
    there: dict[str, int]
    places: dict[str, Placed] = field(default_factory=dict)
    lost: list[str] = field(default_factory=list)
    new: dict[str, int] = field(default_factory=dict)

    def has(self, sha256: str, size: int) -> bool:
        """Tell whether the backup holds a file; only reading it proves it, when asked to."""
        if self.there.get(sha256) != size:
            return False
        return not self.recheck or bag.digest(self.objects.original(sha256)) == sha256

    def copy(self, path: Path, place: str, changed: int, expected: str | None = None) -> None:
        """Copy a file into the backup; one that is gone or not what it should be is noted."""
        try:
            with (
                _Source(path) as stream,
                self.objects.receive(stream, _NO_LIMIT) as incoming,
            ):
                sha256, size = incoming.sha256, incoming.size
                if expected is not None and sha256 != expected:
                    self.lost.append(f"{place} เสียหาย")
                    return
                if not self.has(sha256, size):
                    self.objects.keep(incoming)
                    self.new[sha256] = self.there[sha256] = size
        except _Unreadable as error:
            self.lost.append(f"{place} {error}")
            return
        self.places[place] = Placed(sha256, size, changed, place)


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
        run = _Run(belongings, objects, watched, recheck, before, bag.sizes_there(objects))
        folder = _new_folder(root, now())
        partial = folder.with_name(f"{folder.name}.partial")
        partial.mkdir(mode=0o700)
        began = _copy_all(run, partial, now)
        size = sum(each.size for each in run.places.values())
        info = bag.Info(
            bag.FORMAT,
            began.isoformat(),
            name_of_copy(str(belongings.engine.url)),
            schema.revision(belongings.engine),
            len(run.places),
            size,
            tuple(run.lost),
        )
        bag.seal(partial, folder, info, run.places.values())
    new_bytes = sum(run.new.values())
    return Outcome(folder.name, len(run.places), len(run.new), new_bytes, tuple(run.lost))


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


def _copy_all(run: _Run, partial: Path, now: Callable[[], dt.datetime]) -> dt.datetime:
    """Copy everything; again, if a page got a new picture since the books were copied."""
    engine = run.belongings.engine
    for _ in range(_ROUNDS):
        run.places.clear()
        run.lost.clear()
        began = now()
        copy = partial / name_of_copy(str(engine.url))
        copy.unlink(missing_ok=True)
        with take_snapshot(engine, copy) as connection:
            _require_sound(engine, copy)
            _copy_originals(run, connection)
            _copy_pictures(run, connection)
        with looking(engine) as connection:
            if not integrity.replaced_since(connection, began):
                break
    _copy_others(run)
    return began


def _require_sound(engine: Engine, copy: Path) -> None:
    """Let no broken database take the place of a good one among the snapshots."""
    if sqlite_file(str(engine.url)) is not None and (wrong := integrity.damage(copy, quick=True)):
        raise DatabaseDamaged(f"ฐานข้อมูลเสียหาย จึงไม่สำรองทับชุดที่ดี: {wrong[0]}")


def _copy_originals(run: _Run, connection: Connection) -> None:
    total = integrity.count_originals(connection)
    for each in run.watched(integrity.originals(connection), "ต้นฉบับ", total):
        place = f"archive/objects/{each.sha256[:2]}/{each.sha256}"
        if run.has(each.sha256, each.size):
            run.places[place] = Placed(each.sha256, each.size, 0, place)
        else:
            run.copy(run.belongings.archive.original(each.sha256), place, 0, each.sha256)


def _copy_pictures(run: _Run, connection: Connection) -> None:
    total = integrity.count_pictures(connection)
    for each in run.watched(integrity.pictures(connection), "ภาพหน้า", total):
        path = run.belongings.archive.view(each.sha256, each.number)
        _copy_changing(run, path, f"archive/views/{each.sha256[:2]}/{each.sha256}/{path.name}")


def _copy_changing(run: _Run, path: Path, place: str) -> None:
    """Copy a file that may be written anew; size and time tell that it was not."""
    before = run.before.get(place)
    try:
        found = path.stat()
    except FileNotFoundError:
        run.lost.append(f"{place} ไม่มี")
        if before and run.has(before.sha256, before.size):
            run.places[place] = before  # as it was the last time is better than nothing
        return
    same = before and (before.size, before.changed) == (found.st_size, found.st_mtime_ns)
    if before and same and not run.recheck and run.has(before.sha256, before.size):
        run.places[place] = before
    else:
        run.copy(path, place, found.st_mtime_ns)


def _copy_others(run: _Run) -> None:
    """Copy models and categories; looked for twice, for what names a model may be newer than it."""
    for _ in range(2):
        for name, path in run.belongings.others.items():
            inside = sorted(path.rglob("*")) if path.is_dir() else [path]
            for file in inside:
                place = f"{name}/{file.relative_to(path)}" if file != path else name
                if file.is_file() and place not in run.places:
                    _copy_changing(run, file, place)


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
