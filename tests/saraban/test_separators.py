from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pdf2image import convert_from_bytes

from extract import load_gazetteer
from models.sheet_codes import NotWritable, Separator, Sticker, separator_among, stickers_among
from ocr.codes import read_codes
from saraban.districts import UnknownDistrict, district_title, find_district
from saraban.office import FONT_FOLDERS
from saraban.paper import DPI, NoThaiFont, faces_in
from saraban.separators import MOST_SHEETS, SeparatorSheet, TooMany, draw_separator, separator_pdf
from saraban.stickers import sticker_pdf
from tests.conftest import saraban

SHEET = SeparatorSheet(Separator("4705", "LAND", "กล่อง ๔"), "อำเภอพังโคน", "ที่ดิน")


def pages(pdf: bytes, dpi: int = 150) -> list[np.ndarray[Any, Any]]:
    return [np.asarray(image.convert("RGB")) for image in convert_from_bytes(pdf, dpi)]


def test_a_printed_pdf_is_a4_and_reads_back() -> None:
    pdf = separator_pdf(SHEET, 3, FONT_FOLDERS)
    sheets = pages(pdf)
    assert [separator_among(read_codes(sheet)) for sheet in sheets] == [SHEET.says] * 3
    assert sheets[0].shape == (1754, 1240, 3)
    assert separator_pdf(SHEET, 3, FONT_FOLDERS) == pdf  # nothing of the clock in it


def test_the_bars_are_patch_t_from_either_edge() -> None:
    """Narrow, wide, narrow, wide from the leading edge; the other way round is Patch 3."""
    column = draw_separator(SHEET, faces_in(FONT_FOLDERS)).pixels()[:, 1240, 0]
    for side in (column, column[::-1]):
        edges = np.flatnonzero(np.diff(side[: DPI * 2].astype(int)))[:8]
        inches = [round(width / DPI, 2) for width in np.diff(edges)]
        assert inches == [0.08, 0.08, 0.2, 0.08, 0.08, 0.08, 0.2]
        assert (edges[-1] - edges[0]) / DPI == pytest.approx(0.8, abs=0.02)


def test_the_sheet_is_the_same_on_its_head() -> None:
    sheet = draw_separator(SHEET, faces_in(FONT_FOLDERS)).pixels()
    assert np.array_equal(sheet, np.rot90(sheet, 2))


def test_stickers_count_on_and_fill_sheet_after_sheet() -> None:
    first, second = pages(sticker_pdf("4705", 98, 30, FONT_FOLDERS))
    numbers = [each.number for each in stickers_among(read_codes(first))]
    numbers += [each.number for each in stickers_among(read_codes(second))]
    assert sorted(map(int, numbers)) == list(range(98, 128))
    assert Sticker("4705", "98") in stickers_among(read_codes(first))


def test_what_cannot_be_printed_is_refused() -> None:
    for count in (0, MOST_SHEETS + 1):
        with pytest.raises(TooMany):
            separator_pdf(SHEET, count, FONT_FOLDERS)
    with pytest.raises(TooMany):
        sticker_pdf("4705", 1, 0, FONT_FOLDERS)
    with pytest.raises(NotWritable):
        sticker_pdf("4705", 0, 5, FONT_FOLDERS)
    with pytest.raises(NotWritable, match="ชื่อชุด"):
        separator_pdf(SeparatorSheet(Separator(batch="ก" * 41)), 1, FONT_FOLDERS)


def test_without_a_thai_font_nothing_is_printed(tmp_path: Path) -> None:
    with pytest.raises(NoThaiFont, match="fonts-thai-tlwg"):
        separator_pdf(SHEET, 1, [tmp_path])


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("พังโคน", "4705"),
        ("อำเภอพังโคน", "4705"),
        ("อ.พังโคน  จ.สกลนคร", "4705"),
        ("4705", "4705"),
        ("เมือง สกลนคร", "4701"),
        ("เฉลิมพระเกียรติ น่าน", "5515"),
        ("เขตบางรัก", "1004"),
    ],
)
def test_a_district_is_found_by_its_name(name: str, code: str) -> None:
    assert find_district(load_gazetteer(), name).code == code


def test_a_name_that_is_none_or_several_is_told_with_those_that_may_be_meant() -> None:
    with pytest.raises(UnknownDistrict, match=r"ไม่พบอำเภอ “พังโค” .*พังโคน"):
        find_district(load_gazetteer(), "พังโค")
    with pytest.raises(UnknownDistrict, match=r"ระบุจังหวัด.*เฉลิมพระเกียรติ น่าน"):
        find_district(load_gazetteer(), "เฉลิมพระเกียรติ")
    with pytest.raises(UnknownDistrict):
        find_district(load_gazetteer(), "พังโคน นครพนม")


def test_a_district_is_titled_as_people_write_it() -> None:
    gazetteer = load_gazetteer()
    titles = [district_title(gazetteer, gazetteer.areas[code]) for code in ("4705", "1004")]
    assert titles == ["อำเภอพังโคน จังหวัดสกลนคร", "เขตบางรัก กรุงเทพมหานคร"]


def run(data: Path, *arguments: object) -> subprocess.CompletedProcess[bytes]:
    return saraban(*arguments, data=data)


def test_the_commands_write_their_pdfs_and_say_what_is_wrong(tmp_path: Path) -> None:
    target = tmp_path / "out.pdf"
    good = run(
        tmp_path, "separators", "--district", "พังโคน", "--category", "LAND", "--batch", "กล่อง ๔",
        "--count", 2, "--pdf", target,
    )  # fmt: skip
    assert (good.returncode, "2 แผ่น" in good.stdout.decode()) == (0, True)
    sheets = pages(target.read_bytes())
    assert [separator_among(read_codes(sheet)) for sheet in sheets] == [SHEET.says] * 2
    wrong = run(tmp_path, "separators", "--district", "พังโค", "--pdf", tmp_path / "no.pdf")
    assert (wrong.returncode, "พังโคน" in wrong.stderr.decode()) == (2, True)
    wrong = run(
        tmp_path, "separators", "--district", "พังโคน", "--category", "NONE", "--pdf", "no.pdf"
    )
    assert (wrong.returncode, "NONE" in wrong.stderr.decode()) == (2, True)
    good = run(
        tmp_path, "stickers", "--district", "พังโคน", "--first", 5, "--count", 2, "--pdf", target
    )
    assert good.returncode == 0
    (sheet,) = pages(target.read_bytes())
    assert {*stickers_among(read_codes(sheet))} == {Sticker("4705", "5"), Sticker("4705", "6")}
