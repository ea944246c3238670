"""How much an officer did, how long a letter takes, and what can still be taken back."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from statistics import median

from sqlalchemy import Connection, select

from models.draft_states import CLOSING, Action, DraftState
from models.tables import decisions, drafts


@dataclass(frozen=True, slots=True)
class Pace:
    """Letters finished, and the median of active seconds on one (None where nobody measured)."""

    letters: int
    seconds: int | None


def pace(connection: Connection, since: dt.datetime, officer: str | None = None) -> Pace:
    """Return the pace since a moment, of one officer or of all."""
    query = select(decisions.c.draft_id, decisions.c.active_ms).where(
        decisions.c.action.in_(CLOSING), decisions.c.decided_at >= since
    )
    if officer is not None:
        query = query.where(decisions.c.officer == officer)
    rows = connection.execute(query).all()
    measured = [row.active_ms for row in rows if row.active_ms]
    seconds = max(round(median(measured) / 1000), 1) if measured else None
    return Pace(len({row.draft_id for row in rows}), seconds)


def just_done(
    connection: Connection, officer: str, since: dt.datetime, limit: int
) -> dict[int, Action]:
    """Return the drafts whose state an officer's decision since a moment made, newest first."""
    states = {
        Action.CONFIRM: DraftState.CONFIRMED,
        Action.PARK: DraftState.PARKED,
        Action.REJECT: DraftState.REJECTED,
    }
    query = (
        select(decisions.c.draft_id, decisions.c.action, drafts.c.state)
        .join(drafts, drafts.c.id == decisions.c.draft_id)
        .where(
            decisions.c.officer == officer,
            decisions.c.action.in_(states),
            decisions.c.decided_at >= since,
        )
        .order_by(decisions.c.id.desc())
    )
    found: dict[int, Action] = {}
    for draft_id, action, state in connection.execute(query.limit(3 * limit)):
        if state == states[Action(action)]:
            found.setdefault(draft_id, Action(action))
    return dict(list(found.items())[:limit])
