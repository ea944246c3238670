"""Misreadings as our OCR makes them, so that the model learns from texts like those it will meet.

What becomes of which letter was counted on drawn pages (benchmarks/confusions.py writes the file).
"""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import accumulate

_RARE = 0.2  # of the mean rate: what was never seen misread is misread so seldom
_MOST = 6.0  # of the mean rate: nor may a letter that was rare on the pages be hopeless


@dataclass(frozen=True, slots=True)
class _Letter:
    """How often a letter is misread, beside the mean of all, and as what."""

    rate: float
    readings: tuple[str, ...]
    weights: tuple[float, ...]  # summed up


def misread(text: str, rate: float, rng: random.Random) -> str:
    """Return the text with about ``rate`` (0..1) of its characters lost, mistaken or doubled."""
    letters = _letters()
    out: list[str] = []
    for character in text:
        letter = letters.get(character)
        if rng.random() >= rate * (letter.rate if letter else _RARE):
            out.append(character)
        elif letter:
            out.append(rng.choices(letter.readings, cum_weights=letter.weights)[0])
    return "".join(out)


@cache
def _letters() -> Mapping[str, _Letter]:
    counted: dict[str, dict[str, int]] = json.loads(
        files("classify").joinpath("confusions.json").read_text("utf-8")
    )
    total = sum(sum(reads.values()) for reads in counted.values())
    wrong = total - sum(reads.get(letter, 0) for letter, reads in counted.items())
    mean = wrong / total
    found = {}
    for letter, reads in counted.items():
        errors = {read: n for read, n in reads.items() if read != letter}
        share = sum(errors.values()) / sum(reads.values())
        found[letter] = _Letter(
            min(max(share / mean, _RARE), _MOST),
            tuple(errors),
            tuple(accumulate(float(n) for n in errors.values())),
        )
    return found
