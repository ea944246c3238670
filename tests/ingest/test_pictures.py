from __future__ import annotations

import contextlib
import os
import textwrap
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from ingest.limits import Limits
from ingest.opening import CannotOpen, render_page
from ingest.pictures import SERVER, PictureOpener
from models.letters import MediaType
from tests.conftest import picture, processes_with

LIMITS = Limits()
HASTE = Limits(open_seconds=1)
STAYS = "7412.5"  # seconds that a bad decoder sleeps; a mark to find it by

Opener = Callable[[str], PictureOpener]


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "photo.png"
    path.write_bytes(picture("PNG"))
    return path


@pytest.fixture
def opener_whose_decoder(tmp_path: Path) -> Iterator[Opener]:
    """Make an opener whose decoder does something bad with "bad.png", and its duty otherwise."""
    openers = []

    def make(deed: str) -> PictureOpener:
        script = tmp_path / "server.py"
        script.write_text(
            textwrap.dedent(f"""
                import os, signal, socket, subprocess, sys, time
                sys.path.insert(0, {str(SERVER.parents[2])!r})
                from ingest.confined import open_image, serve_pictures
                honest = open_image.main
                def main(arguments):
                    if arguments[1].endswith("bad.png"):
                        output = arguments[-1]
                        {deed}
                    else:
                        honest(arguments)
                open_image.main = main
                serve_pictures.serve(socket.socket(fileno=int(sys.argv[1])))
            """)
        )
        openers.append(PictureOpener(script))
        return openers[-1]

    yield make
    for opener in openers:
        opener.close()


@pytest.mark.parametrize(
    ("deed", "problem"),
    [
        (f"time.sleep({STAYS})", "time"),
        (f"subprocess.run(['sh', '-c', 'sleep {STAYS} & sleep {STAYS}'])", "time"),
        (f"signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep({STAYS})", "time"),
        ("os.kill(os.getpid(), signal.SIGSEGV)", "broken"),
        ("os._exit(0)", "broken"),
        ("print('{', end='')", "broken"),
        ("print('[]', end='')", "broken"),
        ("print('x' * 10_000_000)", "broken"),
        ("bytearray(4 * 2**30)", "broken"),
        ("open(output, 'wb').truncate(2**30)", "broken"),
        ('print(\'{"width": 9, "height": 9, "channels": 3}\', end="")', "broken"),
        ('print(\'{"width": -1, "height": -1, "channels": 3}\', end="")', "broken"),
        ('print(\'{"width": "9", "height": 9, "channels": 3}\', end="")', "broken"),
        ("os.kill(os.getppid(), signal.SIGKILL)", "broken"),
    ],
)
def test_a_picture_that_breaks_its_decoder_harms_no_other(
    photo: Path, opener_whose_decoder: Opener, deed: str, problem: str
) -> None:
    opener = opener_whose_decoder(deed)
    limits = HASTE if problem == "time" else LIMITS
    bad = photo.with_name("bad.png")
    bad.write_bytes(photo.read_bytes())
    before = render_page(photo, MediaType.PNG, 1, limits, opener)
    began = time.monotonic()
    with pytest.raises(CannotOpen) as caught:
        render_page(bad, MediaType.PNG, 1, limits, opener)
    assert caught.value.problem == problem
    assert time.monotonic() - began < 10
    assert processes_with(STAYS) == []
    after = render_page(photo, MediaType.PNG, 1, limits, opener)
    assert np.array_equal(before, after)


def test_pixels_cannot_be_changed_or_taken_away_once_they_are_ours(photo: Path) -> None:
    with PictureOpener() as opener:
        pixels = render_page(photo, MediaType.PNG, 1, LIMITS, opener)
    pixels[:] = 7  # our own copy may be written to
    assert pixels.shape == (40, 60, 3)
    assert (pixels == 7).all()


def test_closing_leaves_no_child_and_no_descriptor(
    photo: Path, opener_whose_decoder: Opener
) -> None:
    before = open_files()
    for _ in range(3):
        with opener_whose_decoder("pass") as opener:
            for _ in range(3):
                render_page(photo, MediaType.PNG, 1, LIMITS, opener)
            assert len(processes_with(str(photo.parent))) == 1
    assert open_files() <= before  # what older tests left open may close meanwhile
    assert processes_with(str(photo.parent)) == []


def open_files() -> set[tuple[int, int]]:
    """Return what this process holds open, by device and inode: numbers are given out anew."""
    found = set()
    for number in os.listdir("/proc/self/fd"):
        with contextlib.suppress(OSError):  # the listing's own, closed by now
            state = os.fstat(int(number))
            found.add((state.st_dev, state.st_ino))
    return found
