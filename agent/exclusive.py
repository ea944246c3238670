"""Opens a file that nobody else has open, as far as the system can tell."""

from __future__ import annotations

import io
import os
import stat
import sys
from pathlib import Path


class Busy(Exception):
    """Another program has the file open, or it may not be read."""


def open_alone(path: Path) -> io.BufferedReader:
    """Open a regular file for reading.

    Windows tells for certain whether another program has it open. Elsewhere only writers that lock
    (flock) are noticed; of the others, sizes, times and the ends of files must tell.

    Raises:
        Busy: another program has it open, it may not be read, or is no regular file.
        FileNotFoundError: it is gone.
    """
    try:
        descriptor = _open(path)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise Busy(error.strerror or str(error)) from error
    file = os.fdopen(descriptor, "rb")
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        file.close()
        raise Busy("not a regular file")
    return file


if sys.platform == "win32":
    import ctypes
    import msvcrt
    from ctypes import wintypes

    _GENERIC_READ, _OPEN_EXISTING, _OPEN_LINK_ITSELF = 0x80000000, 3, 0x00200000
    _INVALID = ctypes.c_void_p(-1).value
    _kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    _kernel.CreateFileW.restype = wintypes.HANDLE
    _kernel.CreateFileW.argtypes = [
        *(wintypes.LPCWSTR, wintypes.DWORD, wintypes.DWORD, wintypes.LPVOID),
        *(wintypes.DWORD, wintypes.DWORD, wintypes.HANDLE),
    ]

    def _open(path: Path) -> int:
        share_with_nobody = 0
        handle = _kernel.CreateFileW(
            *(str(path), _GENERIC_READ, share_with_nobody, None),
            *(_OPEN_EXISTING, _OPEN_LINK_ITSELF, None),
        )
        if handle is None or handle == _INVALID:
            raise ctypes.WinError(ctypes.get_last_error())
        return msvcrt.open_osfhandle(handle, os.O_RDONLY | os.O_BINARY)

else:
    import fcntl

    def _open(path: Path) -> int:
        # Without blocking: a pipe that nobody writes to would hold us for ever.
        flags = os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC
        descriptor = os.open(path, flags)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            raise
        except OSError:
            pass  # this file system knows no locks
        return descriptor
