from __future__ import annotations

import io
import struct
import sys
import time
import zlib
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from ingest.limits import Limits
from ingest.opening import CannotOpen, PopplerMissing, count_pages, render_page, require_poppler
from ingest.pictures import PictureOpener
from models.letters import MediaType
from tests.conftest import A4, SAMPLES, encrypted_pdf, fake_programs, pdf, picture, processes_with

LIMITS = Limits()
HASTE = Limits(open_seconds=1)
PDF, TIFF, JPEG, PNG, _ = MediaType
STAYS = "7411.5"  # seconds that a bad program sleeps; a mark to find it by


def write(folder: Path, content: bytes) -> Path:
    path = folder / "file"
    path.write_bytes(content)
    return path


def huge_png(side: int = 10_000) -> bytes:
    """A few bytes that promise a hundred megapixels."""
    chunk = b"IHDR" + struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    header = struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))
    return b"\x89PNG\r\n\x1a\n" + header + b"\0\0\0\0IDAT\x35\xaf\x06\x1e"


def tiff_of(count: int) -> bytes:
    frames = [Image.new("L", (40, 60), 80 * number) for number in range(count)]
    file = io.BytesIO()
    frames[0].save(file, "TIFF", save_all=True, append_images=frames[1:])
    return file.getvalue()


def rendered(path: Path, media_type: MediaType, number: int, limits: Limits) -> NDArray[np.uint8]:
    with PictureOpener() as pictures:
        return render_page(path, media_type, number, limits, pictures)


def problem_of(path: Path, media_type: MediaType, limits: Limits = LIMITS) -> str:
    with pytest.raises(CannotOpen) as caught:
        count_pages(path, media_type, limits)
    return caught.value.problem


def test_pages_are_counted(tmp_path: Path) -> None:
    assert count_pages(SAMPLES / "circulars.pdf", PDF, LIMITS) == 2
    assert count_pages(write(tmp_path, pdf(A4, A4, A4)), PDF, LIMITS) == 3
    assert count_pages(write(tmp_path, tiff_of(3)), TIFF, LIMITS) == 3
    assert count_pages(write(tmp_path, picture()), JPEG, LIMITS) == 1


@pytest.mark.parametrize(
    ("content", "media_type", "problem"),
    [
        (encrypted_pdf(), PDF, "password"),
        (b"%PDF-1.4 and then nothing", PDF, "broken"),
        (pdf(), PDF, "broken"),
        ((SAMPLES / "01-external-road.pdf").read_bytes()[:2000], PDF, "broken"),
        (b"\xff\xd8\xff\xe0 no picture", JPEG, "broken"),
        (b"II*\x00\xff\xff\xff\x7f", TIFF, "broken"),
        (huge_png(), PNG, "pixels"),
        (b"", PNG, "broken"),
    ],
)
def test_a_file_that_cannot_be_opened_says_why_in_thai(
    tmp_path: Path, content: bytes, media_type: MediaType, problem: str
) -> None:
    path = write(tmp_path, content)
    with pytest.raises(CannotOpen, match=r"[ก-๙]{5}") as caught:
        count_pages(path, media_type, LIMITS)
    assert caught.value.problem == problem


@pytest.mark.parametrize(("content", "media_type"), [(pdf(A4, A4, A4), PDF), (tiff_of(3), TIFF)])
def test_a_file_with_too_many_pages_is_refused(
    tmp_path: Path, content: bytes, media_type: MediaType
) -> None:
    path = write(tmp_path, content)
    assert problem_of(path, media_type, Limits(pages=2)) == "pages"
    assert count_pages(path, media_type, Limits(pages=3)) == 3


def test_a_hundred_megapixels_are_refused_by_the_header_alone(tmp_path: Path) -> None:
    path = write(tmp_path, huge_png())
    began = time.monotonic()
    assert problem_of(path, PNG) == "pixels"
    with pytest.raises(CannotOpen, match="ภาพใหญ่"):
        rendered(path, PNG, 1, LIMITS)
    assert time.monotonic() - began < 10
    assert count_pages(path, PNG, Limits(page_pixels=100_000_000)) == 1


def test_a_tiff_whose_pages_run_in_a_circle_ends(tmp_path: Path) -> None:
    content = bytearray(tiff_of(2))
    (first,) = struct.unpack("<I", content[4:8])
    (entries,) = struct.unpack("<H", content[first : first + 2])
    link = first + 2 + 12 * entries
    content[link : link + 4] = struct.pack("<I", first)  # the page after the first is the first
    assert 1 <= count_pages(write(tmp_path, bytes(content)), TIFF, HASTE) <= HASTE.pages


def test_a_missing_file_cannot_be_opened(tmp_path: Path) -> None:
    for media_type in (PDF, TIFF, JPEG, PNG):
        assert problem_of(tmp_path / "gone", media_type) == "broken"


def test_a_page_is_rendered_as_it_looks(tmp_path: Path) -> None:
    red = rendered(write(tmp_path, picture("PNG")), PNG, 1, LIMITS)
    assert red.shape == (40, 60, 3)
    assert tuple(red[0, 0]) == (200, 0, 0)
    frames = write(tmp_path, tiff_of(3))
    assert [int(rendered(frames, TIFF, n, LIMITS).mean()) for n in (1, 2, 3)] == [0, 80, 160]
    square = "0 0 1 rg 0 0 100 100 re f"
    stream = f"<< /Length {len(square)} >>\nstream\n{square}\nendstream"
    page = "/MediaBox [0 0 200 200] /Contents 4 0 R"
    drawn = rendered(write(tmp_path, pdf(page, objects=(stream,))), PDF, 1, LIMITS)
    assert drawn.shape == (556, 556, 3)  # 200 points at 200 dpi
    assert tuple(drawn[400, 100]) == (0, 0, 255)
    assert tuple(drawn[100, 400]) == (255, 255, 255)


