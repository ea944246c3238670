"""Finds the letters in the pages of a file and reads each: its fields, and what it is about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

import classify
import extract
from ingest.sheet_values import with_sheets
from ingest.stacks import Stack, part_stack
from models.letters import OcrPage, Reading, Suggestion
from models.sheet_codes import Separator
from models.terms import LetterKind

# Papers that tell of dangers gone by or in general, and ask nobody to come at once.
_NO_ALARMS = (LetterKind.ORDER, LetterKind.ANNOUNCEMENT, LetterKind.RESULT_REPORT)


@dataclass(frozen=True, slots=True)
class Understanding:
    """What it takes to make sense of words: the places of Thailand, and a trained classifier."""

    gazetteer: extract.Gazetteer
    classifier: classify.TrainedModel


def read_letters(
    pages: Sequence[OcrPage], understanding: Understanding, today: dt.date
) -> tuple[Reading, ...]:
    """Return one reading for every letter in the pages, in their order."""
    return read_stack(part_stack(pages), understanding, today)


def read_stack(stack: Stack, understanding: Understanding, today: dt.date) -> tuple[Reading, ...]:
    """Return one reading for every letter of pages that are parted already."""
    return tuple(
        read_letter(number, letter.pages, understanding, today, letter.separator)
        for number, letter in enumerate(stack.letters, start=1)
    )


def read_letter(
    number: int,
    pages: tuple[OcrPage, ...],
    understanding: Understanding,
    today: dt.date,
    separator: Separator | None = None,
) -> Reading:
    """Return the reading of pages that are one letter, the ``number``-th of its scan.

    ``separator`` is what the last sheet before it says of the letters after it.
    """
    fields = extract.read_fields(pages, understanding.gazetteer, today)
    fields = with_sheets(fields, pages, separator, understanding.gazetteer)
    story = extract.story(pages, fields)
    suggestion = classify.suggest(story, understanding.classifier)
    # Phrases count wherever they stand, what only the sense of the words says in the story alone.
    raised = classify.alarms(pages) or classify.alarms(story, understanding.classifier)
    raised = () if fields.kind in _NO_ALARMS else raised
    return Reading(number, pages, fields, _fitting(suggestion, fields.kind), raised)


def _fitting(suggestion: Suggestion, kind: LetterKind) -> Suggestion | None:
    """Return the suggestion as far as it fits the kind of paper that the marks on the page tell.

    Letters about complaints (circulars, reminders, reports) are none: they get no category. Where
    only the words say that it is a complaint, its categories are shown and none is chosen.
    """
    if kind is LetterKind.COMPLAINT:
        return suggestion
    if kind is LetterKind.OTHER:
        return None if suggestion.is_complaint is False else suggestion
    return replace(suggestion, abstained=True) if suggestion.is_complaint else None
