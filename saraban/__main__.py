"""``python -m saraban`` and the command ``saraban``.

A reading process imports the main module again when it starts; this one costs it nothing.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress

_WRONG = 1


def main() -> None:
    """Run the command line, and end the process with it.

    A stopped worker leaves threads that wait for pages which nobody reads any more. All they know
    is durable and goes on at the next start: the process need not, and must not, wait for them.
    """
    from saraban.cli import main as command_line

    try:
        command_line()
        code: int | str | None = 0
    except SystemExit as end:
        code = end.code
    if isinstance(code, str):
        sys.stderr.write(f"{code}\n")
        code = _WRONG
    with suppress(BrokenPipeError):  # nobody listens any more
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(code or 0)


if __name__ == "__main__":
    main()
