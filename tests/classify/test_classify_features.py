from __future__ import annotations

import random
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sklearn.feature_extraction.text import TfidfVectorizer

import classify
from classify.corpus import Example
from classify.features import LONGEST, SHORTEST, learn_features, pack, squeezed
from classify.model import matrix
from classify.noise import misread
from classify.text import squeeze

THAI = "กขคงจฉชซดตถทธนบปผพฟมยรลวสหอะาิีึืุูเแโใไ่้๊๋์"


def test_features_are_weighted_as_scikit_learn_would(few: tuple[Example, ...]) -> None:
    texts = [squeezed([each.text]) for each in few]
    runs, words = learn_features(texts)
    ours = matrix(texts, runs, words)[:, : len(runs.packed)]
    names = {
        int(number): text.toneless[place : place + size]
        for text in texts
        for size in range(SHORTEST, LONGEST + 1)
        for place, number in enumerate(pack(text.toneless, size))
    }
    known = [names[int(number)] for number in runs.packed]
    theirs = TfidfVectorizer(
        analyzer="char", ngram_range=(SHORTEST, LONGEST), sublinear_tf=True, vocabulary=known
    ).fit_transform([t.toneless for t in texts])
    assert abs(ours - theirs).max() < 1e-9


@given(st.text(min_size=1, max_size=40), st.text(min_size=1, max_size=40), st.integers(1, 4))
def test_packed_runs_are_equal_exactly_where_thai_runs_are(one: str, other: str, size: int) -> None:
    keep = "".join(c for c in one + other if "ก" <= c <= "๙")
    packed = pack(keep, size)
    runs = [keep[n : n + size] for n in range(max(len(keep) - size + 1, 0))]
    assert len(packed) == len(runs)
    assert len(np.unique(packed)) == len(set(runs))


def test_runs_of_different_lengths_never_share_a_number() -> None:
    found = [set(pack("ถนนชำรุดถนนชำรุด 123", size).tolist()) for size in range(1, 8)]
    assert sum(map(len, found)) == len(set().union(*found))


@given(st.text(max_size=80))
@example("İ ํา เเ")
def test_squeezing_keeps_the_place_of_every_character(text: str) -> None:
    short, places = squeeze(text)
    assert len(short) == len(places)
    assert all(a < b for a, b in pairwise(places))
    words = squeezed([text]).words
    assert "".join(w.text for w in words) == short


def test_crumbs_of_ink_and_tone_marks_do_not_part_a_run() -> None:
    assert squeezed(["ถ.น~น ช่ำ'รุด"]).toneless == squeezed(["ถนนชำรุด"]).toneless


@given(st.text(alphabet=THAI, max_size=60), st.floats(0, 1), st.integers(0, 99))
def test_misreading_is_the_same_for_the_same_seed(text: str, rate: float, seed: int) -> None:
    once, twice = (misread(text, rate, random.Random(seed)) for _ in range(2))
    assert once == twice
    assert misread(text, 0.0, random.Random(seed)) == text


@pytest.mark.parametrize("rate", [0.02, 0.05, 0.1])
def test_about_as_much_is_misread_as_asked(rate: float) -> None:
    text = "".join(each.text for each in classify.seed_examples()[:200])
    read = misread(text, rate, random.Random(4))
    same = sum(a == b for a, b in zip(text, read[: len(text)], strict=False))
    assert same < len(text)  # something happened
    lost = abs(len(text) - len(read)) / len(text)
    assert lost < rate
    changed = _changed(text, read) / len(text)
    assert changed == pytest.approx(rate, rel=0.4)


def _changed(text: str, read: str) -> int:
    from rapidfuzz.distance import Levenshtein

    pieces = range(0, len(text), 20_000)
    shift = len(read) / len(text)
    return sum(
        Levenshtein.distance(text[n : n + 20_000], read[int(n * shift) : int((n + 20_000) * shift)])
        for n in pieces
    )
