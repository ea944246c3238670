"""One agent at a time for one journal."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


class AnotherAgent(Exception):
    """Another process works with this journal."""


@contextmanager
def seat(state: Path) -> Iterator[None]:
    """Hold the seat of a folder of state; the system gives it back however we end.

    Raises:
        AnotherAgent: it is taken.
    """
    with (state / "agent.lock").open("a+b") as file:
        try:
            _lock(file)
        except OSError as error:
            raise AnotherAgent("โปรแกรมส่งเอกสารเปิดอยู่แล้วในเครื่องนี้ ไม่ต้องเปิดซ้ำ") from error
        yield


if sys.platform == "win32":
    import msvcrt

    def _lock(file: BinaryIO) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(file: BinaryIO) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
