"""Numbers read a second way: what both say is sure, what only one says is doubted and kept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.letters import Box, Line, Word
from ocr.alignment import align
from ocr.number_check import held_against
from ocr.number_reader import Sign

PAGE = 1000  # pixels
LETTER = 10  # pixels


def line(text: str, confidence: float = 0.8, *others: str) -> Line:
    """A line that begins at the left edge, its letters ten pixels wide."""
    words, at = [], 0
    for part in text.split(" "):
        box = Box(at * LETTER / PAGE, 0.1, len(part) * LETTER / PAGE, 0.02)
        words.append(Word(part, box, confidence))
        at += len(part) + 1
    return Line(text, Box(0.0, 0.1, at * LETTER / PAGE, 0.02), confidence, words=tuple(words),
                alternatives=others)  # fmt: skip


def signs(text: str, sure: float = 0.99) -> tuple[Sign, ...]:
    return tuple(Sign(sign, n * LETTER, (n + 1) * LETTER, sure) for n, sign in enumerate(text))


def held(text: str, read: str, sure: float = 0.99, confidence: float = 0.8) -> Line:
    found = line(text, confidence)
    return held_against(found, 0, len(found.words), signs(read, sure), PAGE)


def test_a_number_that_both_read_alike_is_surer() -> None:
    found = held("ที่ สน ๐๐๑๘/๕๘๕", "ท สน ๐๐๑๘/๕๘๕")
    assert found.text == "ที่ สน ๐๐๑๘/๕๘๕"
    assert [word.confidence for word in found.words] == [0.8, 0.8, 0.985]
    assert found.alternatives == ()


def test_gaps_within_a_number_are_no_difference() -> None:
    found = held("ที่ สน ๐๐๑๘ /๕๘๕", "ท สน ๐๐๑๘/๕๘๕")
    assert found.text == "ที่ สน ๐๐๑๘ /๕๘๕"
    assert min(word.confidence for word in found.words[2:]) > 0.9


def test_where_they_differ_the_surer_is_taken_and_the_other_kept() -> None:
    found = held("ที่ สน ๐๐๑๘.๑๒๕๘๕", "ท สน ๐๐๑๘.๑/๒๕๘๕")
    assert found.text == "ที่ สน ๐๐๑๘.๑/๒๕๘๕"
    assert found.alternatives == ("ที่ สน ๐๐๑๘.๑๒๕๘๕",)
    assert found.words[2].confidence <= 0.5
    assert found.words[0].confidence == 0.8


def test_a_faint_second_reading_only_raises_a_doubt() -> None:
    found = held("วันที่ ๑๕ มีนาคม ๒๕๖๘", "วนท ๑๙ มนาคม ๒๕๖๘", sure=0.3)
    assert found.text == "วันที่ ๑๕ มีนาคม ๒๕๖๘"
    assert found.alternatives == ("วันที่ ๑๙ มีนาคม ๒๕๖๘",)
    assert found.words[1].confidence <= 0.5


def test_the_letter_of_a_circular_comes_back_from_the_second_reading() -> None:
    found = held("ที่ สน ๐๐๑๘/ ๒๒๒๒", "ท สน ๐๐๑๘/ว ๒๒๒๒")
    assert found.text == "ที่ สน ๐๐๑๘/ว ๒๒๒๒"


def test_words_keep_their_places_where_a_number_is_put_right() -> None:
    found = held("ที่ สน ๐๐๑๘/ ๒๒ ลงวันที่", "ท สน ๐๐๑๘/ว ๑๒ ลงวนท")
    assert [word.text for word in found.words] == ["ที่", "สน", "๐๐๑๘/ว", "๑๒", "ลงวันที่"]
    assert found.words[2].box.left == 0.05
    assert found.words[3].box.left == 0.12
    assert found.words[4] == line("ที่ สน ๐๐๑๘/ ๒๒ ลงวันที่").words[4]


def test_a_digit_that_only_the_second_reading_sees_is_not_lost() -> None:
    found = held("วันที่ ตุลาคม พ.ศ. 2569", "วนท 3 ตลาคม พ.ศ. 2569")
    assert "3" in found.text
    assert found.alternatives == ("วันที่ ตุลาคม พ.ศ. 2569",)


def test_a_month_whose_letters_the_second_reading_takes_for_digits_stays() -> None:
    found = held("วันที่ ๒๒ ต.ค. ๒๕๖๕", "วนท ๒๒ ๓.ค. ๒๕๖๕")
    assert found.text == "วันที่ ๒๒ ต.ค. ๒๕๖๕"
    assert "วันที่ ๒๒ ๓.ค. ๒๕๖๕" in found.alternatives


@pytest.mark.parametrize(
    ("text", "read", "right"),
    [
        ("วันที่ ๒๖ ๓.ค. ๒๕๖๙", "วนท ๒๖ ต.ค. ๒๕๖๙", "วันที่ ๒๖ ต.ค. ๒๕๖๙"),
        ("วันที่ ๑๑ มิ.๑. ๒๕๖๔", "วนท ๒๑ ม.ย. ๒๕๖๔", "วันที่ ๒๑ มิ.ย. ๒๕๖๔"),
        ("วันที่ ๑๑ เมลย. ๒๕๖๔", "วนท ๑๑ เม.ย. ๒๕๖๔", "วันที่ ๑๑ เม.ย. ๒๕๖๔"),
    ],
)
def test_a_month_that_only_the_second_reading_has_is_taken(
    text: str, read: str, right: str
) -> None:
    found = held(text, read)
    assert found.text == right
    assert text in found.alternatives


def test_march_is_left_to_the_reading_that_has_its_marks() -> None:
    assert held("วันที่ ๑๗ มี.ค. ๒๕๖๗", "วนท ๑๗ ส.ค. ๒๕๖๗").text == "วันที่ ๑๗ มี.ค. ๒๕๖๗"


def test_the_digits_of_a_date_in_march_are_put_right() -> None:
    assert held("วันที่ ๑๗ มี.ค. ๒๕๖๒", "วนท ๑๗ ม.ค. ๒๕๖๗").text == "วันที่ ๑๗ มี.ค. ๒๕๖๗"


def test_a_letter_of_a_word_is_no_digit_because_it_looks_like_one() -> None:
    found = held("ศูนย์ดำรงธรรมอำเภอ โทร. ๑๒๓", "๙นยดำรงธรรมอำเภอ โทร. ๑๒๓")
    assert found.text == "ศูนย์ดำรงธรรมอำเภอ โทร. ๑๒๓"


def test_words_without_numbers_are_never_touched() -> None:
    found = held("เรียน นายอำเภอพังโคน", "เรยน นายอำเภอพงโคม")
    assert found == line("เรียน นายอำเภอพังโคน")


@given(st.text("กขว๐๑12/. ", max_size=12), st.text("กขว๐๑12/. ", max_size=12))
def test_texts_laid_side_by_side_lose_no_sign(left: str, right: str) -> None:
    pairs = align(left, right, lambda _one, _other: 1.0, lambda _sign: 1.0)
    assert [a for a, _ in pairs if a is not None] == list(range(len(left)))
    assert [b for _, b in pairs if b is not None] == list(range(len(right)))


@given(st.text("กว๐๑12/. ()", min_size=1, max_size=20), st.text("กว๐๑12/. ()", max_size=20))
def test_any_two_readings_leave_a_line_with_its_words_in_place(text: str, read: str) -> None:
    text = " ".join(text.split()) or "ก"
    found = held(text, read)
    assert found.text == " ".join(word.text for word in found.words)
    assert all(word.text and " " not in word.text for word in found.words)
    lefts = [word.box.left for word in found.words]
    assert all(0 <= word.confidence <= 1 for word in found.words)
    assert len(lefts) == len(found.words)
