"""Whole pages, read with the real Tesseract."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from rapidfuzz.distance import Levenshtein

from ingest.limits import Limits
from ingest.opening import render_page
from ingest.pictures import PictureOpener
from models.letters import Ink, MediaType, OcrPage, PageState
from ocr.digits import (
    FEATURES,
    DigitModel,
    DigitModelError,
    load_digit_model,
    save_digit_model,
)
from ocr.reader import Reader, read_page
from tests.conftest import SAMPLES, page_of_text

TEN = "๐๑๒๓๔๕๖๗๘๙"


@pytest.fixture(scope="session")
def upright() -> np.ndarray:
    """A sample letter, at a resolution that is quick to read."""
    limits = Limits(page_pixels=4_000_000)
    with PictureOpener() as pictures:
        return render_page(SAMPLES / "circulars.pdf", MediaType.PDF, 1, limits, pictures)


@pytest.fixture(scope="session")
def read_upright(upright: np.ndarray, reader: Reader) -> OcrPage:
    return read_page(upright, 1, reader).page


def difference(found: str, wanted: str) -> float:
    return float(Levenshtein.normalized_distance(found.split(), wanted.split()))


def is_inside(page: OcrPage) -> bool:
    boxes = [line.box for line in page.lines] + [w.box for line in page.lines for w in line.words]
    boxes += page.unread
    return all(
        box is not None
        and 0 <= box.left < box.right <= 1.00001
        and 0 <= box.top < box.bottom <= 1.00001
        for box in boxes
    )


@pytest.mark.slow
@pytest.mark.parametrize("face", ["Laksaman", "Norasi", "Loma"])
def test_all_ten_thai_digits_are_read(reader: Reader, face: str) -> None:
    lines = ("วันที่ ๑๓ พฤศจิกายน ๒๕๖๘", "โทร. ๐ ๔๒๗๑ ๖๓๙๕", "เลขที่ ๘๙๖๗/๔๕")
    page = read_page(page_of_text(*lines, face=face), 1, reader).page
    assert page.state is PageState.READ
    digits = "".join(letter for line in lines for letter in line if letter in TEN)
    assert "".join(letter for letter in page.text if letter in TEN) == digits
    assert set(digits) == set(TEN)
    assert "๒๕๖๘" in page.lines[0].text
    assert is_inside(page)


@pytest.mark.slow
def test_a_drawn_page_is_read_line_by_line_with_its_places(reader: Reader) -> None:
    lines = ("เรื่อง ขอให้ซ่อมแซมถนน", "เรียน นายอำเภอเมืองสกลนคร")
    page = read_page(page_of_text(*lines), 4, reader).page
    assert page.text == "\n".join(lines)
    assert page.text == "\n".join(line.text for line in page.lines)
    assert (page.number, page.state, page.read_by) == (4, PageState.READ, "tesseract")
    assert (page.confidence or 0) > 0.8
    first, second = (line.box for line in page.lines)
    assert first is not None
    assert second is not None
    assert abs(first.left - 180 / 1654) < 0.01
    assert abs(first.top - 250 / 2339) < 0.02
    assert second.top > first.bottom
    for line in page.lines:
        assert " ".join(word.text for word in line.words) == line.text
        assert line.ink is Ink.BLACK
        for word in line.words:
            assert line.box is not None
            assert line.box.left - 0.005 <= word.box.left < word.box.right
            assert word.box.right <= line.box.right + 0.005
            assert line.box.top - 0.005 <= word.box.top
            assert word.box.bottom <= line.box.bottom + 0.005


@pytest.mark.slow
def test_an_empty_sheet_is_blank_and_not_unread(reader: Reader) -> None:
    rng = np.random.default_rng(3)
    paper = np.clip(rng.normal(246, 3, (1170, 827, 1)), 0, 255).astype(np.uint8)
    specks = paper.repeat(3, axis=2)
    specks[rng.integers(0, 1170, 20), rng.integers(0, 827, 20)] = 90
    for sheet in (np.full((1170, 827, 3), 255, np.uint8), specks):
        page = read_page(sheet, 1, reader).page
        assert (page.state, page.lines, page.reason) == (PageState.BLANK, (), None)


@pytest.mark.slow
def test_noise_is_never_read_as_confident_text(reader: Reader) -> None:
    rng = np.random.default_rng(5)
    grain = rng.integers(0, 256, (600, 420, 1)).astype(np.uint8).repeat(3, axis=2)
    salt = np.where(rng.random((1170, 827, 1)) < 0.03, 0, 255).astype(np.uint8).repeat(3, axis=2)
    blotches = cv2.GaussianBlur(rng.integers(0, 256, (600, 420)).astype(np.uint8), (0, 0), 6)
    blotches = np.where(blotches < 124, 0, 255).astype(np.uint8)[..., None].repeat(3, axis=2)
    for sheet in (grain, salt, blotches):
        page = read_page(sheet, 1, reader).page
        # A speck may look like a letter; no word of more than three is ever believed.
        believed = [line.text for line in page.lines if line.confidence >= 0.8]
        assert [text for text in believed if len(text) > 3] == []
        assert page.state is not PageState.UNREAD or page.reason


@pytest.mark.slow
@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_a_page_is_read_whichever_way_it_lies(
    upright: np.ndarray, read_upright: OcrPage, reader: Reader, quarters: int
) -> None:
    read = read_page(np.ascontiguousarray(np.rot90(upright, quarters)), 1, reader)
    assert read.turned
    assert difference(read.page.text, read_upright.text) < 0.03
    assert (read.page.width, read.page.height) == (read_upright.width, read_upright.height)
    assert read.image.shape == upright.shape  # the officer sees it upright
    assert np.abs(read.image.astype(int) - upright).mean() < 12
    assert is_inside(read.page)


@pytest.mark.slow
def test_a_sample_letter_is_read_with_its_numbers(read_upright: OcrPage) -> None:
    assert read_upright.state is PageState.READ
    text = "".join(read_upright.text.split())
    assert "สน๐๐๑๘.๑/ว๕๘๕" in text
    assert "จังหวัดสกลนคร" in text
    assert is_inside(read_upright)
    for line in read_upright.lines:
        assert 0 <= line.confidence <= 1
        assert line.text.strip()
        for word in line.words:
            assert word.text.strip()
            assert 0 <= word.confidence <= 1


@pytest.mark.parametrize(
    "content",
    [
        *(None, b"", b"no arrays"),
        b"PK\x03\x04",
    ],
)
def test_a_missing_or_damaged_model_of_digits_says_what_to_do(
    tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / "digits.npz"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(DigitModelError, match="saraban train"):
        load_digit_model(path)


def test_a_model_of_another_make_is_refused(tmp_path: Path) -> None:
    small = np.zeros((3, 3), np.float32)
    save_digit_model(DigitModel(small, small[0], small, small[0]), tmp_path / "digits.npz")
    with pytest.raises(DigitModelError, match="คนละรุ่น"):
        load_digit_model(tmp_path / "digits.npz")


def test_a_model_comes_back_as_it_was_saved(tmp_path: Path) -> None:
    rng = np.random.default_rng(1)
    model = DigitModel(
        *(rng.random(shape, np.float32) for shape in ((FEATURES, 4), 4, (4, 12), 12))
    )
    save_digit_model(model, tmp_path / "digits.npz")
    again = load_digit_model(tmp_path / "digits.npz")
    features = rng.random((5, FEATURES), np.float32)
    assert np.array_equal(again.probabilities(features), model.probabilities(features))
    assert np.allclose(model.probabilities(features).sum(axis=1), 1, atol=1e-5)
