from __future__ import annotations

import random
import time
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sklearn.feature_extraction.text import TfidfVectorizer

import classify
from classify.categories import parse_categories
from classify.features import fit_lexicons, squeezed
from classify.lessons import lessons
from classify.model import look, matrix
from classify.noise import misread
from classify.text import squeeze
from models.letters import Box, Line, OcrPage, PageState, Suggestion

BOX = Box(0.1, 0.2, 0.8, 0.02)


def page(*lines: str, number: int = 1, box: Box | None = BOX) -> OcrPage:
    return OcrPage(number, 1654, 2339, PageState.READ, tuple(Line(t, box, 0.9) for t in lines))


def top(suggestion: Suggestion, many: int = 1) -> list[str]:
    return [c.code for c in suggestion.categories[:many]]


def shares(model: classify.TrainedModel, rate: float) -> tuple[float, float]:
    """Return how often the truth is first, and among the first three, on the held-out texts."""
    rng = random.Random(7)
    first = third = 0
    held = classify.held_out_examples()
    for each in held:
        text = misread(each.text, rate, rng) if rate else each.text
        found = classify.suggest([page(text)], model)
        first += each.main in top(found)
        third += each.main in top(found, 3)
    return first / len(held), third / len(held)


def test_four_of_five_unseen_complaints_get_the_right_category_first(
    model: classify.TrainedModel,
) -> None:
    first, third = shares(model, 0.0)
    assert first >= 0.8
    assert third >= 0.95


def test_misread_text_still_gets_the_right_category_among_three(
    model: classify.TrainedModel,
) -> None:
    first, third = shares(model, 0.05)
    assert first >= 0.75
    assert third >= 0.93


def test_what_is_proposed_without_abstaining_is_nearly_always_right(
    model: classify.TrainedModel,
) -> None:
    sure = [
        (e.main, top(s)[0])
        for e in classify.held_out_examples()
        if not (s := classify.suggest([page(e.text)], model)).abstained
    ]
    assert len(sure) >= 20
    assert sum(a == b for a, b in sure) / len(sure) >= 0.9


@pytest.mark.parametrize("text", ["", "   ", "ที่", "๑๒๓ / ๔๕๖", "No Thai letters here at all"])
def test_next_to_no_text_means_no_category_at_all(text: str, model: classify.TrainedModel) -> None:
    found = classify.suggest([page(text)], model)
    assert found.abstained
    assert found.categories == ()
    assert found.evidence == ()


def test_a_letter_without_pages_means_no_category(model: classify.TrainedModel) -> None:
    assert classify.suggest([], model).categories == ()


@given(st.text(alphabet="กขคงจฉชซดตถทธนบปผพฟมยรลวสหอะาิีึืุูเแโใไ่้๊๋์", min_size=30, max_size=300))
@settings(max_examples=60, deadline=None)
def test_it_abstains_on_gibberish(model: classify.TrainedModel, text: str) -> None:
    assert classify.suggest([page(text)], model).abstained


def test_probabilities_add_up_and_are_ranked(model: classify.TrainedModel) -> None:
    found = classify.suggest([page("ถนนหน้าบ้านเป็นหลุมเป็นบ่อ ขอให้มาซ่อม")], model)
    chances = [c.probability for c in found.categories]
    assert chances == sorted(chances, reverse=True)
    assert sum(chances) == pytest.approx(1.0)
    assert found.categories[0].label == "ปัญหาความเดือดร้อน"


def test_evidence_comes_from_the_letter_and_lies_within_its_line(
    model: classify.TrainedModel,
) -> None:
    first = page("เรื่อง ร้องเรียน", "เรียน นายอำเภอ")
    story = "ขอแจ้งเบาะแสว่าบ้านท้ายซอยขายยาบ้า วัยรุ่นมั่วสุมทุกคืน"
    found = classify.suggest([first, page(story, number=2)], model)
    assert top(found) == ["TIPOFF"]
    assert 1 <= len(found.evidence) <= 6
    assert any("ยาบ้า" in each.text for each in found.evidence)
    for each in found.evidence:
        assert each.page in (1, 2)
        assert each.text in (story if each.page == 2 else "เรื่อง ร้องเรียนเรียน นายอำเภอ")
        assert each.box is not None
        assert each.box.left >= BOX.left
        assert each.box.right <= BOX.right + 1e-9
        assert each.box.width < BOX.width
    assert [e.weight for e in found.evidence] == sorted(
        (e.weight for e in found.evidence), reverse=True
    )


