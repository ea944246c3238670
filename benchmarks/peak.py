"""Peak memory of a process that reads pages, and of the programs that it starts.

Read from /proc, for ``getrusage`` misleads here: its peak outlives ``exec``, so that a process is
charged with the size of the one that started it. This module imports no more than a worker does.
"""

from __future__ import annotations

import multiprocessing
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from ingest.page_reading import PageJob, ReaderPlan, read_one_page
from ingest.pictures import PictureOpener
from ingest.reading_process import settle
from models.letters import PageState

_LOOK_EVERY = 0.02  # seconds
_PROC = Path("/proc")


@dataclass(frozen=True, slots=True)
class Peak:
    """Peak memory in KiB, of the process itself and of the largest program that it started."""

    own: int
    child: int


def peak_of_reading(plan: ReaderPlan, jobs: Sequence[PageJob]) -> Peak:
    """Read the pages one after the other in a fresh process, and watch it."""
    context = multiprocessing.get_context("spawn")
    answer, end = context.Pipe(duplex=False)
    process = context.Process(target=_read, args=(plan, jobs, end))
    process.start()
    end.close()
    child = 0
    while not answer.poll(_LOOK_EVERY):
        child = max([child, *(_peak(pid) for pid in _programs_of(process.pid))])
    own = int(answer.recv())
    process.join()
    return Peak(own, child)


def _read(plan: ReaderPlan, jobs: Sequence[PageJob], end: Connection) -> None:
    """Read the pages as a worker does, and tell the own peak; runs in the measured process."""
    reader = plan.reader()
    settle()
    with PictureOpener() as pictures:
        for job in jobs:
            page = read_one_page(job, reader, plan.limits, pictures).page
            if page.state is not PageState.READ:
                why = f"{job.path.name} page {job.number} is {page.state}: {page.reason}"
                raise RuntimeError(why)
    end.send(_peak("self"))


def _programs_of(pid: int | None) -> Iterator[int]:
    """Return the processes below a process that run a program of their own."""
    own = _read_proc(pid, "cmdline")
    # Before it becomes its program, a child shows the memory of its parent.
    return (child for child in _descendants(pid) if _read_proc(child, "cmdline") != own)


def _descendants(pid: int | None) -> Iterator[int]:
    """Return the processes that a process started, and those that they started."""
    children: dict[int | None, list[int]] = defaultdict(list)
    for folder in _PROC.glob("[0-9]*"):
        stat = _read_proc(folder.name, "stat")
        if not stat:
            continue
        parent = int(stat.rpartition(")")[2].split()[1])
        children[parent].append(int(folder.name))
    found = children[pid]
    while found:
        yield from found
        found = [child for parent in found for child in children[parent]]


def _peak(pid: int | str) -> int:
    """Return the peak memory of a process in KiB; 0 when it has ended."""
    for line in _read_proc(pid, "status").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1])
    return 0


def _read_proc(pid: int | str | None, name: str) -> str:
    """Return what /proc says of a process; nothing when it has ended."""
    try:
        return (_PROC / str(pid) / name).read_text()
    except OSError:
        return ""
