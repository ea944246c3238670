"""Copies the files of an office into a backup, each only once, and notes what it cannot copy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Connection

from ingest import bag
from ingest.archive import Archive, Objects
from ingest.bag import Placed, Watched
from models import integrity

_NO_LIMIT = 2**63


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
class Copying:
    """The files of one snapshot, as they are copied.

    ``before``: the files of the latest snapshot by their place; ``there``: the sizes of all files
    that the backup holds, by hash; ``recheck``: read what it holds before believing it.
    """

    objects: Objects
    watched: Watched
    recheck: bool
    before: Mapping[str, Placed]
    there: dict[str, int]
    places: dict[str, Placed] = field(default_factory=dict)
    lost: list[str] = field(default_factory=list)
    new: dict[str, int] = field(default_factory=dict)

    def begin(self) -> None:
        """Forget what belongs to the snapshot; what was copied is kept."""
        self.places.clear()
        self.lost.clear()

    def originals(self, archive: Archive, connection: Connection) -> None:
        """Copy every original in the books."""
        total = integrity.count_originals(connection)
        for each in self.watched(integrity.originals(connection), "ต้นฉบับ", total):
            place = f"archive/objects/{each.sha256[:2]}/{each.sha256}"
            if self._has(each.sha256, each.size):
                self.places[place] = Placed(each.sha256, each.size, 0, place)
            else:
                self._copy(archive.original(each.sha256), place, 0, each.sha256)

    def pictures(self, archive: Archive, connection: Connection) -> None:
        """Copy the picture of every page that was read."""
        total = integrity.count_pictures(connection)
        for each in self.watched(integrity.pictures(connection), "ภาพหน้า", total):
            path = archive.view(each.sha256, each.number)
            self._copy_changing(path, f"archive/views/{each.sha256[:2]}/{each.sha256}/{path.name}")

    def others(self, others: Mapping[str, Path]) -> None:
        """Copy files and folders by their name in the data directory.

        They are looked for twice, for what names a model may be newer than it.
        """
        for _ in range(2):
            for name, path in others.items():
                inside = sorted(path.rglob("*")) if path.is_dir() else [path]
                for file in inside:
                    place = f"{name}/{file.relative_to(path)}" if file != path else name
                    if file.is_file() and place not in self.places:
                        self._copy_changing(file, place)

    def _copy_changing(self, path: Path, place: str) -> None:
        """Copy a file that may be written anew; size and time tell that it was not."""
        before = self.before.get(place)
        try:
            found = path.stat()
        except FileNotFoundError:
            self.lost.append(f"{place} ไม่มี")
            if before and self._has(before.sha256, before.size):
                self.places[place] = before  # as it was the last time is better than nothing
            return
        same = before and (before.size, before.changed) == (found.st_size, found.st_mtime_ns)
        if before and same and not self.recheck and self._has(before.sha256, before.size):
            self.places[place] = before
        else:
            self._copy(path, place, found.st_mtime_ns)

    def _has(self, sha256: str, size: int) -> bool:
        if self.there.get(sha256) != size:
            return False
        return not self.recheck or bag.digest(self.objects.original(sha256)) == sha256

    def _copy(self, path: Path, place: str, changed: int, expected: str | None = None) -> None:
        try:
            with _Source(path) as stream, self.objects.receive(stream, _NO_LIMIT) as incoming:
                sha256, size = incoming.sha256, incoming.size
                if expected is not None and sha256 != expected:
                    self.lost.append(f"{place} เสียหาย")
                    return
                if not self._has(sha256, size):
                    self.objects.keep(incoming)
                    self.new[sha256] = self.there[sha256] = size
        except _Unreadable as error:
            self.lost.append(f"{place} {error}")
            return
        self.places[place] = Placed(sha256, size, changed, place)
