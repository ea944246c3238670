"""Decisions: all that officers said about drafts; nothing said is ever changed or forgotten."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, insert, select

from models.claims import free
from models.draft_states import Action, DraftState, next_state
from models.drafts import Draft
from models.tables import decisions
from models.unfinished import forget
from models.versions import change


@dataclass(frozen=True, slots=True)
class Decision:
    """All that an officer had to say about a draft; ``answers`` is field by field.

    ``active_ms`` is how long the officer worked on it, pauses left out; None where nobody knows.
    """

    action: Action
    officer: str
    decided_at: dt.datetime
    reason: str | None = None
    note: str | None = None
    answers: Mapping[str, Any] | None = None
    active_ms: int | None = None


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
            active_ms=row.active_ms,
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
    change(connection, draft.id, version, (draft.state,), state=state)
    values = {
        "draft_id": draft.id,
        "action": decision.action,
        "officer": decision.officer,
        "decided_at": decision.decided_at,
        "reason": decision.reason,
        "note": decision.note,
        "answers": dict(decision.answers or {}),
        "active_ms": decision.active_ms,
    }
    if decision.action is not Action.TAKE_OVER:
        # What was typed so far went into the decision; who takes over goes on with it.
        forget(connection, draft.id)
        free(connection, draft.id)
    key = connection.execute(insert(decisions).values(values)).inserted_primary_key
    assert key is not None
    return int(key[0]), state
