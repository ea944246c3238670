"""The whole of the work: what waits and for how long, what comes and goes."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from sqlalchemy import Column, ColumnElement, Connection, case, func, select

from models.database import THAILAND
from models.draft_states import CLOSING, OPEN_STATES, Action, DraftState
from models.tables import decisions, drafts

MOST_CHANGES = 1_000  # letters whose changes are counted; more would say no more
AGES = (3, 7, 15)  # days; the last group is older


@dataclass(frozen=True, slots=True)
class DistrictWaiting:
    """What waits of a district ("" for letters without one), by age: see ``AGES``."""

    district: str
    waiting: int
    by_age: tuple[int, ...]
    oldest: dt.datetime
    parked: int


@dataclass(frozen=True, slots=True)
class Day:
    """How many letters came in and how many were finished on a day in Thailand."""

    day: dt.date
    arrived: int
    finished: int


@dataclass(frozen=True, slots=True)
class Changes:
    """How often officers changed what the machine had read, among fields it had read."""

    read: int
    changed: int


def waiting_by_district(connection: Connection, now: dt.datetime) -> list[DistrictWaiting]:
    """Return the districts with open letters, most first."""
    waits = drafts.c.state == DraftState.WAITING
    younger = [drafts.c.created_at > now - dt.timedelta(days=days) for days in AGES]
    counted = [func.sum(case((waits & each, 1), else_=0)) for each in younger]
    query = (
        select(
            drafts.c.district,
            func.sum(case((waits, 1), else_=0)),
            func.min(drafts.c.created_at),
            func.sum(case((waits, 0), else_=1)),
            *counted,
        )
        .where(drafts.c.state.in_(OPEN_STATES))
        .group_by(drafts.c.district)
    )
    found = []
    for district, waiting, oldest, parked, *up_to in connection.execute(query):
        edges = (0, *up_to, waiting)
        by_age = tuple(after - before for before, after in pairwise(edges))
        found.append(DistrictWaiting(district or "", waiting, by_age, oldest, parked))
    return sorted(found, key=lambda each: (-each.waiting, each.district))


def last_days(connection: Connection, today: dt.date, days: int) -> list[Day]:
    """Return what came in and what was finished on each of the last days, oldest first."""
    first = today - dt.timedelta(days=days - 1)
    every = [first + dt.timedelta(days=number) for number in range(days)]
    came, went = drafts.c.created_at, decisions.c.decided_at
    closing = decisions.c.action.in_(CLOSING)
    arrived = _by_day(connection, every, came, drafts.c.state != DraftState.REPLACED)
    finished = _by_day(connection, every, went, closing)
    return [Day(*told) for told in zip(every, arrived, finished, strict=True)]


def _by_day(
    connection: Connection,
    days: Sequence[dt.date],
    moment: Column[dt.datetime],
    condition: ColumnElement[bool],
) -> list[int]:
    """Count moments by the days in Thailand that they fall on; ``days`` follow one another."""
    starts = [dt.datetime.combine(day, dt.time(), THAILAND) for day in days]
    ends = [*starts[1:], starts[-1] + dt.timedelta(days=1)]
    counts = [
        func.count(case(((moment >= start) & (moment < end), 1)))
        for start, end in zip(starts, ends, strict=True)
    ]
    query = select(*counts).where(condition, moment >= starts[0])
    return list(connection.execute(query).one())


def changes(connection: Connection, since: dt.datetime) -> Changes:
    """Return how often officers changed what the machine had read, in the newest letters."""
    query = (
        select(decisions.c.answers)
        .where(decisions.c.action == Action.CONFIRM, decisions.c.decided_at >= since)
        .order_by(decisions.c.decided_at.desc())
        .limit(MOST_CHANGES)
    )
    ways = Counter(pair["how"] for said in connection.scalars(query) for pair in said.values())
    changed = ways["changed"] + ways["cleared"]
    return Changes(ways["kept"] + changed, changed)
