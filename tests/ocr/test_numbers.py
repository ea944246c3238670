"""Numbers as they stand in letters: Thai digits with the slash, dots and dashes between them."""

from __future__ import annotations

import pytest

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
