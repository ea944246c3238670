"""The look of a page: the same sheet scanned again looks alike, another letter does not."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from typing import Any

import cv2
import numpy as np
import pytest

from models.marks import FAR, bits_apart
from ocr.look import look_of
from tests.conftest import page_of_text

Pixels = np.ndarray[Any, Any]
Scanner = Callable[[Pixels], Pixels]

LETTER = (
    "ที่ สน ๐๐๑๘.๑/๔๕๖",
    "                                     ๑๓ พฤศจิกายน ๒๕๖๗",
    "เรื่อง ขอให้ซ่อมไฟถนนหน้าโรงเรียน",
    "เรียน นายอำเภอเมืองสกลนคร",
    "ด้วยไฟถนนดับมาสองสัปดาห์ ทำให้มืดและอันตราย",
    "ต่อเด็กนักเรียนที่เดินกลับบ้าน",
    "จึงเรียนมาเพื่อโปรดพิจารณา",
    "                                 นางสมศรี ใจดี",
)
OTHERS = (
    (
        "บันทึกข้อความ",
        "ส่วนราชการ ที่ทำการปกครองอำเภอเมืองสกลนคร",
        "ที่ สน ๐๐๑๘.๑/๔๕๗     วันที่ ๑๔ พฤศจิกายน ๒๕๖๗",
        "เรื่อง รายงานผลการดำเนินการ",
        "ตามที่ได้รับเรื่องร้องเรียนกลิ่นขยะนั้น บัดนี้เทศบาล",
        "ได้เก็บขนขยะแล้วเสร็จ และนัดประชุมชาวบ้าน",
        "ในวันที่ ๒๐ พฤศจิกายน ๒๕๖๗ เวลา ๐๙.๐๐ น.",
        "ณ ศาลาประชาคม จึงเรียนมาเพื่อทราบ",
    ),
    (
        "                      เขียนที่บ้าน",
        "          วันที่ ๒ ธันวาคม ๒๕๖๗",
        "เรื่อง ขอความอนุเคราะห์",
        "กราบเรียน ท่านผู้ว่าราชการจังหวัด",
        "         ข้าพเจ้า นายสมชาย",
        "ทำนา ๕ ไร่ น้ำท่วม ข้าวเสียหายหมด",
        "ลูกสามคนยังเรียนหนังสือ",
    ),
    (
        "",
        "",
        "ประกาศอำเภอเมืองสกลนคร",
        "เรื่อง ช่องทางร้องเรียน ร้องทุกข์ของประชาชน",
        "",
        "๑. ศูนย์ดำรงธรรมอำเภอ",
        "๒. สายด่วน ๑๕๖๗",
        "๓. ตู้รับเรื่อง",
        "",
        "                ประกาศ ณ วันที่ ๑ มกราคม ๒๕๖๘",
    ),
)


def shifted(page: Pixels) -> Pixels:
    return np.roll(page, (90, -70), axis=(0, 1))


def dimmed(page: Pixels) -> Pixels:
    return (page * 0.55 + 60).astype(np.uint8)


def unevenly_lit(page: Pixels) -> Pixels:
    light = np.linspace(0.6, 1.0, page.shape[1])[None, :, None]
    return np.asarray(page * light, np.uint8)


def squeezed_as_jpeg(page: Pixels) -> Pixels:
    _, encoded = cv2.imencode(".jpg", page, [cv2.IMWRITE_JPEG_QUALITY, 25])
    return np.asarray(cv2.imdecode(encoded, cv2.IMREAD_COLOR), np.uint8)


def coarse(page: Pixels) -> Pixels:
    return np.asarray(cv2.resize(page, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA))


def grainy(page: Pixels) -> Pixels:
    noise = np.random.default_rng(3).normal(0, 14, page.shape)
    return np.clip(page + noise, 0, 255).astype(np.uint8)


def a_little_askew(page: Pixels) -> Pixels:
    height, width = page.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), 0.3, 1.0)
    return np.asarray(cv2.warpAffine(page, turn, (width, height), borderValue=(255, 255, 255)))


def rescanned(page: Pixels) -> Pixels:
    return squeezed_as_jpeg(grainy(dimmed(a_little_askew(shifted(page)))))


@pytest.mark.parametrize(
    "scanner",
    [
        *(shifted, dimmed, unevenly_lit, squeezed_as_jpeg, coarse, grainy, a_little_askew),
        rescanned,
    ],
)
def test_the_same_sheet_scanned_again_looks_alike(scanner: Scanner) -> None:
    page = page_of_text(*LETTER)
    first, again = look_of(page), look_of(scanner(page))
    assert first is not None
    assert again is not None
    assert bits_apart(first, again) <= FAR


def test_other_letters_look_different() -> None:
    looks = [look_of(page_of_text(*lines)) for lines in (LETTER, *OTHERS)]
    for one, other in combinations(looks, 2):
        assert one is not None
        assert other is not None
        assert bits_apart(one, other) > FAR


@pytest.mark.parametrize("lines", [(), ("๓",)])
def test_a_page_with_next_to_nothing_on_it_has_no_look(lines: tuple[str, ...]) -> None:
    assert look_of(page_of_text(*lines)) is None
    assert look_of(grainy(page_of_text(*lines))) is None


@pytest.mark.parametrize("shape", [(1, 1, 3), (3, 2000, 3), (2000, 3, 3)])
@pytest.mark.parametrize("grey", [0, 128, 255])
def test_a_picture_of_any_shape_is_borne(shape: tuple[int, int, int], grey: int) -> None:
    assert look_of(np.full(shape, grey, np.uint8)) is None


def test_a_look_is_sixteen_hex_digits() -> None:
    look = look_of(page_of_text(*LETTER))
    assert look is not None
    assert len(look) == 16
    assert int(look, 16) >= 0
