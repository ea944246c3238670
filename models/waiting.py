"""The queue of drafts: which comes first, and of whose answer the classifier would learn most."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Any, assert_never

from sqlalchemy import Connection, func, select

from models.drafts import Draft, DraftState, drafts_by_id
from models.tables import drafts


class Order(StrEnum):
    """Which waiting draft comes first, after those that are urgent."""

    OLDEST = "oldest"
    INSTRUCTIVE = "instructive"  # of whose answer the classifier would learn most


def _ordered(query: Any, order: Order) -> Any:
    first = (drafts.c.urgent.desc(),)
    match order:
        case Order.OLDEST:
            return query.order_by(*first, drafts.c.id)
        case Order.INSTRUCTIVE:
            unsure = func.coalesce(drafts.c.unsureness, 0.0).desc()
            return query.order_by(*first, unsure, drafts.c.id)
        case _:
            assert_never(order)


def list_drafts(
    connection: Connection,
    state: DraftState,
    limit: int,
    after: int = 0,
    order: Order = Order.OLDEST,
) -> Sequence[Draft]:
    """Return drafts in the order of the queue: urgent ones first, then as ``order`` says.

    ``after`` skips that many.
    """
    query = _ordered(select(drafts.c.id).where(drafts.c.state == state), order)
    ids = connection.scalars(query.limit(limit).offset(after)).all()
    found = drafts_by_id(connection, ids)
    return [found[draft_id] for draft_id in ids]


def next_waiting(
    connection: Connection, skip: int | None = None, order: Order = Order.OLDEST
) -> int | None:
    """Return the id of the draft to look at next, passing over ``skip``."""
    query = select(drafts.c.id).where(drafts.c.state == DraftState.WAITING)
    if skip is not None:
        query = query.where(drafts.c.id != skip)
    found: int | None = connection.scalar(_ordered(query, order).limit(1))
    return found