def test_the_box_of_evidence_is_the_part_of_the_line_where_it_stands(
    model: classify.TrainedModel,
) -> None:
    story = "ขอให้ตรวจสอบกำนันเรียกรับเงินและทุจริต"
    found = classify.suggest([page(story)], model)
    for each in found.evidence:
        assert each.box is not None
        start = story.index(each.text) / len(story)
        assert each.box.left == pytest.approx(BOX.left + start * BOX.width)
        assert each.box.width == pytest.approx(len(each.text) / len(story) * BOX.width)


def test_typed_text_has_evidence_without_a_place(model: classify.TrainedModel) -> None:
    found = classify.suggest([page("โฉนดที่ดินถูกรุกล้ำแนวเขต ขอรังวัดสอบเขต", box=None)], model)
    assert found.evidence
    assert {(e.page, e.box) for e in found.evidence} == {(None, None)}


def test_thai_and_arabic_digits_and_spaces_make_no_difference(
    model: classify.TrainedModel,
) -> None:
    one = classify.suggest([page("ถูกทวงหนี้ผิด พ.ร.บ.การทวงถามหนี้ พ.ศ. ๒๕๕๘")], model)
    other = classify.suggest([page("ถูก ทวงหนี้ผิดพ.ร.บ. การทวงถามหนี้ พ.ศ.2558")], model)
    assert one.categories == other.categories


def test_a_merged_category_speaks_for_its_heir(model: classify.TrainedModel) -> None:
    tables = [
        {"code": c.code, "label": c.label}
        | ({"merged_into": "HARDSHIP"} if c.code == "LAND" else {})
        for c in classify.load_categories().mains()
    ]
    merged = replace(model, categories=parse_categories({"main": tables}))
    found = classify.suggest([page("ช่างรังวัดปักแนวเขตโฉนดล้ำที่ดินของเรา")], merged)
    assert top(found) == ["HARDSHIP"]
    assert "LAND" not in [c.code for c in found.categories]
    assert found.evidence


def test_a_prediction_takes_less_than_ten_milliseconds(model: classify.TrainedModel) -> None:
    story = "น้ำประปาหมู่บ้านไม่ไหลมาหลายวัน ชาวบ้านเดือดร้อนมาก ขอให้ช่วยแก้ไข " * 10
    pages = [page(*[story[n : n + 70] for n in range(0, len(story), 70)])]
    classify.suggest(pages, model)
    times = []
    for _ in range(9):
        start = time.perf_counter()
        classify.suggest(pages, model)
        times.append(time.perf_counter() - start)
    assert sorted(times)[0] < 0.010


def test_the_same_examples_and_seed_give_the_same_model() -> None:
    some = [e for e in classify.seed_examples() if e.main in ("LAND", "TIPOFF")]
    one, other = classify.train(some, 3), classify.train(some, 3)
    assert (one.weights == other.weights).all()
    assert one.threshold == other.threshold


def test_too_few_examples_are_refused() -> None:
    with pytest.raises(classify.TooFewExamples, match="at least two categories"):
        classify.train(classify.seed_examples()[:8], 1)


def test_features_are_weighted_as_scikit_learn_would() -> None:
    some = lessons(classify.seed_examples()[:40], random.Random(1))
    texts = [copy for lesson in some for copy in lesson.copies]
    runs, words = fit_lexicons(texts)
    ours = matrix([look(t, runs, words) for t in texts], runs, words)[:, : len(runs.index)]
    theirs = TfidfVectorizer(
        analyzer="char", ngram_range=(2, 4), sublinear_tf=True, vocabulary=dict(runs.index)
    ).fit([t.toneless for t in texts])
    assert abs(ours - theirs.transform([t.toneless for t in texts])).max() < 1e-9


@given(st.text(max_size=80))
@example("İ ํา เเ")
def test_squeezing_keeps_the_place_of_every_character(text: str) -> None:
    short, places = squeeze(text)
    assert len(short) == len(places)
    assert all(a < b for a, b in pairwise(places))
    words = squeezed([text]).words
    assert "".join(w.text for w in words) == short
