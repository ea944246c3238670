"""Pages and regions read again, with the real Tesseract."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from ingest.archive import Archive
from ingest.limits import Limits
from ingest.page_reading import PageJob, ReaderPlan, jpeg, read_one_page
from ingest.pictures import PictureOpener
from ingest.rereading import CannotReread, ReaderUnavailable, Rereading
from models.letters import Box, MediaType, PageState
from models.turning import turned
from ocr.engine import EngineMissing
from tests.conftest import fake_programs, page_of_text

SUBJECT, NAME = "เรื่อง ขอให้ซ่อมถนนหน้าโรงเรียน", "นางสมศรี ใจดี"
SHA = "ab" * 32


@dataclass(frozen=True)
class Shelf:
    archive: Archive
    plan: ReaderPlan
    rereading: Rereading

    def keep(self, pixels: np.ndarray, view: np.ndarray | None = None) -> None:
        """Keep a picture as a scan, and as its view (the same one where nothing is said)."""
        file = io.BytesIO()
        Image.fromarray(pixels).save(file, "PNG")
        place = self.archive.original(SHA)
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(file.getvalue())
        self.archive.write_view(SHA, 1, jpeg(pixels if view is None else view))


@pytest.fixture
def shelf(tmp_path: Path, trained: Path) -> Shelf:
    plan = ReaderPlan(trained / "digits.npz", "tesseract", Limits())
    archive = Archive(tmp_path / "archive")
    return Shelf(archive, plan, Rereading(archive, lambda: plan))


def page() -> np.ndarray:
    return page_of_text(SUBJECT, NAME, "โทร ๐๘๑ ๒๓๔ ๕๖๗๘")


def box_of(line: int) -> Box:
    """Where a line of ``page_of_text`` stands."""
    return Box(0.09, (232 + line * 128) / 2339, 0.8, 118 / 2339)


@pytest.mark.parametrize(("line", "text"), [(0, SUBJECT), (1, NAME), (2, "โทร ๐๘๑ ๒๓๔ ๕๖๗๘")])
def test_what_stands_in_a_region_is_read(shelf: Shelf, line: int, text: str) -> None:
    shelf.keep(page())
    assert shelf.rereading.region(SHA, 1, box_of(line), 0) == (text,)


def test_two_lines_are_two(shelf: Shelf) -> None:
    shelf.keep(page())
    both = box_of(0).union(box_of(1))
    assert shelf.rereading.region(SHA, 1, both, 0) == (SUBJECT, NAME)


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_region_of_a_turned_page_is_read_as_the_officer_sees_it(shelf: Shelf, turn: int) -> None:
    on_its_side = np.ascontiguousarray(np.rot90(page(), turn // 90))  # anticlockwise
    shelf.keep(on_its_side)
    assert shelf.rereading.region(SHA, 1, box_of(0), turn) == (SUBJECT,)
    with Image.open(io.BytesIO(shelf.rereading.picture(SHA, 1, turn))) as picture:
        assert picture.size == (1654, 2339)
        difference = np.abs(np.asarray(picture).astype(int) - page().astype(int))
    assert difference.mean() < 2


def test_what_cannot_be_read_says_what_to_do(shelf: Shelf) -> None:
    shelf.keep(page())
    for box, told in [
        (Box(0.1, 0.1, 0.001, 0.02), "เล็กเกินไป"),
        (Box(0.0, 0.0, 1.0, 1.0), "อ่านหน้านี้ใหม่"),
        (Box(0.1, 0.8, 0.5, 0.05), "ไม่พบตัวอักษร"),
    ]:
        with pytest.raises(CannotReread, match=told):
            shelf.rereading.region(SHA, 1, box, 0)
    with pytest.raises(CannotReread, match="ไม่มีภาพ"):
        shelf.rereading.region("cd" * 32, 1, box_of(0), 0)


def test_a_computer_without_tesseract_says_so(
    shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_plan() -> ReaderPlan:
        raise EngineMissing("ไม่พบ Tesseract ให้ติดตั้ง tesseract-ocr")

    shelf.keep(page())
    with pytest.raises(ReaderUnavailable, match="ติดตั้ง tesseract-ocr"):
        Rereading(shelf.archive, no_plan).region(SHA, 1, box_of(0), 0)
    fake_programs(tmp_path / "bin", monkeypatch, tesseract="exit 127")
    with pytest.raises(ReaderUnavailable, match="ติดตั้ง"):
        shelf.rereading.region(SHA, 1, box_of(0), 0)


def test_a_page_that_lies_wrong_is_read_as_the_officer_turned_it(shelf: Shelf) -> None:
    on_its_head = np.ascontiguousarray(np.rot90(page(), 2))
    shelf.keep(on_its_head)
    result = shelf.rereading.page(SHA, MediaType.PNG, 1, 180)
    assert result.page.state is PageState.READ
    assert [line.text for line in result.page.lines][:2] == [SUBJECT, NAME]
    assert result.view is not None
    shown = cv2.imdecode(np.frombuffer(result.view, np.uint8), cv2.IMREAD_GRAYSCALE)
    assert np.abs(shown.astype(int) - page()[:, :, 0].astype(int)).mean() < 2
    # From now on the page is shown so, and is read so without being turned.
    shelf.archive.write_view(SHA, 1, result.view)
    again = shelf.rereading.page(SHA, MediaType.PNG, 1, 0)
    assert again.page.lines == result.page.lines


def test_a_page_that_the_machine_put_upright_is_read_as_it_is_shown(shelf: Shelf) -> None:
    """The scan lies on its side, its view stands: no turn by the officer means the view."""
    on_its_side = np.ascontiguousarray(np.rot90(page(), 1))
    shelf.keep(on_its_side)
    path = shelf.archive.original(SHA)
    with PictureOpener() as pictures:
        job = PageJob(path, MediaType.PNG, 1)
        first = read_one_page(job, shelf.plan.reader(), Limits(), pictures)
    assert first.view is not None
    shelf.archive.write_view(SHA, 1, first.view)
    again = shelf.rereading.page(SHA, MediaType.PNG, 1, 0)
    assert [line.text for line in again.page.lines] == [line.text for line in first.page.lines]
    boxes = [line.box for line in again.page.lines]
    assert boxes == [line.box for line in first.page.lines]


def test_a_page_that_cannot_be_read_leaves_everything_as_it_was(shelf: Shelf) -> None:
    scrawl = np.full((2339, 1654, 3), 255, np.uint8)
    cv2.ellipse(scrawl, (800, 1000), (600, 700), 30, 0, 300, (0, 0, 0), 9)
    shelf.keep(scrawl)
    before = shelf.archive.view(SHA, 1).read_bytes()
    with pytest.raises(CannotReread):
        shelf.rereading.page(SHA, MediaType.PNG, 1, 90)
    assert shelf.archive.view(SHA, 1).read_bytes() == before
    shelf.archive.original(SHA).write_bytes(b"\x89PNG\r\n\x1a\n broken")
    with pytest.raises(CannotReread, match="เสีย"):
        shelf.rereading.page(SHA, MediaType.PNG, 1, 0)


def test_turned_boxes_and_turned_pictures_agree(shelf: Shelf) -> None:
    shelf.keep(page())
    for turn in (90, 180, 270):
        box = turned(box_of(1), turn)
        data = np.frombuffer(shelf.rereading.picture(SHA, 1, turn), np.uint8)
        picture = cv2.imdecode(data, cv2.IMREAD_GRAYSCALE)
        height, width = picture.shape
        rows = slice(round(box.top * height), round(box.bottom * height))
        columns = slice(round(box.left * width), round(box.right * width))
        inside = int((picture[rows, columns] < 128).sum())
        ours = page()[360:478, 149:1472, 0]
        assert inside == pytest.approx(int((ours < 128).sum()), rel=0.05)
