"""Records: what an officer confirmed. There is one way to make one: ``confirm``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select

from models.decisions import Decision, decide
from models.draft_states import Action
from models.drafts import Draft
from models.national_id import without_ids
from models.recorded import CODED, RECORDED
from models.searching import containing, folded
from models.tables import drafts, examples, records, scans
from models.terms import FieldName, LetterKind
from models.vouching import Answer, answers

UNDO_WITHIN = dt.timedelta(minutes=10)


class TooLate(Exception):
    """A record can no longer be taken back; the message says in Thai why."""


@dataclass(frozen=True, slots=True)
class Record:
    """A confirmed letter: its values, who vouched for them and when, and which scan it is.

    ``values`` are those of the fields in ``RECORDED``.
    """

    id: int
    draft_id: int
    sha256: str
    scan_name: str
    confirmed_by: str
    confirmed_at: dt.datetime
    kind: LetterKind
    category: str | None
    second_category: str | None
    values: Mapping[FieldName, str | None]


def confirm(
    connection: Connection,
    draft: Draft,
    version: int,
    answer: Answer,
    *,
    officer: str,
    now: dt.datetime,
    text: str,
) -> int:
    """Make the record of a draft; ``text`` is the letter's text, for searching.

    Raises:
        StaleDraft: somebody was faster.
        WrongState: the draft is closed.
    """
    said = answers(draft.fields, draft.suggestion, answer)
    decision = Decision(Action.CONFIRM, officer, now, answers=said, active_ms=answer.active_ms)
    decision_id, _ = decide(connection, draft, version, decision)
    values = {name.value: answer.values.get(name) for name in RECORDED}
    row = {
        "draft_id": draft.id,
        "decision_id": decision_id,
        "decision_action": Action.CONFIRM,
        "confirmed_by": officer,
        "confirmed_at": now,
        "kind": answer.kind,
        "category": answer.category,
        "second_category": answer.second_category,
        "search_text": folded(_searched(draft, answer, text)),
    }
    key = connection.execute(insert(records).values(row | values)).inserted_primary_key
    assert key is not None
    return int(key[0])


def undo(connection: Connection, draft: Draft, officer: str, now: dt.datetime) -> None:
    """Take the record of a draft back: the letter waits again, with what was typed.

    The decisions stay. What hangs on the record must be gone before.

    Raises:
        TooLate: it was confirmed by somebody else, or longer ago than ``UNDO_WITHIN``.
        WrongState: the draft has no record.
        StaleDraft: somebody was faster.
    """
    record = record_of_draft(connection, draft.id)
    if record and (record.confirmed_by != officer or now - record.confirmed_at > UNDO_WITHIN):
        raise TooLate("ยกเลิกได้เฉพาะเรื่องที่ท่านบันทึกเองภายใน 10 นาที")
    decide(connection, draft, draft.version, Decision(Action.UNDO, officer, now))
    connection.execute(delete(records).where(records.c.draft_id == draft.id))
    connection.execute(delete(examples).where(examples.c.draft_id == draft.id))


def _searched(draft: Draft, answer: Answer, text: str) -> str:
    """Return what a record is found by: the letter's text and the officer's words, no ID number."""
    number = draft.fields.get(FieldName.NATIONAL_ID)
    if number and number.raw:
        text = text.replace(number.raw, " ")  # also one whose check digit does not hold
    said = (answer.values.get(name) for name in RECORDED if name not in CODED)
    return without_ids("\n".join([text, *(value for value in said if value)]))


def _query() -> Any:
    return (
        select(records, scans.c.sha256, scans.c.name.label("scan_name"))
        .join(drafts, drafts.c.id == records.c.draft_id)
        .join(scans, scans.c.id == drafts.c.scan_id)
    )


def _record(row: Row[Any]) -> Record:
    columns = row._mapping
    return Record(
        id=columns["id"],
        draft_id=columns["draft_id"],
        sha256=columns["sha256"],
        scan_name=columns["scan_name"],
        confirmed_by=columns["confirmed_by"],
        confirmed_at=columns["confirmed_at"],
        kind=LetterKind(columns["kind"]),
        category=columns["category"],
        second_category=columns["second_category"],
        values={name: columns[name.value] for name in RECORDED},
    )


def get_record(connection: Connection, record_id: int) -> Record | None:
    """Return a record."""
    row = connection.execute(_query().where(records.c.id == record_id)).one_or_none()
    return None if row is None else _record(row)


def record_of_draft(connection: Connection, draft_id: int) -> Record | None:
    """Return the record that a draft became."""
    row = connection.execute(_query().where(records.c.draft_id == draft_id)).one_or_none()
    return None if row is None else _record(row)


def _matching(query: str) -> Any:
    return records.c.search_text.like(containing(query), escape="\\")


def search(connection: Connection, query: str, limit: int, after: int = 0) -> list[Record]:
    """Return records that hold the query, newest first; an empty query finds all."""
    found = _query().order_by(records.c.id.desc())
    found = found.where(_matching(query)) if query else found
    return [_record(row) for row in connection.execute(found.limit(limit).offset(after))]


def count(connection: Connection, query: str = "") -> int:
    """Return how many records hold the query."""
    counted = select(func.count()).select_from(records)
    return connection.scalar(counted.where(_matching(query)) if query else counted) or 0


def count_by_category(connection: Connection) -> dict[str, int]:
    """Return how many records have each code, first or second."""
    counts: dict[str, int] = {}
    for column in (records.c.category, records.c.second_category):
        query = select(column, func.count()).where(column.is_not(None)).group_by(column)
        for code, number in connection.execute(query):
            counts[code] = counts.get(code, 0) + number
    return counts


def all_records(connection: Connection, query: str = "") -> Iterator[Record]:
    """Give the records that hold the query, oldest first, without holding all in memory."""
    found = _query().where(_matching(query)).order_by(records.c.id)
    for row in connection.execution_options(yield_per=500).execute(found):
        yield _record(row)
