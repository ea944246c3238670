"""Opens pictures through a child that keeps ready, for a process that opens many."""

from __future__ import annotations

import contextlib
import fcntl
import json
import mmap
import os
import socket
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import cv2
import numpy as np
from numpy.typing import NDArray

from ingest.limits import Limits

SERVER = Path(__file__).with_name("confined") / "serve_pictures.py"
_LONGEST = 65_536  # bytes of an answer
_PATIENCE = 10  # seconds over the limit after which the child itself must hang
# A fork's memory is fresh: in large pages of memory a picture is decoded in two thirds of the time.
_ENVIRONMENT = {"GLIBC_TUNABLES": "glibc.malloc.hugetlb=1", "LC_ALL": "C.UTF-8"}
# What may no longer be done to the pixels once they are ours.
_SEALS = fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_WRITE | fcntl.F_SEAL_SEAL


class PictureOpener:
    """A child process that opens one picture after the other, each in a confined fork of its own.

    It starts with the first picture and, if it dies, again with the next.
    """

    def __init__(self, server: Path = SERVER) -> None:
        self._server = server
        self._child: subprocess.Popen[bytes] | None = None
        self._connection: socket.socket | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def render(
        self, path: Path, number: int, limits: Limits
    ) -> tuple[dict[str, Any], NDArray[np.uint8] | None]:
        """Return what ``confined/open_image.py`` answered, and the RGB pixels if they are whole.

        An empty answer means that the picture broke its decoder, or took too long.
        """
        pixels = os.memfd_create("saraban-page", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
        try:
            answer = self._ask(
                {"seconds": limits.open_seconds, "render": [str(path), number, limits.page_pixels]},
                pixels,
                limits.open_seconds + _PATIENCE,
            )
            return answer, _mapped(pixels, answer)
        finally:
            os.close(pixels)

    def _ask(self, request: dict[str, Any], output: int, seconds: float) -> dict[str, Any]:
        connection = self._connection or self._start()
        connection.settimeout(seconds)
        try:
            socket.send_fds(connection, [json.dumps(request).encode()], [output])
            return dict(json.loads(connection.recv(_LONGEST)))
        except (OSError, ValueError):  # it died, or hangs, or tells rubbish: a fresh one next time
            self.close()
            return {}

    def _start(self) -> socket.socket:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._child = subprocess.Popen(
                [sys.executable, "-I", str(self._server), str(theirs.fileno())],
                stdin=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=(theirs.fileno(),),
                env=_ENVIRONMENT | {"PATH": os.environ.get("PATH", "/usr/bin:/bin")},
                start_new_session=True,
            )
        self._connection = ours
        return ours

    def close(self) -> None:
        """End the child."""
        if self._connection is not None:
            self._connection.close()
        if self._child is not None:
            self._child.kill()
            self._child.wait()
        self._child = self._connection = None


def _mapped(file: int, answer: dict[str, Any]) -> NDArray[np.uint8] | None:
    """Map the pixels that were written, if they are as many as the answer says."""
    shape = tuple(answer.get(side, 0) for side in ("height", "width", "channels"))
    if not all(isinstance(side, int) and side > 0 for side in shape) or shape[2] not in (1, 3):
        return None
    with contextlib.suppress(OSError):  # sealed for certain, or not used
        fcntl.fcntl(file, fcntl.F_ADD_SEALS, _SEALS)
    size = shape[0] * shape[1] * shape[2]
    if fcntl.fcntl(file, fcntl.F_GET_SEALS) != _SEALS or os.fstat(file).st_size != size:
        return None
    found = np.frombuffer(mmap.mmap(file, size, mmap.MAP_PRIVATE), np.uint8).reshape(shape)
    if shape[2] == 3:
        return found
    return np.asarray(cv2.cvtColor(found, cv2.COLOR_GRAY2RGB), np.uint8)
