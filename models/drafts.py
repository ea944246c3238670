"""Drafts: what the machine read of one letter, waiting for an officer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection, Row, func, insert, select

from models.draft_columns import reading_columns
from models.draft_states import DraftState
from models.letters import Alarm, Fields, OcrPage, Reading, Suggestion
from models.pages import get_pages
from models.tables import drafts, scans
from models.terms import FieldName

_FIELDS = TypeAdapter(Fields)
_SUGGESTION = TypeAdapter(Suggestion)
_ALARMS = TypeAdapter(tuple[Alarm, ...])
# For counting and filtering in the database; the draft itself says the same elsewhere.
_OF_COLUMNS_ALONE = (
    *("kind", "first_category", "abstained", "familiarity", "unsureness"),
    *("district", "sought"),
)


class DraftGone(Exception):
    """There is no such draft."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter that waits for an officer, with all that the machine has to say."""

    id: int
    scan_id: int
    scan_name: str
    sha256: str
    letter: int
    first_page: int
    last_page: int
    left_out: tuple[int, ...]
    fields: Fields
    suggestion: Suggestion | None
    alarms: tuple[Alarm, ...]
    urgent: bool
    doubts: int
    state: DraftState
    version: int
    created_at: dt.datetime

    @property
    def page_numbers(self) -> tuple[int, ...]:
        """Return the numbers of its pages, which follow on each other but for those left out."""
        whole = range(self.first_page, self.last_page + 1)
        return tuple(number for number in whole if number not in self.left_out)


def add_draft(connection: Connection, scan_id: int, reading: Reading, now: dt.datetime) -> bool:
    """Write the draft of a letter; False where it exists already (a workflow that ran twice)."""
    key = (drafts.c.scan_id == scan_id) & (drafts.c.letter == reading.letter)
    if connection.execute(select(drafts.c.id).where(key)).first():
        return False
    own = [page.number for page in reading.pages]
    values = {
        "scan_id": scan_id,
        "letter": reading.letter,
        "first_page": own[0],
        "last_page": own[-1],
        "left_out": sorted({*range(own[0], own[-1])} - {*own}) or None,
        **reading_columns(reading),
        "state": DraftState.WAITING,
        "version": 1,
        "created_at": now,
    }
    connection.execute(insert(drafts).values(values))
    return True


def _query() -> Any:
    return select(drafts, scans.c.name.label("scan_name"), scans.c.sha256).join(
        scans, scans.c.id == drafts.c.scan_id
    )


def _draft(row: Row[Any]) -> Draft:
    values = dict(row._mapping)
    for name in _OF_COLUMNS_ALONE:
        values.pop(name)
    values["alarms"] = _ALARMS.validate_python(values["alarms"] or ())
    values["fields"] = _fields(values["fields"])
    if values["suggestion"] is not None:
        values["suggestion"] = _SUGGESTION.validate_python(values["suggestion"])
    values["left_out"] = tuple(values["left_out"] or ())
    values["urgent"] = bool(values["urgent"])
    values["state"] = DraftState(values["state"])
    return Draft(**values)


def _fields(stored: Mapping[str, Any]) -> Fields:
    """Return the fields as they were stored, also by a version that knew others than we do."""
    known = {name: field for name, field in stored["values"].items() if name in set(FieldName)}
    return _FIELDS.validate_python({**stored, "values": known})


def get_draft(connection: Connection, draft_id: int) -> Draft:
    """Return a draft.

    Raises:
        DraftGone: there is none with this id.
    """
    row = connection.execute(_query().where(drafts.c.id == draft_id)).one_or_none()
    if row is None:
        raise DraftGone("ไม่พบเรื่องนี้ในคิว")
    return _draft(row)


def drafts_by_id(connection: Connection, draft_ids: Sequence[int]) -> dict[int, Draft]:
    """Return the drafts with these ids."""
    query = _query().where(drafts.c.id.in_(draft_ids))
    return {row.id: _draft(row) for row in connection.execute(query)}


def count_drafts(connection: Connection) -> dict[DraftState, int]:
    """Return how many drafts are in each state (states without drafts are 0)."""
    counts = dict.fromkeys(DraftState, 0)
    for state, count in connection.execute(
        select(drafts.c.state, func.count()).group_by(drafts.c.state)
    ):
        counts[DraftState(state)] = count
    return counts


def drafts_of_scan(connection: Connection, scan_id: int) -> list[Draft]:
    """Return the drafts of a scan, one per letter in it."""
    query = _query().where(drafts.c.scan_id == scan_id).order_by(drafts.c.letter)
    return [_draft(row) for row in connection.execute(query)]


def pages_of_draft(connection: Connection, draft: Draft) -> list[OcrPage]:
    """Return the readings of the draft's own pages."""
    return get_pages(connection, draft.scan_id, draft.page_numbers)
