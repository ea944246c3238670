"""``saraban read``: reads files without storing anything."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.intake import EMPTY, FOREIGN, NESTED, NOTHING_INSIDE, label
from ingest.limits import Limits
from ingest.opening import CannotOpen, count_pages, unpack
from ingest.page_reading import PageJob, PagePool, PageResult, ReaderPlan
from ingest.reading import Understanding, read_letters
from ingest.sniff import HEAD_BYTES, sniff
from models.letters import MediaType
from saraban.contract import reading_json
from saraban.office import now, today

_AHEAD = 8  # files whose pages are under way at once


@dataclass(frozen=True, slots=True)
class _Given:
    """A file to read; ``refused`` says why it, or what is in it, was not opened."""

    name: str
    path: Path
    refused: str | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """A file that cannot be read, and why."""

    file: str
    sha256: str | None  # None: not even its bytes can be had
    reason: str


@dataclass(frozen=True, slots=True)
class _Started:
    name: str
    sha256: str
    pages: list[tuple[PageJob, Future[PageResult]]]


def read_files(
    paths: list[Path], plan: ReaderPlan, understanding: Understanding, processes: int
) -> Iterator[dict[str, Any]]:
    """Give one object per letter, in the order of the files; a broken file gives its reason."""
    pool = PagePool(plan, processes)
    try:
        with tempfile.TemporaryDirectory() as folder:
            started: list[_Started | Problem] = []
            for given in _files(paths, Path(folder), plan.limits):
                started.append(_start(given, plan.limits, pool))
                if len(started) >= _AHEAD:
                    yield from _finish(started.pop(0), pool, understanding)
            for one in started:
                yield from _finish(one, pool, understanding)
    finally:
        pool.close()


def _files(paths: list[Path], folder: Path, limits: Limits) -> Iterator[_Given]:
    """Give every file with the name to show; those in a ZIP one by one."""
    for number, path in enumerate(paths):
        try:
            with path.open("rb") as file:
                head = file.read(HEAD_BYTES)
        except OSError as error:
            yield _Given(str(path), path, f"เปิดไฟล์ไม่ได้ ({error.strerror})")
            continue
        if sniff(head) is not MediaType.ZIP:
            yield _Given(str(path), path)
            continue
        inside = folder / str(number)
        inside.mkdir()
        try:
            entries = unpack(path, inside, limits)
        except CannotOpen as error:
            yield _Given(str(path), path, str(error))
            continue
        if not entries:
            yield _Given(str(path), path, NOTHING_INSIDE)
        for entry in entries:
            yield _Given(f"{path}/{label(entry.name)}", entry.path)


def _first_look(path: Path) -> tuple[str, bytes]:
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        file.seek(0)
        return sha256, file.read(HEAD_BYTES)


def _start(given: _Given, limits: Limits, pool: PagePool) -> _Started | Problem:
    name, path = given.name, given.path
    try:
        sha256, head = _first_look(path)
    except OSError as error:
        return Problem(name, None, given.refused or f"เปิดไฟล์ไม่ได้ ({error.strerror})")
    media_type = sniff(head)
    if media_type is None:
        return Problem(name, sha256, FOREIGN if head else EMPTY)
    if media_type is MediaType.ZIP:
        return Problem(name, sha256, given.refused or NESTED)
    try:
        count = count_pages(path, media_type, limits)
    except CannotOpen as error:
        return Problem(name, sha256, str(error))
    jobs = [PageJob(path, media_type, number) for number in range(1, count + 1)]
    return _Started(name, sha256, [(job, pool.submit(job)) for job in jobs])


def _finish(
    one: _Started | Problem, pool: PagePool, understanding: Understanding
) -> Iterator[dict[str, Any]]:
    if isinstance(one, Problem):
        yield {"file": one.file, "sha256": one.sha256, "error": one.reason}
        return
    pages = [_result(job, future, pool).page for job, future in one.pages]
    for reading in read_letters(pages, understanding, today(now())):
        yield reading_json(one.name, one.sha256, reading)


def _result(job: PageJob, future: Future[PageResult], pool: PagePool) -> PageResult:
    """Wait for a page; one whose process died, perhaps with another page's, is read again."""
    try:
        return future.result()
    except BrokenProcessPool:
        return pool.read(job)
