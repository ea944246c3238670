"""Moves files out of the watched folder once their fate is known: sent/ or failed/, by day."""

from __future__ import annotations

import errno
import os
import sys
from enum import Enum, auto
from pathlib import Path

from agent.folder import FAILED, SENT
from agent.journal import Entry, flush_folder
from agent.sending import is_same

_LONGEST = 255  # of a name: bytes, on Windows letters
_LONGEST_SUFFIX = 20
_NOTE = ".txt"


class Placed(Enum):
    """What became of a move."""

    DONE = auto()
    GONE = auto()  # somebody else took the file away
    CHANGED = auto()  # it is another file by now, which stays in the folder
    TARGET_TAKEN = auto()  # another file has that name by now


def target_of(entry: Entry, day: str) -> Path:
    """Return where a file goes to: a name that nobody has."""
    place = Path(entry.folder) / (SENT if entry.reason is None else FAILED) / day
    return _free(place, Path(entry.path).name)


def place(entry: Entry) -> Placed:
    """Move a file to its target, or see that this was done before a crash.

    Raises:
        OSError: it cannot be moved for the moment; another program may have it open.
    """
    assert entry.target is not None
    source, target = Path(entry.path), Path(entry.target)
    if _lies(source) and is_same(os.lstat(source), entry):
        if _lies(target):
            return Placed.TARGET_TAKEN
        _make_folder(target.parent)
        source.replace(target)
        flush_folder(target.parent)
        flush_folder(source.parent)
    if not _lies(target):
        return Placed.CHANGED if _lies(source) else Placed.GONE
    if not is_same(os.lstat(target), entry):
        # It became another one in the last moment: back it goes.
        target.replace(_free(source.parent, source.name))
        return Placed.CHANGED
    if entry.reason is not None:
        text = f"{source.name}\n{entry.reason}\n"
        _note(target).write_text(text, "utf-8", errors="replace")
    return Placed.DONE


def _make_folder(day: Path) -> None:
    day.mkdir(parents=True, exist_ok=True)
    if day.is_symlink() or day.parent.is_symlink():
        raise NotADirectoryError(errno.ENOTDIR, "โฟลเดอร์ปลายทางเป็นลิงก์", str(day))


def _lies(path: Path) -> bool:
    return os.path.lexists(path)


def _free(folder: Path, name: str) -> Path:
    stem, suffix = os.path.splitext(name)
    if _length(suffix) > _LONGEST_SUFFIX:
        stem, suffix = name, ""
    number = 1
    while True:
        mark = suffix if number == 1 else f" ({number}){suffix}"
        path = folder / (_fitting(stem, _length(mark)) + mark)
        if not _lies(path) and not _lies(_note(path)):
            return path
        number += 1


def _note(path: Path) -> Path:
    """Return where the reason stands beside a file that was not accepted."""
    return path.with_name(_fitting(path.name, len(_NOTE)) + _NOTE)


def _fitting(stem: str, more: int) -> str:
    """Shorten a name so that as many more letters may follow."""
    while _length(stem) + more > _LONGEST:
        stem = stem[:-1]
    return stem


def _length(name: str) -> int:
    return len(name) if sys.platform == "win32" else len(os.fsencode(name))
