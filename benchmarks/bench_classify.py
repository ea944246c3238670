"""``python -m benchmarks.bench_classify``: the ways to classify, side by side, on unseen texts.

The texts are the corpus's test part, written by another author than what is learned from, with
0, 2, 5 and 10 % of their letters misread: as our reader misreads them (``classify.noise``) and, for
the way that is kept, as ``benchmarks.noise`` does, which training knows nothing of.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import get_args

import numpy as np
from rich.console import Console
from rich.table import Table

import classify
from benchmarks.bench_scale import print_scale
from benchmarks.bench_stream import NOISES, print_stream
from benchmarks.drawing.chance import random_letter
from benchmarks.noise import noisy
from classify.calibrating import numbered
from classify.features import squeezed
from classify.lines import Method
from classify.model import chances, look
from classify.noise import misread
from classify.scores import Bools, Floats, Ints, Scores, score, threshold_for
from models.letters import Line, OcrPage, PageState
from models.terms import Danger, LetterKind, main_of
from saraban.office import now

_NAMES = {"svm": "linear SVM", "logistic": "logistic regression", "bayes": "complement NB"}
_SURE = 0.95
_HEAD = ("way", "asked", "misread", "macro-F1", "top-1", "top-3", "ECE", "cov@95", "proposed",
         "right of these")  # fmt: skip

Misread = Callable[[str, float, random.Random], str]


@dataclass(frozen=True, slots=True)
class Answers:
    """A row of probabilities for each text, and the numbers of what is true of it."""

    mains: Floats
    leaves: Floats
    main_truth: Ints
    main_also: Ints
    leaf_truth: Ints
    leaf_also: Ints


def main(arguments: list[str] | None = None) -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bench_classify")
    parser.add_argument("--quick", action="store_true", help="only the way that is kept")
    args = parser.parse_args(arguments)
    console = Console(width=150)
    examples, held = classify.seed_examples(), classify.held_out_examples()
    complaints = [each for each in held if each.main]
    console.print(f"{len(examples)} texts learned from, {len(held)} asked")
    methods: Sequence[Method] = ("svm",) if args.quick else get_args(Method)
    table = Table(*_HEAD, title="Unseen texts of the corpus")
    kept: classify.TrainedModel | None = None
    for method in methods:
        start = time.perf_counter()
        model = classify.train(examples, 1, method=method)
        console.print(f"{_NAMES[method]}: trained in {time.perf_counter() - start:.0f} s")
        kept = kept or model
        for noise in NOISES:
            _rows(table, _NAMES[method], model, _ask(model, complaints, noise, misread), noise)
    assert kept is not None
    for noise in NOISES[1:]:
        _rows(table, "linear SVM, other noise", kept, _ask(kept, complaints, noise, noisy), noise)
    console.print(table)
    console.print(_kinds(kept, held))
    console.print(_alarms(kept, held))
    _cost(console, kept)
    print_stream(console)
    print_scale(console)


def _ask(
    model: classify.TrainedModel, asked: Sequence[classify.Example], noise: float, how: Misread
) -> Answers:
    rng = random.Random(3)
    leaves = model.lines.leaves.codes
    mains = sorted({main_of(code) for code in leaves})
    rows = []
    for each in asked:
        text = how(each.text, noise, rng) if noise else each.text
        seen = look(squeezed(text.split("\n")), model.lines.runs, model.lines.words)
        rows.append(chances(model, seen))
    return Answers(
        np.asarray([[said.mains[code] for code in mains] for said in rows]),
        np.asarray([[said.leaves[code] for code in leaves] for said in rows]),
        numbered(mains, [each.main for each in asked]),
        numbered(mains, [main_of(each.second or "") for each in asked]),
        numbered(leaves, [each.code for each in asked]),
        numbered(leaves, [each.second for each in asked]),
    )


def _rows(
    table: Table, way: str, model: classify.TrainedModel, said: Answers, noise: float
) -> None:
    limits = model.limits
    for what, rows, truth, also, limit in (
        ("main", said.mains, said.main_truth, said.main_also, limits.main),
        ("part", said.leaves, said.leaf_truth, said.leaf_also, limits.leaf),
    ):
        own = score(rows, truth, limit, also)
        best = score(rows, truth, threshold_for(rows, truth, _SURE, also), also)
        table.add_row(way, what, f"{noise:.0%}", *_figures(own, best))


def _figures(own: Scores, best: Scores) -> list[str]:
    figures = (own.macro_f1, own.top1, own.top3, own.ece, best.coverage, own.coverage,
               own.precision)  # fmt: skip
    return [f"{figure:.3f}" for figure in figures]


def _kinds(model: classify.TrainedModel, held: Sequence[classify.Example]) -> Table:
    table = Table("text", "asked", "said complaint", "said paper", "not sure",
                  title="A complaint, or a paper about complaints")  # fmt: skip
    for name, papers in (("complaint", False), ("paper", True)):
        own = [each for each in held if (each.main is None) is papers]
        said = [classify.suggest([_page(each.text)], model).is_complaint for each in own]
        counts = (said.count(True), said.count(False), said.count(None))
        table.add_row(name, str(len(own)), *map(str, counts))
    return table


def _alarms(model: classify.TrainedModel, held: Sequence[classify.Example]) -> Table:
    table = Table("danger", "marked", "alarms", "marked and alarmed", "recall", "precision",
                  title="Alarms")  # fmt: skip
    raised = [{a.danger for a in classify.alarms([_page(each.text)], model)} for each in held]
    _alarm_row(table, "any", np.asarray([bool(each.dangers) for each in held]),
               np.asarray([bool(each) for each in raised]))  # fmt: skip
    for danger in Danger:
        due = np.asarray([danger in each.dangers for each in held])
        _alarm_row(table, danger.value, due, np.asarray([danger in each for each in raised]))
    return table


def _alarm_row(table: Table, name: str, due: Bools, raised: Bools) -> None:
    both = int((due & raised).sum())
    recall = both / due.sum() if due.any() else float("nan")
    precision = both / raised.sum() if raised.any() else float("nan")
    counts = (int(due.sum()), int(raised.sum()), both)
    table.add_row(name, *map(str, counts), f"{recall:.2f}", f"{precision:.2f}")


def _cost(console: Console, model: classify.TrainedModel) -> None:
    """Print the time of a suggestion with its evidence, and the size of the model's file."""
    rng = random.Random(11)
    letters = [random_letter(LetterKind.COMPLAINT, rng, "measuring") for _ in range(200)]
    pages = [[_page("\n".join((each.subject, *each.body)))] for each in letters]
    classify.suggest(pages[0], model)
    start = time.perf_counter()
    for each in pages:
        classify.suggest(each, model)
    took = (time.perf_counter() - start) / len(pages)
    with TemporaryDirectory() as name:
        version = classify.save(model, Path(name), now())
        size = (Path(name) / f"{version}.skops").stat().st_size
    console.print(f"a suggestion with its evidence: {took * 1000:.1f} ms; "
                  f"the model's file: {size / 2**20:.1f} MiB")  # fmt: skip


def _page(text: str) -> OcrPage:
    lines = tuple(Line(line, None, 1.0) for line in text.split("\n"))
    return OcrPage(1, 0, 0, PageState.READ, lines)


if __name__ == "__main__":
    main()
