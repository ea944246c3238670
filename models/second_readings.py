"""Blind second readings: the office's own measure of how often a confirmed value is wrong.

(nothing) --a--> SECOND --b--> SETTLED
                   \\--c--> THIRD --d--> SETTLED

a  drawn by lot when a letter is confirmed
b  a second officer, who sees the page and not the answer, reads the same
c  reads something else: a third officer looks
d  the third officer says what the page says; a wrong record is mended

Two readings agree by accident far less often than two people who look at one answer (Barchard and
others 2019 on double entry).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, Connection, Row, delete, func, insert, select, update

from models.desk_tables import second_readings
from models.records import Record, record_of_draft
from models.searching import folded
from models.tables import records
from models.terms import FieldName
from models.vouching import CRITICAL

Critical = Mapping[FieldName, str | None]


class ReadingState(StrEnum):
    """Who must read next; the letters are the arrows above."""

    SECOND = "second"
    THIRD = "third"
    SETTLED = "settled"


class NotYours(Exception):
    """The reading is not this officer's to do, or no longer open."""


@dataclass(frozen=True, slots=True)
class SecondReading:
    """A confirmed letter that is read again; ``second`` and ``settled`` are None until then."""

    id: int
    draft_id: int
    state: ReadingState
    first_officer: str
    first: Critical
    second_officer: str | None
    second: Critical | None
    third_officer: str | None
    settled: Critical | None


@dataclass(frozen=True, slots=True)
class Accuracy:
    """What second readings found: letters and fields settled, wrong fields as first confirmed.

    ``share`` is the share of wrong fields among all confirmed ones as estimated, None without any.
    """

    letters: int
    fields: int
    wrong: int
    share: float | None


def draw(connection: Connection, record: Record, weight: float, now: dt.datetime) -> None:
    """Note that a record is to be read again."""
    values = {
        "draft_id": record.draft_id,
        "chosen_at": now,
        "weight": weight,
        "state": ReadingState.SECOND,
        "first_officer": record.confirmed_by,
        "first": {name.value: record.values[name] for name in CRITICAL},
    }
    connection.execute(insert(second_readings).values(values))


def withdraw(connection: Connection, draft_id: int) -> None:
    """Forget the second reading of a letter whose record is taken back."""
    connection.execute(delete(second_readings).where(second_readings.c.draft_id == draft_id))


def _open_to(officer: str) -> ColumnElement[bool]:
    table = second_readings.c
    stranger = table.first_officer != officer
    second = (table.state == ReadingState.SECOND) & stranger
    third = (table.state == ReadingState.THIRD) & stranger & (table.second_officer != officer)
    return second | third


def open_to(connection: Connection, officer: str, limit: int) -> list[SecondReading]:
    """Return what this officer may read, oldest first."""
    query = select(second_readings).where(_open_to(officer)).order_by(second_readings.c.id)
    return [_reading(row) for row in connection.execute(query.limit(limit))]


def get_reading(connection: Connection, reading_id: int, officer: str) -> SecondReading:
    """Return a reading that is this officer's to do.

    Raises:
        NotYours: it is not, or there is none.
    """
    query = select(second_readings).where(second_readings.c.id == reading_id, _open_to(officer))
    row = connection.execute(query).one_or_none()
    if row is None:
        raise NotYours("เรื่องนี้ตรวจซ้ำไปแล้ว หรือท่านเป็นผู้ตรวจคนก่อน จึงต้องให้ผู้อื่นตรวจ")
    return _reading(row)


def count_open(connection: Connection) -> int:
    """Return how many readings wait for somebody."""
    waiting = second_readings.c.state != ReadingState.SETTLED
    return connection.scalar(select(func.count()).where(waiting)) or 0


def differing(first: Critical, second: Critical) -> tuple[FieldName, ...]:
    """Return the fields on which two readings do not agree, spaces and kind of digits aside."""
    return tuple(n for n in CRITICAL if folded(first[n] or "") != folded(second[n] or ""))


def read_second(
    connection: Connection, reading: SecondReading, officer: str, said: Critical, now: dt.datetime
) -> ReadingState:
    """Write down what the second officer read.

    Raises:
        NotYours: somebody was faster.
    """
    agreed = not differing(reading.first, said)
    state = ReadingState.SETTLED if agreed else ReadingState.THIRD
    values = {"second_officer": officer, "second_at": now, "second": _stored(said)}
    if agreed:
        values |= {"settled": _stored(reading.first), "settled_at": now}
    _move(connection, reading, state, values)
    return state


def settle(
    connection: Connection, reading: SecondReading, officer: str, said: Critical, now: dt.datetime
) -> tuple[FieldName, ...]:
    """Write down what the third officer says, and mend the record; return the mended fields.

    Raises:
        NotYours: somebody was faster.
    """
    values = {"third_officer": officer, "settled": _stored(said), "settled_at": now}
    _move(connection, reading, ReadingState.SETTLED, values)
    wrong = differing(reading.first, said)
    record = record_of_draft(connection, reading.draft_id)
    if wrong and record:
        found = " ".join(said[name] or "" for name in wrong)
        connection.execute(
            update(records)
            .where(records.c.id == record.id)
            .values(
                **{name.value: said[name] for name in wrong},
                search_text=records.c.search_text + folded(found),
            )
        )
    return wrong


def _move(
    connection: Connection,
    reading: SecondReading,
    state: ReadingState,
    values: Mapping[str, object],
) -> None:
    moved = connection.execute(
        update(second_readings)
        .where(second_readings.c.id == reading.id, second_readings.c.state == reading.state)
        .values(state=state, **values)
    )
    if moved.rowcount != 1:
        raise NotYours("มีผู้อื่นตรวจซ้ำเรื่องนี้ไปแล้ว")


def settled_of_draft(connection: Connection, draft_id: int) -> SecondReading | None:
    """Return the settled second reading of a letter."""
    chosen = second_readings.c.draft_id == draft_id
    settled = second_readings.c.state == ReadingState.SETTLED
    row = connection.execute(select(second_readings).where(chosen, settled)).one_or_none()
    return None if row is None else _reading(row)


def accuracy(connection: Connection, since: dt.datetime) -> Accuracy:
    """Return what second readings settled since a moment found."""
    query = select(second_readings).where(second_readings.c.settled_at >= since)
    letters = wrong = 0
    whole = lost = 0.0
    for row in connection.execute(query):
        reading = _reading(row)
        assert reading.settled is not None
        mistakes = len(differing(reading.first, reading.settled))
        letters += 1
        wrong += mistakes
        whole += row.weight * len(CRITICAL)
        lost += row.weight * mistakes
    return Accuracy(letters, letters * len(CRITICAL), wrong, lost / whole if letters else None)


def _stored(said: Critical) -> dict[str, str | None]:
    return {name.value: said[name] for name in CRITICAL}


def _said(stored: Mapping[str, str | None] | None) -> Critical | None:
    return None if stored is None else {name: stored.get(name.value) for name in CRITICAL}


def _reading(row: Row[tuple[object, ...]]) -> SecondReading:
    values = row._mapping
    first = _said(values["first"])
    assert first is not None
    return SecondReading(
        id=values["id"],
        draft_id=values["draft_id"],
        state=ReadingState(values["state"]),
        first_officer=values["first_officer"],
        first=first,
        second_officer=values["second_officer"],
        second=_said(values["second"]),
        third_officer=values["third_officer"],
        settled=_said(values["settled"]),
    )
