"""Drafts: what the machine read of one letter, waiting for an officer.

            +---b---> PARKED ---d--+
            |                      v
--a--> WAITING <------------------ +
            |  ^
            |  +--d-- REJECTED <--c-- (WAITING or PARKED)
            +---e---> CONFIRMED (the only way to a record; from WAITING or PARKED)

a  the pipeline writes it, once per letter of a scan
b  park: not now, with a reason        c  reject: no record will be made, with a reason
d  return: look again                  e  confirm: an officer vouches for every field
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, assert_never

from pydantic import TypeAdapter
from sqlalchemy import Connection, Row, func, insert, select, update

from models.letters import Alarm, Fields, OcrPage, Reading, Suggestion
from models.pages import get_pages
from models.recorded import RECORDED
from models.tables import decisions, drafts, scans
from models.terms import FieldName

_FIELDS = TypeAdapter(Fields)
_SUGGESTION = TypeAdapter(Suggestion)
_ALARMS = TypeAdapter(tuple[Alarm, ...])


class DraftState(StrEnum):
    """Where a draft is on its way; the letters are the arrows above."""

    WAITING = "waiting"
    PARKED = "parked"
    REJECTED = "rejected"
    CONFIRMED = "confirmed"
    REPLACED = "replaced"


class Action(StrEnum):
    """What an officer can do with a draft."""

    CONFIRM = "confirm"
    PARK = "park"
    REJECT = "reject"
    RETURN = "return"
    REPLACE = "replace"
    RESTORE = "restore"


class DraftGone(Exception):
    """There is no such draft."""


class StaleDraft(Exception):
    """Somebody changed the draft since it was opened."""


class WrongState(Exception):
    """The action is not possible from the draft's state."""


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
    fields: Fields
    suggestion: Suggestion | None
    alarms: tuple[Alarm, ...]
    urgent: bool
    doubts: int
    state: DraftState
    version: int
    created_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Decision:
    """All that an officer had to say about a draft; ``answers`` is field by field."""

    action: Action
    officer: str
    decided_at: dt.datetime
    reason: str | None = None
    note: str | None = None
    answers: Mapping[str, Any] | None = None


def next_state(state: DraftState, action: Action) -> DraftState:
    """Return where an action leads.

    Raises:
        WrongState: the action is not possible from this state.
    """
    open_states = (DraftState.WAITING, DraftState.PARKED)
    match action:
        case Action.CONFIRM if state in open_states:
            return DraftState.CONFIRMED
        case Action.PARK if state is DraftState.WAITING:
            return DraftState.PARKED
        case Action.REJECT if state in open_states:
            return DraftState.REJECTED
        case Action.RETURN if state in (DraftState.PARKED, DraftState.REJECTED):
            return DraftState.WAITING
        case Action.REPLACE if state in open_states:
            return DraftState.REPLACED
        case Action.RESTORE if state is DraftState.REPLACED:
            return DraftState.WAITING
        case Action():
            raise WrongState("เรื่องนี้อยู่ในสถานะที่ทำรายการนี้ไม่ได้ กรุณากลับไปที่คิวแล้วเปิดใหม่")
        case _:
            assert_never(action)


def count_doubts(fields: Fields) -> int:
    """Return how many fields an officer should look at twice.

    A field that was not found is no doubt, nor is one that no record keeps: there is nothing to
    decide about it.
    """
    found = (fields.get(name) for name in RECORDED)
    return sum(bool(field and field.doubts) for field in found)


