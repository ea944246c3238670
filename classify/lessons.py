"""What a model learns from: every text as written, inside a letter, and misread."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from classify.corpus import Example
from classify.features import Squeezed, squeezed
from classify.frames import framed
from classify.noise import misread

COPIES = (  # inside a letter?, rate of misreading
    (False, 0.0),
    (True, 0.0),
    (True, 0.02),
    (True, 0.03),
    (False, 0.06),
    (True, 0.08),
)
_WORDS_AT_ONCE = 12


@dataclass(frozen=True, slots=True)
class Lesson:
    """The copies of one example, which never part: a fold has all of them or none."""

    code: str
    copies: tuple[Squeezed, ...]


def lessons(examples: Sequence[Example], rng: random.Random) -> list[Lesson]:
    """Return a lesson for each complaint."""
    return [Lesson(e.main, tuple(_copies([e.text] * len(COPIES), rng))) for e in examples]


def word_lessons(lists: Sequence[Example], rng: random.Random) -> list[Lesson]:
    """Return a lesson for each list of telling words: a few of them at a time."""
    found: list[Lesson] = []
    for each in lists:
        words = each.text.split()
        rng.shuffle(words)
        texts = ["".join(rng.sample(words, min(_WORDS_AT_ONCE, len(words)))) for _ in COPIES]
        found.append(Lesson(each.main, tuple(_copies(texts, rng))))
    return found


def _copies(texts: Sequence[str], rng: random.Random) -> list[Squeezed]:
    copies: list[Squeezed] = []
    for text, (inside, rate) in zip(texts, COPIES, strict=True):
        copy = framed(text, rng) if inside else text
        copy = misread(copy, rate, rng) if rate else copy
        copies.append(squeezed(copy.split("\n")))
    return copies
