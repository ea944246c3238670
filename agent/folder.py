"""Which files of a watched folder are scans: regular ones with a plain name, in its subfolders too.

Links are never followed; what has been sent is never looked at again.
"""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path

SENT, FAILED = "sent", "failed"
_UNFINISHED = (
    *(".tmp", ".temp", ".part", ".partial", ".filepart", ".crdownload", ".download"),
    *(".lock", ".lck", ".swp", "~"),
)
_OF_THE_SYSTEM = {"thumbs.db", "desktop.ini"}


@dataclass(frozen=True, slots=True)
class Seen:
    """A file as it lies in a folder at one look; equal as long as nothing has happened to it."""

    folder: Path
    path: Path
    size: int
    mtime_ns: int
    inode: int


def files_in(folder: Path) -> tuple[list[Seen], list[Path]]:
    """Return the files of a folder, oldest name first, and the subfolders that cannot be read.

    Raises:
        OSError: the folder itself cannot be read, as when a network drive is away.
    """
    found: list[Seen] = []
    unreadable: list[Path] = []
    below = _look(folder, folder, found)
    while below:
        subfolder = below.pop()
        if subfolder.parent == folder and subfolder.name.casefold() in (SENT, FAILED):
            continue
        try:
            below += _look(folder, subfolder, found)
        except FileNotFoundError:
            continue
        except OSError:
            unreadable.append(subfolder)
    return sorted(found, key=lambda seen: seen.path), unreadable


def _look(folder: Path, place: Path, found: list[Seen]) -> list[Path]:
    """Add the files of one place to those found; return the folders in it."""
    below = []
    with os.scandir(place) as inside:
        for each in inside:
            path = place / each.name
            try:
                info = os.lstat(path)
            except FileNotFoundError:
                continue
            if not _is_meant(each.name, info):
                continue
            if stat.S_ISDIR(info.st_mode):
                below.append(path)
            elif stat.S_ISREG(info.st_mode):
                found.append(Seen(folder, path, info.st_size, info.st_mtime_ns, info.st_ino))
    return below


def _is_meant(name: str, info: os.stat_result) -> bool:
    """Tell whether a name is that of a scan, and not hidden or still being written."""
    plain = name.casefold()
    hidden = getattr(info, "st_file_attributes", 0) & stat.FILE_ATTRIBUTE_HIDDEN
    return not (
        hidden
        or plain.startswith((".", "~"))
        or plain.endswith(_UNFINISHED)
        or plain in _OF_THE_SYSTEM
    )
