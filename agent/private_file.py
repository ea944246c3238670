"""Small files that only this user may read, written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

from agent.journal import flush_folder


def write_private(path: Path, text: str) -> None:
    """Write a file. On Windows it is the folder of the user that keeps others out.

    Raises:
        OSError: the disk is full or broken.
    """
    new = path.with_name(f"{path.name}.new")
    new.unlink(missing_ok=True)
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
    flush_folder(path.parent)
