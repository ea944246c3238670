"""Finds the letters in the pages of a file and reads each: its fields, and what it is about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import classify
import extract
from models.letters import OcrPage, Reading
from models.terms import LetterKind


@dataclass(frozen=True, slots=True)
class Understanding:
    """What it takes to make sense of words: the places of Thailand, and a trained classifier."""

    gazetteer: extract.Gazetteer
    classifier: classify.TrainedModel


def read_letters(
    pages: Sequence[OcrPage], understanding: Understanding, today: dt.date
) -> tuple[Reading, ...]:
    """Return one reading for every letter in the pages, in their order."""
    return tuple(
        _read_letter(number, letter, understanding, today)
        for number, letter in enumerate(extract.split_letters(pages), start=1)
    )


def _read_letter(
    number: int, pages: tuple[OcrPage, ...], understanding: Understanding, today: dt.date
) -> Reading:
    fields = extract.read_fields(pages, understanding.gazetteer, today)
    # Letters about complaints (circulars, reminders, reports) are none: they get no category.
    may_be_complaint = fields.kind in (LetterKind.COMPLAINT, LetterKind.OTHER)
    suggestion = classify.suggest(pages, understanding.classifier) if may_be_complaint else None
    return Reading(number, pages, fields, suggestion)
