"""Letters that may be of the same matter: found by the machine, judged by an officer.

    relate --> undecided --judge--> judged (and judged again, where the officer thinks better)

No pair moves a draft: duplicates and follow-ups are flagged, never dropped.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, insert, select, union, update

from models.alike import Reason, alike
from models.draft_states import DraftState
from models.drafts import DraftGone
from models.marks import Marks, bands, marks_of
from models.matter_tables import draft_bands, draft_marks, draft_runs, same_matters
from models.tables import drafts
from models.terms import FieldName

_MOST = 10  # pairs raised for a draft at once, best first
_SHOWN = 30
_ENDS = (same_matters.c.first_id, same_matters.c.second_id)
_LOCK = 0x5341_4D45  # of PostgreSQL, held while a letter is compared; any number of our own

# How far each reason speaks for the same matter; together they say more than one alone.
_WEIGHTS: Mapping[Reason, float] = {
    Reason.REFERENCE: 0.8,
    Reason.TEXT: 0.8,
    Reason.LOOK: 0.6,
    Reason.COMPLAINANT: 0.5,
}


class Verdict(StrEnum):
    """What an officer says of two letters."""

    SAME_LETTER = "same_letter"
    FOLLOW_UP = "follow_up"
    OTHER_CHANNEL = "other_channel"  # the same complaint, come in another way
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two letters, seen from one of them: why they were paired, and what an officer said.

    ``verdict``, ``officer`` and ``decided_at`` are None until then; ``score`` is 0..1.
    """

    other_id: int
    reasons: tuple[Reason, ...]
    score: float
    found_at: dt.datetime
    verdict: Verdict | None
    officer: str | None
    decided_at: dt.datetime | None


def draft_of(connection: Connection, scan_id: int, letter: int) -> int:
    """Return the id of the draft of a scan's letter.

    Raises:
        DraftGone: there is none.
    """
    key = (drafts.c.scan_id == scan_id) & (drafts.c.letter == letter)
    found: int | None = connection.scalar(select(drafts.c.id).where(key))
    if found is None:
        raise DraftGone("ไม่พบเรื่องนี้ในคิว")
    return found


def relate(connection: Connection, draft_id: int, marks: Marks, now: dt.datetime) -> None:
    """Keep a letter's marks and pair it with every letter that shares some; twice does no harm."""
    _one_at_a_time(connection)
    if not _update_marks(connection, draft_id, marks):
        _insert_marks(connection, draft_id, marks)
    _raise_pairs(connection, draft_id, alike(connection, draft_id, marks), now)


def relate_again(
    connection: Connection, draft_id: int, values: Mapping[FieldName, str | None], now: dt.datetime
) -> None:
    """Pair a letter again by values that are surer: an officer's, or those of a new reading."""
    relate(connection, draft_id, marks_of(values), now)


