"""Examples: what a person decided of a letter, for the classifier to learn from.

Only decisions of officers become examples, and of the letter only its text without its persons.
A letter that is taken up again stops being one until it is decided anew.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, Select, and_, delete, func, insert, or_, select

from models.draft_states import OPEN_STATES, Action
from models.drafts import Draft, drafts_by_id
from models.tables import decisions, drafts, examples
from models.terms import FieldName

_PERSONS = (FieldName.COMPLAINANT, FieldName.RESPONDENT, FieldName.SIGNATORY)
NO_COMPLAINT = "no_complaint"  # the reason to reject that says what the paper is


@dataclass(frozen=True, slots=True)
class Decided:
    """A draft that an officer decided on, with the persons whom machine or officer named."""

    draft: Draft
    decision_id: int
    decided_at: dt.datetime
    is_complaint: bool
    category: str | None
    second_category: str | None
    persons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StoredExample:
    """A text to learn from and what an officer said it is.

    ``first_category`` is what the machine ranked first when the officer saw the letter, ``place``
    where in its ranking the officer's category stood (from 1; 0: nowhere), ``proposed`` what it
    began the form with (None: it abstained).
    """

    draft_id: int
    decision_id: int
    decided_at: dt.datetime
    text: str
    is_complaint: bool
    category: str | None
    second_category: str | None
    first_category: str | None
    place: int
    proposed: str | None
    model_version: str


def _newest_decision() -> Select[tuple[int]]:
    newest = func.max(decisions.c.id).label("decision_id")
    return select(newest, decisions.c.draft_id).group_by(decisions.c.draft_id)


def not_yet_learned(connection: Connection, limit: int) -> list[Decided]:
    """Return drafts that were decided and are no examples yet, oldest decision first.

    Those are what was confirmed, and what was rejected for being no complaint.
    """
    newest = _newest_decision().subquery()
    query = (
        select(decisions)
        .join(newest, newest.c.decision_id == decisions.c.id)
        .outerjoin(examples, examples.c.decision_id == decisions.c.id)
        .where(
            examples.c.draft_id.is_(None),
            or_(
                decisions.c.action == Action.CONFIRM,
                and_(decisions.c.action == Action.REJECT, decisions.c.reason == NO_COMPLAINT),
            ),
        )
        .order_by(decisions.c.id)
        .limit(limit)
    )
    rows = connection.execute(query).all()
    found = drafts_by_id(connection, [row.draft_id for row in rows])
    return [
        _decided(found[row.draft_id], row.id, row.decided_at, row.action, row.answers)
        for row in rows
    ]


def _decided(
    draft: Draft, decision_id: int, decided_at: dt.datetime, action: str, answers: dict[str, object]
) -> Decided:
    said = {
        name: str(pair["officer"])
        for name, pair in answers.items()
        if isinstance(pair, dict) and pair.get("officer")
    }
    machine = (draft.fields.get(name) for name in _PERSONS)
    persons = [field.value or field.raw for field in machine if field]
    persons += [said[name.value] for name in _PERSONS if name.value in said]
    confirmed = action == Action.CONFIRM
    category = said.get("category") if confirmed else None
    return Decided(
        draft=draft,
        decision_id=decision_id,
        decided_at=decided_at,
        is_complaint=confirmed and (category is not None or said.get("kind") == "complaint"),
        category=category,
        second_category=said.get("second_category") if confirmed else None,
        persons=tuple(dict.fromkeys(persons)),
    )


def put_example(connection: Connection, example: StoredExample) -> None:
    """Keep an example; what an earlier decision on the same draft taught goes."""
    connection.execute(delete(examples).where(examples.c.draft_id == example.draft_id))
    connection.execute(
        insert(examples).values(
            draft_id=example.draft_id,
            decision_id=example.decision_id,
            decided_at=example.decided_at,
            text=example.text,
            is_complaint=int(example.is_complaint),
            category=example.category,
            second_category=example.second_category,
            first_category=example.first_category,
            place=example.place,
            proposed=example.proposed,
            model_version=example.model_version,
        )
    )


def drop_reopened(connection: Connection) -> int:
    """Forget the examples of drafts that wait again; return how many they were."""
    reopened = select(drafts.c.id).where(drafts.c.state.in_(OPEN_STATES))
    return connection.execute(delete(examples).where(examples.c.draft_id.in_(reopened))).rowcount


def count_examples(connection: Connection) -> int:
    """Return how many examples officers have given."""
    return connection.scalar(select(func.count()).select_from(examples)) or 0


def all_examples(connection: Connection) -> Iterator[StoredExample]:
    """Give the examples, oldest decision first, without holding all in memory."""
    query = select(examples).order_by(examples.c.decision_id)
    for row in connection.execution_options(yield_per=500).execute(query):
        values = dict(row._mapping)
        values["is_complaint"] = bool(values["is_complaint"])
        yield StoredExample(**values)
