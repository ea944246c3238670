"""How good a set of predictions is, and how sure it may be taken to be."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import f1_score

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
_FEWEST_ACCEPTED = 20  # fewer accepted texts prove nothing about precision
_BINS = 10
NEVER = 0.99  # so sure is next to nothing


@dataclass(frozen=True, slots=True)
class Scores:
    """Measures between 0 and 1; ``coverage`` is the share of texts not abstained from."""

    top1: float
    top3: float
    macro_f1: float
    ece: float
    coverage: float
    precision: float


def score(chances: Floats, truth: Ints, threshold: float, also: Ints | None = None) -> Scores:
    """Return the scores of predicted probabilities (a row per text) against the truth.

    ``also`` is a second class that is true as well, -1 where there is none: a text is right with
    either.
    """
    order = np.argsort(-chances, axis=1)
    best = chances.max(axis=1)
    first = order[:, 0]
    right = is_right(first, truth, also)
    accepted = best >= threshold
    among = [is_right(order[:, place], truth, also) for place in range(min(3, order.shape[1]))]
    meant = np.where(right, first, truth)
    return Scores(
        top1=float(right.mean()),
        top3=float(np.any(among, axis=0).mean()),
        macro_f1=float(f1_score(meant, first, average="macro", zero_division=0)),
        ece=calibration_error(best, right),
        coverage=float(accepted.mean()),
        precision=float(right[accepted].mean()) if accepted.any() else 0.0,
    )


def is_right(said: Ints, truth: Ints, also: Ints | None = None) -> NDArray[np.bool_]:
    """Tell for each text whether what was said is true."""
    right = said == truth
    return np.asarray(right if also is None else right | (said == also))


def calibration_error(best: Floats, right: NDArray[np.bool_]) -> float:
    """Return the expected calibration error: how far stated and true sureness lie apart."""
    bins = np.minimum((best * _BINS).astype(int), _BINS - 1)
    error = 0.0
    for each in range(_BINS):
        inside = bins == each
        if inside.any():
            error += inside.mean() * abs(best[inside].mean() - right[inside].mean())
    return float(error)


def threshold_for(
    chances: Floats, truth: Ints, precision: float, also: Ints | None = None
) -> float:
    """Return the lowest probability above which at least ``precision`` of the texts are right."""
    right = is_right(chances.argmax(axis=1).astype(np.int64), truth, also)
    return lowest_right(chances.max(axis=1), right, precision)


def lowest_right(sure: Floats, right: NDArray[np.bool_], precision: float) -> float:
    """Return the lowest sureness from which at least ``precision`` of what is said is right."""
    order = np.argsort(-sure, kind="stable")
    share = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    enough = np.flatnonzero(share >= precision)
    enough = enough[enough >= _FEWEST_ACCEPTED - 1]
    if not len(enough):
        return NEVER
    return float(sure[order[enough[-1]]])
