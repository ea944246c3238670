"""The ways to draw a line between categories; each ends as weights and a bias."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import ComplementNB
from sklearn.svm import LinearSVC

from classify.features import Floats

Method = Literal["svm", "logistic", "bayes"]


def fit_line(table: csr_matrix, truth: Sequence[int], method: Method) -> tuple[Floats, Floats]:
    """Return a row of weights for each class, and the biases."""
    if method == "bayes":
        bayes = ComplementNB(alpha=0.5).fit(table, truth)
        return np.asarray(bayes.feature_log_prob_), np.zeros(len(bayes.classes_))
    if method == "svm":
        line = LinearSVC(C=0.1, class_weight="balanced", random_state=0).fit(table, truth)
    else:
        line = LogisticRegression(C=3.0, class_weight="balanced", max_iter=500).fit(table, truth)
    weights, bias = np.asarray(line.coef_), np.asarray(line.intercept_)
    if len(bias) == 1:  # two classes share one line
        weights, bias = np.vstack([-weights, weights]) / 2, np.concatenate([-bias, bias]) / 2
    return weights, bias
