"""The shelf of trained models in the data directory: a skops file and a JSON card for each.

The card is written last and names the hash of the file: a model without its card does not exist.
``in-use.json`` names the model in use, ``history.jsonl`` all that happened, oldest first.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import zipfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

import skops.io
from skops.io.exceptions import UntrustedTypesFoundException

from classify.categories import Categories, load_categories
from classify.comparing import Verdict
from classify.model import UNSAVED, TrainedModel
from classify.packing import model_of, plain

_TRUSTED: list[str] = []  # plain containers and arrays only: nothing else may be in the file
_CARDS = "[0-9]*T*Z-*.json"
_IN_USE, _HISTORY = "in-use.json", "history.jsonl"


class NoTrainedModel(LookupError):
    """The shelf is empty, or does not have the version asked for."""


class DamagedModel(ValueError):
    """The model cannot be trusted; the message says why. Roll back, or train again."""


class Happened(StrEnum):
    """What happened on the shelf."""

    PROMOTED = "promoted"  # a candidate took the place of the model in use
    KEPT = "kept"  # a candidate was worse: the model in use stays
    ROLLED_BACK = "rolled_back"  # somebody put another version in use


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened: when, to which version, and why, in Thai."""

    at: dt.datetime
    happened: Happened
    version: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Learned:
    """What a model had seen: how many decisions of officers, and the newest of them (its id)."""

    decisions: int = 0
    last_decision: int = 0


NOTHING = Learned()


def save(
    model: TrainedModel,
    shelf: Path,
    now: dt.datetime,
    verdict: Verdict | None = None,
    learned: Learned = NOTHING,
) -> str:
    """Put the model on the shelf and return its version, which sorts by time; it is not in use."""
    if now.tzinfo is None:
        raise ValueError("now needs a time zone")
    shelf.mkdir(parents=True, exist_ok=True)
    content = skops.io.dumps(plain(model))
    digest = hashlib.sha256(content).hexdigest()
    version = f"{now.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}-{digest[:8]}"
    card = {
        "version": version,
        "trained_at": now.isoformat(),
        "sha256": digest,
        "limits": asdict(model.limits),
        **asdict(model.card),
        "verdict": asdict(verdict) if verdict else None,
        **asdict(learned),
    }
    _write(shelf / f"{version}.skops", content)
    text = json.dumps(card, ensure_ascii=False, indent=1, sort_keys=True)
    _write(shelf / f"{version}.json", text.encode())
    return version


def use(
    shelf: Path, version: str, now: dt.datetime, happened: Happened, reasons: Sequence[str] = ()
) -> None:
    """Put a version in use from now on.

    Raises:
        NoTrainedModel: the shelf does not have it.
    """
    if version not in versions(shelf):
        raise NoTrainedModel(f"no model {version} in {shelf}")
    note(shelf, version, now, happened, reasons)
    text = json.dumps({"version": version, "since": now.isoformat()})
    _write(shelf / _IN_USE, text.encode())


def note(
    shelf: Path, version: str, now: dt.datetime, happened: Happened, reasons: Sequence[str] = ()
) -> None:
    """Write down what happened."""
    event = {"at": now.isoformat(), "happened": happened, "version": version,
             "reasons": list(reasons)}  # fmt: skip
    with (shelf / _HISTORY).open("a", encoding="utf-8") as file:
        file.write(json.dumps(event, ensure_ascii=False) + "\n")


def history(shelf: Path) -> list[Event]:
    """Return what happened on the shelf, oldest first; a line that was cut off is no event."""
    path = shelf / _HISTORY
    events = []
    for line in path.read_text("utf-8").splitlines() if path.exists() else []:
        try:
            told = json.loads(line)
            at, what = dt.datetime.fromisoformat(told["at"]), Happened(told["happened"])
            events.append(Event(at, what, told["version"], tuple(told["reasons"])))
        except (ValueError, KeyError, TypeError):
            continue
    return events


def versions(shelf: Path) -> list[str]:
    """Return the versions on the shelf, oldest first."""
    return sorted(path.stem for path in shelf.glob(_CARDS)) if shelf.is_dir() else []


def version_in_use(shelf: Path) -> str:
    """Return the version in use.

    Raises:
        NoTrainedModel: none is.
    """
    try:
        version = json.loads((shelf / _IN_USE).read_text("utf-8"))["version"]
    except FileNotFoundError as error:
        raise NoTrainedModel(f"no trained model in use in {shelf}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise NoTrainedModel(f"{shelf / _IN_USE} cannot be read") from error
    return str(version)


def versions_before(shelf: Path) -> list[str]:
    """Return the versions that were in use before, latest first, each once; not the one in use."""
    were = [e.version for e in reversed(history(shelf)) if e.happened is not Happened.KEPT]
    now = version_in_use(shelf)
    there = set(versions(shelf))
    return [each for each in dict.fromkeys(were) if each != now and each in there]


def learned_of(shelf: Path, version: str) -> Learned:
    """Return what a version had seen.

    Raises:
        DamagedModel: its card cannot be read.
    """
    card = card_of(shelf, version)
    return Learned(int(card.get("decisions") or 0), int(card.get("last_decision") or 0))


def card_of(shelf: Path, version: str) -> dict[str, Any]:
    """Return the card of a version.

    Raises:
        DamagedModel: it cannot be read.
    """
    try:
        card = json.loads((shelf / f"{version}.json").read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise DamagedModel(f"{version}: the card cannot be read") from error
    if not isinstance(card, dict):
        raise DamagedModel(f"{version}: the card is none")
    return card


def load(
    shelf: Path, categories: Categories | None = None, version: str | None = None
) -> TrainedModel:
    """Return the model in use or another version, with today's labels.

    Raises:
        NoTrainedModel: none is in use.
        DamagedModel: it cannot be trusted.
    """
    version = version or version_in_use(shelf)
    card = card_of(shelf, version)
    try:
        content = (shelf / f"{version}.skops").read_bytes()
    except OSError as error:
        raise DamagedModel(f"{version}: the file cannot be read") from error
    if hashlib.sha256(content).hexdigest() != card.get("sha256"):
        raise DamagedModel(f"{version}: the file is not the one that its card describes")
    try:
        loaded = skops.io.loads(content, trusted=_TRUSTED)
        model = model_of(loaded, categories or load_categories(), UNSAVED)
    except UntrustedTypesFoundException as error:
        raise DamagedModel(f"{version}: the file holds something else than a model") from error
    except (zipfile.BadZipFile, KeyError, TypeError, ValueError, AttributeError) as error:
        raise DamagedModel(f"{version}: the file is no model of this layout") from error
    return replace(model, version=version)


def _write(path: Path, content: bytes) -> None:
    """Write the whole file or nothing."""
    draft = path.with_suffix(path.suffix + ".draft")
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
