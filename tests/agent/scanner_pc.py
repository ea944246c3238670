"""A scanner PC: a folder of scans and the real agent in a process of its own."""

from __future__ import annotations

import hashlib
import os
import random
import signal
import subprocess
import sys
from pathlib import Path

from sqlalchemy import text

from models.database import looking
from saraban.office import Office
from tests.conftest import A4, ROOT, pdf

START, END = pdf(A4), b"\n%%EOF\n"


def letter(number: int, size: int = 2_000) -> bytes:
    """A PDF that is another one for every number."""
    luck = random.Random(number)
    return START + b"%" + luck.randbytes(size).replace(b"%%EOF", b"") + END


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def documents(office: Office) -> list[str]:
    with looking(office.engine) as connection:
        return list(connection.execute(text("SELECT sha256 FROM scans")).scalars())


def names(office: Office) -> list[str]:
    with looking(office.engine) as connection:
        return list(connection.execute(text("SELECT name FROM scans")).scalars())


class ScannerPc:
    """One PC. ``place`` holds its folder ``scans`` and the agent's ``state``."""

    def __init__(self, place: Path, address: str, key: str | None) -> None:
        self.folder, self.state, self.address = place / "scans", place / "state", address
        self.folder.mkdir(parents=True)
        self.state.mkdir()
        if key is not None:
            (self.state / "key").write_text(key)
        self._running: subprocess.Popen[bytes] | None = None

    def arguments(self, *more: str) -> list[str]:
        places = ["--folder", str(self.folder), "--state", str(self.state)]
        return ["--server", self.address, *places, "--settle", "0.1", *more]

    def start(self, *more: str) -> subprocess.Popen[bytes]:
        self._running = subprocess.Popen(
            [sys.executable, "-m", "agent", *self.arguments(*more)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=os.environ | {"PYTHONIOENCODING": "utf-8"},
        )
        return self._running

    def stop(self, how: int = signal.SIGKILL) -> str:
        """End the agent; return what it said."""
        assert self._running is not None
        self._running.send_signal(how)
        said, _ = self._running.communicate(timeout=20)
        self._running = None
        return said.decode()

    def end(self) -> None:
        if self._running is not None:
            self.stop()

    def once(self, *more: str, code: int = 0) -> str:
        """Let the agent empty the folder; return what it said."""
        running = self.start("--once", *more)
        said, _ = running.communicate(timeout=60)
        self._running = None
        assert running.returncode == code, said.decode()
        return said.decode()

    def waiting(self) -> list[str]:
        """The files that still lie in the folder."""
        return sorted(
            path.name for path in self.folder.iterdir() if path.name not in ("sent", "failed")
        )

    def moved(self, where: str) -> dict[str, bytes]:
        """The files that were moved, whatever the day."""
        return {path.name: path.read_bytes() for path in (self.folder / where).glob("*/*")}

    def log(self) -> str:
        file = self.state / "agent.log"
        return file.read_text("utf-8") if file.exists() else ""
