"""Training: from examples to a calibrated model that knows when to abstain."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.optimize import minimize_scalar
from sklearn.model_selection import StratifiedKFold

from classify.categories import Categories, load_categories
from classify.corpus import Example, telling_words
from classify.features import Floats, Lexicon, fit_lexicons
from classify.lessons import Lesson, lessons, word_lessons
from classify.lines import Method, fit_line
from classify.model import Card, TrainedModel, look, matrix, softmax
from classify.scores import Ints, score, threshold_for

_FOLDS = 5
_SURE = 0.95  # the precision that a proposal must reach


class TooFewExamples(ValueError):
    """There are too few examples, or too few categories, to learn anything."""


@dataclass(frozen=True, slots=True)
class _Fitted:
    runs: Lexicon
    words: Lexicon
    weights: Floats
    bias: Floats


def train(
    examples: Sequence[Example],
    noise_seed: int,
    categories: Categories | None = None,
    method: Method = "svm",
) -> TrainedModel:
    """Return a model trained on the examples; the same examples and seed give the same model.

    The method is the one that did best in benchmarks/bench_classify.py; others are for comparing.
    """
    known = categories or load_categories()
    today = [replace(e, main=_today(e.main, known)) for e in examples]
    counts = Counter(e.main for e in today)
    if len(counts) < 2 or min(counts.values()) < _FOLDS:
        raise TooFewExamples(
            f"need at least two categories with {_FOLDS} examples each, got {dict(counts)}"
        )
    codes = tuple(sorted(counts))
    rng = random.Random(noise_seed)
    texts = lessons(today, rng)
    lists = word_lessons([w for w in telling_words() if w.main in counts], rng)

    logits, familiar, truth = _cross_validate(texts, lists, codes, method)
    temperature = _temperature(logits, truth)
    chances = softmax(logits / temperature)
    threshold = threshold_for(chances, truth, _SURE)

    whole = _fit([*texts, *lists], codes, method)
    card = Card(
        examples=dict(sorted(counts.items())),
        noise_seed=noise_seed,
        features=whole.weights.shape[1],
        scores=score(chances, truth, threshold),
    )
    floor = float(np.quantile(familiar, 0.01)) * 0.85
    return TrainedModel(
        codes, whole.runs, whole.words, whole.weights, whole.bias, temperature, threshold,
        floor, card, known,
    )  # fmt: skip


def _today(code: str, categories: Categories) -> str:
    """Return the code that an old example's code means today."""
    current = categories.current(code)
    return current.code if current is not None and current.main is None else code


def _cross_validate(
    texts: list[Lesson], lists: list[Lesson], codes: tuple[str, ...], method: Method
) -> tuple[Floats, Floats, Ints]:
    """Return logits and familiarity of texts that the fold's model never saw, and their truth."""
    logits: list[Floats] = []
    familiar: list[float] = []
    truth: list[int] = []
    folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=0)
    for known, aside in folds.split(np.zeros(len(texts)), [t.code for t in texts]):
        fitted = _fit([*(texts[n] for n in known), *lists], codes, method)
        seen = [look(c, fitted.runs, fitted.words) for n in aside for c in texts[n].copies]
        table = matrix(seen, fitted.runs, fitted.words)
        logits.append(np.asarray(table @ fitted.weights.T + fitted.bias))
        familiar += [each.runs.known for each in seen]
        truth += [codes.index(texts[n].code) for n in aside for _ in texts[n].copies]
    return np.concatenate(logits), np.asarray(familiar), np.asarray(truth, np.int64)


def _fit(from_lessons: list[Lesson], codes: tuple[str, ...], method: Method) -> _Fitted:
    texts = [copy for lesson in from_lessons for copy in lesson.copies]
    truth = [codes.index(lesson.code) for lesson in from_lessons for _ in lesson.copies]
    runs, words = fit_lexicons(texts)
    table = matrix([look(text, runs, words) for text in texts], runs, words)
    weights, bias = fit_line(table, truth, method)
    return _Fitted(runs, words, weights, bias)


def _temperature(logits: Floats, truth: Ints) -> float:
    """Return the number to divide logits by, so that stated and true sureness agree."""

    def loss(exponent: float) -> float:
        chances = softmax(logits / np.exp(exponent))
        return float(-np.log(chances[np.arange(len(truth)), truth] + 1e-12).mean())

    return float(np.exp(minimize_scalar(loss, bounds=(-3.0, 3.0), method="bounded").x))
