"""The archive of originals: each file under its own SHA-256, never changed.

archive/objects/ab/abcd…      the original
archive/views/ab/abcd…/1.jpg  page 1 as it was read and as the officer sees it
archive/incoming/…            files on their way in; swept when a worker starts
archive/uploads/…             uploads that may be resumed, as far as they came
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

_CHUNK = 2**20
_SHA256 = re.compile("[0-9a-f]{64}")
_TOKEN = re.compile("[0-9a-f]{32}")


class Stream(Protocol):
    """What bytes come out of."""

    def read(self, size: int, /) -> bytes:
        """Return the next bytes, none at the end."""
        ...


class TooLarge(Exception):
    """More bytes came than we take."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file that has arrived whole, is flushed to disk, and is not yet in its place."""

    path: Path
    sha256: str
    size: int
    head: bytes


class Objects:
    """A directory that keeps files by content."""

    _PARTS: tuple[str, ...] = ("objects", "incoming")

    def __init__(self, root: Path) -> None:
        self.root = root
        for part in self._PARTS:
            (root / part).mkdir(parents=True, exist_ok=True, mode=0o700)

    @contextmanager
    def receive(self, stream: Stream, most: int) -> Iterator[Incoming]:
        """Stream a file to disk while hashing it; removed at the end unless it was kept.

        Raises:
            TooLarge: the stream holds more than ``most`` bytes.
            OSError: the disk is full or broken; nothing is kept then.
        """
        path = self.root / "incoming" / secrets.token_hex(16)
        digest, size, head = hashlib.sha256(), 0, b""
        try:
            with path.open("xb") as file:
                while chunk := stream.read(_CHUNK):
                    size += len(chunk)
                    if size > most:
                        raise TooLarge
                    head = head or chunk[:1024]
                    digest.update(chunk)
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            yield Incoming(path, digest.hexdigest(), size, head)
        finally:
            path.unlink(missing_ok=True)

    def keep(self, incoming: Incoming) -> None:
        """Move a file to its place for good: after this a power cut cannot lose it."""
        place = self.original(incoming.sha256)
        new_folder = not place.parent.exists()
        place.parent.mkdir(exist_ok=True, mode=0o700)
        incoming.path.replace(place)
        place.chmod(0o400)
        flush(place.parent)
        if new_folder:
            flush(place.parent.parent)

    def original(self, sha256: str) -> Path:
        """Return where the original with this hash is or would be."""
        return self.root / "objects" / _checked(sha256)[:2] / sha256

    def sweep(self, before: dt.datetime) -> int:
        """Remove what interrupted processes left on its way in; return how many files and folders.

        What was touched after ``before`` may be on its way in still, through another process.
        """
        removed = 0
        for path in (self.root / "incoming").iterdir():
            if path.stat().st_mtime >= before.timestamp():
                continue
            remove(path)
            removed += 1
        return removed


class Archive(Objects):
    """A directory that keeps originals and page views by content."""

    _PARTS = ("objects", "views", "incoming", "uploads")

    def upload(self, upload_id: str) -> Path:
        """Return where the bytes of an upload are or would be, as far as they came."""
        if not _TOKEN.fullmatch(upload_id):
            raise ValueError("not the id of an upload")
        return self.root / "uploads" / upload_id

    def uploads(self) -> list[Path]:
        """Return what lies among the uploads."""
        return list((self.root / "uploads").iterdir())

    def has_room(self, least_free: int, coming: int = 0) -> bool:
        """Tell whether ``coming`` bytes leave ``least_free`` bytes of the disk free."""
        return shutil.disk_usage(self.root).free - coming >= least_free

    def view(self, sha256: str, page: int) -> Path:
        """Return where the picture of a page (from 1) is or would be."""
        return self.root / "views" / _checked(sha256)[:2] / sha256 / f"{int(page)}.jpg"

    def write_view(self, sha256: str, page: int, jpeg: bytes) -> None:
        """Keep the picture of a page; writing it again replaces it whole."""
        place = self.view(sha256, page)
        new_folder = not place.parent.exists()
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_whole(place, jpeg)
        if new_folder:
            flush(place.parent.parent)
            flush(place.parent.parent.parent)


def remove(path: Path) -> None:
    """Remove a file, or the folder of a ZIP that was being taken apart."""
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()


def _checked(sha256: str) -> str:
    if not _SHA256.fullmatch(sha256):
        raise ValueError("not a SHA-256")
    return sha256


def write_whole(place: Path, content: bytes) -> None:
    """Write a file that is there whole or not at all, also after a power cut."""
    partial = place.with_suffix(f".{secrets.token_hex(4)}")
    try:
        with partial.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(place)
    finally:
        partial.unlink(missing_ok=True)
    flush(place.parent)


def flush(folder: Path) -> None:
    """Let a power cut not undo what was named, renamed or removed in a folder."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
