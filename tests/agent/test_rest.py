"""When a file has come to rest, has its end, and is still what it was."""

from __future__ import annotations

import hashlib
import io
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from agent.backoff import Backoff
from agent.exclusive import Busy, open_alone
from agent.folder import Seen
from agent.journal import Entry
from agent.sending import Changed, Source
from agent.stability import Stability
from agent.wholeness import looks_whole
from tests.agent.scanner_pc import letter
from tests.conftest import A4, pdf, picture
from tests.ingest.zips import make_zip

SEEN = Seen(Path("/s"), Path("/s/a.pdf"), 5, 7, 9)


def tiff(**how: object) -> bytes:
    file = io.BytesIO()
    more = [Image.new("L", (90, 80), shade) for shade in (1, 2)]
    first = Image.effect_noise((100, 70), 50)
    first.save(file, "TIFF", save_all=True, append_images=more, **how)
    return file.getvalue()


WHOLE = {
    "pdf": pdf(A4, objects=(f"<< /Filler ({'x' * 20_000}) >>",)),
    "jpeg": picture("JPEG", size=(300, 200)),
    "png": picture("PNG", size=(300, 200)),
    "tiff": tiff(),
    "tiff lzw": tiff(compression="tiff_lzw"),
    "zip": make_zip({"a.pdf": letter(2), "b.pdf": letter(3)}),
}


def whole(content: bytes) -> bool:
    return looks_whole(io.BytesIO(content), len(content))


@pytest.mark.parametrize("kind", WHOLE)
def test_a_file_that_lacks_its_end_is_not_whole(kind: str) -> None:
    content = WHOLE[kind]
    assert whole(content)
    assert whole(content + b"\0" * 200) or kind == "zip"  # scanners may pad
    cuts = sorted({*range(9, len(content) * 9 // 10, 97), len(content) * 9 // 10})
    assert [cut for cut in cuts if whole(content[:cut])] == []


def test_an_empty_file_is_not_whole_and_an_unknown_one_is_as_it_is() -> None:
    assert not whole(b"")
    assert whole(b"anything else")


def test_a_file_rests_by_our_clock_and_not_by_its_own() -> None:
    time = 100.0
    stability = Stability(5, 60, lambda: time)
    assert stability.look([SEEN]) == []
    time = 104.9
    assert stability.look([SEEN]) == []
    time = 105.0
    (resting,) = stability.look([SEEN])
    assert not resting.overdue
    time = 160.0
    (resting,) = stability.look([SEEN])
    assert resting.overdue
    for other in (replace(SEEN, size=6), replace(SEEN, mtime_ns=6), replace(SEEN, inode=8)):
        assert stability.look([other]) == []
    assert stability.look([]) == []
    assert stability.look([SEEN]) == []  # it was away: another file, for all we know


def entry_of(path: Path) -> Entry:
    info = path.stat()
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return Entry(str(path), str(path.parent), info.st_size, info.st_mtime_ns, digest)


def test_the_last_bytes_of_a_file_that_has_changed_are_never_given(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(letter(5))
    entry = entry_of(path)
    with open_alone(path) as file:
        source = Source(file, entry)
        assert source.read(100) + source.read() == letter(5)
        source.start_at(50)
        assert source.read() == letter(5)[50:]
        source.start_at(50)
        path.write_bytes(letter(5)[:-8] + b"x%%EOF\n\n")
        with pytest.raises(Changed):
            source.read()
    # Of the same size, and its time set back.
    with open_alone(path) as file, pytest.raises(Changed):
        Source(file, replace(entry_of(path), sha256=entry.sha256)).read()


def test_a_file_that_another_program_has_locked_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(letter(6))
    with open_alone(path), pytest.raises(Busy):
        open_alone(path)
    open_alone(path).close()


def test_the_waits_between_tries_double_up_to_a_minute_and_honour_what_is_asked() -> None:
    class Even:
        def uniform(self, _: float, __: float) -> float:
            return 1.0

    backoff = Backoff(Even())  # type: ignore[arg-type]
    assert [backoff.wait() for _ in range(8)] == [1, 2, 4, 8, 16, 32, 60, 60]
    backoff.is_over()
    assert backoff.wait(30) == 30
    assert backoff.wait(10**9) == 900
