"""When a file has come to rest, by our own steady clock: what a file says of its time may lie."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from agent.folder import Seen


@dataclass(frozen=True, slots=True)
class Resting:
    """A file to which nothing has happened; ``overdue`` when we waited for its end too long."""

    seen: Seen
    overdue: bool


class Stability:
    """Remembers since when each file has been as it is.

    ``settle`` and ``patience`` are in seconds, ``seconds`` is a steady clock.
    """

    def __init__(self, settle: float, patience: float, seconds: Callable[[], float]) -> None:
        self._settle, self._patience, self._seconds = settle, patience, seconds
        self._since: dict[Path, tuple[Seen, float]] = {}

    def look(self, files: Iterable[Seen]) -> list[Resting]:
        """Return the files that have come to rest; those that are gone are forgotten."""
        now = self._seconds()
        before, self._since = self._since, {}
        resting = []
        for seen in files:
            known = before.get(seen.path)
            since = known[1] if known is not None and known[0] == seen else now
            self._since[seen.path] = (seen, since)
            if now - since >= self._settle:
                resting.append(Resting(seen, now - since >= self._patience))
        return resting

    def again(self, path: Path) -> None:
        """Let a file come to rest anew."""
        self._since.pop(path, None)
