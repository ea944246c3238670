"""A trained model: what it knows, and what it says about a text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix

from classify.categories import Categories
from classify.features import Floats, Found, Lexicon, Squeezed, find_runs, find_words
from classify.scores import Scores

UNSAVED = "unsaved"


@dataclass(frozen=True, slots=True)
class Card:
    """What is known about a training: numbers to show to people, beside the model."""

    examples: Mapping[str, int]
    noise_seed: int
    features: int
    scores: Scores


@dataclass(frozen=True, slots=True)
class TrainedModel:
    """A linear model over runs and words.

    ``threshold`` is the probability below which it abstains, ``familiarity`` the share of known
    runs below which a text is taken for no Thai letter at all; both come from cross-validation.
    """

    codes: tuple[str, ...]
    runs: Lexicon
    words: Lexicon
    weights: Floats  # a row per code, a column per feature: runs first, then words
    bias: Floats
    temperature: float
    threshold: float
    familiarity: float
    card: Card
    categories: Categories
    version: str = UNSAVED


@dataclass(frozen=True, slots=True)
class Seen:
    """What a model finds in one text."""

    runs: Found
    words: Found


def look(text: Squeezed, runs: Lexicon, words: Lexicon) -> Seen:
    """Return the features of a text."""
    return Seen(find_runs(text, runs), find_words(text, words))


def probabilities(model: TrainedModel, seen: Seen) -> Floats:
    """Return the calibrated probability of every code."""
    split = len(model.runs.index)
    columns = np.concatenate([seen.runs.numbers, split + seen.words.numbers])
    values = np.concatenate([seen.runs.values, seen.words.values])
    logits = model.weights[:, columns] @ values + model.bias
    return softmax(logits.reshape(1, -1) / model.temperature).ravel()


def softmax(logits: Floats) -> Floats:
    """Return probabilities, row by row."""
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def matrix(rows: list[Seen], runs: Lexicon, words: Lexicon) -> csr_matrix:
    """Return the texts as one sparse matrix, as learning wants them."""
    columns = [np.concatenate([s.runs.numbers, len(runs.index) + s.words.numbers]) for s in rows]
    values = [np.concatenate([s.runs.values, s.words.values]) for s in rows]
    pointer = np.concatenate([[0], np.cumsum([len(c) for c in columns])])
    shape = (len(rows), len(runs.index) + len(words.index))
    table: csr_matrix = csr_matrix(
        (np.concatenate(values), np.concatenate(columns), pointer), shape=shape
    )
    return table
