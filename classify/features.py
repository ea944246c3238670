"""What the model looks at: short runs of characters without tone marks, and whole words.

Tone marks are what scanners lose first, and crumbs of ink become dots and strokes between letters;
runs without either read the same before and after.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pythainlp.tokenize import word_tokenize

from classify.text import squeeze

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
SHORTEST, LONGEST = 2, 4
_MOST_RUNS, _MOST_WORDS = 30_000, 10_000
_LEAST_TEXTS = 2  # what stands in one text only says nothing about another
_LONGEST_TEXT = 4_000  # characters; no letter says something new after so many
TONES = re.compile("[่้๊๋็์]")
_CRUMBS = re.compile("""[่้๊๋็์.,'"`~:;|*_\\-–—…“”‘’^]""")  # and the tone marks
_THAI, _ASCII = 0x0E00, 0x80
_OTHER_SIGN = 0x7F  # stands for every sign that is neither Thai nor ASCII
_AT_ONCE = 5_000  # texts counted in one go, which bounds the memory


@dataclass(frozen=True, slots=True)
class Word:
    """A word and where it starts in the squeezed text; ``parted``: white stood before it."""

    text: str
    start: int
    parted: bool = False

    @property
    def end(self) -> int:
        """Return the position after the word."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Squeezed:
    """Text as the model sees it; ``kept`` are the positions in ``text`` of the characters of
    ``toneless``.
    """

    text: str
    toneless: str
    kept: Ints
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Runs:
    """Known runs of characters as packed numbers, ascending, with their weights by rarity (idf)."""

    packed: Ints
    idf: Floats


@dataclass(frozen=True, slots=True)
class Words:
    """Known words, each with its number, and their weights by rarity (idf)."""

    index: Mapping[str, int]
    idf: Floats


@dataclass(frozen=True, slots=True)
class Found:
    """Known features of one text: number, value, and every place where one stands."""

    numbers: Ints
    values: Floats
    occurrences: tuple[Ints, Ints, Ints]  # feature number, start, end (in the squeezed text)
    known: float  # the share of all places where a known feature stands


def squeezed(lines: Sequence[str]) -> Squeezed:
    """Return the lines as one text without spaces, with its words (none crosses lines)."""
    text, words = "", []
    for line in lines:
        short, places = squeeze(line)
        begin = 0
        for token in word_tokenize(short, engine="newmm") if short else []:
            parted = begin == 0 or places[begin] - places[begin - 1] > 1
            words.append(Word(sys.intern(token), len(text) + begin, parted))
            begin += len(token)
        text += short
        if len(text) >= _LONGEST_TEXT:
            break
    return _toneless(text, tuple(words))


def squeezed_text(lines: Sequence[str]) -> Squeezed:
    """Return the lines as one whole text without spaces, and without looking for its words."""
    return _toneless("".join(squeeze(line)[0] for line in lines), ())


def _toneless(text: str, words: tuple[Word, ...]) -> Squeezed:
    kept = [n for n, character in enumerate(text) if not _CRUMBS.match(character)]
    toneless = "".join(text[n] for n in kept)
    return Squeezed(text, toneless, np.asarray(kept, np.int64), words)


def pack(text: str, length: int) -> Ints:
    """Return every run of ``length`` (1 to 7) characters as one number, eight bits a character.

    Runs of different lengths never share a number, since no character is 0.
    """
    signs = np.frombuffer(text.encode("utf-32-le", "replace"), np.uint32).astype(np.int64)
    thai = (signs >= _THAI) & (signs < _THAI + _ASCII)
    signs = np.where(thai, signs - _THAI + _ASCII, np.where(signs < _ASCII, signs, _OTHER_SIGN))
    signs = np.maximum(signs, 1)
    many = max(len(signs) - length + 1, 0)
    packed = np.zeros(many, np.int64)
    for place in range(length):
        packed |= signs[place : place + many] << (8 * place)
    return packed


def _all_packed(text: str) -> Ints:
    return np.concatenate([pack(text, length) for length in range(SHORTEST, LONGEST + 1)])


def learn_features(texts: Sequence[Squeezed]) -> tuple[Runs, Words]:
    """Return the runs and the words worth knowing: those of two texts at least, commonest first."""
    return _learn_runs(texts), _learn_words(texts)


def _learn_runs(texts: Sequence[Squeezed]) -> Runs:
    packed, counts = np.zeros(0, np.int64), np.zeros(0, np.int64)
    for start in range(0, len(texts), _AT_ONCE):
        some = [np.unique(_all_packed(text.toneless)) for text in texts[start : start + _AT_ONCE]]
        new, of_new = np.unique(np.concatenate(some), return_counts=True)
        merged, places = np.unique(np.concatenate([packed, new]), return_inverse=True)
        sums = np.bincount(places, np.concatenate([counts, of_new]), len(merged))
        packed, counts = merged, sums.astype(np.int64)
    common = counts >= _LEAST_TEXTS
    packed, counts = packed[common], counts[common]
    best = np.sort(np.argsort(-counts, kind="stable")[:_MOST_RUNS])
    return Runs(packed[best], _idf(counts[best], len(texts)))


def _learn_words(texts: Sequence[Squeezed]) -> Words:
    counts = Counter(word for text in texts for word in set(_long_words(text)))
    common = [(word, n) for word, n in counts.items() if n >= _LEAST_TEXTS]
    best = sorted(sorted(common, key=lambda each: (-each[1], each[0]))[:_MOST_WORDS])
    index = {word: number for number, (word, _) in enumerate(best)}
    return Words(index, _idf(np.asarray([n for _, n in best], np.int64), len(texts)))


def _idf(counts: Ints, texts: int) -> Floats:
    return np.asarray(np.log((1 + texts) / (1 + counts)) + 1.0)


def find_runs(text: Squeezed, runs: Runs) -> Found:
    """Return the known runs of a text."""
    every = _all_packed(text.toneless)
    lengths = range(SHORTEST, LONGEST + 1)
    many = [max(len(text.kept) - length + 1, 0) for length in lengths]
    starts = np.concatenate([text.kept[:n] for n in many])
    ends = np.concatenate(
        [text.kept[size - 1 :][:n] + 1 for size, n in zip(lengths, many, strict=True)]
    )
    place = np.searchsorted(runs.packed, every)
    place[place == len(runs.packed)] = 0
    hit = runs.packed[place] == every if len(runs.packed) else np.zeros(len(every), bool)
    return _found(place[hit], starts[hit], ends[hit], len(every), runs.idf)


def find_words(text: Squeezed, words: Words) -> Found:
    """Return the known words of a text."""
    get = words.index.get
    known = [(n, w.start, w.end) for w in text.words if (n := get(w.text)) is not None]
    table = np.asarray(known, np.int64).reshape(-1, 3)
    return _found(table[:, 0], table[:, 1], table[:, 2], len(text.words), words.idf)


def _found(numbers: Ints, starts: Ints, ends: Ints, total: int, idf: Floats) -> Found:
    unique, counts = np.unique(numbers, return_counts=True)
    values = (1.0 + np.log(counts)) * idf[unique] if len(unique) else np.zeros(0)
    norm = float(np.sqrt((values**2).sum())) or 1.0
    known = len(numbers) / total if total else 0.0
    return Found(unique, np.asarray(values / norm), (numbers, starts, ends), known)


def _long_words(text: Squeezed) -> Iterable[str]:
    return (word.text for word in text.words if len(word.text) > 1)
