"""The words of a letter that speak for a category."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

import numpy as np
from pythainlp.corpus import thai_stopwords

from classify.features import Floats, Found, Squeezed
from classify.model import Linear, Seen
from classify.placing import Places
from classify.text import thai_letters
from models.letters import Evidence

_MOST = 6
_LONGEST = 24  # characters of a phrase
_FAINT = 0.15  # of the strongest phrase: what is fainter is chance


@dataclass(frozen=True, slots=True)
class _Phrase:
    first: int  # numbers of words
    last: int
    weight: float


def evidence(
    line: Linear,
    claimed: Collection[str],
    text: Squeezed,
    seen: Seen,
    split: int,
    places: Places,
) -> tuple[Evidence, ...]:
    """Return up to six phrases of the letter that speak for the claimed codes, strongest first.

    What speaks for a code is what it adds beyond what it adds for the codes not claimed. ``split``
    is the number of known runs, behind which the words are counted.
    """
    weight_at = _weight_per_character(line, claimed, text, seen, split)
    sums = np.concatenate([[0.0], np.cumsum(weight_at)])
    weights = [float(sums[w.end] - sums[w.start]) for w in text.words]
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
            where = places.phrase(start, end)
            found.append(Evidence(where.text, round(phrase.weight, 4), where.page, where.box))
    found.sort(key=lambda each: -each.weight)
    return tuple(each for each in found if each.weight >= _FAINT * found[0].weight)


def _weight_per_character(
    line: Linear, claimed: Collection[str], text: Squeezed, seen: Seen, split: int
) -> Floats:
    own = np.asarray([code in claimed for code in line.codes])
    rows, others = np.flatnonzero(own), np.flatnonzero(~own)
    total = np.zeros(len(text.text) + 1)
    for found, offset in ((seen.runs, 0), (seen.words, split)):
        columns = offset + found.numbers
        mean = line.weights[np.ix_(rows, columns)].mean(axis=0)
        beside = line.weights[np.ix_(others, columns)].mean(axis=0) if len(others) else 0.0
        _spread(total, found, (mean - beside) * found.values)
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


def _telling(word: str) -> bool:
    return thai_letters(word) >= 2 and word not in _stopwords()


@cache
def _stopwords() -> frozenset[str]:
    return frozenset(thai_stopwords())
