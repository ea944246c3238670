"""Training: from examples to a calibrated model that knows when to abstain."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from importlib.metadata import version

from classify.calibrating import calibrate
from classify.categories import Categories, load_categories
from classify.corpus import Example, telling_words
from classify.fitting import FEWEST, Codes, cross_validate, enough, fit
from classify.lessons import Lesson, lessons, word_lessons
from classify.lines import Method
from classify.model import PAPER, Card, TrainedModel
from models.terms import main_of

_MOST_REAL = 500  # real letters of one code; more say little more and cost much
_LIBRARIES = ("numpy", "pythainlp", "scikit-learn", "scipy", "skops")  # words and weights hang on


class TooFewExamples(ValueError):
    """There are too few examples, or too few categories, to learn anything."""


def train(
    examples: Sequence[Example],
    noise_seed: int,
    categories: Categories | None = None,
    method: Method = "svm",
) -> TrainedModel:
    """Return a model trained on the examples; the same examples and seed give the same model.

    A category with fewer than five examples is left out until there are more. The method is the
    one that did best in benchmarks/bench_classify.py; others are for comparing.

    Raises:
        TooFewExamples: fewer than two main categories have examples enough.
    """
    known = categories or load_categories()
    today = [renewed for each in examples if (renewed := in_use(each, known)) is not None]
    codes = enough(today)
    if len(codes.mains) < 2:
        raise TooFewExamples(f"need at least two main categories with {FEWEST} examples each")
    some, lists = _lessons(today, known, codes, noise_seed)
    usable = [lesson.example for lesson in some]
    trial = cross_validate(some, lists, codes, method)
    calibrated = calibrate(trial, codes)
    lines = fit([*some, *lists], codes, method)
    counts = Counter(each.code or PAPER for each in usable)
    card = Card(
        examples=dict(sorted(counts.items())),
        confirmed=sum(each.confirmed for each in usable),
        left_out=_left_out(examples, today, codes),
        noise_seed=noise_seed,
        features=lines.leaves.weights.shape[1],
        scores=calibrated.scores,
        leaf_scores=calibrated.leaf_scores,
        libraries={name: version(name) for name in _LIBRARIES},
    )
    return TrainedModel(lines, calibrated.sureness, calibrated.limits, card, known)


def newest(examples: Sequence[Example]) -> list[Example]:
    """Return the examples with, of real letters, the last so many of each code.

    They come in the order in which they were decided: what is written today is what counts.
    """
    counts: Counter[str | None] = Counter()
    kept = []
    for each in reversed(examples):
        counts[each.code] += each.confirmed
        if not each.confirmed or counts[each.code] <= _MOST_REAL:
            kept.append(each)
    return kept[::-1]


def _lessons(
    examples: Sequence[Example], categories: Categories, codes: Codes, noise_seed: int
) -> tuple[list[Lesson], list[Lesson]]:
    """Return lessons of the examples that have codes, and of the telling words of these codes."""
    today = newest([each for one in examples if (each := in_use(one, categories)) is not None])
    usable = [each for each in today if each.main is None or each.main in codes.mains]
    told = [each for one in telling_words() if (each := in_use(one, categories)) is not None]
    words = [each for each in told if each.main in codes.mains]
    return lessons(usable, random.Random(noise_seed)), word_lessons(words, usable)


def refit(model: TrainedModel, examples: Sequence[Example]) -> TrainedModel:
    """Return the model with its lines fitted through other examples, its limits as they were.

    For comparing what is ranked first; how sure it is of it was not found anew.
    """
    codes = Codes(
        tuple(sorted({main_of(code) for code in model.lines.leaves.codes})),
        model.lines.leaves.codes,
        model.lines.papers is not None,
    )
    some, lists = _lessons(examples, model.categories, codes, model.card.noise_seed)
    return replace(model, lines=fit([*some, *lists], codes, "svm"))


def in_use(example: Example, categories: Categories) -> Example | None:
    """Return the example with the codes that its own mean today, None where they mean nothing."""
    if example.main is None:
        return example
    category = categories.in_force(example.code or "") or categories.in_force(example.main)
    if category is None:
        return None
    other = categories.in_force(example.second) if example.second else None
    second = other.code if other is not None and other.code != category.code else None
    sub = category.code if category.main else None
    return replace(example, main=category.main or category.code, sub=sub, second=second)


def _left_out(
    examples: Sequence[Example], today: Sequence[Example], codes: Codes
) -> Mapping[str, int]:
    few = Counter(
        str(each.code) for each in today if each.main is not None and not codes.leaf_of(each)
    )
    gone = len(examples) - len(today)
    return dict(sorted(few.items())) | ({"": gone} if gone else {})
