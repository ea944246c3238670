"""What a user would pick instead: the bare ``tesseract`` command on the page images."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

MODES = ("3", "4", "6")


def read(image: Path, mode: str) -> str:
    """Return what ``tesseract -l tha --psm MODE`` reads, with one thread."""
    answer = subprocess.run(
        ["tesseract", str(image), "-", "-l", "tha", "--psm", mode],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "OMP_THREAD_LIMIT": "1"},
    )
    return answer.stdout
