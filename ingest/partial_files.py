"""The bytes of an upload on disk, as far as they came.

What a crash left behind the last offset that was noted in the database is cut off before anything
is added: a retry can never append to half a chunk.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from ingest.archive import Incoming, flush

_READ = 2**20
_HEAD = 1024


class Busy(Exception):
    """Another request writes to this file."""


class PartialFile:
    """An upload's file, open for one writer, who begins where bytes are certain."""

    def __init__(self, path: Path, file: BinaryIO) -> None:
        self._path, self._file = path, file
        self._begun = self.offset = 0
        self._digest, self._head = hashlib.sha256(), b""

    def begin_at(self, offset: int) -> None:
        """Cut off what lies behind ``offset``, which is to be written to next.

        Raises:
            FileNotFoundError: bytes before it are missing.
        """
        if os.fstat(self._file.fileno()).st_size < offset:
            raise FileNotFoundError(self._path)
        self._file.truncate(offset)
        self._file.seek(offset)
        self._begun = self.offset = offset

    def write(self, chunk: bytes) -> None:
        """Add bytes; they are not safe before ``flush``."""
        self._file.write(chunk)
        self._head = self._head or chunk[:_HEAD]
        self._digest.update(chunk)
        self.offset += len(chunk)

    def flush(self, *, stays: bool) -> None:
        """Bring what was written to the disk for certain; its name too, if it ``stays`` here."""
        self._file.flush()
        os.fsync(self._file.fileno())
        if stays and self._begun == 0:
            flush(self._path.parent)

    def cut(self) -> None:
        """Undo what was written since the file was opened, as far as the disk lets us."""
        with suppress(OSError):  # the next writer cuts it off in any case
            self._file.truncate(self._begun)
        self.offset = self._begun

    def incoming(self) -> Incoming:
        """Return the file, now that all its bytes are flushed, hashed."""
        if self._begun:
            return whole(self._path)
        return Incoming(self._path, self._digest.hexdigest(), self.offset, self._head)


@contextmanager
def open_partial(path: Path, *, new: bool = False) -> Iterator[PartialFile]:
    """Open an upload's file for one writer.

    Raises:
        Busy: another request, of this process or of another, has it open.
        FileNotFoundError: there is no such file.
        OSError: the disk is full or broken.
    """
    descriptor = os.open(path, os.O_RDWR | (os.O_CREAT | os.O_EXCL if new else 0), 0o600)
    with os.fdopen(descriptor, "r+b") as file:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Busy from error
        yield PartialFile(path, file)


def whole(path: Path) -> Incoming:
    """Return a file whose bytes are all there, hashed."""
    digest, head, size = hashlib.sha256(), b"", 0
    with path.open("rb") as file:
        while chunk := file.read(_READ):
            head = head or chunk[:_HEAD]
            size += len(chunk)
            digest.update(chunk)
    return Incoming(path, digest.hexdigest(), size, head)
