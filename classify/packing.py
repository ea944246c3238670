"""A trained model as plain containers and arrays, so that loading one can run nothing."""

from __future__ import annotations

import json
from dataclasses import asdict, astuple
from typing import Any

import numpy as np

from classify.categories import Categories
from classify.features import Runs, Words
from classify.model import Card, Limits, Linear, Lines, Sureness, TrainedModel
from classify.scores import Scores

_LAYOUT = 2  # of the file; another number needs another reader


def plain(model: TrainedModel) -> dict[str, Any]:
    """Return the model without any type of ours."""
    lines = model.lines
    return {
        "layout": _LAYOUT,
        "runs": lines.runs.packed,
        "runs_idf": lines.runs.idf.astype(np.float32),
        "words": "\n".join(sorted(lines.words.index, key=lines.words.index.__getitem__)),
        "words_idf": lines.words.idf.astype(np.float32),
        "papers": _plain_line(lines.papers) if lines.papers else None,
        "dangers": _plain_line(lines.dangers) if lines.dangers else None,
        "leaves": _plain_line(lines.leaves),
        "slopes": model.sureness.slopes,
        "offsets": model.sureness.offsets,
        "heats": [model.sureness.heat, model.sureness.main_heat, model.sureness.paper_heat],
        "limits": list(astuple(model.limits)),
        "card": json.dumps(asdict(model.card), ensure_ascii=False),
    }


def model_of(loaded: dict[str, Any], categories: Categories, version: str) -> TrainedModel:
    """Return the model that was made plain.

    Raises:
        KeyError, TypeError, ValueError, AttributeError: it is none, or of another layout.
    """
    if loaded["layout"] != _LAYOUT:
        raise ValueError(f"layout {loaded['layout']}")
    card = json.loads(loaded["card"])
    card |= {name: Scores(**card[name]) for name in ("scores", "leaf_scores")}
    runs = Runs(loaded["runs"].astype(np.int64), loaded["runs_idf"].astype(np.float64))
    words = _words(loaded["words"], loaded["words_idf"])
    columns = len(runs.packed) + len(words.index)
    lines = Lines(
        runs,
        words,
        _line(loaded["papers"], columns) if loaded["papers"] is not None else None,
        _line(loaded["dangers"], columns) if loaded["dangers"] is not None else None,
        _line(loaded["leaves"], columns),
    )
    sureness = Sureness(loaded["slopes"], loaded["offsets"], *loaded["heats"])
    if {sureness.slopes.shape, sureness.offsets.shape} != {(len(lines.leaves.codes),)}:
        raise ValueError("sigmoids do not fit the leaves")
    limits = Limits(*loaded["limits"])
    return TrainedModel(lines, sureness, limits, Card(**card), categories, version)


def _plain_line(line: Linear) -> dict[str, Any]:
    return {
        "codes": list(line.codes),
        "weights": line.weights.astype(np.float32),
        "bias": line.bias,
    }


def _line(loaded: dict[str, Any], columns: int) -> Linear:
    codes, weights = tuple(loaded["codes"]), loaded["weights"].astype(np.float64)
    if weights.shape != (len(codes), columns) or loaded["bias"].shape != (len(codes),):
        raise ValueError("weights do not fit the features")
    return Linear(codes, weights, loaded["bias"])


def _words(names: str, idf: Any) -> Words:
    index = {name: number for number, name in enumerate(names.split("\n"))} if names else {}
    if len(index) != len(idf):
        raise ValueError("names and numbers do not match")
    return Words(index, idf.astype(np.float64))
