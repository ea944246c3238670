"""Whether a file has its end yet, by what its format says: a scanner may pause for long."""

from __future__ import annotations

import os
import struct
from typing import BinaryIO

_TAIL = 1024
_ZIP_TAIL = 22 + 65_535  # the last record of a ZIP with the longest comment
_LONG_TYPE, _SHORT_TYPE = 4, 3
_STARTS, _LENGTHS = (273, 324), (279, 325)  # tags of strips, and of tiles
_MOST_IMAGES = 10_000


def looks_whole(file: BinaryIO, size: int) -> bool:
    """Tell whether a file ends as its format demands; True for formats that we do not know.

    An empty file is not whole.

    Raises:
        OSError: it cannot be read.
    """
    file.seek(0)
    head = file.read(8)
    if not head:
        return False
    if head.startswith(b"%PDF"):
        return b"%%EOF" in _tail(file, size, _TAIL)
    if head.startswith(b"\xff\xd8"):
        return _tail(file, size, _TAIL).rstrip(b"\0").endswith(b"\xff\xd9")
    if head.startswith(b"\x89PNG"):
        return b"IEND" in _tail(file, size, _TAIL)
    if head.startswith(b"PK\x03\x04"):
        return b"PK\x05\x06" in _tail(file, size, _ZIP_TAIL)
    if head[:4] in (b"II*\0", b"MM\0*"):
        return _whole_tiff(file, size, "<" if head.startswith(b"II") else ">")
    return True


def _tail(file: BinaryIO, size: int, length: int) -> bytes:
    file.seek(max(0, size - length), os.SEEK_SET)
    return file.read(length)


def _whole_tiff(file: BinaryIO, size: int, order: str) -> bool:
    """Follow the chain of images: each, and the strips it names, must lie inside the file."""
    try:
        (place,) = _numbers(file, 4, f"{order}I")
        for _ in range(_MOST_IMAGES):
            if not 8 <= place < size:
                return False
            (entries,) = _numbers(file, place, f"{order}H")
            found = {}
            for number in range(entries):
                tag, kind, count = _numbers(file, place + 2 + 12 * number, f"{order}HHI")
                if tag in (*_STARTS, *_LENGTHS):
                    found[tag] = _values(file, place + 10 + 12 * number, kind, count, order)
            for starts, lengths in zip(_STARTS, _LENGTHS, strict=True):
                parts = zip(found.get(starts, ()), found.get(lengths, ()), strict=False)
                if any(start + length > size for start, length in parts):
                    return False
            (place,) = _numbers(file, place + 2 + 12 * entries, f"{order}I")
            if place == 0:
                return True
    except struct.error:  # a number lies beyond the end
        return False
    return True


def _numbers(file: BinaryIO, place: int, form: str) -> tuple[int, ...]:
    file.seek(place)
    return struct.unpack(form, file.read(struct.calcsize(form)))


def _values(file: BinaryIO, place: int, kind: int, count: int, order: str) -> tuple[int, ...]:
    letter = {_SHORT_TYPE: "H", _LONG_TYPE: "I"}.get(kind)
    if letter is None or count > 1_000_000:
        return ()
    form = f"{order}{count}{letter}"
    if struct.calcsize(form) > 4:  # they do not fit here: here is written where they are
        (place,) = _numbers(file, place, f"{order}I")
    return _numbers(file, place, form)
