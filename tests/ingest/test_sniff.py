from __future__ import annotations

import pytest

from ingest.sniff import HEAD_BYTES, sniff
from models.letters import MediaType
from tests.conftest import A4, SAMPLES, pdf, picture
from tests.ingest.zips import make_zip


@pytest.mark.parametrize(
    ("head", "media_type"),
    [
        (pdf(A4), MediaType.PDF),
        (b"\x00 a printer's words \r\n" + pdf(A4), MediaType.PDF),
        (b" " * (HEAD_BYTES - 5) + b"%PDF-1.7", MediaType.PDF),
        (picture("JPEG"), MediaType.JPEG),
        (picture("PNG"), MediaType.PNG),
        (picture("TIFF"), MediaType.TIFF),
        (b"MM\x00*\x00\x00\x00\x08", MediaType.TIFF),
        (b"MM\x00+\x00\x08\x00\x00", MediaType.TIFF),  # BigTIFF
        (b"II+\x00\x08\x00\x00\x00", MediaType.TIFF),
        (make_zip({"a": b"a"}), MediaType.ZIP),
        (make_zip({}), MediaType.ZIP),
    ],
)
def test_a_file_is_what_its_first_bytes_show(head: bytes, media_type: MediaType) -> None:
    assert sniff(head[:HEAD_BYTES]) is media_type


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"%PD",
        b" " * HEAD_BYTES + b"%PDF-1.7",
        "ข้อความธรรมดา".encode(),
        b"MZ\x90\x00",
        b"GIF89a",
        b"RIFF\x00\x00\x00\x00WEBPVP8 ",
        b"\x89PNG",
        b"<html><body>%PDF",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",  # an old Word document
    ],
)
def test_anything_else_is_nothing_that_we_take(head: bytes) -> None:
    assert sniff(head) is None


def test_every_sample_is_what_its_ending_says() -> None:
    endings = {".pdf": "PDF", ".jpg": "JPEG", ".png": "PNG", ".tif": "TIFF"}
    samples = list(SAMPLES.iterdir())
    assert len(samples) == 19
    for path in samples:
        assert sniff(path.read_bytes()[:HEAD_BYTES]) is MediaType[endings[path.suffix]]
