"""The journal: what is under way, one line of JSON for every step, on the disk before it happens.

TAKEN --a--> SETTLED --b--> DONE
  \\------------------c----/

a  the server gave its receipt, or will never take the file: where it goes to is written down
b  it was moved there
c  it is gone, or has become another file

A line that a crash cut off is passed over. To lose a line costs nothing but sending once more.
"""

from __future__ import annotations

import io
import json
import os
import sys
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path

from agent.backoff import NotNow

_MOST_LINES = 5_000  # then those that are done are left out


class State(StrEnum):
    """Where a file is."""

    TAKEN = "taken"
    SETTLED = "settled"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Entry:
    """A file as it was when it was taken, and how far it is.

    ``url`` is its upload, ``target`` where it goes to; ``reason`` says why it was not accepted.
    """

    path: str
    folder: str
    size: int
    mtime_ns: int
    sha256: str
    state: State = State.TAKEN
    url: str | None = None
    target: str | None = None
    reason: str | None = None


class Journal:
    """The entries that are not done, by path."""

    def __init__(self, path: Path) -> None:
        content = path.read_bytes() if path.exists() else b""
        self._path, self._lines = path, content.count(b"\n")
        self._file: io.FileIO | None = None
        self._live = entries_in(content)

    def get(self, path: str) -> Entry | None:
        """Return what is under way for a path."""
        return self._live.get(path)

    def live(self) -> list[Entry]:
        """Return all that is under way."""
        return list(self._live.values())

    def write(self, entry: Entry) -> None:
        """Keep an entry; when this returns, a power cut cannot take it back.

        Raises:
            NotNow: the disk is full or broken.
        """
        try:
            if self._lines >= _MOST_LINES:
                self._write_anew()
            self._append(entry)
        except OSError as error:
            raise NotNow(f"เขียนสมุดงานในเครื่องนี้ไม่ได้ ({error.strerror})") from error
        _apply(self._live, entry)

    def _append(self, entry: Entry) -> None:
        # Before the line too: what a full disk cut off must not spoil this one.
        file, left = self._opened(), memoryview(b"\n" + _line(entry))
        while left:
            left = left[file.write(left) :]
        os.fsync(file.fileno())
        self._lines += 1

    def close(self) -> None:
        """Close the file."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _opened(self) -> io.FileIO:
        if self._file is None:
            self._file = io.FileIO(self._path, "ab")
            flush_folder(self._path.parent)
        return self._file

    def _write_anew(self) -> None:
        self.close()  # Windows replaces no file that is open
        new = self._path.with_name(f"{self._path.name}.new")
        with new.open("wb") as file:
            file.writelines(_line(entry) for entry in self._live.values())
            file.flush()
            os.fsync(file.fileno())
        new.replace(self._path)
        flush_folder(self._path.parent)
        self._lines = len(self._live)


def _line(entry: Entry) -> bytes:
    return json.dumps(asdict(entry)).encode("ascii") + b"\n"


def entries_in(content: bytes) -> dict[str, Entry]:
    """Return what is under way after the lines of a journal, as far as they are whole."""
    live: dict[str, Entry] = {}
    for line in content.split(b"\n"):
        try:
            told = json.loads(line)
            _apply(live, Entry(**told | {"state": State(told["state"])}))
        except (ValueError, TypeError, KeyError):
            continue
    return live


def _apply(live: dict[str, Entry], entry: Entry) -> None:
    if entry.state is State.DONE:
        live.pop(entry.path, None)
    else:
        live[entry.path] = entry


def flush_folder(folder: Path) -> None:
    """Bring the names in a folder to the disk; Windows does so by itself."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
