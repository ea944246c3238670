"""ZIP files, honest ones and others."""

from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Mapping


def make_zip(entries: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return file.getvalue()


def zip_from_thai_windows(name: str, content: bytes) -> bytes:
    """A ZIP whose entry's name stands in cp874 without any mark, as Windows writes it."""
    thai = name.encode("cp874")
    placeholder = "X" * len(thai)
    return make_zip({placeholder: content}).replace(placeholder.encode(), thai)


def zip_with_symlink(name: str, target: str) -> bytes:
    entry = zipfile.ZipInfo(name)
    entry.create_system = 3
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(entry, target)
    return file.getvalue()


def zip_with_password(name: str, content: bytes) -> bytes:
    """A ZIP that says of its entry that it is encrypted."""
    packed = bytearray(make_zip({name: content}))
    packed[6] |= 1
    packed[packed.index(b"PK\x01\x02") + 8] |= 1
    return bytes(packed)


def zip_with_overlap(content: bytes) -> bytes:
    """Two entries that share their bytes, the trick of the densest bombs."""
    packed = bytearray(make_zip({"a.jpg": content, "b.jpg": content}))
    first = packed.index(b"PK\x01\x02")
    second = packed.index(b"PK\x01\x02", first + 4)
    packed[second + 42 : second + 46] = packed[first + 42 : first + 46]
    return bytes(packed)
