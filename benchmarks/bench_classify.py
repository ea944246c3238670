"""``python -m benchmarks.bench_classify``: the ways to classify, side by side.

Three measures of each: texts of the corpus never learned from, the same inside whole letters
drawn from the measuring part of benchmarks.drawing, and cross-validation on the seed corpus.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Sequence
from pathlib import Path
from typing import get_args

import numpy as np

import classify
from benchmarks.drawing.chance import random_letter
from classify.features import squeezed
from classify.lines import Method
from classify.model import look, probabilities
from classify.noise import misread
from classify.scores import Floats, Ints, score, threshold_for
from models.letters import Line, OcrPage, PageState
from models.terms import LetterKind

_TRAFFY = Path(__file__).parents[2] / "shared" / "complaints" / "traffy-sample.jsonl"
_NAMES = {"svm": "linear SVM", "logistic": "logistic regression", "bayes": "complement NB"}
_HEAD = ("texts", "noise", "macro-F1", "top-1", "top-3", "ECE", "cov@95", "propose", "right")
Labelled = Sequence[tuple[str, str]]


def main(arguments: list[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bench_classify")
    parser.add_argument("--letters", type=int, default=80)
    args = parser.parse_args(arguments)
    held = [(e.text, e.main) for e in classify.held_out_examples()]
    letters = _letters(args.letters)
    examples = classify.seed_examples()
    print(f"{len(examples)} texts learned, {len(held)} held out, {len(letters)} whole letters")
    print(
        "cov@95: share answered where 95 % are right; propose/right: at the model's own threshold"
    )
    for method in get_args(Method):
        start = time.perf_counter()
        model = classify.train(examples, 1, method=method)
        took = time.perf_counter() - start
        print(f"\n{_NAMES[method]}: trained in {took:.1f} s, predicts in {_speed(model, letters)}")
        print("  " + "".join(f"{name:>10}" for name in _HEAD))
        own = model.card.scores
        print(f"  {'cross-val':>10}{'mixed':>10}{own.macro_f1:10.3f}{own.top1:10.3f}"
              f"{own.top3:10.3f}{own.ece:10.3f}{own.coverage:10.3f}"
              f"{own.coverage:10.3f}{own.precision:10.3f}")  # fmt: skip
        for name, labelled in (("held-out", held), ("letters", letters)):
            for rate in (0.0, 0.05):
                print(_row(name, rate, *_predict(model, labelled, rate), model.threshold))
    if _TRAFFY.exists():
        print("\nshared/complaints/traffy-sample.jsonl is there: a later benchmark learns from it")


def _letters(count: int) -> Labelled:
    """Return whole letters of complainants as they would read without a single misreading."""
    rng = random.Random(11)
    drawn = [random_letter(LetterKind.COMPLAINT, rng, "measuring") for _ in range(count)]
    return [
        ("\n".join(
            part for part in (*a.office, f"เรื่อง {a.subject}", f"เรียน {a.addressee}", *a.body,
                              a.closing, a.signatory) if part
        ), a.category or "OTHER")
        for a in drawn
    ]  # fmt: skip


def _predict(model: classify.TrainedModel, labelled: Labelled, rate: float) -> tuple[Floats, Ints]:
    rng = random.Random(3)
    chances = []
    for text, _ in labelled:
        seen = misread(text, rate, rng) if rate else text
        chances.append(
            probabilities(model, look(squeezed(seen.split("\n")), model.runs, model.words))
        )
    truth = np.asarray([model.codes.index(code) for _, code in labelled], np.int64)
    return np.asarray(chances), truth


def _row(name: str, rate: float, chances: Floats, truth: Ints, threshold: float) -> str:
    own = score(chances, truth, threshold)
    best = score(chances, truth, threshold_for(chances, truth, 0.95))
    figures = (own.macro_f1, own.top1, own.top3, own.ece, best.coverage, own.coverage,
               own.precision)  # fmt: skip
    return f"  {name:>10}{rate:10.0%}" + "".join(f"{figure:10.3f}" for figure in figures)


def _speed(model: classify.TrainedModel, labelled: Labelled) -> str:
    pages = [
        [OcrPage(1, 0, 0, PageState.READ, tuple(Line(t, None, 1.0) for t in text.split("\n")))]
        for text, _ in labelled
    ]
    classify.suggest(pages[0], model)
    start = time.perf_counter()
    for each in pages:
        classify.suggest(each, model)
    return f"{(time.perf_counter() - start) / len(pages) * 1000:.1f} ms with its evidence"


if __name__ == "__main__":
    main()
