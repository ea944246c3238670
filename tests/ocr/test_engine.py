"""The engine is an outside program: what it does wrong must cost one page, never more."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from ingest.limits import Limits
from ingest.page_reading import PageJob, PagePool, ReaderPlan, read_one_page
from ingest.pictures import PictureOpener
from models.letters import MediaType, PageState
from ocr.engine import EngineError, EngineMissing, EngineTimeout
from ocr.reader import Reader, read_page
from ocr.tesseract import tesseract_engine, tesseract_languages, tesseract_version
from tests.conftest import fake_programs, page_of_text, processes_with

STAYS = "8522.5"  # seconds that a bad engine sleeps; a mark to find it by
# What pytesseract calls: tesseract LIST OUTPUT -l tha … ; the engine writes OUTPUT.txt and .tsv.
HEADS = "level page_num block_num par_num line_num word_num left top width height conf text"
HEAD = HEADS.replace(" ", "\\t")


def strips(*texts: str) -> list[np.ndarray]:
    """Rows of text, each cut out of a page."""
    page = cv2.cvtColor(page_of_text(*texts), cv2.COLOR_RGB2GRAY)
    return [page[230 + 128 * n : 350 + 128 * n, 150:1500] for n in range(len(texts))]


def test_the_engine_gives_one_reading_for_every_strip_in_order() -> None:
    first, second = tesseract_engine()(strips("กรมการปกครอง", "ถึง"))
    assert (first.text.strip(), second.text.strip()) == ("กรมการปกครอง", "ถึง")
    assert min(first.confidence, second.confidence) > 0.8
    assert len(first.letters) == 12
    edges = [edge for letter in first.letters for edge in letter]
    assert 0 <= min(edges) < max(edges) <= 1350


def test_the_installed_tesseract_is_known() -> None:
    assert int(tesseract_version().split(".")[0]) >= 5
    assert {"tha", "eng", "osd"} <= tesseract_languages()


def test_a_machine_without_tesseract_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("sh", "timeout"):
        (tmp_path / name).symlink_to(f"/usr/bin/{name}")
    monkeypatch.setenv("PATH", str(tmp_path))
    for ask in (tesseract_version, tesseract_languages):
        with pytest.raises(EngineMissing, match="ติดตั้ง tesseract-ocr"):
            ask()
    with pytest.raises(EngineMissing, match="tesseract-ocr-tha"):
        tesseract_engine()(strips("ถึง"))


def test_a_missing_language_is_told_from_a_broken_engine() -> None:
    with pytest.raises(EngineMissing, match="ข้อมูลภาษาไทย"):
        tesseract_engine("nolanguage")(strips("ถึง"))


@pytest.mark.parametrize(
    ("script", "message"),
    [
        ("exit 1", "รหัส 1"),
        ("kill -SEGV $$", "อ่านหน้านี้ไม่ได้"),
        (f"printf 'หนึ่ง\\n\\fสอง\\n\\fสาม\\n' > $2.txt; printf '{HEAD}\\n' > $2.tsv", "ไม่ครบ"),
        (f": > $2.txt; printf '{HEAD}\\n' > $2.tsv; exit 1", "รหัส 1"),
    ],
)
def test_an_engine_that_fails_says_so_in_thai(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, message: str
) -> None:
    fake_programs(tmp_path / "bin", monkeypatch, tesseract=script)
    with pytest.raises(EngineError, match=message):
        tesseract_engine()(strips("ถึง"))


def engine_that_writes(text: str, *rows: str) -> str:
    """A script that answers with this text and this table."""
    table = "\\n".join([HEAD, *(row.replace(" ", "\\t") for row in rows)])
    return f"printf '{text}' > $2.txt; printf '{table}\\n' > $2.tsv"


@pytest.mark.parametrize(
    "script",
    [
        "exit 0",  # says that all went well and wrote nothing
        "printf 'ถึง\\n' > $2.txt",  # and no table
        engine_that_writes("\\377\\376\\n"),  # not UTF-8
        engine_that_writes("ถึง\\n", "5 7 1 1 1 1 0 0 9 9 90 ก"),  # of a page that was never asked
        engine_that_writes("ถึง\\n", "5 1 1 1 1 1 x 0 9 9 90 ก"),  # no number
        engine_that_writes("ถึง\\n", "5 1"),  # half a row
        "printf 'ถึง\\n' > $2.txt; printf 'rubbish\\nrubbish\\n' > $2.tsv",
    ],
)
def test_an_engine_that_writes_rubbish_is_an_engine_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    fake_programs(tmp_path / "bin", monkeypatch, tesseract=script)
    with pytest.raises(EngineError):
        tesseract_engine()(strips("ถึง"))


@pytest.mark.parametrize(
    "script",
    [
        f"sleep {STAYS}",
        f"sleep {STAYS} & sleep {STAYS}",
        f"(sleep {STAYS} &) ; sleep {STAYS}",
        f"trap '' TERM; sleep {STAYS}; sleep {STAYS}",
    ],
)
def test_an_engine_that_hangs_is_ended_with_all_that_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    fake_programs(tmp_path / "bin", monkeypatch, tesseract=script)
    monkeypatch.setenv("TESSERACT_SECONDS", "60")  # put back at the end
    began = time.monotonic()
    with pytest.raises(EngineTimeout, match="1 วินาที"):
        tesseract_engine(seconds=1)(strips("ถึง"))
    assert time.monotonic() - began < 10
    assert processes_with(STAYS) == []


@pytest.mark.slow
def test_a_page_under_a_bad_engine_is_unread_with_the_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reader: Reader
) -> None:
    fake_programs(tmp_path / "bin", monkeypatch, tesseract="exit 9")
    read = read_page(page_of_text("ขอความอนุเคราะห์ซ่อมแซมถนน"), 3, replace(reader))
    assert (read.page.number, read.page.state) == (3, PageState.UNREAD)
    assert read.page.reason == "Tesseract อ่านหน้านี้ไม่ได้ (รหัส 9)"
    assert read.page.lines == ()
    assert read.image.shape[:2] == (read.page.height, read.page.width)  # a person can look at it


@pytest.mark.slow
def test_a_page_that_breaks_the_engine_does_not_take_the_next_one_along(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trained: Path
) -> None:
    mark = tmp_path / "first"
    real = "/usr/bin/tesseract"
    script = f'[ -e {mark} ] && exec {real} "$@"; touch {mark}; exit 1'
    fake_programs(tmp_path / "bin", monkeypatch, tesseract=script)
    page = tmp_path / "page.png"
    cv2.imwrite(str(page), page_of_text("ขอความอนุเคราะห์ซ่อมแซมถนน"))
    pool = PagePool(ReaderPlan(trained / "digits.npz", "tesseract", Limits()), 1)
    try:
        jobs = [PageJob(page, MediaType.PNG, 1) for _ in range(2)]
        first, second = (pool.read(job).page for job in jobs)
    finally:
        pool.close()
    assert (first.state, second.state) == (PageState.UNREAD, PageState.READ)
    assert second.text == "ขอความอนุเคราะห์ซ่อมแซมถนน"


def test_a_page_that_cannot_be_opened_is_unread_with_the_reason(
    tmp_path: Path, trained: Path
) -> None:
    reader = ReaderPlan(trained / "digits.npz", "tesseract", Limits()).reader()
    job = PageJob(tmp_path / "gone.jpg", MediaType.JPEG, 2)
    with PictureOpener() as pictures:
        result = read_one_page(job, reader, Limits(), pictures)
    assert (result.page.number, result.page.state) == (2, PageState.UNREAD)
    assert "ไฟล์เสีย" in (result.page.reason or "")
    assert result.view is None