def add_draft(connection: Connection, scan_id: int, reading: Reading, now: dt.datetime) -> bool:
    """Write the draft of a letter; False where it exists already (a workflow that ran twice)."""
    key = (drafts.c.scan_id == scan_id) & (drafts.c.letter == reading.letter)
    if connection.execute(select(drafts.c.id).where(key)).first():
        return False
    urgency = reading.fields.get(FieldName.URGENCY)
    values = {
        "scan_id": scan_id,
        "letter": reading.letter,
        "first_page": reading.pages[0].number,
        "last_page": reading.pages[-1].number,
        "kind": reading.fields.kind,
        "fields": _FIELDS.dump_python(
            replace(reading.fields, values=dict(reading.fields.values)), mode="json"
        ),
        **_suggested(reading.suggestion),
        "alarms": _ALARMS.dump_python(reading.alarms, mode="json") or None,
        # What may cost a life goes before what a sender calls urgent.
        "urgent": 2 if reading.alarms else int(bool(urgency and urgency.value)),
        "doubts": count_doubts(reading.fields),
        "state": DraftState.WAITING,
        "version": 1,
        "created_at": now,
    }
    connection.execute(insert(drafts).values(values))
    return True


def _suggested(suggestion: Suggestion | None) -> dict[str, Any]:
    if suggestion is None:
        return {"suggestion": None}
    ranked = suggestion.ranked
    return {
        "suggestion": _SUGGESTION.dump_python(suggestion, mode="json"),
        "first_category": ranked[0].code if ranked else None,
        "abstained": int(suggestion.abstained),
        "familiarity": suggestion.familiarity,
        "unsureness": round(unsureness(suggestion), 4),
    }


def unsureness(suggestion: Suggestion) -> float:
    """Return how much a model would learn from the answer (0..1): the entropy of its ranking."""
    shares = [each.probability for each in suggestion.ranked if each.probability]
    if len(shares) < 2:
        return 0.0 if shares else 1.0
    entropy = -sum(share * math.log(share) for share in shares)
    return min(entropy / math.log(len(shares)), 1.0)


def _query() -> Any:
    return select(drafts, scans.c.name.label("scan_name"), scans.c.sha256).join(
        scans, scans.c.id == drafts.c.scan_id
    )


def _draft(row: Row[Any]) -> Draft:
    values = dict(row._mapping)
    for name in ("kind", "first_category", "abstained", "familiarity", "unsureness"):
        values.pop(name)
    values["alarms"] = _ALARMS.validate_python(values["alarms"] or ())
    values["fields"] = _fields(values["fields"])
    if values["suggestion"] is not None:
        values["suggestion"] = _SUGGESTION.validate_python(values["suggestion"])
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
    pages = get_pages(connection, draft.scan_id)
    return [page for page in pages if draft.first_page <= page.number <= draft.last_page]


def decisions_of(connection: Connection, draft_ids: Sequence[int]) -> dict[int, list[Decision]]:
    """Return what officers decided on each of these drafts, oldest first."""
    found: dict[int, list[Decision]] = {draft_id: [] for draft_id in draft_ids}
    query = select(decisions).where(decisions.c.draft_id.in_(draft_ids)).order_by(decisions.c.id)
    for row in connection.execute(query):
        decision = Decision(
            action=Action(row.action),
            officer=row.officer,
            decided_at=row.decided_at,
            reason=row.reason,
            note=row.note,
            answers=row.answers,
        )
        found[row.draft_id].append(decision)
    return found


def decide(
    connection: Connection, draft: Draft, version: int, decision: Decision
) -> tuple[int, DraftState]:
    """Write a decision and move the draft; return the decision's id and the new state.

    Raises:
        StaleDraft: the draft is no longer at ``version``.
        WrongState: the action is not possible now.
    """
    state = next_state(draft.state, decision.action)
    moved = connection.execute(
        update(drafts)
        .where(drafts.c.id == draft.id, drafts.c.version == version, drafts.c.state == draft.state)
        .values(state=state, version=version + 1)
    )
    if moved.rowcount != 1:
        raise StaleDraft("มีผู้อื่นแก้ไขเรื่องนี้ไปแล้ว กรุณาเปิดใหม่เพื่อดูข้อมูลล่าสุด")
    values = {
        "draft_id": draft.id,
        "action": decision.action,
        "officer": decision.officer,
        "decided_at": decision.decided_at,
        "reason": decision.reason,
        "note": decision.note,
        "answers": dict(decision.answers or {}),
    }
    key = connection.execute(insert(decisions).values(values)).inserted_primary_key
    assert key is not None
    return int(key[0]), state
