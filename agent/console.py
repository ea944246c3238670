"""What people are told: on the screen, and in a file that does not grow for ever."""

from __future__ import annotations

import io
import logging
import logging.handlers
import sys
from pathlib import Path

_MOST, _OLDER_FILES = 1_000_000, 3  # bytes of one file


class Console:
    """Says lines with their time. ``log_file`` is where they are kept, None: nowhere."""

    def __init__(self, log_file: Path | None = None) -> None:
        self._log = logging.Logger("saraban.agent", logging.INFO)
        self._last: dict[str, str] = {}
        handlers: list[logging.Handler] = []
        if sys.stdout is not None:  # None where Windows starts us without a window
            if isinstance(sys.stdout, io.TextIOWrapper):
                sys.stdout.reconfigure(errors="replace")  # a code page without Thai
            handlers.append(logging.StreamHandler(sys.stdout))
        if log_file is not None:
            handlers.append(
                logging.handlers.RotatingFileHandler(
                    log_file, "a", _MOST, _OLDER_FILES, "utf-8", errors="backslashreplace"
                )
            )
        for handler in handlers:
            handler.setFormatter(logging.Formatter("%(asctime)s %(message)s", "%Y-%m-%d %H:%M:%S"))
            self._log.addHandler(handler)

    def say(self, text: str) -> None:
        """Say a line."""
        self._log.info("%s", text)

    def say_once(self, subject: str, text: str) -> None:
        """Say a line unless it was the last that was said of its subject."""
        if self._last.get(subject) != text:
            self._last[subject] = text
            self.say(text)

    def is_over(self, subject: str, text: str | None = None) -> None:
        """Forget what was said of a subject; say ``text`` if anything was."""
        if self._last.pop(subject, None) is not None and text is not None:
            self.say(text)


def shown(name: str) -> str:
    """Return a file's name fit for a line of a terminal."""
    return "".join(letter if letter.isprintable() else "�" for letter in name)
