"""The ways to draw a line between categories; each ends as weights and a bias."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import ComplementNB
from sklearn.svm import LinearSVC

from classify.features import Bools, Floats

Method = Literal["svm", "logistic", "bayes"]
STRENGTH: dict[Method, float] = {"svm": 0.2, "logistic": 10.0, "bayes": 0.5}
_CLOSE = 0.01  # how near the best line is near enough; nearer changes no decision
_ROUNDS = 30  # of logistic regression, which takes seconds for each
_PROCESSES = 2
_MUCH = 1e8  # numbers looked at in a round over all columns: worth the start of processes
_PARTS = ("data", "indices", "indptr")  # of a sparse matrix


def fit_line(
    table: csr_matrix,
    first: Sequence[int],
    second: Sequence[int | None],
    classes: int,
    method: Method,
    pull: Floats,
    strength: float | None = None,
) -> tuple[Floats, Floats]:
    """Return a row of weights for each class, and the biases.

    ``first`` is the class of each text, ``second`` another one that it carries too; only the
    support vector machine, which asks for each class alone, makes use of it. ``pull`` is how much
    each text counts, ``strength`` how hard all of them pull (C, or the smoothing of naive Bayes).
    """
    strength = STRENGTH[method] if strength is None else strength
    if method == "bayes":
        bayes = ComplementNB(alpha=strength).fit(table, first, pull)
        return np.asarray(bayes.feature_log_prob_), np.zeros(classes)
    if method == "svm":
        return _one_for_each(table, first, second, classes, strength, pull)
    line = LogisticRegression(C=strength, class_weight="balanced", max_iter=_ROUNDS)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # more rounds change its rank no more
        line.fit(table, first, pull)
    weights, bias = np.asarray(line.coef_), np.asarray(line.intercept_)
    if len(bias) == 1:  # two classes share one line
        weights, bias = np.vstack([-weights, weights]) / 2, np.concatenate([-bias, bias]) / 2
    return weights, bias


def _one_for_each(
    table: csr_matrix,
    first: Sequence[int],
    second: Sequence[int | None],
    classes: int,
    strength: float,
    pull: Floats,
) -> tuple[Floats, Floats]:
    """Ask of each class alone whether a text carries it."""
    carried = np.zeros((len(first), classes), bool)
    carried[np.arange(len(first)), first] = True
    for row, other in enumerate(second):
        if other is not None:
            carried[row, other] = True
    return fit_each(table, carried, pull, strength)


def fit_each(
    table: csr_matrix, carried: Bools, pull: Floats, strength: float = STRENGTH["svm"]
) -> tuple[Floats, Floats]:
    """Return a line for each column of ``carried``, which tells for each text whether it is so.

    Much work is shared among processes: the library draws its random numbers from one place, so
    that threads would disturb each other and no two trainings be the same.
    """
    columns = list(carried.T)
    if table.nnz * len(columns) < _MUCH:
        fitted = [_fit(table, column, pull, strength) for column in columns]
    else:
        fitted = _side_by_side(table, columns, pull, strength)
    return np.vstack([weights for weights, _ in fitted]), np.asarray([bias for _, bias in fitted])


def _fit(table: csr_matrix, column: Bools, pull: Floats, strength: float) -> tuple[Floats, float]:
    if column.all() or not column.any():  # nothing to tell apart
        return np.zeros(table.shape[1]), 1.0 if column.all() else -1.0
    line = LinearSVC(C=strength, class_weight="balanced", tol=_CLOSE, dual=True, random_state=0)
    line.fit(table, column, pull)
    return np.asarray(line.coef_[0]), float(line.intercept_[0])


def _side_by_side(
    table: csr_matrix, columns: list[Bools], pull: Floats, strength: float
) -> list[tuple[Floats, float]]:
    """Fit in processes of their own, which read the table from files instead of copying it."""
    with (
        TemporaryDirectory() as name,
        ProcessPoolExecutor(
            _PROCESSES, get_context("spawn"), _open_table, (name, table.shape)
        ) as processes,
    ):
        for part in _PARTS:
            np.save(Path(name) / f"{part}.npy", getattr(table, part))
        jobs = [processes.submit(_fit_opened, column, pull, strength) for column in columns]
        return [job.result() for job in jobs]


_opened: csr_matrix | None = None  # of a child process, set once by _open_table


def _open_table(folder: str, shape: tuple[int, int]) -> None:
    global _opened
    parts = tuple(np.load(Path(folder) / f"{part}.npy", mmap_mode="r") for part in _PARTS)
    _opened = csr_matrix(parts, shape=shape, copy=False)


def _fit_opened(column: Bools, pull: Floats, strength: float) -> tuple[Floats, float]:
    assert _opened is not None
    return _fit(_opened, column, pull, strength)
