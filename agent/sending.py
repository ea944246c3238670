"""What it means to send a file, whoever does it: over HTTP, or straight into the archive."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO, Protocol

from agent.backoff import NotNow
from agent.journal import Entry

_CHUNK = 2**20


class Changed(Exception):
    """The file has become another one since it was taken; it must come to rest anew."""


class Rejected(Exception):
    """This file will never be taken; the message says why."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a file: its bytes are safe, ``refused`` says why a person must look at it."""

    duplicate: bool
    refused: str | None


def is_same(info: os.stat_result, entry: Entry) -> bool:
    """Tell whether a file is still as it was when it was taken."""
    as_taken = (info.st_size, info.st_mtime_ns) == (entry.size, entry.mtime_ns)
    return stat.S_ISREG(info.st_mode) and as_taken


class Source:
    """The bytes of a file as it was when it was taken.

    The last bytes are given only when all of them are those that were taken: what changed on the
    way never becomes a document.
    """

    def __init__(self, file: BinaryIO, entry: Entry) -> None:
        self._file, self._entry = file, entry
        self.start_at(0)

    def start_at(self, offset: int) -> None:
        """Go on from an offset, in bytes; what lies before it is looked at again.

        Raises:
            Changed: the file has become another one.
            NotNow: it cannot be read.
        """
        self._digest, self._place = hashlib.sha256(), 0
        try:
            self._file.seek(0)
        except OSError as error:
            raise NotNow(f"อ่านไฟล์ไม่ได้ ({error.strerror})") from error
        while self._place < offset:
            self._next(min(_CHUNK, offset - self._place))

    def read(self, most: int = -1) -> bytes:
        """Return the next bytes; none at the end.

        Raises:
            Changed: the file has become another one.
            NotNow: it cannot be read.
        """
        left = self._entry.size - self._place
        content = self._next(left if most < 0 else min(most, left))
        if self._place == self._entry.size:
            self._make_sure()
        return content

    def _next(self, length: int) -> bytes:
        try:
            content = self._file.read(length)
        except OSError as error:
            raise NotNow(f"อ่านไฟล์ไม่ได้ ({error.strerror})") from error
        if len(content) < length:
            raise Changed
        self._digest.update(content)
        self._place += length
        return content

    def _make_sure(self) -> None:
        as_opened = os.fstat(self._file.fileno())
        try:
            as_it_lies = os.lstat(self._entry.path)
        except FileNotFoundError:
            as_it_lies = as_opened  # taken away under our hands: what we have of it is whole
        same = is_same(as_opened, self._entry) and is_same(as_it_lies, self._entry)
        if not same or self._digest.hexdigest() != self._entry.sha256:
            raise Changed


class Sender(Protocol):
    """Sends files."""

    def send(self, source: Source, entry: Entry, keep: Callable[[Entry], None]) -> Receipt:
        """Send a file, going on where an earlier try ended; ``keep`` writes into the journal.

        Raises:
            NotNow: try again later.
            Changed: the file has become another one.
            Rejected: it will never be taken.
        """

    def drop(self, entry: Entry) -> None:
        """Give up what was sent of a file, if that is possible now."""
