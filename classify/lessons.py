"""What a model learns from: every text as written, inside a letter, and misread."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from classify.corpus import Example
from classify.features import Squeezed, squeezed
from classify.frames import framed
from classify.noise import misread

_PULL_OF_TEXT, _PULL_OF_WORD = 2.0, 1.0  # of all copies of a text together, of a telling word


@dataclass(frozen=True, slots=True)
class Copy:
    """How a text is given to learn from: inside a letter or alone, and how much is misread."""

    framed: bool
    rate: float


# Invented stories stand inside an invented letter; real letters and papers are whole already, and
# real ones misread already.
_OF_STORIES = (Copy(False, 0.0), Copy(False, 0.03), Copy(True, 0.05))
_OF_PAPERS = (Copy(False, 0.0), Copy(False, 0.03), Copy(False, 0.08))
_OF_REAL = (Copy(False, 0.0), Copy(False, 0.03))
_FEW, _MANY = 8_000, 20_000  # examples; of more, fewer copies say as much
_PULL_OF_TEXT, _PULL_OF_WORD = 2.0, 1.0  # of all copies of a text together, of a telling word
_FADING = 5  # real letters of a category, when its invented ones count half as much


@dataclass(frozen=True, slots=True)
class Lesson:
    """The copies of one example, which never part: a fold has all of them or none.

    ``pull`` is how much one copy counts.
    """

    example: Example
    copies: tuple[Squeezed, ...]
    pull: float = 1.0
    is_word: bool = False


def lessons(examples: Sequence[Example], rng: random.Random) -> list[Lesson]:
    """Return a lesson for each text.

    The more real letters a category has, the less its invented ones count.
    """
    many = len(examples)
    most = 3 if many <= _FEW else 2 if many <= _MANY else 1
    real = _real(examples)
    found = []
    for each in examples:
        copies = tuple(_copies(each, most, rng))
        share = 1.0 if each.confirmed else _fading(real, each)
        found.append(Lesson(each, copies, share * _PULL_OF_TEXT / len(copies)))
    return found


def word_lessons(lists: Sequence[Example], examples: Sequence[Example]) -> list[Lesson]:
    """Return a lesson for each telling word; they count less beside real letters, too."""
    real = _real(examples)
    return [
        Lesson(
            replace(each, text=word),
            (squeezed([word]),),
            _PULL_OF_WORD * _fading(real, each),
            is_word=True,
        )
        for each in lists
        for word in each.text.split()
    ]


def _real(examples: Sequence[Example]) -> Counter[str | None]:
    return Counter(each.code for each in examples if each.confirmed)


def _fading(real: Counter[str | None], example: Example) -> float:
    return 1.0 / (1.0 + (real[example.code] / _FADING) ** 2)


def _copies(example: Example, most: int, rng: random.Random) -> list[Squeezed]:
    plans = _OF_REAL if example.confirmed else _OF_STORIES if example.main else _OF_PAPERS
    copies: list[Squeezed] = []
    for plan in plans[:most]:
        text = framed(example.text, rng) if plan.framed else example.text
        text = misread(text, plan.rate, rng) if plan.rate else text
        copies.append(squeezed(text.split("\n")))
    return copies
