from __future__ import annotations

import string

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from models.letters import Box, Code, CodeKind, OcrPage, PageState
from models.sheet_codes import (
    LONGEST_BATCH,
    NotWritable,
    Separator,
    Sticker,
    is_damaged,
    parse,
    separator_among,
    separator_of,
    stickers_among,
    write,
)

districts = st.from_regex(r"[1-9][0-9]{3}", fullmatch=True).filter(str.isascii)
categories = st.from_regex(r"[A-Z][A-Z0-9_]{1,31}(\.[A-Z][A-Z0-9_]{1,31})?", fullmatch=True)
printable = st.characters(exclude_categories=("C", "Z")) | st.just(" ")
batches = st.text(printable, min_size=1, max_size=LONGEST_BATCH).filter(str.isprintable)
separators = st.builds(
    Separator, st.just("") | districts, st.just("") | categories, st.just("") | batches
)
stickers = st.builds(Sticker, districts, st.integers(1, 999_999_999).map(str))
BOX = Box(0.1, 0.1, 0.2, 0.15)


def qr(text: str) -> Code:
    return Code(CodeKind.QR, text, BOX)


@given(separators | stickers)
@example(Separator("4705", "LAND", "แฟ้ม 100% ; กล่อง=4"))
def test_what_is_written_reads_back(says: Separator | Sticker) -> None:
    assert parse(write(says)) == says


@given(separators | stickers, st.data())
def test_a_code_with_one_other_letter_is_none_of_ours(
    says: Separator | Sticker, data: st.DataObject
) -> None:
    text = write(says)
    place = data.draw(st.integers(0, len(text) - 1))
    letter = data.draw(st.sampled_from(string.printable + "กา้").filter(lambda c: c != text[place]))
    assert parse(text[:place] + letter + text[place + 1 :]) is None
    assert parse(text[:place] + text[place + 1 :]) is None


@given(st.text())
@example("SARABAN1")
@example("SARABAN1;sep")
@example("SARABAN1;xyz;crc=00000000")
@example("https://line.me/R/ti/p/@example")
@example("00020101021129370016A000000677010111011300668123456785802TH530376463041234")
def test_a_foreign_code_does_nothing(text: str) -> None:
    assert parse(text) is None
    assert separator_among([qr(text), Code(CodeKind.CODE39, text, BOX)]) is None
    assert stickers_among([qr(text)]) == ()


def test_what_has_not_its_form_is_not_written() -> None:
    wrong: list[Separator | Sticker] = [
        *(Separator(district) for district in ("470", "04705", "๔๗๐๕", "เมือง")),
        *(Separator(category=code) for code in ("land", "LAND.", "L;b=1")),
        *(Separator(batch=batch) for batch in ("ก" * (LONGEST_BATCH + 1), "บน\nล่าง")),
        *(Sticker("4705", number) for number in ("", "0", "012", "12/2568", "1234567890")),
        Sticker("", "12"),
    ]
    for says in wrong:
        with pytest.raises(NotWritable):
            write(says)


def test_a_damaged_code_of_ours_is_told_from_a_foreign_one() -> None:
    text = write(Sticker("4705", "882"))
    assert is_damaged(qr(text.replace("882", "883")))
    assert not is_damaged(qr(text))
    assert not is_damaged(qr("https://example.go.th"))


def test_a_page_is_a_separator_by_our_code_or_by_patch_t() -> None:
    ours, other = Separator("4705", "LAND"), Separator("4708")
    patch = Code(CodeKind.CODE39, "PATCHT", BOX)
    assert separator_among([patch]) == Separator()
    assert separator_among([patch, qr(write(ours)), qr(write(ours))]) == ours
    assert separator_among([qr(write(ours)), qr(write(other))]) == Separator()
    assert separator_among([qr("PATCHT")]) is None
    assert separator_among([Code(CodeKind.CODE39, "PATCH2", BOX)]) is None


def test_a_page_with_a_sticker_is_never_dropped() -> None:
    sticker = Sticker("4705", "882")
    codes = (qr(write(sticker)), qr(write(Separator("4705"))), Code(CodeKind.CODE39, "PATCHT", BOX))
    assert separator_among(codes) is None
    assert stickers_among(codes) == (sticker,)


def test_only_a_page_that_was_taken_for_one_is_a_separator() -> None:
    codes = (qr(write(Separator("4705"))),)
    assert separator_of(OcrPage(1, 9, 9, PageState.SEPARATOR, codes=codes)) == Separator("4705")
    assert separator_of(OcrPage(1, 9, 9, PageState.READ, codes=codes)) is None
