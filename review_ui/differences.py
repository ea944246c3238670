"""Two versions of one form side by side: what an officer typed, and what others made of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from models.recorded import RECORDED
from models.terms import LetterKind
from review_ui import words
from review_ui.answers import Typed
from review_ui.desk import Desk
from review_ui.values import as_word


@dataclass(frozen=True, slots=True)
class Version:
    """A value of a form and the words that officers see for it."""

    text: str
    word: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A field on which two versions of a form do not agree."""

    name: str
    label: str
    mine: Version
    latest: Version


def differences(mine: Typed, latest: Typed, desk: Desk) -> tuple[Difference, ...]:
    """Return the fields that differ, in the order of the form."""
    return tuple(each for each in _pairs(mine, latest, desk) if each.mine.text != each.latest.text)


def _pairs(mine: Typed, latest: Typed, desk: Desk) -> Iterator[Difference]:
    kinds = {kind.value: words.KINDS[kind] for kind in LetterKind}
    yield _pair("kind", "ชนิดหนังสือ", mine.kind, latest.kind, kinds)
    labels = dict(desk.labels)
    yield _pair("category", "หมวดเรื่อง", mine.category, latest.category, labels)
    second = (mine.second_category, latest.second_category)
    yield _pair("second_category", "หมวดที่สอง", *second, labels)
    for name in RECORDED:
        ours, theirs = mine.values[name], latest.values[name]
        known = {text: as_word(name, text) for text in (ours, theirs)}
        yield _pair(name.value, words.FIELDS[name], ours, theirs, known)


def _pair(name: str, label: str, mine: str, latest: str, known: dict[str, str]) -> Difference:
    ours, theirs = (Version(text, known.get(text, text)) for text in (mine, latest))
    return Difference(name, label, ours, theirs)
