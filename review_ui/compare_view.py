"""Two letters field by field: what each says, and whether they agree."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection

from models.drafts import Draft, DraftState, decisions_of, get_draft, pages_of_draft
from models.marks import folded_name, folded_reference
from models.records import folded, record_of_draft
from models.terms import FieldName
from review_ui import words
from review_ui.answers import Typed, typed_from_draft, typed_from_record
from review_ui.desk import Desk
from review_ui.page_view import PageView, page_views

_OPEN = (DraftState.WAITING, DraftState.PARKED)


class Agreement(StrEnum):
    """How two letters stand in one field."""

    SAME = "same"
    DIFFERENT = "different"
    ONE = "one"  # only one of them says something
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two letters; ``told_by`` says who vouches for its values."""

    draft: Draft
    pages: tuple[PageView, ...]
    told_by: str
    state: str
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Column:
    """A field of both letters, one above the other."""

    label: str
    left: str
    right: str
    agreement: Agreement


def open_side(desk: Desk, connection: Connection, draft_id: int) -> Side:
    """Return one of the letters.

    Raises:
        DraftGone: there is no such draft.
    """
    draft = get_draft(connection, draft_id)
    record = record_of_draft(connection, draft_id)
    if record is not None:
        typed = typed_from_record(record, draft.version)
    else:
        typed = typed_from_draft(draft, desk, decisions_of(connection, [draft_id])[draft_id])
    state = words.STATES[draft.state]
    return Side(
        draft=draft,
        pages=page_views(desk, draft, pages_of_draft(connection, draft)),
        told_by="ยังไม่ยืนยัน" if draft.state in _OPEN else "",
        state=f"{state} ทะเบียนที่ {record.id}" if record else state,
        texts=_texts(typed, desk),
    )


def _texts(typed: Typed, desk: Desk) -> dict[str, str]:
    values = typed.values
    place = ((FieldName.SUBDISTRICT, "ต."), (FieldName.DISTRICT, "อ."))
    return {
        "reference": values[FieldName.REFERENCE_NO],
        "date": values[FieldName.DATE],
        "received": values[FieldName.RECEIVED_NO],
        "complainant": values[FieldName.COMPLAINANT],
        "place": " ".join(short + values[name] for name, short in place if values[name]),
        "subject": values[FieldName.SUBJECT],
        "category": desk.labels.get(typed.category, typed.category),
    }


_COLUMNS: Mapping[str, tuple[str, Callable[[str], str]]] = {
    "reference": (words.FIELDS[FieldName.REFERENCE_NO], folded_reference),
    "date": (words.FIELDS[FieldName.DATE], folded),
    "received": (words.FIELDS[FieldName.RECEIVED_NO], folded),
    "complainant": (words.FIELDS[FieldName.COMPLAINANT], folded_name),
    "place": ("สถานที่", folded),
    "subject": (words.FIELDS[FieldName.SUBJECT], folded),
    "category": ("หมวด", folded),
}


def columns(left: Side, right: Side) -> tuple[Column, ...]:
    """Return the fields of two letters, with whether they agree."""
    return tuple(
        Column(
            label, left.texts[key], right.texts[key], _agreement(left.texts, right.texts, key, fold)
        )
        for key, (label, fold) in _COLUMNS.items()
    )


def _agreement(
    left: Mapping[str, str], right: Mapping[str, str], key: str, fold: Callable[[str], str]
) -> Agreement:
    if not left[key] and not right[key]:
        return Agreement.NEITHER
    if not left[key] or not right[key]:
        return Agreement.ONE
    return Agreement.SAME if fold(left[key]) == fold(right[key]) else Agreement.DIFFERENT
