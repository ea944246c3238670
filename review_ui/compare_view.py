"""Two letters field by field: what each says, and whether they agree."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection

from models.decisions import decisions_of
from models.draft_states import OPEN_STATES
from models.drafts import Draft, get_draft
from models.marks import folded_name, folded_reference
from models.records import record_of_draft
from models.searching import folded
from models.terms import FieldName
from review_ui import words
from review_ui.answers import Typed, typed_from_draft, typed_from_record
from review_ui.desk import Desk
from review_ui.page_view import PageView, page_views


class Agreement(StrEnum):
    """How two letters stand in one field."""

    SAME = "same"
    PARTLY = "partly"  # what both say agrees, and one of them leaves out a part
    DIFFERENT = "different"
    ONE = "one"  # only one of them says something
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two letters; ``vouched`` is "" where an officer does, or says that nobody does.

    ``texts`` are its values, by column of the table; a place has two parts.
    """

    draft: Draft
    pages: tuple[PageView, ...]
    vouched: str
    state: str
    texts: Mapping[str, tuple[str, ...]]


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
        pages=page_views(desk, connection, draft),
        vouched="ยังไม่ยืนยัน" if draft.state in OPEN_STATES else "",
        state=f"{state} ทะเบียนที่ {record.id}" if record else state,
        texts=_texts(typed, desk),
    )


def _texts(typed: Typed, desk: Desk) -> dict[str, tuple[str, ...]]:
    values = typed.values
    place = ((FieldName.SUBDISTRICT, "ต."), (FieldName.DISTRICT, "อ."))
    return {
        "reference": (values[FieldName.REFERENCE_NO],),
        "date": (values[FieldName.DATE],),
        "received": (values[FieldName.RECEIVED_NO],),
        "complainant": (values[FieldName.COMPLAINANT],),
        "place": tuple(values[name] and short + values[name] for name, short in place),
        "subject": (values[FieldName.SUBJECT],),
        "category": (desk.labels.get(typed.category, typed.category),),
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
    found = []
    for key, (label, fold) in _COLUMNS.items():
        one, other = left.texts[key], right.texts[key]
        parts = [(fold(a), fold(b)) for a, b in zip(one, other, strict=True)]
        found.append(Column(label, _joined(one), _joined(other), agreement(parts)))
    return tuple(found)


def _joined(parts: Iterable[str]) -> str:
    return " ".join(part for part in parts if part)


def agreement(parts: Sequence[tuple[str, str]]) -> Agreement:
    """Return how two letters stand, by the folded parts of what each says ("": nothing)."""
    if not any(left or right for left, right in parts):
        return Agreement.NEITHER
    if any(left and right and left != right for left, right in parts):
        return Agreement.DIFFERENT
    if all(left == right for left, right in parts):
        return Agreement.SAME
    return (
        Agreement.PARTLY if any(left and left == right for left, right in parts) else Agreement.ONE
    )
