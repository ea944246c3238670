from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import classify
from classify.categories import parse_categories
from classify.noise import misread
from models.letters import Box, Line, OcrPage, PageState, Suggestion, Word

BOX = Box(0.1, 0.2, 0.8, 0.02)


def page(*lines: str, number: int = 1, box: Box | None = BOX) -> OcrPage:
    return OcrPage(number, 1654, 2339, PageState.READ, tuple(Line(t, box, 0.9) for t in lines))


def top(suggestion: Suggestion, many: int = 1) -> list[str]:
    return [c.code for c in suggestion.categories[:many]]


HELD = tuple(e for e in classify.held_out_examples() if e.main)


def right(found: Suggestion, each: classify.Example, many: int = 1) -> bool:
    """Tell whether one of the categories that the text carries is among the first."""
    also = (each.second or "").partition(".")[0]
    return bool({each.main, also} & set(top(found, many)))


def shares(model: classify.TrainedModel, rate: float) -> tuple[float, float]:
    """Return how often the truth is first, and among the first three, on the held-out texts."""
    rng = random.Random(7)
    found = [
        classify.suggest([page(misread(each.text, rate, rng) if rate else each.text)], model)
        for each in HELD
    ]
    first = [right(said, each) for said, each in zip(found, HELD, strict=True)]
    third = [right(said, each, 3) for said, each in zip(found, HELD, strict=True)]
    return sum(first) / len(HELD), sum(third) / len(HELD)


def test_six_of_seven_unseen_complaints_get_the_right_category_first(
    model: classify.TrainedModel,
) -> None:
    first, third = shares(model, 0.0)
    assert first >= 0.86
    assert third >= 0.96


def test_misread_text_still_gets_the_right_category_among_three(
    model: classify.TrainedModel,
) -> None:
    first, third = shares(model, 0.05)
    assert first >= 0.80
    assert third >= 0.93


def test_two_of_three_unseen_complaints_get_the_right_part_first(
    model: classify.TrainedModel,
) -> None:
    told = [each for each in HELD if each.sub]
    found = [classify.suggest([page(each.text)], model) for each in told]
    good = [
        said.parts[0].code in (each.sub, each.second)
        for said, each in zip(found, told, strict=True)
    ]
    assert sum(good) / len(told) >= 0.75


def test_a_complaint_and_a_letter_about_complaints_are_told_apart(
    model: classify.TrainedModel,
) -> None:
    every = classify.held_out_examples()
    said = [classify.suggest([page(*e.text.split("\n"))], model).is_complaint for e in every]
    papers = [kind for kind, each in zip(said, every, strict=True) if each.main is None]
    complaints = [kind for kind, each in zip(said, every, strict=True) if each.main]
    assert papers.count(False) / len(papers) >= 0.85
    assert papers.count(True) / len(papers) <= 0.05
    assert complaints.count(False) / len(complaints) <= 0.02


def test_what_is_proposed_without_abstaining_is_nearly_always_right(
    model: classify.TrainedModel,
) -> None:
    sure = [
        right(said, each)
        for each in HELD
        if not (said := classify.suggest([page(each.text)], model)).abstained
    ]
    assert len(sure) >= 0.4 * len(HELD)
    assert sum(sure) / len(sure) >= 0.93


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
    known = classify.load_categories()
    tables = [
        {"code": c.code, "label": c.label,
         "sub": [{"code": s.code.partition(".")[2], "label": s.label} for s in known.subs(c.code)]}
        | ({"merged_into": "HARDSHIP"} if c.code == "LAND" else {})
        for c in known.mains()
    ]  # fmt: skip
    merged = replace(model, categories=parse_categories({"main": tables}))
    found = classify.suggest([page("ช่างรังวัดปักแนวเขตโฉนดล้ำที่ดินของเรา")], merged)
    assert top(found) == ["HARDSHIP"]
    assert "LAND" not in [c.code for c in found.categories]
    assert found.evidence


def test_a_part_that_is_sure_is_proposed_and_one_that_is_not_leaves_its_main_category(
    model: classify.TrainedModel,
) -> None:
    bold = replace(model, limits=replace(model.limits, main=0.0, leaf=0.0))
    text = "ถนนลูกรังเป็นหลุมเป็นบ่อ ฝนตกเป็นโคลน รถติดหล่ม ขอให้ลงหินคลุกและบดอัดผิวจราจร"
    assert classify.suggest([page(text)], bold).choice == "HARDSHIP.ROAD"
    silent = replace(bold, limits=replace(bold.limits, leaf=1.1))
    assert classify.suggest([page(text)], silent).choice == "HARDSHIP"
    mute = replace(model, limits=replace(model.limits, main=1.1))
    found = classify.suggest([page(text)], mute)
    assert (found.abstained, found.choice) == (True, None)
    assert found.categories[0].code == "HARDSHIP"  # the ranking is still shown


def test_a_second_category_is_named_where_its_share_is_over_the_limit(
    model: classify.TrainedModel,
) -> None:
    text = "กำนันเรียกเงินค่าลงชื่อรับรองคนละห้าร้อย แถมยังถมลำรางสาธารณะเข้าเป็นที่ดินของตัวเองสองไร่"
    found = classify.suggest([page(text)], model)
    bold = replace(model, limits=replace(model.limits, main=0.0, leaf=0.0, second=0.0))
    second = classify.suggest([page(text)], bold).second
    assert second is not None
    assert second.code == found.parts[1].code
    shy = replace(bold, limits=replace(bold.limits, second=1.1))
    assert classify.suggest([page(text)], shy).second is None


def test_evidence_stands_in_the_boxes_of_its_words(model: classify.TrainedModel) -> None:
    parts = ("ขอแจ้งเบาะแส", "บ้านท้ายซอยขายยาบ้า", "ทุกคืน")
    places = [Box(0.1 + 0.3 * n, 0.2, 0.2, 0.02) for n in range(3)]
    words = tuple(Word(text, box, 0.9) for text, box in zip(parts, places, strict=True))
    line = Line(" ".join(parts), BOX, 0.9, words=words)
    found = classify.suggest([OcrPage(1, 1654, 2339, PageState.READ, (line,))], model)
    drug = next(each for each in found.evidence if "ยาบ้า" in each.text)
    assert drug.box is not None
    assert drug.box.left >= places[1].left
    assert drug.box.right <= places[1].right + 1e-9


def test_words_that_no_model_knows_are_unfamiliar(model: classify.TrainedModel) -> None:
    known = classify.suggest([page("น้ำประปาไม่ไหลมาสามวันแล้ว ขอรถน้ำมาแจกในหมู่บ้าน")], model)
    strange = classify.suggest([page("ฆฏฐฑฒณฬฮฤฎฌฆฏฐฑฒณฬฮฤฎฌฆฏฐฑฒ" * 2)], model)
    assert known.familiarity is not None
    assert strange.familiarity is not None
    assert strange.familiarity < 0.5 < known.familiarity
    assert strange.abstained
