"""Tables, frames, stamps and what lies around the paper: rows come in the order of reading."""

from __future__ import annotations

import itertools

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFont

from models.letters import Box, Ink
from ocr.border import dark_border
from ocr.raster import darkest
from ocr.reader import Reader, read_page
from ocr.rules import Rect, find_rules, find_tables, find_walls, in_order
from tests.conftest import page_of_text

BODY = 18.0


class Sheet:
    """An A4 page at 200 dpi to draw on."""

    def __init__(self) -> None:
        self.image = Image.new("RGB", (1654, 2339), "white")
        self.pencil = ImageDraw.Draw(self.image)
        self.font = ImageFont.truetype("/usr/share/fonts/truetype/tlwg/Laksaman.ttf", 44)

    def text(self, x: int, y: int, text: str, colour: str = "black") -> None:
        self.pencil.text((x, y), text, font=self.font, fill=colour)

    def box(self, rect: Rect, colour: str = "black") -> None:
        self.pencil.rectangle(rect, outline=colour, width=3)

    @property
    def pixels(self) -> np.ndarray:
        return np.asarray(self.image)


def lines_of(sheet: Sheet, reader: Reader) -> list[str]:
    return [line.text for line in read_page(sheet.pixels, 1, reader).page.lines]


@pytest.mark.slow
def test_a_form_is_read_cell_by_cell_a_label_with_what_stands_under_it(reader: Reader) -> None:
    sheet = Sheet()
    for left, label, value in (
        (200, "ลำดับความเร่งด่วน", "ด่วนมาก"),
        (640, "ชั้นความลับ", "ไม่มี"),
        (1080, "จาก", "กรมการปกครอง"),
    ):
        sheet.box((left, 200, left + 440, 420))
        sheet.text(left + 20, 215, label)
        sheet.text(left + 20, 320, value)
    sheet.text(200, 500, "ขอให้ตรวจสอบข้อเท็จจริง")
    assert lines_of(sheet, reader) == [
        *("ลำดับความเร่งด่วน", "ด่วนมาก", "ชั้นความลับ", "ไม่มี", "จาก", "กรมการปกครอง"),
        "ขอให้ตรวจสอบข้อเท็จจริง",
    ]


@pytest.mark.slow
def test_a_stamp_beside_the_head_stays_together_and_tells_its_ink(reader: Reader) -> None:
    for framed in (True, False):
        sheet = Sheet()
        if framed:
            sheet.box((1100, 130, 1560, 430), "mediumblue")
        for row, text in enumerate(("อำเภอเมือง", "เลขรับ", "วันที่รับเรื่อง")):
            sheet.text(1120, 140 + 75 * row, text, "mediumblue")
        sheet.text(180, 260, "บันทึกข้อความ")
        sheet.text(180, 330, "ส่วนราชการ ที่ว่าการอำเภอ")
        page = read_page(sheet.pixels, 1, reader).page
        texts = [line.text for line in page.lines]
        first = texts.index("อำเภอเมือง")
        assert texts[first : first + 3] == ["อำเภอเมือง", "เลขรับ", "วันที่รับเรื่อง"], texts
        assert {line.ink for line in page.lines[first : first + 3]} == {Ink.BLUE}
        assert "บันทึกข้อความ" in texts


@pytest.mark.slow
def test_a_blue_signature_through_a_printed_name_does_not_swallow_it(reader: Reader) -> None:
    sheet = Sheet()
    sheet.text(600, 600, "(นายสมมุติ ทดสอบดี)")
    stroke = [(560, 660), (680, 560), (760, 690), (860, 590), (1010, 650)]
    sheet.pencil.line(stroke, fill=(28, 52, 190), width=5, joint="curve")
    page = read_page(sheet.pixels, 1, reader).page
    read = "".join(line.text for line in page.lines if line.ink is Ink.BLACK)
    assert sum(letter in read for letter in "สมมุติทดสอบดี") >= 9
    assert page.unread, "the signature itself is shown as unread"
    assert any(_covers(box, 760 / 1654, 640 / 2339) for box in page.unread)


@pytest.mark.slow
def test_an_entry_in_another_colour_stays_with_its_label_in_the_stamp(reader: Reader) -> None:
    sheet = Sheet()
    for row, (label, entry) in enumerate((("เลขรับ", "๒๐๔๓"), ("วันที่", "๒๕ กรกฎาคม"))):
        sheet.text(1050, 140 + 90 * row, label, "crimson")
        sheet.text(1220, 134 + 90 * row, entry, "mediumblue")
    sheet.text(180, 330, "ประกาศอำเภอเมือง")
    text = " ".join(lines_of(sheet, reader))
    assert text == "เลขรับ ๒๐๔๓ วันที่ ๒๕ กรกฎาคม ประกาศอำเภอเมือง"


