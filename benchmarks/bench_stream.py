"""``python -m benchmarks.bench_stream``: a stream of confirmations, learned from as it comes.

The real reports of ../shared/complaints, one label each, are confirmed one after the other; after
0, 50, 200, 500 and 1,500 of them the classifier is trained as the product trains it, and asked for
the labels of the last 479, which nothing learns from. Beside it stand other classifiers, each tuned
by cross-validation on all 1,500 at once. The labels are the mains of a list of categories of its
own; the parts of ours that mean the same are merged into them, as an office would do it.
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table
from sklearn.calibration import CalibratedClassifierCV
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV
from sklearn.naive_bayes import ComplementNB
from sklearn.pipeline import FeatureUnion, Pipeline
from sklearn.svm import LinearSVC

import classify
from benchmarks.noise import noisy
from classify.categories import Categories, parse_categories
from classify.features import squeezed
from classify.model import TrainedModel, chances, look
from classify.scores import Floats, Ints, Scores, score, threshold_for

STREAM = Path(__file__).parents[2] / "shared" / "complaints" / "traffy-sample.jsonl"
STEPS = (0, 50, 200, 500, 1500)
NOISES = (0.0, 0.02, 0.05, 0.10)
_SURE = 0.95
_MEANS = {  # our codes, and the label that says the same
    "HARDSHIP.ROAD": "ถนน",
    "HARDSHIP.FLOOD": "น้ำท่วม",
    "HARDSHIP.WASTE": "ความสะอาด",
    "HARDSHIP.ELECTRIC": "แสงสว่าง",
    "HARDSHIP.NUISANCE": "เสียงรบกวน",
    "HARDSHIP.ANIMAL": "สัตว์จรจัด",
}

Labelled = tuple[str, str]


def stream() -> list[Labelled]:
    """Return the reports with their labels, in an order of chance that is always the same."""
    rows = [json.loads(line) for line in STREAM.read_text("utf-8").splitlines()]
    found = [(row["text"], row["label"]) for row in rows]
    random.Random(1567).shuffle(found)
    return found


def categories_of(labels: Sequence[str]) -> Categories:
    """Return the list of categories that has these labels, with ours merged into them."""
    codes = {label: f"TOPIC_{number}" for number, label in enumerate(sorted(set(labels)))}
    mains: list[dict[str, Any]] = [{"code": code, "label": label} for label, code in codes.items()]
    for main in classify.load_categories().every:
        if main.main is None:
            subs = [
                {"code": sub.code.partition(".")[2], "label": sub.label}
                | ({"merged_into": codes[_MEANS[sub.code]]} if sub.code in _MEANS else {})
                for sub in classify.load_categories().subs(main.code)
            ]
            mains.append({"code": main.code, "label": main.label, "retired": True, "sub": subs})
    return parse_categories({"main": mains})


def print_stream(console: Console) -> None:
    """Print the learning curve and the comparison."""
    if not STREAM.exists():
        console.print("ไม่มี ../shared/complaints ในเครื่องนี้ จึงไม่ได้วัดการเรียนจากเรื่องจริง")
        return
    every = stream()
    confirmed, asked = every[: STEPS[-1]], every[STEPS[-1] :]
    categories = categories_of([label for _, label in every])
    table = Table(
        "model", "confirmed", "noise", "macro-F1", "top-1", "top-3", "ECE", "cov@95", "trained in",
        title=f"Real reports, {len(asked)} asked, {len(confirmed)} confirmed at most",
    )  # fmt: skip
    for step in STEPS:
        start = time.perf_counter()
        model = _learned(confirmed[:step], categories)
        took = time.perf_counter() - start
        for noise in NOISES if step == STEPS[-1] else (0.0,):
            _row(table, "saraban", str(step), noise, *_ask(model, asked, noise), took)
    for name, fit in _others().items():
        start = time.perf_counter()
        tuned = fit(confirmed)
        took = time.perf_counter() - start
        for noise in (0.0, 0.05):
            _row(table, name, str(STEPS[-1]), noise, *_ask_other(tuned, asked, noise), took)
    console.print(table)


def _learned(confirmed: Sequence[Labelled], categories: Categories) -> TrainedModel:
    code = {each.label: each.code for each in categories.mains()}
    real = [classify.Example(text, code[label], confirmed=True) for text, label in confirmed]
    return classify.train([*classify.seed_examples(), *real], 1, categories)


def _ask(model: TrainedModel, asked: Sequence[Labelled], noise: float) -> tuple[Floats, Ints]:
    rng = random.Random(5)
    codes = [each.code for each in model.categories.mains()]
    labels = [each.label for each in model.categories.mains()]
    rows = []
    for text, _ in asked:
        seen = squeezed(noisy(text, noise, rng).split("\n"))
        said = chances(model, look(seen, model.lines.runs, model.lines.words)).mains
        rows.append([said.get(code, 0.0) for code in codes])
    return np.asarray(rows), np.asarray([labels.index(label) for _, label in asked], np.int64)


def _others() -> dict[str, Callable[[Sequence[Labelled]], Any]]:
    """Return what a user would build of scikit-learn, each with its own search for strength."""
    return {
        "logistic regression": lambda known: _tuned(
            known, LogisticRegression(max_iter=500), {"it__C": [1.0, 3.0, 10.0, 30.0]}
        ),
        "linear SVM, calibrated": lambda known: _calibrated(
            _tuned(known, LinearSVC(), {"it__C": [0.03, 0.1, 0.3, 1.0]}), known
        ),
        "complement naive Bayes": lambda known: _tuned(
            known, ComplementNB(), {"it__alpha": [0.03, 0.1, 0.3, 1.0]}
        ),
    }


def _tuned(known: Sequence[Labelled], model: Any, grid: dict[str, list[float]]) -> Any:
    pipeline = Pipeline([("features", _features()), ("it", model)])
    search = GridSearchCV(pipeline, grid, cv=5, n_jobs=1)
    search.fit([text for text, _ in known], [label for _, label in known])
    return search.best_estimator_


def _calibrated(tuned: Any, known: Sequence[Labelled]) -> Any:
    whole = CalibratedClassifierCV(tuned, cv=5)
    whole.fit([text for text, _ in known], [label for _, label in known])
    return whole


def _features() -> FeatureUnion:
    return FeatureUnion(
        [
            ("runs", TfidfVectorizer(
                analyzer="char", ngram_range=(2, 4), sublinear_tf=True, min_df=2)),
            ("words", TfidfVectorizer(
                analyzer=_words, sublinear_tf=True, min_df=2)),
        ]
    )  # fmt: skip


def _words(text: str) -> list[str]:
    return [word.text for word in squeezed(text.split("\n")).words]


def _ask_other(model: Any, asked: Sequence[Labelled], noise: float) -> tuple[Floats, Ints]:
    rng = random.Random(5)
    labels = list(model.classes_)
    rows = model.predict_proba([noisy(text, noise, rng) for text, _ in asked])
    truth = np.asarray([labels.index(label) for _, label in asked], np.int64)
    return np.asarray(rows), truth


def _row(
    table: Table, name: str, confirmed: str, noise: float, rows: Floats, truth: Ints, took: float
) -> None:
    said: Scores = score(rows, truth, threshold_for(rows, truth, _SURE))
    figures = (said.macro_f1, said.top1, said.top3, said.ece, said.coverage)
    table.add_row(
        name, confirmed, f"{noise:.0%}", *(f"{figure:.3f}" for figure in figures), f"{took:.0f} s"
    )


if __name__ == "__main__":
    print_stream(Console(width=140))
