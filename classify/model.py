"""A trained model: what it knows, and what it says about a text.

Two questions, each answered by lines drawn through the same features: is it a complaint, and which
part of which main category.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from classify.categories import Categories
from classify.features import Floats, Found, Ints, Runs, Squeezed, Words, find_runs, find_words
from classify.scores import Scores
from models.terms import main_of

UNSAVED = "unsaved"
ANY_DANGER = "any"
COMPLAINT, PAPER = "COMPLAINT", "PAPER"  # a complaint, or a paper about complaints or about else


@dataclass(frozen=True, slots=True)
class Linear:
    """A row of weights for each code; runs first, then words."""

    codes: tuple[str, ...]
    weights: Floats
    bias: Floats

    def logits(self, table: csr_matrix) -> Floats:
        """Return a row for each text and a column for each code."""
        return np.asarray(table @ self.weights.T + self.bias)

    def logits_of(self, features: tuple[Ints, Floats]) -> Floats:
        """Return what the numbers and values of one text's features say of each code."""
        numbers, values = features
        return np.asarray(self.weights[:, numbers] @ values + self.bias)


@dataclass(frozen=True, slots=True)
class Lines:
    """What was fitted: the known features, and the lines for each question.

    ``leaves`` are the parts of main categories, and the main categories without parts. Each has the
    weights of its own line and those of its main category's line, added up.
    """

    runs: Runs
    words: Words
    papers: Linear | None  # None where no paper that is no complaint was among the examples
    dangers: Linear | None  # the same of dangers; ANY_DANGER, and each kind
    leaves: Linear


@dataclass(frozen=True, slots=True)
class Sureness:
    """What cross-validation found of how far logits may be believed.

    Each leaf has a sigmoid of its own (Platt 1999), for its line may stand too high or too low
    beside the others; temperatures bring their shares to what is right so often.
    """

    slopes: Floats
    offsets: Floats
    heat: float
    main_heat: float
    paper_heat: float

    def shares(self, logits: Floats, above: Ints) -> tuple[Floats, Floats]:
        """Return the probabilities of main categories and of leaves, a row for each text.

        ``above`` is the number of each leaf's main category. How sure a main category is and how
        its leaves share that are two questions, each with a temperature.
        """
        scaled = -np.logaddexp(0.0, -(logits * self.slopes + self.offsets)) / self.heat
        powers = np.exp(scaled - scaled.max(axis=1, keepdims=True))
        count = int(above.max()) + 1
        sums = np.stack([powers[:, above == n].sum(axis=1) for n in range(count)], axis=1)
        mains = softmax(np.log(sums + 1e-300) / self.main_heat)
        return mains, mains[:, above] * powers / np.maximum(sums[:, above], 1e-300)


@dataclass(frozen=True, slots=True)
class Limits:
    """Where to keep silent, set by cross-validation.

    ``main``, ``leaf`` and ``second`` are the probabilities from which a main category, a part of it
    and a further category are proposed; below ``paper`` a text is taken for no complaint, from
    ``complaint`` on for one. ``familiarity`` is the share of known runs below which a text is taken
    for no Thai letter.
    """

    main: float
    leaf: float
    second: float
    complaint: float
    paper: float
    danger: float  # the logit from which somebody must look at once
    familiarity: float


@dataclass(frozen=True, slots=True)
class Card:
    """What is known about a training: numbers to show to people, beside the model.

    ``examples`` counts by code, ``confirmed`` those that officers confirmed, ``left_out`` those
    whose category has too few examples or is no longer in use.
    """

    examples: Mapping[str, int]
    confirmed: int
    left_out: Mapping[str, int]
    noise_seed: int
    features: int
    scores: Scores
    leaf_scores: Scores
    libraries: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TrainedModel:
    """All that a suggestion is made of."""

    lines: Lines
    sureness: Sureness
    limits: Limits
    card: Card
    categories: Categories
    version: str = UNSAVED


@dataclass(frozen=True, slots=True)
class Seen:
    """What a model finds in one text."""

    runs: Found
    words: Found


@dataclass(frozen=True, slots=True)
class Chances:
    """Calibrated probabilities (0..1) by code; those of mains and those of leaves sum to 1.

    ``complaint`` is None where the model cannot tell complaints from other papers.
    """

    complaint: float | None
    mains: Mapping[str, float]
    leaves: Mapping[str, float]


def look(text: Squeezed, runs: Runs, words: Words) -> Seen:
    """Return the features of a text."""
    return Seen(find_runs(text, runs), find_words(text, words))


def chances(model: TrainedModel, seen: Seen) -> Chances:
    """Return the probability of everything that the model can say."""
    lines, sureness = model.lines, model.sureness
    row = features(seen, len(lines.runs.packed))
    complaint = None
    if lines.papers is not None:
        kinds = softmax(lines.papers.logits_of(row)[None, :] / sureness.paper_heat)[0]
        complaint = float(kinds[lines.papers.codes.index(COMPLAINT)])
    codes = lines.leaves.codes
    names = sorted({main_of(code) for code in codes})
    above = np.asarray([names.index(main_of(code)) for code in codes], np.int64)
    logits = lines.leaves.logits_of(row)[None, :]
    mains, leaves = sureness.shares(logits, above)
    return Chances(
        complaint, dict(zip(names, mains[0].tolist(), strict=True)),
        dict(zip(codes, leaves[0].tolist(), strict=True)),
    )  # fmt: skip


def features(seen: Seen, split: int) -> tuple[Ints, Floats]:
    """Return the numbers and values of a text's features; the words come behind ``split`` runs."""
    numbers = np.concatenate([seen.runs.numbers, split + seen.words.numbers])
    return numbers, np.concatenate([seen.runs.values, seen.words.values])


def softmax(logits: Floats) -> Floats:
    """Return probabilities, row by row."""
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def matrix(texts: Iterable[Squeezed], runs: Runs, words: Words) -> csr_matrix:
    """Return the texts as one sparse matrix, as learning wants them."""
    split = len(runs.packed)
    columns: list[NDArray[np.int32]] = []
    values: list[Floats] = []
    for text in texts:
        numbers, weights = features(look(text, runs, words), split)
        columns.append(numbers.astype(np.int32))
        values.append(weights)
    pointer = np.concatenate([[0], np.cumsum([len(each) for each in columns])])
    data: Any = (np.concatenate(values), np.concatenate(columns), pointer.astype(np.int32))
    table: csr_matrix = csr_matrix(data, shape=(len(columns), split + len(words.index)))
    return table
