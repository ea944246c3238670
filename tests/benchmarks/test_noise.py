"""Misreadings put into typed text: as many as asked for, and the layout stays."""

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from benchmarks.known_texts import known_texts
from benchmarks.noise import CAUTIOUS, MEASURED, Sureness, noisy, noisy_page
from extract import lines_from_text

_LETTER = known_texts("tuning")[0].text


def gaps(text: str) -> list[str]:
    return re.findall(r"\t+| {4,}|\n", text)


@pytest.mark.parametrize("share", [0.02, 0.05, 0.1])
def test_about_the_asked_share_of_the_letters_is_misread(share: float) -> None:
    text = "\n".join(each.text for each in known_texts("tuning"))
    read = noisy(text, share, random.Random(1))
    letters = len(re.sub(r"\t| {4,}|\n", "", text))
    assert 0.8 * share < Levenshtein.distance(text, read) / letters < 1.4 * share


@given(st.text(alphabet="กมำ่ิเ ๑0/.\t\n", max_size=80), st.floats(0, 1), st.integers())
def test_newlines_and_column_gaps_stay_and_none_is_made(text: str, share: float, seed: int) -> None:
    read = noisy(text, share, random.Random(seed))
    assert read.count("\n") == text.count("\n")
    assert gaps(read) == gaps(text)


def test_the_same_seed_misreads_the_same() -> None:
    one, other = (noisy_page(_LETTER, 0.1, random.Random("a")) for _ in range(2))
    assert one == other != noisy_page(_LETTER, 0.1, random.Random("b"))


def test_without_misreadings_the_page_is_typed_text() -> None:
    assert noisy_page(_LETTER, 0, random.Random(1)) == lines_from_text(_LETTER)


@pytest.mark.parametrize("sureness", [CAUTIOUS, MEASURED])
def test_the_confidence_of_lines_is_informative_but_imperfect(sureness: Sureness) -> None:
    rng = random.Random(1)
    unhurt, spoilt = ([sureness.of(count, rng) for _ in range(2000)] for count in (0, 1))
    assert sum(unhurt) / 2000 > sum(spoilt) / 2000 + 0.1
    assert max(spoilt) > min(unhurt)
    assert 0 < min(spoilt) < max(unhurt) < 1


def test_a_noisy_page_is_read_as_a_scan() -> None:
    assert noisy_page(_LETTER, 0.05, random.Random(1)).read_by != lines_from_text(_LETTER).read_by


def test_of_several_misread_letters_one_is_noticed_sooner() -> None:
    rng = random.Random(2)
    seen = [sum(MEASURED.of(count, rng) >= 0.95 for _ in range(2000)) for count in (0, 1, 2, 4)]
    assert seen == sorted(seen, reverse=True)
