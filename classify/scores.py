"""How good a set of predictions is, and how sure it may be taken to be."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import f1_score

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
_FEWEST_ACCEPTED = 20  # fewer accepted texts prove nothing about precision
_BINS = 10


@dataclass(frozen=True, slots=True)
class Scores:
    """Measures between 0 and 1; ``coverage`` is the share of texts not abstained from."""

    top1: float
    top3: float
    macro_f1: float
    ece: float
    coverage: float
    precision: float


def score(chances: Floats, truth: Ints, threshold: float) -> Scores:
    """Return the scores of predicted probabilities (a row per text) against the truth."""
    order = np.argsort(-chances, axis=1)
    best = chances.max(axis=1)
    right = order[:, 0] == truth
    accepted = best >= threshold
    return Scores(
        top1=float(right.mean()),
        top3=float((order[:, :3] == truth[:, None]).any(axis=1).mean()),
        macro_f1=float(f1_score(truth, order[:, 0], average="macro", zero_division=0)),
        ece=calibration_error(best, right),
        coverage=float(accepted.mean()),
        precision=float(right[accepted].mean()) if accepted.any() else 0.0,
    )


def calibration_error(best: Floats, right: NDArray[np.bool_]) -> float:
    """Return the expected calibration error: how far stated and true sureness lie apart."""
    bins = np.minimum((best * _BINS).astype(int), _BINS - 1)
    error = 0.0
    for each in range(_BINS):
        inside = bins == each
        if inside.any():
            error += inside.mean() * abs(best[inside].mean() - right[inside].mean())
    return float(error)


def threshold_for(chances: Floats, truth: Ints, precision: float) -> float:
    """Return the lowest probability above which at least ``precision`` of the texts are right."""
    best = chances.max(axis=1)
    right = chances.argmax(axis=1) == truth
    order = np.argsort(-best)
    share = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    enough = np.flatnonzero(share >= precision)
    enough = enough[enough >= _FEWEST_ACCEPTED - 1]
    if not len(enough):
        return 0.99  # never that sure: propose next to nothing
    return float(best[order[enough[-1]]])
