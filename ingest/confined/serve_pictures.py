"""Keeps ready to open pictures: every one is opened in a confined fork of this process.

    serve_pictures.py SOCKET

Starting Python and Pillow takes as long as decoding a page; a fork takes a hundredth of it. This
process itself never looks into a file. A request is one packet with JSON {"seconds", "render":
[FILE, PAGE, MOST_PIXELS]} and one descriptor that the pixels are written to; the answer is that of
``open_image``, or an empty object where the fork died or its time was over.
"""

import json
import os
import resource
import select
import signal
import socket
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from ingest.confined import open_image

# The same bounds as in ``confine``, which cannot hold for this process itself: it lives on.
MEMORY = 2_000_000 * 1024  # bytes of address space
WRITTEN = 1_000_000 * 512  # bytes of any one file
LONGEST = 65_536  # bytes of a request or an answer


def serve(connection: socket.socket) -> None:
    """Answer requests until the other side is gone."""
    while True:
        message, descriptors, _, _ = socket.recv_fds(connection, LONGEST, 1)
        if not message:
            return
        request = json.loads(message)
        connection.send(opened(request, descriptors[0], connection) or b"{}")
        os.close(descriptors[0])


def opened(request: dict[str, list[object]], output: int, connection: socket.socket) -> bytes:
    """Open a picture in a fork; return what it answered in time, and leave nothing of it."""
    seconds = int(str(request["seconds"]))
    answers, answer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            connection.close()  # so that a hostile picture cannot answer for us
            confine(seconds)
            os.dup2(answer, 1)
            open_image.main(["render", *map(str, request["render"]), f"/proc/self/fd/{output}"])
            sys.stdout.flush()
        finally:
            os._exit(0)  # whatever happened in it: a fork never goes on as the server
    own_group(child)
    os.close(answer)
    try:
        return answer_within(answers, seconds)
    finally:
        os.close(answers)
        os.killpg(child, signal.SIGKILL)
        os.waitpid(child, 0)


def own_group(process: int) -> None:
    """Put a fork into a group of its own; both sides do, for either may be first."""
    os.setpgid(process, process)


def confine(seconds: int) -> None:
    """Set the bounds of a fork: time, memory, written bytes, no core file."""
    own_group(0)
    for bound, value in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, WRITTEN),
    ):
        resource.setrlimit(bound, (value, value))


def answer_within(answers: int, seconds: int) -> bytes:
    """Return all that is written until the end; nothing where it does not come in time."""
    deadline, found = time.monotonic() + seconds, b""
    while len(found) <= LONGEST:
        ready, _, _ = select.select([answers], [], [], max(0.0, deadline - time.monotonic()))
        if not ready:
            return b""
        more = os.read(answers, LONGEST)
        if not more:
            return found
        found += more
    return b""


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])))
