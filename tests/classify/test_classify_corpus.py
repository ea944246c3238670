from __future__ import annotations

from collections import Counter
from itertools import combinations

import pytest

from benchmarks.drawing.stock import texts
from classify import CorpusError, held_out_examples, load_categories, seed_examples
from classify.corpus import parse_corpus, telling_words
from classify.text import squeeze

TOO_ALIKE = 0.6


def runs(text: str) -> frozenset[str]:
    whole, _ = squeeze(text)
    return frozenset(whole[n : n + 4] for n in range(len(whole) - 3))


def alike(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / max(len(one | other), 1)


def test_every_main_category_has_twenty_texts_to_learn_from_and_five_to_measure() -> None:
    mains = {c.code for c in load_categories().mains()}
    learned = Counter(e.main for e in seed_examples())
    measured = Counter(e.main for e in held_out_examples())
    assert set(learned) == set(measured) == mains
    assert min(learned.values()) >= 20
    assert min(measured.values()) >= 5


def test_every_sub_category_has_three_texts() -> None:
    counts = Counter(e.sub for e in seed_examples())
    subs = [c.code for c in load_categories().every if c.main]
    assert [code for code in subs if counts[code] < 3] == []


def test_every_code_of_the_corpus_exists() -> None:
    known = {c.code for c in load_categories().every}
    every = (*seed_examples(), *held_out_examples(), *telling_words())
    assert {e.sub or e.main for e in every} <= known


def test_no_two_texts_are_near_duplicates_within_or_between_the_parts() -> None:
    every = [(e.text, runs(e.text)) for e in (*seed_examples(), *held_out_examples())]
    pairs = [
        (a[:40], b[:40]) for (a, x), (b, y) in combinations(every, 2) if alike(x, y) > TOO_ALIKE
    ]
    assert pairs == []


def test_the_drawn_letters_of_the_benchmarks_are_none_of_the_corpus() -> None:
    drawn = [
        runs(" ".join(t.body)) for part in ("tuning", "measuring") for t in texts(part)  # type: ignore[arg-type]
    ]  # fmt: skip
    corpus = [runs(e.text) for e in (*seed_examples(), *held_out_examples())]
    assert max(alike(a, b) for a in drawn for b in corpus) < TOO_ALIKE


def test_a_text_before_the_first_heading_is_refused() -> None:
    with pytest.raises(CorpusError, match=r"help\.txt: a complaint stands before"):
        list(parse_corpus("# note\n\nไม่มีหัวข้อ\n", "HELP", "help.txt"))


def test_texts_may_span_lines_and_sit_right_under_their_heading() -> None:
    found = list(parse_corpus("[POOR]\nบรรทัดหนึ่ง\nบรรทัดสอง\n\nเรื่องที่สอง\n", "HELP", "h"))
    assert [(e.text, e.sub) for e in found] == [
        ("บรรทัดหนึ่ง บรรทัดสอง", "HELP.POOR"),
        ("เรื่องที่สอง", "HELP.POOR"),
    ]