@pytest.mark.slow
@pytest.mark.parametrize("ink", ["crimson", "black"])
@pytest.mark.parametrize("torn", [False, True])
def test_a_seal_is_reported_and_its_rim_gives_no_lines(
    reader: Reader, ink: str, torn: bool
) -> None:
    sheet = Sheet()
    sheet.text(200, 300, "ขอแจ้งให้ทราบโดยทั่วกัน")
    centre = (900, 800)
    for radius in (160, 120):
        edge = (centre[0] - radius, centre[1] - radius, centre[0] + radius, centre[1] + radius)
        sheet.pencil.ellipse(edge, outline=ink, width=4)
    small = ImageFont.truetype("/usr/share/fonts/truetype/tlwg/Laksaman.ttf", 30)
    for number, letter in enumerate("ที่ว่าการอำเภอเมือง"):
        turn = np.deg2rad(200 + 15 * number)
        place = (centre[0] + 138 * np.cos(turn) - 8, centre[1] + 138 * np.sin(turn) - 20)
        sheet.pencil.text(place, letter, font=small, fill=ink)
    if torn:  # the scanner dropped a line
        sheet.pencil.line((0, 840, 1653, 840), fill="white")
    page = read_page(sheet.pixels, 1, reader).page
    assert page.text == "ขอแจ้งให้ทราบโดยทั่วกัน"
    assert any(_covers(box, 900 / 1654, 800 / 2339) for box in page.unread)


def _covers(box: Box, x: float, y: float) -> bool:
    return box.left <= x <= box.right and box.top <= y <= box.bottom


def drawn(*rects: Rect) -> np.ndarray:
    ink = np.zeros((900, 1200), np.uint8)
    for left, top, right, bottom in rects:
        cv2.rectangle(ink, (left, top), (right, bottom), 1, 3)
    return ink


def test_a_table_that_lost_a_side_to_the_scanner_keeps_its_cells() -> None:
    ink = drawn((100, 100, 500, 200), (500, 100, 900, 200), (100, 200, 900, 300))
    ink[:, 880:] = 0  # the right side
    (table,) = find_tables(find_rules(ink, BODY))
    assert len(table.cells) == 3
    assert [cell[0] < 300 for cell in table.cells] == [True, False, True]


def test_an_underline_and_a_fold_are_no_table_and_part_nothing() -> None:
    ink = np.zeros((900, 1200), np.uint8)
    ink[400:403, 100:900] = 1
    ink[:, 1000:1002] = 1
    rules = find_rules(ink, BODY)
    assert find_tables(rules) == ()
    assert len(find_walls(rules)) == 0


def test_a_black_block_is_no_rule() -> None:
    ink = np.zeros((900, 1200), np.uint8)
    ink[100:500, 100:500] = 1
    rules = find_rules(ink, BODY)
    assert not rules.across.any()
    assert not rules.down.any()


@given(
    st.lists(st.integers(60, 300), min_size=1, max_size=5),
    st.lists(st.integers(60, 300), min_size=1, max_size=5),
    st.randoms(),
)
def test_every_cell_is_read_once_and_a_plain_table_row_by_row(
    widths: list[int], heights: list[int], chance: st.randoms
) -> None:
    xs, ys = np.cumsum([0, *widths]), np.cumsum([0, *heights])
    rows = [
        (int(left), int(top), int(right), int(bottom))
        for top, bottom in itertools.pairwise(ys)
        for left, right in itertools.pairwise(xs)
    ]
    shuffled = rows.copy()
    chance.shuffle(shuffled)
    ordered = in_order(tuple(shuffled), body=10.0)
    assert sorted(ordered) == sorted(rows)
    if len(heights) != 2:  # two rows may be headings with their values
        assert ordered == rows


def photograph(shade: float) -> np.ndarray:
    """A page on a dark desk, lit from one side."""
    page = page_of_text("ขอความอนุเคราะห์ซ่อมแซมถนน").astype(np.float32)
    page[:90], page[-70:], page[:, :60] = 80, 80, 80
    light = np.linspace(1.0, shade, page.shape[1])[None, :, None]
    return np.clip(page * light, 0, 255).astype(np.uint8)


def test_the_desk_around_a_photographed_page_is_left_out_and_the_page_is_not() -> None:
    border = dark_border(darkest(photograph(0.7)))
    assert border is not None
    assert border[:80].all()
    assert border[:, :50].all()
    assert not border[150:-150, 150:].any()


def test_a_shadow_that_reaches_the_desk_hides_no_letters() -> None:
    page = photograph(1.0).astype(np.float32)
    height, width = page.shape[:2]
    down, across = np.mgrid[0:height, 0:width]
    near = np.hypot((across - 900) / 500, (down - 90) / 600)
    shadow = np.clip(0.55 + 0.45 * near, 0.55, 1.0)[..., None]
    border = dark_border(darkest((page * shadow).astype(np.uint8)))
    assert border is not None
    assert border[:80].all()
    assert not border[130:-150, 150:].any()


def test_a_shadow_on_the_paper_is_no_edge() -> None:
    page = page_of_text("ขอความอนุเคราะห์ซ่อมแซมถนน").astype(np.float32)
    light = np.clip(np.linspace(0.3, 1.6, page.shape[1]), 0, 1)[None, :, None]
    assert dark_border(darkest((page * light).astype(np.uint8))) is None
    assert dark_border(darkest(page.astype(np.uint8))) is None


@pytest.mark.slow
def test_a_photographed_page_reads_as_it_does_on_white(reader: Reader) -> None:
    page = read_page(photograph(0.7), 1, reader).page
    assert page.text == "ขอความอนุเคราะห์ซ่อมแซมถนน"
