"""How much an officer did, and how long a letter takes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from statistics import median

from sqlalchemy import Connection, select

from models.draft_states import Action
from models.tables import decisions

_FINISHED = (Action.CONFIRM, Action.REJECT)


@dataclass(frozen=True, slots=True)
class Pace:
    """Letters finished, and the median of active seconds on one (None where nobody measured)."""

    letters: int
    seconds: int | None


def pace(connection: Connection, since: dt.datetime, officer: str | None = None) -> Pace:
    """Return the pace since a moment, of one officer or of all."""
    query = select(decisions.c.draft_id, decisions.c.active_ms).where(
        decisions.c.action.in_(_FINISHED), decisions.c.decided_at >= since
    )
    if officer is not None:
        query = query.where(decisions.c.officer == officer)
    rows = connection.execute(query).all()
    measured = [row.active_ms for row in rows if row.active_ms]
    seconds = max(round(median(measured) / 1000), 1) if measured else None
    return Pace(len({row.draft_id for row in rows}), seconds)
