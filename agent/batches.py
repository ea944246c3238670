"""The batches that files belong to: one for every folder and day."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path

from agent.backoff import NotNow
from agent.private_file import write_private

_BUDDHIST_ERA = 543


class Batches:
    """Remembers today's batches in a file. ``name`` is what they are called, empty: there are none.

    To forget one costs nothing but another batch of the same name.
    """

    def __init__(self, path: Path, name: str, today: Callable[[], dt.date]) -> None:
        self._path, self._name, self._today = path, name, today
        self._known = _read(path)

    def of(self, folder: str, opened: Callable[[str], int]) -> int | None:
        """Return the number of a folder's batch; ``opened`` opens one by its name.

        Raises:
            NotNow: it cannot be remembered, the disk is full or broken.
        """
        if not self._name:
            return None
        day = self._today()
        key = f"{day.isoformat()} {folder}"
        if key not in self._known:
            shown = f"{self._name[:180]} {day.day}/{day.month}/{day.year + _BUDDHIST_ERA}"
            today = {name: number for name, number in self._known.items() if name[:10] == key[:10]}
            self._known = today | {key: opened(shown)}
            try:
                write_private(self._path, json.dumps(self._known))
            except OSError as error:
                raise NotNow(f"เขียนไฟล์ในเครื่องนี้ไม่ได้ ({error.strerror})") from error
        return self._known[key]

    def forget(self, folder: str) -> None:
        """Let the next file of a folder open a batch anew."""
        self._known.pop(f"{self._today().isoformat()} {folder}", None)


def _read(path: Path) -> dict[str, int]:
    try:
        told = json.loads(path.read_text("utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    if not isinstance(told, dict):
        return {}
    return {str(key): number for key, number in told.items() if isinstance(number, int)}
