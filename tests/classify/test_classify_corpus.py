from __future__ import annotations

from collections import Counter

import pytest

from benchmarks.drawing.stock import texts
from classify import CorpusError, first_of_each, held_out_examples, load_categories, seed_examples
from classify.corpus import parse_corpus, telling_words
from models.terms import Danger


def test_every_main_category_has_sixty_texts_to_learn_from_and_fifteen_to_measure() -> None:
    mains = {c.code for c in load_categories().mains()}
    learned = Counter(e.main for e in seed_examples() if e.main)
    measured = Counter(e.main for e in held_out_examples() if e.main)
    assert set(learned) == set(measured) == mains
    assert min(learned.values()) >= 60
    assert min(measured.values()) >= 15


def test_every_sub_category_has_fifteen_texts_to_learn_from_and_six_to_measure() -> None:
    subs = [c.code for c in load_categories().every if c.main]
    learned, measured = (
        Counter(e.sub for e in part) for part in (seed_examples(), held_out_examples())
    )
    assert [code for code in subs if learned[code] < 15 or measured[code] < 6] == []


def test_papers_that_are_no_complaints_are_learned_from_and_measured() -> None:
    assert sum(e.main is None for e in seed_examples()) >= 100
    assert sum(e.main is None for e in held_out_examples()) >= 30


def test_every_danger_is_marked_in_texts_of_both_parts() -> None:
    for part, least in ((seed_examples(), 20), (held_out_examples(), 1)):
        marked = Counter(danger for e in part for danger in e.dangers)
        assert set(marked) == set(Danger)
        assert min(marked.values()) >= least


def test_every_code_of_the_corpus_exists() -> None:
    known = {c.code for c in load_categories().every}
    every = (*seed_examples(), *held_out_examples(), *telling_words())
    assert {code for e in every for code in (e.code, e.second) if code} <= known


def test_no_text_is_a_near_duplicate_of_another_in_either_part_or_of_a_drawn_letter() -> None:
    drawn = [" ".join(t.body) for part in ("tuning", "measuring") for t in texts(part)]  # type: ignore[arg-type]
    once = [drawn[place] for place in first_of_each(drawn)]
    every = [*once, *(e.text for e in (*held_out_examples(), *seed_examples()))]
    kept = set(first_of_each(every))
    assert [every[n][:60] for n in range(len(every)) if n not in kept] == []


def test_texts_alike_but_for_names_numbers_and_misreadings_count_once() -> None:
    one = "ถนนลาดยางหน้าโรงเรียนบ้านดอนเป็นหลุมลึกมาห้าเดือน เด็กนักเรียนขี่จักรยานล้มทุกสัปดาห์ อบต. บอกรองบ"
    other = one.replace("บ้านดอน", "บ้านโคก").replace("ห้า", "หก").replace("ล้ม", "ลม")
    third = "สายไฟแรงสูงพาดกิ่งไม้หน้าวัด ลมพัดทีไฟแลบที แจ้งการไฟฟ้าไปตั้งแต่ต้นเดือนยังไม่เห็นใครมา"
    assert first_of_each([one, third, other, one]) == [0, 1]


def test_a_text_before_the_first_heading_is_refused() -> None:
    with pytest.raises(CorpusError, match=r"help\.txt: a complaint stands before"):
        list(parse_corpus("# note\n\nไม่มีหัวข้อ\n", "HELP", "help.txt"))


def test_a_danger_that_is_none_is_refused() -> None:
    with pytest.raises(CorpusError, match=r"help\.txt: there is no danger STORM"):
        list(parse_corpus("[POOR]\nลมแรง\n! STORM\n", "HELP", "help.txt"))


def test_texts_may_span_lines_and_sit_right_under_their_heading() -> None:
    found = list(parse_corpus("[POOR]\nบรรทัดหนึ่ง\nบรรทัดสอง\n\nเรื่องที่สอง\n", "HELP", "h"))
    assert [(e.text, e.sub) for e in found] == [
        ("บรรทัดหนึ่ง บรรทัดสอง", "HELP.POOR"),
        ("เรื่องที่สอง", "HELP.POOR"),
    ]


def test_markers_below_a_text_name_a_second_category_and_dangers() -> None:
    (found,) = parse_corpus("[POOR]\nเรื่อง\n+ LAND.PUBLIC\n! CHILD\n! LIFE\n", "HELP", "h")
    assert (found.text, found.second) == ("เรื่อง", "LAND.PUBLIC")
    assert found.dangers == {Danger.CHILD, Danger.LIFE}


def test_a_paper_keeps_its_lines_and_has_no_category() -> None:
    (found,) = parse_corpus("[REPORT]\nเรื่อง ผล\nเรียน นายอำเภอ\n", "PAPER", "paper.txt")
    assert (found.text, found.code) == ("เรื่อง ผล\nเรียน นายอำเภอ", None)
