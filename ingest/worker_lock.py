"""One office's scans are read by one process at a time."""

from __future__ import annotations

import fcntl
from pathlib import Path
from typing import IO


class AnotherWorker(Exception):
    """Another process works on this office's scans already."""


class WorkerLock:
    """Held by the one process that reads scans; the system frees it when that process dies."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: IO[str] | None = None

    def take(self) -> None:
        """Take the lock.

        Raises:
            AnotherWorker: somebody holds it.
        """
        file = self._path.open("w")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            file.close()
            raise AnotherWorker("มีโปรแกรมอีกตัวกำลังอ่านเอกสารของสำนักงานนี้อยู่แล้ว") from error
        self._file = file

    def free(self) -> None:
        """Give the lock back."""
        if self._file is not None:
            self._file.close()
            self._file = None
