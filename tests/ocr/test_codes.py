from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
import zxingcpp
from PIL import Image, ImageDraw, ImageFont

from models.letters import CodeKind, PageState
from models.sheet_codes import Separator, Sticker, parse, separator_among, stickers_among, write
from ocr.codes import code_picture, read_codes
from ocr.reader import Reader, read_page
from ocr.verdict import FAINT
from saraban.paper import faces_in
from saraban.separators import SeparatorSheet, draw_separator
from saraban.stickers import draw_stickers
from tests.conftest import page_of_text

Pixels = np.ndarray[Any, Any]
FONTS = [Path("/usr/share/fonts")]
SAYS = Separator("4705", "HARDSHIP.WATER", "แฟ้มค้าง ๒๕๖๖ กล่องที่ ๔ ตู้ริมหน้าต่าง")


@dataclass(frozen=True)
class Scanned:
    """What a scanner or a telephone does to a page that was drawn at 300 dpi."""

    dpi: int = 200
    skew: float = 0.0
    noise: float = 0.0
    blur: float = 0.0
    quality: int = 95
    contrast: float = 1.0

    def __call__(self, pixels: Pixels) -> Pixels:
        scale = self.dpi / 300
        image = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        height, width = image.shape[:2]
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), self.skew, 1)
        image = cv2.warpAffine(image, turn, (width, height), borderValue=(255, 255, 255))
        if self.blur:
            image = cv2.GaussianBlur(image, (0, 0), self.blur)
        grain = np.random.default_rng(1).normal(0, self.noise, image.shape)
        shade = (image.astype(np.float64) - 255) * self.contrast + 240 + grain
        file = io.BytesIO()
        worn = Image.fromarray(np.clip(shade, 0, 255).astype(np.uint8))
        worn.save(file, "JPEG", quality=self.quality)
        return np.asarray(Image.open(file).convert("RGB"))


WEAR = {
    "150 dpi": Scanned(dpi=150),
    "200 dpi": Scanned(),
    "300 dpi": Scanned(dpi=300),
    "skewed left": Scanned(skew=3),
    "skewed right": Scanned(skew=-3),
    "noisy": Scanned(noise=15),
    "small file": Scanned(quality=60),
    "out of focus": Scanned(blur=1.5),
    "pale": Scanned(contrast=0.35, noise=6),
    "telephone": Scanned(dpi=150, skew=2, noise=12, blur=0.8, quality=60),
}


@pytest.fixture(scope="module")
def sheet() -> Pixels:
    page = draw_separator(SeparatorSheet(SAYS, "อำเภอพังโคน", "น้ำ"), faces_in(FONTS))
    return page.pixels()


def without(sheet: Pixels, kind: CodeKind) -> Pixels:
    """The sheet with codes of a kind torn off."""
    torn = sheet.copy()
    height, width = torn.shape[:2]
    for code in read_codes(sheet):
        if code.kind is kind:
            box = code.box
            down = slice(int(box.top * height) - 9, int(box.bottom * height) + 9)
            torn[down, int(box.left * width) - 9 : int(box.right * width) + 9] = 255
    return torn


def turned(pixels: Pixels, quarters: int) -> Pixels:
    return np.ascontiguousarray(np.rot90(pixels, -quarters))


@pytest.mark.parametrize("wear", WEAR.values(), ids=WEAR)
@pytest.mark.parametrize("quarters", range(4))
def test_a_printed_separator_is_known_however_it_comes_in(
    sheet: Pixels, wear: Callable[[Pixels], Pixels], quarters: int
) -> None:
    assert separator_among(read_codes(turned(wear(sheet), quarters))) == SAYS


@pytest.mark.parametrize("wear", WEAR.values(), ids=WEAR)
def test_the_patch_t_text_alone_still_parts_letters(
    sheet: Pixels, wear: Callable[[Pixels], Pixels]
) -> None:
    torn = without(sheet, CodeKind.QR)
    assert separator_among(read_codes(wear(torn))) == Separator()
    assert separator_among(read_codes(turned(wear(torn), 2))) == Separator()


