from __future__ import annotations

import datetime as dt
import hashlib
import io
import os
import resource
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.archive import Archive, TooLarge
from tests.conftest import tree

CONTENT = b"a page" * 1000
SHA256 = hashlib.sha256(CONTENT).hexdigest()


class BrokenStream(io.RawIOBase):
    """A file on a disk that breaks half way."""

    def __init__(self) -> None:
        self._reads = 0

    def read(self, size: int = -1) -> bytes:
        self._reads += 1
        if self._reads > 2:
            raise OSError(5, "Input/output error")
        return b"x" * 2**20


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "archive")


@pytest.fixture
def full_disk() -> Iterator[None]:
    """No file may grow over a megabyte, as on a disk that is full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2**20, hard))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def files_in(tmp_path: Path) -> list[str]:
    found = tree(tmp_path / "archive")
    return [name for name, content in found.items() if content is not None]


def test_an_original_lies_under_its_hash_and_cannot_be_written(
    archive: Archive, tmp_path: Path
) -> None:
    with archive.receive(io.BytesIO(CONTENT), 10**6) as incoming:
        assert (incoming.sha256, incoming.size) == (SHA256, len(CONTENT))
        assert incoming.head == CONTENT[:1024]
        archive.keep(incoming)
    place = archive.original(SHA256)
    assert hashlib.sha256(place.read_bytes()).hexdigest() == place.name == SHA256
    assert place.parent.name == SHA256[:2]
    assert stat.S_IMODE(place.stat().st_mode) == 0o400
    assert files_in(tmp_path) == [f"objects/{SHA256[:2]}/{SHA256}"]


def test_keeping_the_same_file_again_changes_nothing(archive: Archive, tmp_path: Path) -> None:
    for _ in range(2):
        with archive.receive(io.BytesIO(CONTENT), 10**6) as incoming:
            archive.keep(incoming)
    assert files_in(tmp_path) == [f"objects/{SHA256[:2]}/{SHA256}"]


def test_a_file_that_is_not_kept_leaves_nothing(archive: Archive, tmp_path: Path) -> None:
    with archive.receive(io.BytesIO(CONTENT), 10**6) as incoming:
        assert incoming.path.read_bytes() == CONTENT
    assert files_in(tmp_path) == []


def test_a_file_over_the_limit_leaves_nothing(archive: Archive, tmp_path: Path) -> None:
    with pytest.raises(TooLarge), archive.receive(io.BytesIO(CONTENT), len(CONTENT) - 1):
        pass
    assert files_in(tmp_path) == []
    with archive.receive(io.BytesIO(CONTENT), len(CONTENT)) as incoming:
        assert incoming.size == len(CONTENT)


@pytest.mark.usefixtures("full_disk")
def test_a_full_disk_is_an_error_and_leaves_nothing(archive: Archive, tmp_path: Path) -> None:
    with (
        pytest.raises(OSError, match="too large"),
        archive.receive(io.BytesIO(bytes(3 * 2**20)), 10**9),
    ):
        pass
    assert files_in(tmp_path) == []


def test_a_disk_that_breaks_is_an_error_and_leaves_nothing(
    archive: Archive, tmp_path: Path
) -> None:
    with pytest.raises(OSError, match="Input/output"), archive.receive(BrokenStream(), 10**9):
        pass
    assert files_in(tmp_path) == []


@pytest.mark.parametrize(
    "sha256", ["", "../../etc/passwd", SHA256.upper(), SHA256 + "\n", SHA256[:-1], "/" + SHA256]
)
def test_only_a_hash_names_an_original_or_a_view(archive: Archive, sha256: str) -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        archive.original(sha256)
    with pytest.raises(ValueError, match="SHA-256"):
        archive.view(sha256, 1)


def test_a_view_is_replaced_whole(archive: Archive, tmp_path: Path) -> None:
    archive.write_view(SHA256, 2, b"first")
    archive.write_view(SHA256, 2, b"second")
    assert archive.view(SHA256, 2).read_bytes() == b"second"
    assert files_in(tmp_path) == [f"views/{SHA256[:2]}/{SHA256}/2.jpg"]


def test_sweeping_removes_what_a_killed_process_left_and_nothing_younger(
    archive: Archive, tmp_path: Path
) -> None:
    incoming = tmp_path / "archive" / "incoming"
    (incoming / "old").write_bytes(b"half a file")
    (incoming / "zip-old").mkdir()
    (incoming / "zip-old" / "0").write_bytes(b"an entry")
    (incoming / "young").write_bytes(b"on its way in")
    noon = dt.datetime(2025, 3, 4, 12, tzinfo=dt.UTC)
    for name, hours in (("old", -25), ("zip-old", -25), ("young", -1)):
        moment = (noon + dt.timedelta(hours=hours)).timestamp()
        os.utime(incoming / name, (moment, moment))
    with archive.receive(io.BytesIO(CONTENT), 10**6) as kept:
        archive.keep(kept)
    assert archive.sweep(noon - dt.timedelta(days=1)) == 2
    assert files_in(tmp_path) == ["incoming/young", f"objects/{SHA256[:2]}/{SHA256}"]


def test_only_the_office_can_look_into_its_archive(archive: Archive, tmp_path: Path) -> None:
    with archive.receive(io.BytesIO(CONTENT), 10**6) as incoming:
        archive.keep(incoming)
    for folder in ("objects", "views", "incoming", f"objects/{SHA256[:2]}"):
        assert (tmp_path / "archive" / folder).stat().st_mode & 0o077 == 0
