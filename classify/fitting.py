"""Lines are fitted through lessons, and tried on lessons that they never saw."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.model_selection import StratifiedKFold

from classify.corpus import Example
from classify.features import Bools, Floats, Ints, find_runs, learn_features
from classify.lessons import Lesson
from classify.lines import Method, fit_each, fit_line
from classify.model import ANY_DANGER, COMPLAINT, PAPER, Linear, Lines, matrix
from models.terms import Danger, main_of

FOLDS = 3
FEWEST = 5  # examples of a category; fewer say too little of it
_ALL_FOLDS = 8_000  # lessons; of more, one fold says enough
_MANY_REAL = 50  # real letters in a fold: enough to be calibrated by them alone


@dataclass(frozen=True, slots=True)
class Codes:
    """The codes that there are examples enough of.

    ``leaves`` are the parts of main categories, and the main categories without parts.
    """

    mains: tuple[str, ...]
    leaves: tuple[str, ...]
    papers: bool

    def leaf_of(self, example: Example) -> str | None:
        """Return the leaf of an example, None where only its main category is known."""
        return next((c for c in (example.sub, example.main) if c in self.leaves), None)


@dataclass(frozen=True, slots=True)
class Trial:
    """Logits of copies that the fold's lines never saw, with what is true of each.

    Where officers confirmed many letters, only these are asked, as they were read. ``leaves`` has a
    row for each complaint; ``papers`` for every text, and is empty where that is not asked.
    """

    examples: tuple[Example, ...]  # of each row of leaves
    leaves: Floats
    papers: Floats
    is_paper: Ints
    dangers: Floats  # of ANY_DANGER, for every invented text
    in_danger: Bools
    known: Floats


def enough(examples: Sequence[Example]) -> Codes:
    """Return the codes with as many examples as there are folds."""
    counts: dict[str, int] = defaultdict(int)
    for each in examples:
        for code in {each.main or PAPER, each.sub} - {None}:
            counts[str(code)] += 1
    many = {code for code, n in counts.items() if n >= FEWEST}
    mains = tuple(sorted(code for code in many if main_of(code) == code != PAPER))
    leaves: list[str] = []
    for main in mains:
        parts = sorted(code for code in many if main_of(code) == main != code)
        leaves += parts if len(parts) > 1 else [main]
    return Codes(mains, tuple(leaves), PAPER in many)


@dataclass(frozen=True, slots=True)
class _Copies:
    """Every copy of some lessons as a row, with its example and how much it counts."""

    table: csr_matrix
    examples: Sequence[Example]
    pull: Floats

    def of(self, rows: Sequence[int]) -> _Copies:
        """Return some of the rows."""
        return _Copies(self.table[rows], [self.examples[n] for n in rows], self.pull[rows])

    def linear(
        self,
        codes: tuple[str, ...],
        first: Sequence[str | None],
        second: Sequence[str | None],
        method: Method,
    ) -> Linear:
        """Return the lines of the codes, given the first and second code of each row."""
        number = {code: n for n, code in enumerate(codes)}
        firsts = [number[str(code)] for code in first]
        others = [number.get(code or "") for code in second]
        return Linear(codes, *fit_line(self.table, firsts, others, len(codes), method, self.pull))


def fit(some: Sequence[Lesson], codes: Codes, method: Method) -> Lines:
    """Return the lines through the lessons."""
    texts = [copy for lesson in some for copy in lesson.copies]
    runs, words = learn_features(texts)
    table = matrix(texts, runs, words)
    every = [lesson for lesson in some for _ in lesson.copies]
    pull = np.asarray([lesson.pull for lesson in every])
    copies = _Copies(table, [lesson.example for lesson in every], pull)
    whole = copies.of([n for n, lesson in enumerate(every) if not lesson.is_word])
    papers, dangers = _papers(whole, codes, method), _dangers(whole)
    return Lines(runs, words, papers, dangers, _leaves(copies, codes, method))


def _leaves(copies: _Copies, codes: Codes, method: Method) -> Linear:
    """Return the line of each leaf with that of its main category added.

    Main categories have more examples than their parts, and tell apart what parts confuse.
    """
    some = copies.of([n for n, each in enumerate(copies.examples) if each.main in codes.mains])
    second = [main_of(each.second or "") for each in some.examples]
    mains = some.linear(codes.mains, [each.main for each in some.examples], second, method)
    some = copies.of([n for n, each in enumerate(copies.examples) if codes.leaf_of(each)])
    own = [codes.leaf_of(each) for each in some.examples]
    leaves = some.linear(codes.leaves, own, [each.second for each in some.examples], method)
    above = [codes.mains.index(main_of(code)) for code in codes.leaves]
    return Linear(
        codes.leaves, leaves.weights + mains.weights[above], leaves.bias + mains.bias[above]
    )


def _papers(copies: _Copies, codes: Codes, method: Method) -> Linear | None:
    if not codes.papers:
        return None
    kinds = [PAPER if each.main is None else COMPLAINT for each in copies.examples]
    return copies.linear((COMPLAINT, PAPER), kinds, [None] * len(kinds), method)


def _dangers(copies: _Copies) -> Linear | None:
    """Return the lines of dangers; nobody says of real letters what danger is in them."""
    seed = copies.of([n for n, each in enumerate(copies.examples) if not each.confirmed])
    carried = np.asarray(
        [[bool(e.dangers), *(d in e.dangers for d in Danger)] for e in seed.examples]
    )
    told = [n for n in range(carried.shape[1]) if FEWEST <= carried[:, n].sum() < len(carried)]
    if 0 not in told:
        return None
    codes = (ANY_DANGER, *Danger)
    weights, bias = fit_each(seed.table, carried[:, told], np.ones(len(seed.examples)))
    return Linear(tuple(codes[n] for n in told), weights, bias)


def cross_validate(
    some: Sequence[Lesson], lists: Sequence[Lesson], codes: Codes, method: Method
) -> Trial:
    """Return what lines say of lessons that they were not fitted on."""
    parts = [
        _try(
            fit([*(some[n] for n in known), *lists], codes, method),
            [some[n] for n in aside],
            codes,
        )
        for known, aside in _folds(some)
    ]
    return Trial(
        tuple(each for part in parts for each in part.examples),
        np.concatenate([part.leaves for part in parts]),
        np.concatenate([part.papers for part in parts]),
        np.concatenate([part.is_paper for part in parts]),
        np.concatenate([part.dangers for part in parts]),
        np.concatenate([part.in_danger for part in parts]),
        np.concatenate([part.known for part in parts]),
    )


def _folds(some: Sequence[Lesson]) -> Iterator[tuple[Ints, Ints]]:
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=0)
    kinds = [lesson.example.main or PAPER for lesson in some]
    for number, fold in enumerate(folds.split(np.zeros(len(some)), kinds)):
        if number == 0 or len(some) <= _ALL_FOLDS:
            yield fold


def _try(lines: Lines, aside: Sequence[Lesson], codes: Codes) -> Trial:
    copies = [copy for lesson in aside for copy in lesson.copies]
    every = [lesson.example for lesson in aside for _ in lesson.copies]
    table = matrix(copies, lines.runs, lines.words)
    rows = [n for n, each in enumerate(every) if each.main in codes.mains]
    as_read = [number == 0 for lesson in aside for number, _ in enumerate(lesson.copies)]
    real = [n for n in rows if every[n].confirmed and as_read[n]]
    invented = [n for n, each in enumerate(every) if not each.confirmed]
    if len(real) >= _MANY_REAL:
        rows = real
    return Trial(
        tuple(every[n] for n in rows),
        lines.leaves.logits(table[rows]),
        lines.papers.logits(table) if lines.papers else np.zeros((0, 2)),
        np.asarray([each.main is None for each in every], np.int64),
        lines.dangers.logits(table[invented])[:, 0] if lines.dangers else np.zeros(0),
        np.asarray([bool(every[n].dangers) for n in invented] if lines.dangers else [], bool),
        np.asarray([find_runs(copy, lines.runs).known for copy in copies]),
    )
