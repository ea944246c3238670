"""``saraban read``: reads files without storing anything."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.intake import EMPTY, FOREIGN, label
from ingest.opening import CannotOpen, count_pages, unpack
from ingest.reading import Machine, PageResult, read_letters, read_one_page
from ingest.sniff import HEAD_BYTES, sniff
from models.letters import MediaType
from saraban.contract import reading_json
from saraban.office import now, today

_AHEAD = 8  # files whose pages are under way at once


@dataclass(frozen=True, slots=True)
class Problem:
    """A file that cannot be read, and why."""

    file: str
    sha256: str
    reason: str


@dataclass(frozen=True, slots=True)
class _Started:
    name: str
    sha256: str
    pages: list[Future[PageResult]]


def read_files(paths: list[Path], machine: Machine, processes: int) -> Iterator[dict[str, Any]]:
    """Give one object per letter, in the order of the files; a broken file gives its reason."""
    with ThreadPoolExecutor(processes) as pool, tempfile.TemporaryDirectory() as folder:
        started: list[_Started | Problem] = []
        for name, path in _files(paths, Path(folder), machine):
            started.append(_start(name, path, machine, pool))
            if len(started) >= _AHEAD:
                yield from _finish(started.pop(0), machine)
        for one in started:
            yield from _finish(one, machine)


def _files(paths: list[Path], folder: Path, machine: Machine) -> Iterator[tuple[str, Path]]:
    """Give every file with the name to show; those in a ZIP one by one."""
    for number, path in enumerate(paths):
        with path.open("rb") as file:
            head = file.read(HEAD_BYTES)
        if sniff(head) is not MediaType.ZIP:
            yield str(path), path
            continue
        inside = folder / str(number)
        inside.mkdir()
        try:
            entries = unpack(path, inside, machine.limits)
        except CannotOpen:
            yield str(path), path
            continue
        for entry in entries:
            yield f"{path}/{label(entry.name)}", entry.path


def _start(name: str, path: Path, machine: Machine, pool: ThreadPoolExecutor) -> _Started | Problem:
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        file.seek(0)
        head = file.read(HEAD_BYTES)
    media_type = sniff(head)
    if media_type is None:
        return Problem(name, sha256, FOREIGN if head else EMPTY)
    try:
        if media_type is MediaType.ZIP:
            raise CannotOpen("broken")
        count = count_pages(path, media_type, machine.limits)
    except CannotOpen as error:
        return Problem(name, sha256, str(error))
    numbers = range(1, count + 1)
    pages = [pool.submit(read_one_page, path, media_type, number, machine) for number in numbers]
    return _Started(name, sha256, pages)


def _finish(one: _Started | Problem, machine: Machine) -> Iterator[dict[str, Any]]:
    if isinstance(one, Problem):
        yield {"file": one.file, "sha256": one.sha256, "error": one.reason}
        return
    pages = [future.result().page for future in one.pages]
    for reading in read_letters(pages, machine, today(now())):
        yield reading_json(one.name, one.sha256, reading)
