"""A server process that tests start, kill without warning, and start again on the same port."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.conftest import ROOT, environment


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


class ServerProcess:
    """The application of an office, on one port for all its lives."""

    def __init__(self, data: Path) -> None:
        self._data, self.port = data, free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self, **how: Any) -> None:
        """Start it and wait until it answers."""
        module = ["-m", "tests.saraban.serve_intake", str(self._data), str(self.port)]
        self._process = subprocess.Popen(
            [sys.executable, *module], cwd=ROOT, env=environment(self._data), **how
        )
        until = time.monotonic() + 60
        while time.monotonic() < until:
            assert self._process.poll() is None, "the server ended by itself"
            with socket.socket() as asked:
                if asked.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        raise AssertionError("the server does not answer")

    def kill(self) -> None:
        """End it as a power cut would."""
        assert self._process is not None
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()


@contextmanager
def served(data: Path, **how: Any) -> Iterator[ServerProcess]:
    server = ServerProcess(data)
    server.start(**how)
    try:
        yield server
    finally:
        server.kill()