def test_a_photograph_is_turned_as_its_camera_says_and_clear_paper_is_white(
    tmp_path: Path,
) -> None:
    file = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (60, 40)).save(file, "JPEG", exif=exif)
    assert rendered(write(tmp_path, file.getvalue()), JPEG, 1, LIMITS).shape == (60, 40, 3)
    file = io.BytesIO()
    Image.new("RGBA", (4, 4), (0, 0, 0, 0)).save(file, "PNG")
    assert rendered(write(tmp_path, file.getvalue()), PNG, 1, LIMITS).min() == 255
    file = io.BytesIO()
    Image.fromarray(np.full((4, 4), 40_000, np.uint16)).save(file, "PNG")
    assert abs(int(rendered(write(tmp_path, file.getvalue()), PNG, 1, LIMITS)[0, 0, 0]) - 156) < 2


def test_a_page_of_a_pdf_over_the_limit_is_refused_and_its_neighbours_are_not(
    tmp_path: Path,
) -> None:
    path = write(tmp_path, pdf("/MediaBox [0 0 200 200]", "/MediaBox [0 0 14400 14400]"))
    assert rendered(path, PDF, 1, LIMITS).shape == (556, 556, 3)
    with pytest.raises(CannotOpen, match="ภาพใหญ่"):
        rendered(path, PDF, 2, LIMITS)


def test_a_large_page_is_rendered_coarser_before_it_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, pdf("/MediaBox [0 0 720 720]"))
    height, width, _ = rendered(path, PDF, 1, Limits(page_pixels=1_000_000)).shape
    assert 900_000 < height * width <= 1_010_000


@pytest.mark.parametrize(
    "script",
    [
        f"sleep {STAYS}",
        f"sleep {STAYS} & sleep {STAYS}",
        f"(sleep {STAYS} &) ; sleep {STAYS}",
        f"trap '' TERM; sleep {STAYS}; sleep {STAYS}",
        f"trap '' TERM; while :; do : {STAYS}; done",
    ],
)
@pytest.mark.parametrize("program", ["pdftoppm", "pdfinfo"])
def test_a_program_that_hangs_is_ended_with_all_that_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, program: str
) -> None:
    fake_programs(tmp_path / "bin", monkeypatch, **{program: script})
    began = time.monotonic()
    with pytest.raises(CannotOpen) as caught:
        rendered(SAMPLES / "circulars.pdf", PDF, 1, HASTE)
    assert caught.value.problem == "time"
    assert time.monotonic() - began < 15
    assert processes_with(STAYS) == []


@pytest.mark.parametrize(
    "script",
    [
        "exit 1",
        "kill -SEGV $$",
        "echo no picture",
        "yes | head -c 100000",
        "exit 0",
    ],
)
@pytest.mark.parametrize("program", ["pdftoppm", "pdfinfo"])
def test_a_program_that_fails_makes_the_page_broken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, program: str
) -> None:
    fake_programs(tmp_path / "bin", monkeypatch, **{program: script})
    with pytest.raises(CannotOpen) as caught:
        rendered(SAMPLES / "circulars.pdf", PDF, 1, LIMITS)
    assert caught.value.problem == "broken"


@pytest.mark.parametrize(
    ("script", "problem"),
    [
        (f"sleep {STAYS} & sleep {STAYS}", "time"),
        ("kill -SEGV $$", "broken"),
        ("echo '{'", "broken"),
        ("exit 0", "broken"),
    ],
)
def test_a_picture_that_breaks_its_decoder_is_only_a_broken_picture(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, problem: str
) -> None:
    fake_programs(tmp_path / "bin", monkeypatch, decoder=script)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "bin" / "decoder"))
    path = write(tmp_path, picture())
    limits = HASTE if problem == "time" else LIMITS
    assert problem_of(path, JPEG, limits) == problem
    assert processes_with(STAYS) == []


def test_a_decoder_cannot_take_all_memory_or_fill_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    greedy = f"exec {sys.executable} -c 'x = bytearray(4 * 2**30); print(1)'"
    flood = f'exec {sys.executable} -c \'import shutil; open("flood", "wb").truncate(2**30)\''
    path = write(tmp_path, picture())
    monkeypatch.chdir(tmp_path)
    for script in (greedy, flood):
        with monkeypatch.context() as patch:
            fake_programs(tmp_path / "bin", patch, decoder=script)
            patch.setattr(sys, "executable", str(tmp_path / "bin" / "decoder"))
            assert problem_of(path, JPEG) == "broken"
    flooded = tmp_path / "flood"
    assert not flooded.exists() or flooded.stat().st_size < 2**30


def test_a_machine_without_poppler_is_not_the_files_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    require_poppler()
    only = tmp_path / "bin"
    only.mkdir()
    for name in ("sh", "timeout", "dirname"):
        (only / name).symlink_to(f"/usr/bin/{name}")
    monkeypatch.setenv("PATH", str(only))
    with pytest.raises(PopplerMissing, match="poppler-utils"):
        count_pages(SAMPLES / "circulars.pdf", PDF, LIMITS)
