"""How far a model may be believed, and where it keeps silent: set by texts it had not seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize, minimize_scalar
from sklearn.linear_model import LogisticRegression

from classify.features import Floats, Ints
from classify.fitting import Codes, Trial
from classify.model import Limits, Sureness, softmax
from classify.scores import NEVER, Scores, lowest_right, score, threshold_for
from models.terms import main_of

_SURE, _SURE_OF_PART = 0.95, 0.90  # the precision that a proposal must reach
_SURE_OF_SECOND = 0.80
_SURE_OF_KIND = 0.98
_SURE_OF_DANGER = 0.7  # three of ten alarms may be too many, so that few are missed
_LOOSE = 100.0  # a sigmoid has two numbers: there is nothing to hold down
_STRANGE = 0.85  # of the hundredth part of texts with the fewest known runs


@dataclass(frozen=True, slots=True)
class Calibrated:
    """The limits, and the scores of the trial that they were set by."""

    sureness: Sureness
    limits: Limits
    scores: Scores
    leaf_scores: Scores


@dataclass(frozen=True, slots=True)
class _Said:
    """Probabilities, a row for each text, and the numbers of the true classes (-1: none)."""

    chances: Floats
    truth: Ints
    also: Ints


def calibrate(trial: Trial, codes: Codes) -> Calibrated:
    """Return what the lines' trial says of their sureness."""
    truth = numbered(codes.leaves, [codes.leaf_of(each) for each in trial.examples])
    also = numbered(codes.leaves, [each.second for each in trial.examples])
    main_truth = numbered(codes.mains, [each.main for each in trial.examples])
    main_also = numbered(codes.mains, [main_of(each.second or "") for each in trial.examples])
    above = np.asarray([codes.mains.index(main_of(code)) for code in codes.leaves])
    paper_heat, complaint, paper = _kind_limits(trial)
    sureness = _sureness(trial.leaves, above, truth, main_truth, paper_heat)
    main_shares, shares = sureness.shares(trial.leaves, above)
    told = truth >= 0
    leaves = _Said(shares[told], truth[told], also[told])
    mains = _Said(main_shares, main_truth, main_also)
    main_limit = threshold_for(mains.chances, mains.truth, _SURE, mains.also)
    leaf_limit = threshold_for(leaves.chances, leaves.truth, _SURE_OF_PART, leaves.also)
    limits = Limits(
        main=main_limit,
        leaf=leaf_limit,
        second=_second_limit(leaves),
        complaint=complaint,
        paper=paper,
        danger=lowest_right(trial.dangers, trial.in_danger, _SURE_OF_DANGER),
        familiarity=float(np.quantile(trial.known, 0.01)) * _STRANGE,
    )
    return Calibrated(
        sureness,
        limits,
        score(mains.chances, mains.truth, main_limit, mains.also),
        score(leaves.chances, leaves.truth, leaf_limit, leaves.also),
    )


def _sureness(
    logits: Floats, above: Ints, truth: Ints, main_truth: Ints, paper_heat: float
) -> Sureness:
    """Return what makes stated and true sureness agree, of parts and of main categories."""
    told = truth >= 0
    slopes, offsets = _sigmoids(logits[told], truth[told])

    def of(exponents: Floats) -> Sureness:
        heat, main_heat = (float(each) for each in np.exp(exponents))
        return Sureness(slopes, offsets, heat, main_heat, paper_heat)

    def loss(exponents: Floats) -> float:
        mains, leaves = of(exponents).shares(logits, above)
        return _surprise(mains, main_truth) + _surprise(leaves[told], truth[told])

    start = {"initial_simplex": [[0.0, 0.0], [-1.0, 0.0], [0.0, -1.0]]}
    return of(minimize(loss, [0.0, 0.0], method="Nelder-Mead", tol=1e-3, options=start).x)


def _sigmoids(logits: Floats, truth: Ints) -> tuple[Floats, Floats]:
    """Return slope and offset of each leaf's sigmoid; a leaf that is never true has that of all."""
    leaves = logits.shape[1]
    is_it = np.arange(leaves) == truth[:, None]
    of_all = LogisticRegression(C=_LOOSE).fit(logits.reshape(-1, 1), is_it.ravel())
    slopes = np.full(leaves, float(of_all.coef_[0, 0]))
    offsets = np.full(leaves, float(of_all.intercept_[0]))
    for leaf in np.unique(truth):
        own = LogisticRegression(C=_LOOSE).fit(logits[:, [leaf]], is_it[:, leaf])
        slopes[leaf], offsets[leaf] = float(own.coef_[0, 0]), float(own.intercept_[0])
    return slopes, offsets


def temperature(logits: Floats, truth: Ints) -> float:
    """Return the number to divide logits by, so that stated and true sureness agree."""

    def loss(exponent: float) -> float:
        return _surprise(softmax(logits / np.exp(exponent)), truth)

    return float(np.exp(minimize_scalar(loss, bounds=(-3.0, 3.0), method="bounded").x))


def _surprise(shares: Floats, truth: Ints) -> float:
    return float(-np.log(shares[np.arange(len(truth)), truth] + 1e-12).mean())


def _second_limit(leaves: _Said) -> float:
    """Return the probability from which the second in the ranking is true as well.

    A pair is right when both its categories are.
    """
    order = np.argsort(-leaves.chances, axis=1)[:, :2]
    sure = np.take_along_axis(leaves.chances, order[:, 1:], axis=1)[:, 0]
    both = np.sort(order, axis=1) == np.sort(np.column_stack([leaves.truth, leaves.also]), axis=1)
    return lowest_right(sure, both.all(axis=1), _SURE_OF_SECOND)


def _kind_limits(trial: Trial) -> tuple[float, float, float]:
    """Return a temperature, and the probabilities that prove a complaint, and no complaint."""
    if not len(trial.papers):
        return 1.0, NEVER, 1 - NEVER
    heat = temperature(trial.papers, trial.is_paper)
    complaint = softmax(trial.papers / heat)[:, 0]
    is_one = trial.is_paper == 0
    sure = lowest_right(complaint, is_one, _SURE_OF_KIND)
    return heat, max(sure, 0.5), min(1 - lowest_right(1 - complaint, ~is_one, _SURE_OF_KIND), 0.5)


def numbered(codes: Sequence[str], named: Sequence[str | None]) -> Ints:
    """Return the number of each named code, -1 where it is none of these."""
    number = {code: n for n, code in enumerate(codes)}
    return np.asarray([number.get(code or "", -1) for code in named], np.int64)
