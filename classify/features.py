"""What the model looks at: short runs of characters without tone marks, and whole words.

Tone marks are what scanners lose first; runs without them read the same before and after.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pythainlp.tokenize import word_tokenize
from sklearn.feature_extraction.text import TfidfVectorizer

from classify.text import squeeze

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
SHORTEST, LONGEST = 2, 4
_MOST_RUNS, _MOST_WORDS = 30_000, 10_000
_LONGEST_TEXT = 4_000  # characters; no letter says something new after so many
_TONES = re.compile("[่้๊๋็์]")


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
class Lexicon:
    """Known runs or words, each with its number and its weight by rarity (idf)."""

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
            words.append(Word(token, len(text) + begin, parted))
            begin += len(token)
        text += short
        if len(text) >= _LONGEST_TEXT:
            break
    kept = [n for n, character in enumerate(text) if not _TONES.match(character)]
    toneless = "".join(text[n] for n in kept)
    return Squeezed(text, toneless, np.asarray(kept, np.int64), tuple(words))


def fit_lexicons(texts: Sequence[Squeezed]) -> tuple[Lexicon, Lexicon]:
    """Return the runs and the words worth knowing."""
    by_run = TfidfVectorizer(
        analyzer=_run_texts, sublinear_tf=True, min_df=2, max_features=_MOST_RUNS
    )
    by_word = TfidfVectorizer(
        analyzer=_word_texts, sublinear_tf=True, min_df=2, max_features=_MOST_WORDS
    )
    return _lexicon(by_run.fit(texts)), _lexicon(by_word.fit(texts))


def find_runs(text: Squeezed, lexicon: Lexicon) -> Found:
    """Return the known runs of a text."""
    toneless, get = text.toneless, lexicon.index.get
    numbers, starts, ends = [], [], []
    for length in range(SHORTEST, LONGEST + 1):
        many = max(len(toneless) - length + 1, 0)
        numbers.append(np.fromiter((get(toneless[n : n + length], -1) for n in range(many)), int))
        starts.append(text.kept[:many])
        ends.append(text.kept[length - 1 :][:many] + 1)
    every = np.concatenate(numbers)
    hit = every >= 0
    begin, end = np.concatenate(starts)[hit], np.concatenate(ends)[hit]
    return _found(every[hit], begin, end, len(every), lexicon)


def find_words(text: Squeezed, lexicon: Lexicon) -> Found:
    """Return the known words of a text."""
    known = [(lexicon.index[w.text], w.start, w.end) for w in text.words if w.text in lexicon.index]
    table = np.asarray(known, np.int64).reshape(-1, 3)
    return _found(table[:, 0], table[:, 1], table[:, 2], len(text.words), lexicon)


def _found(numbers: Ints, starts: Ints, ends: Ints, total: int, lexicon: Lexicon) -> Found:
    unique, counts = np.unique(numbers, return_counts=True)
    values = (1.0 + np.log(counts)) * lexicon.idf[unique] if len(unique) else np.zeros(0)
    norm = float(np.sqrt((values**2).sum())) or 1.0
    known = len(numbers) / total if total else 0.0
    return Found(unique, np.asarray(values / norm), (numbers, starts, ends), known)


def _run_texts(text: Squeezed) -> list[str]:
    whole = text.toneless
    lengths = range(SHORTEST, LONGEST + 1)
    return [whole[n : n + size] for size in lengths for n in range(len(whole) - size + 1)]


def _word_texts(text: Squeezed) -> list[str]:
    return [word.text for word in text.words if len(word.text) > 1]


def _lexicon(vectorizer: TfidfVectorizer) -> Lexicon:
    index = {str(run): int(n) for run, n in vectorizer.vocabulary_.items()}
    return Lexicon(index, np.asarray(vectorizer.idf_, np.float64))
