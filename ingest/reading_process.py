"""Settles a process that does nothing but read pages, so that all its time goes to reading."""

from __future__ import annotations

import atexit
import ctypes
import gc

import cv2
from threadpoolctl import threadpool_limits

_TRIM_THRESHOLD, _TOP_PAD, _MMAP_MAX = -1, -2, -4  # parameters of glibc's mallopt(3)
_KEPT = 400_000_000  # bytes of freed memory that the process keeps for its next page
_STEP = 64_000_000  # bytes by which it grows


def settle() -> None:
    """Give this process one thread, no repeated search for garbage, and memory that it keeps.

    Call it once all models are loaded.
    """
    cv2.setNumThreads(1)  # there is a process for every core already
    threadpool_limits(1)  # threads of linear algebra spin while they wait
    gc.collect()
    gc.freeze()  # dictionaries and models live as long as the process: not to be searched again
    atexit.register(gc.unfreeze)  # at its end they may go, or native libraries speak of leaks
    _keep_memory()


def _keep_memory() -> None:
    """Use the memory of the last page for the next: fresh pages of memory cost a tenth of the time.

    Where the C library has no mallopt (it is not glibc) nothing changes but speed.
    """
    library = ctypes.CDLL(None)
    if hasattr(library, "mallopt"):
        for parameter, value in ((_MMAP_MAX, 0), (_TRIM_THRESHOLD, _KEPT), (_TOP_PAD, _STEP)):
            library.mallopt(parameter, value)