def test_either_half_of_the_sheet_is_enough(sheet: Pixels) -> None:
    for half in (sheet[: len(sheet) // 2], sheet[len(sheet) // 2 :]):
        assert separator_among(read_codes(np.ascontiguousarray(half))) == SAYS


def test_a_code_tells_where_it_stands_and_how_it_is_turned() -> None:
    picture = np.full((1000, 800, 3), 255, np.uint8)
    cells = np.kron(code_picture(CodeKind.QR, "สวัสดี"), np.ones((6, 6), bool))
    side = len(cells)
    picture[100 : 100 + side, 500 : 500 + side][cells] = 0
    (code,) = read_codes(picture)
    box = code.box
    assert (code.kind, code.text, code.turned) == (CodeKind.QR, "สวัสดี", 0)
    assert (box.left, box.top) == pytest.approx((500 / 800, 0.1), abs=0.01)
    assert (box.width, box.height) == pytest.approx((side / 800, side / 1000), abs=0.01)
    assert [read_codes(turned(picture, n))[0].turned for n in range(4)] == [0, 90, 180, 270]


def test_other_kinds_of_codes_are_not_looked_for() -> None:
    code = zxingcpp.create_barcode("8850001110008", zxingcpp.BarcodeFormat.EAN13)
    picture = np.repeat(np.asarray(code.to_image(scale=4))[..., None], 3, axis=2)
    assert read_codes(np.ascontiguousarray(picture)) == ()


def with_sticker(page: Pixels, number: int) -> Pixels:
    sheet = draw_stickers("4705", [number], faces_in(FONTS)).pixels()
    sticker = cv2.resize(sheet[8:430, :826], None, fx=2 / 3, fy=2 / 3, interpolation=cv2.INTER_AREA)
    worn = page.copy()
    worn[40 : 40 + len(sticker), -40 - sticker.shape[1] : -40] = sticker
    return worn


LINES = ("ที่ สน ๐๐๑๘.๑/๔๕๖", "เรื่อง ขอให้ซ่อมไฟถนนหน้าโรงเรียน", "ด้วยไฟถนนดับมาสองสัปดาห์ ทำให้ถนนมืด")


@pytest.mark.slow
@pytest.mark.parametrize("quarters", range(4))
def test_a_sticker_is_found_on_the_upright_page_and_is_no_text(
    reader: Reader, quarters: int
) -> None:
    page = page_of_text(*LINES, size=44)
    read = read_page(turned(with_sticker(page, 882), quarters), 1, reader, coded=True).page
    (code,) = read.codes
    assert parse(code.text) == Sticker("4705", "882")
    assert code.box.left > 0.6
    assert code.box.bottom < 0.15
    assert [line.text for line in read.lines[:2]] == ["เลขรับ", "882"]
    assert len(read.lines) == 2 + len(LINES)
    assert read.unread == ()


@pytest.mark.slow
def test_a_foreign_code_on_a_letter_changes_nothing_of_its_text(reader: Reader) -> None:
    page = page_of_text(*LINES, size=44)
    coded = page.copy()
    cells = np.kron(code_picture(CodeKind.QR, "https://line.me/ti/p/x"), np.ones((8, 8), bool))
    coded[1800 : 1800 + len(cells), 1200 : 1200 + len(cells)][cells] = 0
    assert separator_among(read_codes(coded)) is None
    assert stickers_among(read_codes(coded)) == ()
    plain, read = read_page(page, 1, reader).page, read_page(coded, 1, reader, coded=True).page
    assert read.text == plain.text
    assert read.unread == plain.unread == ()


def pencilled(shade: int, grain: float) -> Pixels:
    image = Image.new("RGB", (1654, 2339), (250, 250, 248))
    pen = ImageDraw.Draw(image)
    font = ImageFont.truetype("/usr/share/fonts/truetype/tlwg/Purisa.ttf", 44)
    for place, line in enumerate(("ขอร้องเรียนไฟถนนดับ", "โทร ๐๘๑ ๒๓๔ ๕๖๗๘")):
        pen.text((200, 300 + 110 * place), line, font=font, fill=(shade,) * 3)
    noise = np.random.default_rng(2).normal(0, grain, (2339, 1654, 3))
    worn = cv2.GaussianBlur(np.asarray(image, np.float64), (0, 0), 0.7) + noise
    return np.clip(worn, 0, 255).astype(np.uint8)


@pytest.mark.slow
@pytest.mark.parametrize("grain", [2, 8])
@pytest.mark.parametrize("shade", [205, 215, 225])
def test_faint_pencil_is_left_to_a_person_and_never_called_blank(
    reader: Reader, shade: int, grain: float
) -> None:
    page = read_page(pencilled(shade, grain), 1, reader).page
    assert (page.state, page.reason) == (PageState.UNREAD, FAINT)


@pytest.mark.slow
def test_specks_folds_and_uneven_light_leave_a_page_blank(reader: Reader) -> None:
    empty = pencilled(250, 5)
    empty[300:530, 200:1000] = 250
    rng = np.random.default_rng(4)
    for _ in range(40):
        where = (int(rng.integers(90, 1560)), int(rng.integers(90, 2240)))
        cv2.circle(empty, where, int(rng.integers(1, 3)), (120, 120, 120), -1)
    cv2.line(empty, (0, 1170), (1653, 1175), (215, 215, 215), 3)
    light = np.linspace(1.0, 0.72, 1654)[None, :, None]
    page = read_page((empty * light).astype(np.uint8), 1, reader).page
    assert page.state is PageState.BLANK


def test_the_words_of_a_sheet_are_those_of_its_code(sheet: Pixels) -> None:
    assert {code.text for code in read_codes(sheet)} == {write(SAYS), "PATCHT"}
    assert parse(write(replace(SAYS, batch=""))) != SAYS
