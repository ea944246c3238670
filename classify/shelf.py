"""The shelf of trained models in the data directory: a skops file and a JSON card for each.

The card is written last and names the hash of the file: a model without its card does not exist.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import zipfile
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np
import skops.io
from skops.io.exceptions import UntrustedTypesFoundException

from classify.categories import Categories, load_categories
from classify.features import Lexicon
from classify.model import UNSAVED, Card, TrainedModel
from classify.scores import Scores

_LAYOUT = 1  # of the file; another number needs another reader
_TRUSTED: list[str] = []  # plain containers and arrays only: nothing else may be in the file


class NoTrainedModel(LookupError):
    """The shelf is empty: nothing was trained yet."""


class DamagedModel(ValueError):
    """The newest model cannot be trusted; the message says why. Train again."""


def save(model: TrainedModel, shelf: Path, now: dt.datetime) -> str:
    """Put the model on the shelf and return its version, which sorts by time."""
    if now.tzinfo is None:
        raise ValueError("now needs a time zone")
    shelf.mkdir(parents=True, exist_ok=True)
    content = skops.io.dumps(_plain(model))
    digest = hashlib.sha256(content).hexdigest()
    version = f"{now.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}-{digest[:8]}"
    card = {"version": version, "trained_at": now.isoformat(), "sha256": digest,
            "threshold": model.threshold, **asdict(model.card)}  # fmt: skip
    _write(shelf / f"{version}.skops", content)
    text = json.dumps(card, ensure_ascii=False, indent=1, sort_keys=True)
    _write(shelf / f"{version}.json", text.encode())
    return version


def load(shelf: Path, categories: Categories | None = None) -> TrainedModel:
    """Return the newest model, with today's labels; raise NoTrainedModel or DamagedModel."""
    cards = sorted(shelf.glob("*.json")) if shelf.is_dir() else []
    if not cards:
        raise NoTrainedModel(f"no trained model in {shelf}")
    card_path = cards[-1]
    version = card_path.stem
    try:
        card = json.loads(card_path.read_text("utf-8"))
        content = (shelf / f"{version}.skops").read_bytes()
    except (OSError, ValueError) as error:
        raise DamagedModel(f"{version}: card or file cannot be read") from error
    if not isinstance(card, dict) or hashlib.sha256(content).hexdigest() != card.get("sha256"):
        raise DamagedModel(f"{version}: the file is not the one that its card describes")
    try:
        plain = skops.io.loads(content, trusted=_TRUSTED)
        model = _model(plain, categories or load_categories())
    except UntrustedTypesFoundException as error:
        raise DamagedModel(f"{version}: the file holds something else than a model") from error
    except (zipfile.BadZipFile, KeyError, TypeError, ValueError, AttributeError) as error:
        raise DamagedModel(f"{version}: the file is no model of this layout") from error
    return replace(model, version=version)


def _plain(model: TrainedModel) -> dict[str, Any]:
    """Return the model as containers and arrays, so that loading it can run nothing."""
    return {
        "layout": _LAYOUT,
        "codes": list(model.codes),
        "runs": _names(model.runs),
        "runs_idf": model.runs.idf.astype(np.float32),
        "words": _names(model.words),
        "words_idf": model.words.idf.astype(np.float32),
        "weights": model.weights.astype(np.float32),
        "bias": model.bias,
        "numbers": [model.temperature, model.threshold, model.familiarity],
        "card": json.dumps(asdict(model.card), ensure_ascii=False),
    }


def _model(plain: dict[str, Any], categories: Categories) -> TrainedModel:
    if plain["layout"] != _LAYOUT:
        raise ValueError(f"layout {plain['layout']}")
    card = json.loads(plain["card"])
    card["scores"] = Scores(**card["scores"])
    temperature, threshold, familiarity = plain["numbers"]
    runs = _lexicon(plain["runs"], plain["runs_idf"])
    words = _lexicon(plain["words"], plain["words_idf"])
    weights = plain["weights"].astype(np.float64)
    codes = tuple(plain["codes"])
    if weights.shape != (len(codes), len(runs.index) + len(words.index)):
        raise ValueError("weights do not fit the features")
    return TrainedModel(
        codes, runs, words, weights, plain["bias"], temperature, threshold, familiarity,
        Card(**card), categories, UNSAVED,
    )  # fmt: skip


def _names(lexicon: Lexicon) -> str:
    """Return the names in the order of their numbers; no name has a line break in it."""
    return "\n".join(sorted(lexicon.index, key=lexicon.index.__getitem__))


def _lexicon(names: str, idf: Any) -> Lexicon:
    index = {name: number for number, name in enumerate(names.split("\n"))}
    if len(index) != len(idf):
        raise ValueError("names and numbers do not match")
    return Lexicon(index, idf.astype(np.float64))


def _write(path: Path, content: bytes) -> None:
    """Write the whole file or nothing."""
    draft = path.with_suffix(path.suffix + ".draft")
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
