"""Numbers as they stand in letters: Thai digits with the slash, dots and dashes between them."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from ocr.reader import Reader, read_page
from tests.conftest import page_of_text


@pytest.mark.slow
def test_the_signs_of_a_number_come_back_without_spaces(reader: Reader) -> None:
    lines = ("ที่ สน ๐๐๑๘.๑/๕๘๕", "ที่ ขก ๐๓๑๘.๓/๒๐๓๗")
    page = read_page(page_of_text(*lines, face="Laksaman"), 1, reader).page
    assert page.text.split("\n") == list(lines)


@pytest.mark.slow
@pytest.mark.parametrize("face", ["Umpush", "Waree-Bold"])
def test_letters_that_run_together_are_no_digit(reader: Reader, face: str) -> None:
    text = "นายอำเภอเมืองขอให้กำนันตรวจสอบ"
    page = read_page(page_of_text(text, face=face, size=30), 1, reader).page
    assert not any(letter.isdigit() for letter in page.text), page.text


@pytest.mark.slow
@pytest.mark.parametrize("face", ["Laksaman", "Kinnari", "Loma", "Sawasdee"])
def test_a_clear_number_that_two_readers_read_alike_is_sure(reader: Reader, face: str) -> None:
    lines = ("ที่ นพ ๐๔๑๘.๒/ว ๗๖๓๙", "๒๘ พฤศจิกายน ๒๕๖๔")
    page = read_page(page_of_text(*lines, face=face, size=48), 1, reader).page
    assert page.text.split("\n") == list(lines)
    assert min(word.confidence for word in page.lines[1].words) > 0.95


@pytest.mark.slow
def test_a_number_cut_by_the_edges_of_the_page_is_read_as_far_as_it_goes(reader: Reader) -> None:
    font = ImageFont.truetype("/usr/share/fonts/truetype/tlwg/Laksaman.ttf", 48)
    image = Image.new("RGB", (620, 300), "white")
    pencil = ImageDraw.Draw(image)
    for level in (-22, 120, 262):
        pencil.text((-8, level), "โทร. ๐-๔๒๗๑-๒๕๖๘ ต่อ ๑๐๕ หรือ ๑๐๖", font=font, fill="black")
    page = read_page(np.asarray(image), 1, reader).page
    assert any("๐-๔๒๗๑-๒๕๖๘" in line.text for line in page.lines)


@pytest.mark.slow
def test_a_lone_written_number_under_a_title_is_not_thrown_away(reader: Reader) -> None:
    printed = ImageFont.truetype("/usr/share/fonts/truetype/tlwg/Loma.ttf", 34)
    written = ImageFont.truetype("/usr/share/fonts/truetype/tlwg/Purisa.ttf", 44)
    image = Image.new("RGB", (1654, 2339), "white")
    pencil = ImageDraw.Draw(image)
    for level, text in ((260, "คำสั่งอำเภอพังโคน"), (400, "เรื่อง แต่งตั้งคณะทำงาน")):
        pencil.text((620, level), text, font=printed, fill="black", anchor="ls")
    pencil.text((620, 330), "ที่", font=printed, fill="black", anchor="ls")
    pencil.text((664, 322), "358", font=written, fill=(40, 60, 170), anchor="ls")
    pencil.text((760, 330), "/2567", font=printed, fill="black", anchor="ls")
    page = read_page(np.asarray(image), 1, reader).page
    assert any("358/2567" in line.text.replace(" ", "") for line in page.lines)


@pytest.mark.slow
def test_a_number_written_into_print_is_read_with_its_slash(reader: Reader) -> None:
    printed = ImageFont.truetype("/usr/share/fonts/truetype/tlwg/Kinnari.ttf", 34)
    written = ImageFont.truetype("/usr/share/fonts/truetype/tlwg/Purisa.ttf", 46)
    image = Image.new("RGB", (1654, 2339), "white")
    pencil = ImageDraw.Draw(image)
    for level in (420, 500, 580):
        pencil.text((180, level), "ขอให้ตรวจสอบข้อเท็จจริงตามที่ร้องเรียน", font=printed, fill="black")
    pencil.text((180, 300), "ที่ อด ๐๗๑๘.๓/", font=printed, fill="black", anchor="ls")
    place = 180 + printed.getlength("ที่ อด ๐๗๑๘.๓/") + 6
    pencil.text((place, 306), "๔๙๕๘", font=written, fill=(40, 60, 170), anchor="ls")
    page = read_page(np.asarray(image), 1, reader).page
    assert page.lines[0].text.replace(" ", "") == "ที่อด๐๗๑๘.๓/๔๙๕๘"
