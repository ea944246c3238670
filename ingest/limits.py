"""How much of anything we take. Every number is a setting."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on foreign files; sizes in bytes, pictures in pixels, times in seconds."""

    file_bytes: int = 100 * 2**20
    pages: int = 200
    page_pixels: int = 80_000_000
    zip_entries: int = 1_000
    zip_bytes: int = 2**30
    zip_ratio: int = 100  # unpacked bytes per packed byte, for entries over 1 MB
    open_seconds: int = 60  # for opening a file or one page of it, in a child process
    page_seconds: int = 60  # for reading one page
