"""The words of a letter that speak for a category, and where they stand on the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from pythainlp.corpus import thai_stopwords

from classify.features import Floats, Found, Squeezed
from classify.model import Seen, TrainedModel
from classify.text import squeeze, thai_letters
from models.letters import Box, Evidence, Line

_MOST = 6
_LONGEST = 24  # characters of a phrase
_FAINT = 0.15  # of the strongest phrase: what is fainter is chance


@dataclass(frozen=True, slots=True)
class Placed:
    """A line of the letter with its page (None for plain text)."""

    page: int | None
    line: Line


@dataclass(frozen=True, slots=True)
class _Phrase:
    first: int  # numbers of words
    last: int
    weight: float


def evidence(
    model: TrainedModel, code: str, text: Squeezed, seen: Seen, lines: Sequence[Placed]
) -> tuple[Evidence, ...]:
    """Return up to six phrases of the letter that speak for the code, strongest first."""
    weight_at = _weight_per_character(model, model.codes.index(code), text, seen)
    sums = np.concatenate([[0.0], np.cumsum(weight_at)])
    weights = [float(sums[w.end] - sums[w.start]) for w in text.words]
    starts = _line_starts(lines)
    found: list[Evidence] = []
    used: set[int] = set()
    said: set[str] = set()
    for number in sorted(range(len(weights)), key=lambda n: -weights[n]):
        if len(found) == _MOST or weights[number] <= 0:
            break
        if number in used or not _telling(text.words[number].text):
            continue
        phrase = _grow(number, text, weights, used)
        used.update(range(phrase.first, phrase.last + 1))
        start, end = text.words[phrase.first].start, text.words[phrase.last].end
        if text.text[start:end] not in said:
            said.add(text.text[start:end])
            found.append(_place(start, end, phrase.weight, starts, lines))
    found.sort(key=lambda each: -each.weight)
    return tuple(each for each in found if each.weight >= _FAINT * found[0].weight)


def _weight_per_character(model: TrainedModel, row: int, text: Squeezed, seen: Seen) -> Floats:
    """Return what each character adds for the category, beyond what it adds for the others."""
    others = np.delete(np.arange(len(model.codes)), row)
    split = len(model.runs.index)
    total = np.zeros(len(text.text) + 1)
    for found, offset in ((seen.runs, 0), (seen.words, split)):
        columns = offset + found.numbers
        pull = model.weights[row, columns] - model.weights[np.ix_(others, columns)].mean(axis=0)
        _spread(total, found, pull * found.values)
    return np.asarray(np.cumsum(total)[:-1])


def _spread(total: Floats, found: Found, pull: Floats) -> None:
    """Share each feature's pull among the places where it stands, as steps to be summed."""
    numbers, starts, ends = found.occurrences
    if not len(numbers):
        return
    slot = np.searchsorted(found.numbers, numbers)
    counts = np.bincount(slot, minlength=len(found.numbers))
    share = pull[slot] / counts[slot] / np.maximum(ends - starts, 1)
    np.add.at(total, starts, share)
    np.add.at(total, ends, -share)


def _grow(number: int, text: Squeezed, weights: list[float], used: set[int]) -> _Phrase:
    """Return the word with its neighbours up to the next white, as long as they speak too."""
    words = text.words
    first = last = number
    weight = weights[number]
    for step in (1, -1):
        near = number + step
        while 0 <= near < len(words) and near not in used and weights[near] > 0:
            low, high = min(first, near), max(last, near)
            too_long = words[high].end - words[low].start > _LONGEST
            if too_long or words[near + (step < 0)].parted:
                break
            first, last, weight = low, high, weight + weights[near]
            near += step
    return _Phrase(first, last, weight)


def _place(
    start: int, end: int, weight: float, starts: list[int], lines: Sequence[Placed]
) -> Evidence:
    number = _line_of(start, starts)
    placed = lines[number]
    _, places = squeeze(placed.line.text)
    first = places[start - starts[number]]
    last = places[min(end - starts[number], len(places)) - 1]
    phrase = placed.line.text[first : last + 1]
    box = _narrow(placed.line, first, last + 1)
    return Evidence(phrase, round(weight, 4), placed.page if box else None, box)


def _narrow(line: Line, first: int, end: int) -> Box | None:
    """Return the part of the line's box where the characters stand, by proportion."""
    if line.box is None:
        return None
    step = line.box.width / max(len(line.text), 1)
    left = line.box.left + first * step
    return Box(left, line.box.top, (end - first) * step, line.box.height)


def _line_starts(lines: Sequence[Placed]) -> list[int]:
    starts, place = [], 0
    for placed in lines:
        starts.append(place)
        place += len(squeeze(placed.line.text)[0])
    return starts


def _line_of(place: int, starts: list[int]) -> int:
    return int(np.searchsorted(starts, place, side="right")) - 1


def _telling(word: str) -> bool:
    return thai_letters(word) >= 2 and word not in _stopwords()


@cache
def _stopwords() -> frozenset[str]:
    return frozenset(thai_stopwords())
