"""Where letters begin in a pile: at separators, stickers and, as a proposal, letterheads."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract import load_gazetteer
from ingest.sheet_values import with_sheets
from ingest.stacks import part_stack
from models.letters import Box, Code, CodeKind, Field, Fields, Line, OcrPage, PageState
from models.sheet_codes import Separator, Sticker, write
from models.terms import FieldName, LetterKind

BOX = Box(0.7, 0.05, 0.1, 0.07)
HEAD = ("เรื่อง ขอให้ซ่อมไฟถนน", "เรียน นายอำเภอพังโคน", "ด้วยไฟถนนดับ")
PHANGKHON, KUSUMAN = Separator("4705", "LAND"), Separator("4702")


def code(says: Separator | Sticker) -> Code:
    return Code(CodeKind.QR, write(says), BOX)


def stack(*kinds: object) -> list[OcrPage]:
    """Pages in short: H head of a letter, t text, b blank, u unread, p Patch T; else a code."""
    pages = []
    for number, kind in enumerate(kinds, start=1):
        lines, codes, state = (), (), PageState.READ
        if kind in ("H", "t"):
            texts = HEAD if kind == "H" else ("แล้วแต่จะพิจารณา",)
            lines = tuple(Line(text, BOX, 0.9) for text in texts)
        elif kind == "b":
            state = PageState.BLANK
        elif kind == "u":
            state = PageState.UNREAD
        elif kind == "p":
            state, codes = PageState.SEPARATOR, (Code(CodeKind.CODE39, "PATCHT", BOX),)
        elif isinstance(kind, Separator):
            state, codes = PageState.SEPARATOR, (code(kind),)
        elif isinstance(kind, Sticker):
            codes = (code(kind),)
        pages.append(OcrPage(number, 10, 10, state, lines, codes=codes))
    return pages


def parted(*kinds: object) -> list[list[int]]:
    return [[page.number for page in each.pages] for each in part_stack(stack(*kinds)).letters]


ONE, TWO = Sticker("4705", "881"), Sticker("4705", "882")


@pytest.mark.parametrize(
    ("kinds", "letters"),
    [
        # Without separators: at letterheads, as ever.
        ("Htbt", [[1, 2, 3, 4]]),
        ("HtHt", [[1, 2], [3, 4]]),
        ("bHtbH", [[1, 2, 3, 4], [5]]),
        # Separators part, whatever the pages look like; their blank backs begin nothing.
        ("tptt", [[1], [3, 4]]),
        ("pbHtpbtp", [[2, 3, 4], [6, 7]]),
        ("pppt", [[4]]),
        ("Htppbp", [[1, 2]]),
        # A letterhead behind a separator's letter is only proposed.
        ("HtHpH", [[1, 2, 3], [5]]),
        # A page that was not read is a page of a letter all the same.
        ("pupu", [[2], [4]]),
        # With nothing that could be a letter a person looks at everything.
        ("bb", [[1, 2]]),
        ("pbp", [[1, 2, 3]]),
        ("p", [[1]]),
        ("", []),
    ],
)
def test_where_letters_begin(kinds: str, letters: list[list[int]]) -> None:
    assert parted(*kinds) == letters


def test_a_sticker_begins_a_letter_and_keeps_its_page() -> None:
    assert parted("H", "t", ONE, "t", TWO, "H") == [[1, 2], [3, 4], [5, 6]]
    assert parted(ONE, "t", ONE, "t") == [[1, 2, 3, 4]]  # the same number again: its enclosure
    assert parted("p", "b", ONE, "b", "b", TWO) == [[2, 3, 4, 5], [6]]


def test_letterheads_propose_where_they_do_not_part() -> None:
    assert part_stack(stack(*"HtHpHH")).proposed == (3, 6)
    assert part_stack(stack(*"HtHt")).proposed == (3,)
    assert part_stack(stack(*"Htt")).proposed == ()


def test_a_separator_speaks_for_the_letters_after_it() -> None:
    letters = part_stack(stack("t", PHANGKHON, "t", "p", "t", KUSUMAN, "t", ONE)).letters
    assert [each.separator for each in letters] == [None, PHANGKHON, PHANGKHON, KUSUMAN, KUSUMAN]


@given(st.lists(st.sampled_from([*"Httbup", ONE, TWO, PHANGKHON]), max_size=14))
def test_no_page_is_lost_but_separators_and_blank_pages_among_them(kinds: Sequence[object]) -> None:
    pages = stack(*kinds)
    held = [page.number for each in part_stack(pages).letters for page in each.pages]
    assert held == sorted(set(held))
    apart = {page.number for page in pages} - set(held)
    states = {page.state for page in pages if page.number in apart}
    assert states <= {PageState.SEPARATOR, PageState.BLANK}
    assert bool(held) == bool(pages)
    if PageState.SEPARATOR not in {page.state for page in pages}:
        assert not apart


def values(
    said: dict[FieldName, Field], separator: Separator | None = None, *kinds: object
) -> dict[FieldName, Field | None]:
    fields = Fields(LetterKind.COMPLAINT, 0.9, dict(said))
    return dict(with_sheets(fields, stack(*kinds), separator, load_gazetteer()).values)


def read(value: str | None, raw: str = "") -> Field:
    return Field(value, raw or value or "", 0.9, 1, (BOX,))


UNSAID = ("จากใบคั่น หนังสือไม่ได้ระบุ",)


def test_where_the_letter_names_no_district_the_separators_stands_in_doubt() -> None:
    found = values({}, PHANGKHON, "t")
    district, province = found[FieldName.DISTRICT], found[FieldName.PROVINCE]
    assert district == Field("พังโคน", "", 0.5, doubts=UNSAID)
    assert province == Field("สกลนคร", "", 0.5, doubts=UNSAID)
    assert values({}, Separator("9999"), "t") == values({}, Separator(), "t") == {}


def test_what_the_letter_says_of_its_district_stays_and_the_separator_is_a_doubt() -> None:
    said = {FieldName.DISTRICT: read("กุสุมาลย์"), FieldName.PROVINCE: read("สกลนคร")}
    district = values(said, PHANGKHON, "t")[FieldName.DISTRICT]
    assert district
    assert (district.value, district.boxes) == ("กุสุมาลย์", (BOX,))
    assert (district.alternatives, district.doubts) == (("พังโคน",), ("ใบคั่นระบุอำเภอ พังโคน",))
    assert values(said, KUSUMAN, "t") == said


def test_a_separator_of_another_province_puts_no_district_into_it() -> None:
    found = values({FieldName.PROVINCE: read("นครพนม")}, PHANGKHON, "t")
    assert FieldName.DISTRICT not in found
    province = found[FieldName.PROVINCE]
    assert province
    assert province.value == "นครพนม"
    assert province.doubts == ("ใบคั่นระบุ พังโคน จังหวัดสกลนคร",)


def test_a_stickers_number_is_the_letters_and_shown_where_it_stands() -> None:
    number = values({}, None, TWO, "t")[FieldName.RECEIVED_NO]
    assert number == Field("882", "882", 0.99, 1, (BOX,))
    stamped = {FieldName.RECEIVED_NO: read("882")}
    assert values(stamped, None, TWO)[FieldName.RECEIVED_NO] == number


def test_a_stamp_that_says_otherwise_is_shown_with_the_stickers_number() -> None:
    number = values({FieldName.RECEIVED_NO: read("382")}, None, TWO)[FieldName.RECEIVED_NO]
    assert number
    assert (number.value, number.alternatives) == ("882", ("382",))
    assert number.doubts == ("สติกเกอร์ระบุเลขรับ 882 แต่ตรารับอ่านได้ 382",)


def test_two_stickers_on_one_letter_give_no_number() -> None:
    first, second = stack(ONE, TWO)
    both = OcrPage(1, 10, 10, PageState.READ, codes=(*first.codes, *second.codes))
    fields = with_sheets(Fields(LetterKind.COMPLAINT, 0.9), [both], None, load_gazetteer())
    assert fields.get(FieldName.RECEIVED_NO) is None