def _one_at_a_time(connection: Connection) -> None:
    """Keep two letters that come in at once from missing each other; SQLite writes one by one."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))


def _told(marks: Marks) -> dict[str, str]:
    names = ("reference", "date", "complainant", "subdistrict", "district")
    return {name: getattr(marks, name) for name in names}


def _update_marks(connection: Connection, draft_id: int, marks: Marks) -> bool:
    """Keep what is told of a letter anew; look and text are those of its pages and stay."""
    change = update(draft_marks).where(draft_marks.c.draft_id == draft_id)
    return bool(connection.execute(change.values(_told(marks))).rowcount)


def _insert_marks(connection: Connection, draft_id: int, marks: Marks) -> None:
    row = {"draft_id": draft_id, "look": marks.look, "runs": len(marks.runs), **_told(marks)}
    connection.execute(insert(draft_marks).values(row))
    if marks.runs:
        runs = [{"run": run, "draft_id": draft_id} for run in marks.runs]
        connection.execute(insert(draft_runs), runs)
    if marks.look:
        keys = [{"band": band, "draft_id": draft_id} for band in bands(marks.look)]
        connection.execute(insert(draft_bands), keys)


def _raise_pairs(
    connection: Connection, draft_id: int, found: Mapping[int, set[Reason]], now: dt.datetime
) -> None:
    best = sorted(found, key=lambda other: (_score(found[other]), other), reverse=True)[:_MOST]
    known = {pair.other_id: pair for pair in _pairs(connection, draft_id)}
    for other in best:
        pair = known.get(other)
        if pair is None:
            values = {**_key(draft_id, other), **_because(found[other]), "found_at": now}
            connection.execute(insert(same_matters).values(values))
        elif pair.verdict is None and not found[other] <= set(pair.reasons):
            values = _because(found[other] | set(pair.reasons))
            change = update(same_matters).where(_are(draft_id, other))
            connection.execute(change.values(values))


def _because(reasons: set[Reason]) -> dict[str, Any]:
    return {"reasons": [each for each in Reason if each in reasons], "score": _score(reasons)}


def _score(reasons: set[Reason]) -> float:
    against = 1.0
    for reason in reasons:
        against *= 1 - _WEIGHTS[reason]
    return round(1 - against, 4)


def _key(draft_id: int, other_id: int) -> dict[str, int]:
    return {"first_id": min(draft_id, other_id), "second_id": max(draft_id, other_id)}


def _are(draft_id: int, other_id: int) -> ColumnElement[bool]:
    key = _key(draft_id, other_id)
    first, second = _ENDS
    return (first == key["first_id"]) & (second == key["second_id"])


def _pairs(connection: Connection, draft_id: int) -> list[Pair]:
    found = []
    for own, other in (_ENDS, _ENDS[::-1]):
        query = select(same_matters).join(drafts, drafts.c.id == other)
        live = drafts.c.state != DraftState.REPLACED
        rows = connection.execute(query.where(own == draft_id, live))
        found += [_pair(row, draft_id) for row in rows]
    return found


def _pair(row: Row[Any], draft_id: int) -> Pair:
    return Pair(
        other_id=row.second_id if row.first_id == draft_id else row.first_id,
        reasons=tuple(Reason(code) for code in row.reasons if code in set(Reason)),
        score=row.score,
        found_at=row.found_at,
        verdict=Verdict(row.verdict) if row.verdict else None,
        officer=row.officer,
        decided_at=row.decided_at,
    )


def pairs_of(connection: Connection, draft_id: int) -> list[Pair]:
    """Return a letter's pairs, whichever of both came first: undecided ones first, best first."""

    def place(pair: Pair) -> tuple[bool, float, int]:
        return pair.verdict is not None, -pair.score, -pair.other_id

    return sorted(_pairs(connection, draft_id), key=place)[:_SHOWN]


def pair_of(connection: Connection, draft_id: int, other_id: int) -> Pair | None:
    """Return the pair of two letters, None where nobody has paired them."""
    query = select(same_matters).where(_are(draft_id, other_id))
    row = connection.execute(query).one_or_none()
    return None if row is None else _pair(row, draft_id)


def judge(
    connection: Connection,
    draft_id: int,
    other_id: int,
    verdict: Verdict,
    officer: str,
    now: dt.datetime,
) -> None:
    """Keep what an officer says of two letters, also of such as the machine did not pair.

    Neither draft moves; the last word counts.
    """
    said = {"verdict": verdict, "officer": officer, "decided_at": now}
    change = update(same_matters).where(_are(draft_id, other_id))
    if connection.execute(change.values(said)).rowcount:
        return
    row = {**_key(draft_id, other_id), "reasons": [], "score": 0.0, "found_at": now, **said}
    connection.execute(insert(same_matters).values(row))


def _with_undecided_pair() -> Any:
    others = drafts.alias("others")
    undecided = same_matters.c.verdict.is_(None) & (others.c.state != DraftState.REPLACED)
    return union(
        *(
            select(own).join_from(same_matters, others, others.c.id == other).where(undecided)
            for own, other in (_ENDS, _ENDS[::-1])
        )
    )


def has_undecided_pair() -> ColumnElement[bool]:
    """Return the condition on ``drafts`` that somebody must still look at a pair of theirs."""
    return drafts.c.id.in_(_with_undecided_pair())


def count_undecided(connection: Connection) -> int:
    """Return how many waiting drafts have a pair that nobody has judged."""
    # What is told of whole drafts is asked of an index: their rows are large.
    replaced = select(drafts.c.id).where(drafts.c.state == DraftState.REPLACED)
    others = [state for state in DraftState if state is not DraftState.WAITING]
    waits_not = select(drafts.c.id).where(drafts.c.state.in_(others))
    undecided = union(
        *(
            select(own.label("id")).where(
                same_matters.c.verdict.is_(None), other.not_in(replaced), own.not_in(waits_not)
            )
            for own, other in (_ENDS, _ENDS[::-1])
        )
    ).subquery()
    return connection.scalar(select(func.count()).select_from(undecided)) or 0
