"""How much one caller, and all together, may ask of the API at a time."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from ingest import problems
from ingest.problems import ProblemError

_MINUTE = 60.0


class Traffic:
    """Counts requests and files under way.

    ``per_minute`` requests of one caller are let through, in bursts too; ``at_once`` files of one
    caller and ``in_all`` of all callers are taken side by side. ``seconds`` is a steady clock.
    """

    def __init__(
        self,
        per_minute: int = 6_000,
        at_once: int = 8,
        in_all: int = 64,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        self._per_minute, self._at_once, self._in_all = per_minute, at_once, in_all
        self._seconds = seconds
        self._lock = threading.Lock()
        self._left: dict[str, tuple[float, float]] = {}  # what a caller has left, and as of when
        self._under_way: Counter[str] = Counter()

    def let_through(self, owner: str) -> None:
        """Count a request.

        Raises:
            ProblemError: the caller has asked for too much in the last minute.
        """
        now = self._seconds()
        with self._lock:
            left, since = self._left.get(owner, (float(self._per_minute), now))
            gained = (now - since) * self._per_minute / _MINUTE
            left = min(float(self._per_minute), left + gained) - 1
            if left < 0:
                wait = int(-left * _MINUTE / self._per_minute) + 1
                raise ProblemError(
                    problems.RATE_LIMITED, f"ส่งคำขอถี่เกินไป ให้รอ {wait} วินาทีแล้วส่งต่อ", retry_after=wait
                )
            self._left[owner] = (left, now)

    @contextmanager
    def file(self, owner: str) -> Iterator[None]:
        """Count a file while it comes in.

        Raises:
            ProblemError: as many files come in already as may.
        """
        with self._lock:
            busy = self._under_way[owner] >= self._at_once
            if busy or self._under_way.total() >= self._in_all:
                raise ProblemError(
                    problems.RATE_LIMITED, "กำลังรับไฟล์อื่นอยู่เต็มแล้ว ให้รอ 2 วินาทีแล้วส่งต่อ", retry_after=2
                )
            self._under_way[owner] += 1
        try:
            yield
        finally:
            with self._lock:
                self._under_way[owner] -= 1
                self._under_way += Counter()  # forgets those with nothing under way
