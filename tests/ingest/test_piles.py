"""A pile as a duplex feeder sends it: separators, blank backs, pages on their heads, a sticker."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from PIL import Image

import classify
import extract
from ingest.limits import Limits
from ingest.opening import render_page
from ingest.page_reading import PageJob, read_one_page
from ingest.pictures import PictureOpener
from ingest.reading import Understanding, read_letters
from models.letters import MediaType, OcrPage, PageState, Reading
from models.sheet_codes import Separator
from models.terms import FieldName
from ocr.reader import Reader
from saraban.office import FONT_FOLDERS
from saraban.paper import faces_in
from saraban.separators import SeparatorSheet, draw_separator
from saraban.stickers import draw_stickers
from tests.conftest import SAMPLES
from tests.ocr.conftest import reader as reader  # the fixture

pytestmark = pytest.mark.slow

Pixels = np.ndarray[Any, Any]
TODAY = dt.date(2025, 3, 4)
SAYS = Separator("4705", "LAND", "กล่อง ๔")


def at_200_dpi(pixels: Pixels) -> Pixels:
    small = cv2.resize(pixels, None, fx=2 / 3, fy=2 / 3, interpolation=cv2.INTER_AREA)
    grain = np.random.default_rng(7).normal(0, 4, small.shape)
    return np.clip(small * 0.9 + 20 + grain, 0, 255).astype(np.uint8)


def separator() -> Pixels:
    sheet = SeparatorSheet(SAYS, "อำเภอพังโคน จังหวัดสกลนคร", "ปัญหาที่ดิน/ที่ทำกิน")
    return at_200_dpi(draw_separator(sheet, faces_in(FONT_FOLDERS)).pixels())


def blank() -> Pixels:
    return at_200_dpi(np.full((3508, 2480, 3), 255, np.uint8))


def with_sticker(page: Pixels, number: int) -> Pixels:
    sheet = draw_stickers("4705", [number], faces_in(FONT_FOLDERS)).pixels()
    sticker = at_200_dpi(sheet[8:430, :826])
    worn = page.copy()
    worn[20 : 20 + len(sticker), 20 : 20 + sticker.shape[1]] = sticker
    return worn


def sample(name: str, number: int = 1) -> Pixels:
    with PictureOpener() as pictures:
        return render_page(SAMPLES / name, MediaType.PDF, number, Limits(), pictures)


def on_its_head(page: Pixels) -> Pixels:
    return np.ascontiguousarray(np.rot90(page, 2))


def read_pages(pages: Sequence[Pixels], reader: Reader, folder: Path) -> list[OcrPage]:
    """Read a file of these pages as the worker does."""
    path = folder / "pile.tif"
    first, *others = (Image.fromarray(page) for page in pages)
    first.save(path, "TIFF", save_all=True, append_images=others, compression="tiff_deflate")
    with PictureOpener() as pictures:
        jobs = [PageJob(path, MediaType.TIFF, number + 1) for number in range(len(pages))]
        results = [read_one_page(job, reader, Limits(), pictures) for job in jobs]
    assert all(result.view for result in results)
    return [result.page for result in results]


@pytest.fixture(scope="module")
def understanding(trained: Path) -> Understanding:
    return Understanding(extract.load_gazetteer(), classify.load(trained))


def said(letter: Reading) -> dict[FieldName, str | None]:
    return {name: field.value for name, field in letter.fields.values.items() if field}


def test_a_pile_with_every_second_page_on_its_head_reads_the_same(
    reader: Reader, understanding: Understanding, tmp_path: Path
) -> None:
    complaint, circular = sample("06-complaint-water-typed.pdf"), sample("circulars.pdf")
    feeder = [separator(), blank(), complaint, blank(), separator(), blank(), circular, blank()]
    turned = [on_its_head(page) if place % 2 else page for place, page in enumerate(feeder, 1)]
    pages = read_pages(turned, reader, tmp_path)
    states = [page.state for page in pages]
    assert [states.count(state) for state in (PageState.SEPARATOR, PageState.BLANK)] == [2, 4]
    assert [states[place] for place in (0, 4)] == [PageState.SEPARATOR] * 2
    piled = read_letters(pages, understanding, TODAY)
    assert [[page.number for page in each.pages] for each in piled] == [[2, 3, 4], [6, 7, 8]]
    alone = read_pages([complaint, circular], reader, tmp_path)
    for letter, page in zip(piled, alone, strict=True):
        (upright,) = read_letters([page], understanding, TODAY)
        assert said(upright).items() <= said(letter).items()
        assert letter.fields.kind is upright.fields.kind


def test_a_sticker_gives_its_number_to_the_letter_it_begins(
    reader: Reader, understanding: Understanding, tmp_path: Path
) -> None:
    complaint = sample("11-complaint-debt.pdf")
    sheets = [complaint, on_its_head(with_sticker(complaint, 882)), blank()]
    first, second = read_letters(read_pages(sheets, reader, tmp_path), understanding, TODAY)
    assert [page.number for page in second.pages] == [2, 3]
    number = second.fields.get(FieldName.RECEIVED_NO)
    assert number
    assert (number.value, number.doubts, number.page) == ("882", (), 2)
    assert number.box
    assert number.box.right < 0.3
    assert (said(first) | {FieldName.RECEIVED_NO: "882"}).items() <= said(second).items()


def test_a_stamp_beside_a_sticker_is_not_silenced(
    reader: Reader, understanding: Understanding, tmp_path: Path
) -> None:
    stamped = with_sticker(sample("06-complaint-water-typed.pdf"), 882)
    (letter,) = read_letters(read_pages([stamped], reader, tmp_path), understanding, TODAY)
    number = letter.fields.get(FieldName.RECEIVED_NO)
    assert number
    assert (number.value, number.alternatives[0]) == ("882", "33/68")
    assert number.doubts


def test_a_file_of_blank_pages_or_separators_alone_goes_to_a_person(
    reader: Reader, understanding: Understanding, tmp_path: Path
) -> None:
    for sheets in ([blank(), blank()], [separator()]):
        pages = read_pages(sheets, reader, tmp_path)
        (letter,) = read_letters(pages, understanding, TODAY)
        assert len(letter.pages) == len(sheets)
