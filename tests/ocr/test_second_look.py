"""Two looks at a row compete; what is said of their sureness is meant."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.letters import Box, Ink, Line, OcrPage, PageState
from ocr.calibration import sureness
from ocr.engine import StripReading
from ocr.glyphs import find_patches
from ocr.pieces import Numeral, Piece
from ocr.raw_lines import Part, join, part
from ocr.reader import Reader, read_page
from ocr.second_look import candidate, needs_second_look, outcome
from ocr.strips import BODY, Strip
from ocr.verdict import BY_HAND, TOO_COARSE, judge
from ocr.words import with_thai_digits
from tests.conftest import page_of_text


def numeral(sign: str, probability: float = 0.99, rival: str = "") -> Numeral:
    return Numeral(Piece(1, 0, 9, 0, 9), sign, probability, rival)


def test_the_look_that_keeps_the_digits_of_the_page_wins_and_the_other_is_kept() -> None:
    digits = [numeral(sign) for sign in "585"]
    lost = candidate(StripReading("เลขที่ 5B5", 0.95), digits)
    kept = candidate(StripReading("เลขที่ 585", 0.93), digits)
    assert needs_second_look(lost)
    found = outcome(lost, kept)
    assert found.best.written.text == "เลขที่ ๕๘๕"
    assert found.other is lost
    assert found.sure < outcome(kept).sure


def test_the_first_look_stays_in_a_tie() -> None:
    first = candidate(StripReading("เรียน นายอำเภอ", 0.95), [])
    second = candidate(StripReading("เรียน  นายอำเภอ", 0.95), [])
    found = outcome(first, second)
    assert found.best is first
    assert found.other is None  # they differ in a space only


@pytest.mark.parametrize(
    ("text", "doubted"),
    [
        (StripReading("เรียน นายอำเภอ", 0.91), False),
        (StripReading("เรียน นายอำเภอ", 0.89), True),
        (StripReading("เรียน นายอำเภอ", 0.95, weak=0.8), True),
        (StripReading("นายกขคงจ ฉชซฌญ", 0.91), True),  # in no dictionary
        (StripReading("นายกขคงจ ฉชซฌญ", 0.95), False),  # but clear: a name
        (StripReading("จำนวน 4 ราย", 0.95, digits=0.92), False),
        (StripReading("จำนวน 4 ราย", 0.95, digits=0.6), True),
        (StripReading("จำนวน ๔ ราย", 0.95, digits=0.6), False),
    ],
)
def test_a_row_is_read_again_for_what_is_in_doubt_in_it(text: StripReading, doubted: bool) -> None:
    assert needs_second_look(candidate(text, [])) == doubted


def test_a_row_is_as_unsure_of_its_digits_as_its_least_sure_part() -> None:
    parts = [Part(np.zeros((9, 9), np.uint8), 0), Part(np.zeros((9, 9), np.uint8), 20)]
    readings = [StripReading("ที่ 1", 0.9, digits=0.9), StripReading("2", 0.5, digits=0.5)]
    assert join(parts, readings).digits == 0.5
    assert join(parts, [StripReading("ก", 0.4)] * 2).digits == 1.0


def test_a_digit_that_may_be_another_says_so() -> None:
    written = with_thai_digits("ที่ 72", [numeral("7", 0.6, rival="3"), numeral("2")])
    assert written.text == "ที่ ๗๒"
    assert dict(written.rivals) == {4: ("๓",)}


def test_a_digit_that_the_engine_reads_otherwise_is_kept_beside_ours() -> None:
    written = with_thai_digits("ที่ 12", [numeral("7"), numeral("2")])
    assert written.text == "ที่ ๗๒"
    assert dict(written.rivals) == {4: ("๑",)}
    assert written.lost == 1


def test_signs_between_digits_are_no_digits() -> None:
    signs = [numeral(sign) for sign in "0018.1/585"]
    written = with_thai_digits("สน 0018.1/585", signs)
    assert (written.text, written.lost) == ("สน ๐๐๑๘.๑/๕๘๕", 0)


@given(st.floats(0, 1), st.integers(1, 200), st.integers(0, 50), st.booleans(), st.booleans())
def test_whatever_speaks_against_a_row_makes_it_less_sure(
    engine: float, letters: int, strange: int, differ: bool, lost: bool
) -> None:
    sure = sureness(engine, letters, strange, differ=differ, lost=lost)
    assert 0.0 <= sure <= 1.0
    assert sureness(engine, letters, strange + 1, differ=differ, lost=lost) <= sure
    assert sureness(engine, letters + 1, 0, differ=differ, lost=lost) >= sureness(
        engine, letters, 0, differ=differ, lost=lost
    )
    assert sureness(engine, letters, strange, differ=True, lost=True) <= sure


def strip_with(columns: list[tuple[int, int]]) -> Strip:
    width = max(right for _, right in columns) + 14
    image = np.full((80, width), 255, np.uint8)
    for left, right in columns:
        image[30 : 30 + BODY, left:right] = 0
    return Strip(image, 14.0, width - 14.0, 30.0, 30.0 + BODY)


def test_a_strip_is_parted_at_wide_white_and_every_part_has_one_height() -> None:
    parts = part(strip_with([(14, 60), (70, 90), (300, 340)]))
    assert [each.start for each in parts] == [10, 296]
    assert [each.image.shape[1] for each in parts] == [84, 48]
    assert len({each.image.shape[0] for each in parts}) == 1
    assert parts[0].image.shape[0] >= 3 * BODY
    readings = [StripReading("ที่", 0.9, ((4.0, 20.0),)), StripReading("๑", 0.5, ((5.0, 9.0),))]
    whole = join(parts, readings)
    assert whole.text == "ที่ ๑"
    assert whole.letters == ((14.0, 30.0), (301.0, 305.0))
    assert 0.5 < whole.confidence < 0.9


def test_a_strip_without_ink_is_one_part() -> None:
    (only,) = part(Strip(np.full((60, 90), 255, np.uint8), 14.0, 76.0, 20.0, 44.0))
    assert only.image.shape == (60, 90)


@pytest.mark.slow
def test_a_line_keeps_what_the_engine_said_beside_the_repaired_text(reader: Reader) -> None:
    page = read_page(page_of_text("ขอความกรุณาตรวจสอบน้ำประปาในหมู่บ้าน"), 1, reader).page
    (line,) = page.lines
    assert line.text == "ขอความกรุณาตรวจสอบน้ำประปาในหมู่บ้าน"
    assert line.raw
    assert line.raw != line.text  # the engine writes SARA AM in two pieces
    assert line.confidence > 0.9


def page_with(confidence: float, ink: Ink = Ink.BLACK) -> OcrPage:
    line = Line("ขอความอนุเคราะห์", Box(0.1, 0.1, 0.5, 0.02), confidence, ink)
    return OcrPage(1, 1000, 1400, PageState.READ, (line,))


def test_a_poor_page_says_why_and_goes_to_a_person() -> None:
    patches = find_patches(np.zeros((1400, 1000), np.uint8))
    assert judge(page_with(0.3, Ink.BLUE), patches, turned=False).reason == BY_HAND
    ink = np.zeros((1400, 1000), np.uint8)
    for number in range(60):
        ink[100:108, 12 * number : 12 * number + 6] = 1
    coarse = judge(page_with(0.3), find_patches(ink), turned=False)
    assert (coarse.state, coarse.reason) == (PageState.UNREAD, TOO_COARSE)


def test_a_page_with_many_weak_lines_is_read_and_says_so() -> None:
    patches = find_patches(np.zeros((1400, 1000), np.uint8))
    page = judge(page_with(0.7), patches, turned=True)
    assert page.state is PageState.READ
    assert "1 จาก 1 บรรทัด" in page.notes[-1]
    assert "หมุน" in page.notes[0]
    assert judge(page_with(0.95), patches, turned=False).notes == ()
