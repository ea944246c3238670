from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

import classify
from classify.categories import parse_categories
from classify.comparing import chance_of
from classify.corpus import Example
from classify.learning import in_use, newest
from classify.lessons import lessons
from tests.classify.conftest import FEW_MAINS

HELD = tuple(e for e in classify.held_out_examples() if e.main in FEW_MAINS)


def asked(model: classify.TrainedModel, name: str = "held") -> classify.Question:
    return classify.Question(name, HELD, model)


def swapped(examples: Sequence[Example], one: str, other: str) -> list[Example]:
    """The examples as somebody who mistakes two categories for each other would confirm them."""
    turned = {one: other, other: one}
    return [replace(e, main=turned.get(e.main or "", e.main), sub=None) for e in examples]


def test_the_same_examples_and_seed_give_the_same_model(few: tuple[Example, ...]) -> None:
    some = [e for e in few if e.main in ("LAND", "TIPOFF")]
    one, other = classify.train(some, 3), classify.train(some, 3)
    assert (one.lines.leaves.weights == other.lines.leaves.weights).all()
    assert one.limits == other.limits


def test_too_few_examples_are_refused() -> None:
    with pytest.raises(classify.TooFewExamples, match="at least two main categories"):
        classify.train(classify.seed_examples()[:8], 1)


def test_a_new_category_waits_until_it_has_five_examples(few: tuple[Example, ...]) -> None:
    tables = [{"code": c, "label": c} for c in (*FEW_MAINS, "BUFFALO")]
    known = parse_categories({"main": tables})
    whole = [replace(e, sub=None) for e in few]
    new = [Example(f"ควายของลุงหายไปจากคอกหลังบ้านตัวที่ {n}", "BUFFALO") for n in range(5)]
    waiting = classify.train([*whole, *new[:4]], 1, known)
    assert "BUFFALO" not in waiting.lines.leaves.codes
    assert waiting.card.left_out == {"BUFFALO": 4}
    assert "BUFFALO" in classify.train([*whole, *new], 1, known).lines.leaves.codes


def test_old_examples_speak_for_what_took_the_place_of_their_category() -> None:
    known = parse_categories(
        {"main": [
            {"code": "LAND", "label": "ที่ดิน", "merged_into": "AREA.SOIL"},
            {"code": "AREA", "label": "พื้นที่", "sub": [{"code": "SOIL", "label": "ดิน"}]},
            {"code": "GONE", "label": "เลิกใช้", "retired": True},
        ]}
    )  # fmt: skip
    renewed = in_use(Example("ก", "LAND", second="GONE"), known)
    assert renewed == Example("ก", "AREA", "AREA.SOIL")
    assert in_use(Example("ก", "GONE"), known) is None
    assert in_use(Example("ก", None), known) == Example("ก", None)  # a paper has no category


def test_invented_texts_count_less_the_more_real_ones_a_category_has(
    few: tuple[Example, ...],
) -> None:
    invented = next(e for e in few if e.sub)
    real = [replace(invented, text=f"{invented.text} {n}", confirmed=True) for n in range(50)]

    def pull(many: int) -> float:
        (own, *_) = lessons([invented, *real[:many]], random.Random(1))
        return own.pull * len(own.copies)

    assert pull(0) > 1.5 * pull(5) > 3 * pull(50) > 0


def test_of_many_real_letters_of_a_category_the_newest_count(few: tuple[Example, ...]) -> None:
    invented = next(e for e in few if e.sub)
    real = [replace(invented, text=f"{n}", confirmed=True) for n in range(900)]
    kept = newest([invented, *real])
    assert kept[0] == invented
    assert [each.text for each in kept[1:]] == [f"{n}" for n in range(400, 900)]


def test_real_letters_are_given_without_an_invented_frame(few: tuple[Example, ...]) -> None:
    real = replace(few[0], confirmed=True)
    (lesson,) = lessons([real], random.Random(1))
    assert all(len(copy.text) <= len(real.text) * 1.1 for copy in lesson.copies)


def test_the_first_model_is_promoted(small: classify.TrainedModel) -> None:
    verdict = classify.compare(None, [asked(small)])
    assert verdict.promoted
    assert verdict.sets[0].before is None
    assert verdict.sets[0].after >= 0.7 * len(HELD)


def test_an_equal_candidate_is_promoted(small: classify.TrainedModel) -> None:
    verdict = classify.compare(small, [asked(small)])
    assert verdict.promoted
    assert verdict.sets[0].before == verdict.sets[0].after


def test_a_candidate_taught_wrongly_is_kept_back_and_the_reason_names_the_categories(
    few: tuple[Example, ...], small: classify.TrainedModel
) -> None:
    poisoned = classify.refit(small, swapped(few, "LAND", "TIPOFF"))
    verdict = classify.compare(small, [asked(poisoned)])
    assert not verdict.promoted
    assert verdict.reasons
    back = classify.compare(poisoned, [asked(small)])
    assert back.promoted  # the other way round it is a gain


def test_a_candidate_that_spoils_one_category_is_kept_back_and_the_reason_names_it(
    few: tuple[Example, ...], small: classify.TrainedModel
) -> None:
    """The lines of one category are turned round; the others stay as they are."""
    lines = small.lines
    spoilt = np.asarray([code.startswith("ADVICE") for code in lines.leaves.codes])
    weights = np.where(spoilt[:, None], -lines.leaves.weights, lines.leaves.weights)
    leaves = replace(lines.leaves, weights=weights)
    poor = replace(small, lines=replace(lines, leaves=leaves))
    verdict = classify.compare(small, [asked(poor)])
    assert not verdict.promoted
    assert any("ขอคำปรึกษา" in reason for reason in verdict.reasons)


def test_on_what_officers_confirmed_not_one_may_be_lost(small: classify.TrainedModel) -> None:
    """On the first set one lost text is enough; on the others it may have been luck."""
    known = [
        each for each in HELD if classify.compare(None, [named("x", [each], small)]).sets[0].after
    ]
    turned = replace(small.lines.leaves, weights=-small.lines.leaves.weights)
    blind = replace(small, lines=replace(small.lines, leaves=turned))
    lost = [e for e in known if not classify.compare(None, [named("x", [e], blind)]).sets[0].after]
    good = named("tested", known, small)
    assert not classify.compare(small, [named("confirmed", lost[:1], blind), good]).promoted
    assert classify.compare(small, [good, named("other", lost[:1], blind)]).promoted


def named(name: str, texts: Sequence[Example], model: classify.TrainedModel) -> classify.Question:
    return classify.Question(name, texts, model)


@pytest.mark.parametrize(
    ("lost", "won", "chance"),
    [(0, 0, 1.0), (0, 9, 1.0), (1, 0, 0.5), (5, 0, 1 / 32), (3, 1, 5 / 16), (8, 2, 56 / 1024)],
)
def test_luck_is_counted_exactly(lost: int, won: int, chance: float) -> None:
    assert chance_of(lost, won) == pytest.approx(chance)
