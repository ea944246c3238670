"""The queue of drafts: what lies in which pile, which comes first, which an officer gets next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, assert_never

from sqlalchemy import ColumnElement, Connection, Select, exists, func, select

from models.desk_tables import claims
from models.draft_states import DraftState
from models.drafts import Draft, drafts_by_id
from models.matters import has_undecided_pair
from models.searching import containing
from models.tables import batches, drafts, scans

# The officer stays with a pile of paper, whose letters look alike, unless others wait much longer.
_STAY = dt.timedelta(days=1)


class Order(StrEnum):
    """Which waiting draft comes first, after those that are urgent."""

    OLDEST = "oldest"
    INSTRUCTIVE = "instructive"  # of whose answer the classifier would learn most


class Pile(StrEnum):
    """The piles of the queue that hold drafts."""

    WAITING = "waiting"
    URGENT = "urgent"
    ALIKE = "alike"  # may be of the same matter as another letter
    PARKED = "parked"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Sieve:
    """What to leave of a pile; an empty one leaves all.

    ``category`` is a main category that the machine ranked first, ``before`` the moment before
    which a draft was written, ``text`` something of its number, subject or persons.
    """

    district: str = ""
    batch: int | None = None
    category: str = ""
    before: dt.datetime | None = None
    text: str = ""


NOTHING_SIFTED = Sieve()


def _in(pile: Pile) -> ColumnElement[bool]:
    match pile:
        case Pile.WAITING:
            return drafts.c.state == DraftState.WAITING
        case Pile.URGENT:
            return (drafts.c.state == DraftState.WAITING) & (drafts.c.urgent > 0)
        case Pile.ALIKE:
            return (drafts.c.state == DraftState.WAITING) & has_undecided_pair()
        case Pile.PARKED:
            return drafts.c.state == DraftState.PARKED
        case Pile.REJECTED:
            return drafts.c.state == DraftState.REJECTED
        case _:
            assert_never(pile)


def _sifted(query: Select[Any], pile: Pile, sieve: Sieve) -> Select[Any]:
    query = query.where(_in(pile))
    if sieve.district:
        query = query.where(drafts.c.district == sieve.district)
    if sieve.batch is not None:
        of_batch = select(scans.c.id).where(scans.c.batch_id == sieve.batch)
        query = query.where(drafts.c.scan_id.in_(of_batch))
    if sieve.category:
        own = drafts.c.first_category == sieve.category
        query = query.where(own | drafts.c.first_category.startswith(f"{sieve.category}."))
    if sieve.before is not None:
        query = query.where(drafts.c.created_at < sieve.before)
    if sieve.text:
        query = query.where(drafts.c.sought.like(containing(sieve.text), escape="\\"))
    return query


def _ordered(query: Select[Any], order: Order) -> Select[Any]:
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
    pile: Pile,
    limit: int,
    after: int = 0,
    order: Order = Order.OLDEST,
    sieve: Sieve = NOTHING_SIFTED,
) -> Sequence[Draft]:
    """Return drafts in the order of the queue: urgent ones first, then as ``order`` says.

    ``after`` skips that many.
    """
    query = _ordered(_sifted(select(drafts.c.id), pile, sieve), order)
    ids = connection.scalars(query.limit(limit).offset(after)).all()
    found = drafts_by_id(connection, ids)
    return [found[draft_id] for draft_id in ids]


def count_in(connection: Connection, pile: Pile, sieve: Sieve = NOTHING_SIFTED) -> int:
    """Return how many drafts lie in a pile."""
    query = _sifted(select(func.count()).select_from(drafts), pile, sieve)
    return connection.scalar(query) or 0


def districts_in(connection: Connection) -> dict[str, int]:
    """Return the districts of waiting drafts with how many wait in each, most first."""
    query = (
        select(drafts.c.district, func.count().label("waiting"))
        .where(drafts.c.state == DraftState.WAITING, drafts.c.district.is_not(None))
        .group_by(drafts.c.district)
        .order_by(func.count().desc(), drafts.c.district)
    )
    return {row.district: row.waiting for row in connection.execute(query)}


def newest_batches(connection: Connection, limit: int) -> dict[int, str]:
    """Return the names of the newest batches by their ids."""
    query = select(batches.c.id, batches.c.name).order_by(batches.c.id.desc()).limit(limit)
    return {row.id: row.name for row in connection.execute(query)}


def next_best(
    connection: Connection,
    officer: str,
    now: dt.datetime,
    *,
    order: Order = Order.OLDEST,
    sieve: Sieve = NOTHING_SIFTED,
    beside: int | None = None,
    prefer: int | None = None,
    skip: Collection[int] = (),
) -> int | None:
    """Return the id of the draft that the officer should look at next.

    What the officer has claimed already comes first: all of it, or the draft ``prefer`` alone
    where the officer comes from the draft ``beside``. Then what is urgent, then the pile of paper
    that ``beside`` came from, then the order; never what anybody else holds, nor what is in
    ``skip``.
    """
    waiting = _sifted(select(drafts.c.id), Pile.WAITING, sieve).where(drafts.c.id.not_in(skip))
    held = (claims.c.draft_id == drafts.c.id) & (claims.c.until > now)
    own = waiting.where(exists().where(held, claims.c.officer == officer))
    if beside is not None:
        own = own.where(drafts.c.id == prefer)
    claimed: int | None = connection.scalar(_ordered(own, order).limit(1))
    if claimed is not None:
        return claimed
    free = waiting.where(~exists().where(held))
    first: int | None = connection.scalar(_ordered(free, order).limit(1))
    if first is None:
        return None
    near = _beside(connection, free, beside) if order is Order.OLDEST else None
    return first if near is None else _nearer(connection, first, near)


def _beside(connection: Connection, query: Select[Any], beside: int | None) -> int | None:
    """Return the oldest draft of the query from the same batch as ``beside``."""
    if beside is None:
        return None
    of_scan = scans.c.id == select(drafts.c.scan_id).where(drafts.c.id == beside).scalar_subquery()
    batch = connection.scalar(select(scans.c.batch_id).where(of_scan))
    if batch is None:
        return None
    same = select(scans.c.id).where(scans.c.batch_id == batch)
    query = query.where(drafts.c.scan_id.in_(same)).order_by(drafts.c.id).limit(1)
    found: int | None = connection.scalar(query)
    return found


def _nearer(connection: Connection, first: int, near: int) -> int:
    """Return the draft of the same batch unless the first of the queue is urgent or much older."""
    query = select(drafts.c.id, drafts.c.urgent, drafts.c.created_at)
    rows = {row.id: row for row in connection.execute(query.where(drafts.c.id.in_([first, near])))}
    if rows[first].urgent > rows[near].urgent:
        return first
    return near if rows[near].created_at - rows[first].created_at <= _STAY else first
