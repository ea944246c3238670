"""The whole of the work: what waits and for how long, what comes and goes."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from sqlalchemy import Connection, case, func, select

from models.database import THAILAND
from models.draft_states import Action, DraftState
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
        .where(drafts.c.state.in_((DraftState.WAITING, DraftState.PARKED)))
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
    since = dt.datetime.combine(first, dt.time(), THAILAND)
    came = select(drafts.c.created_at).where(
        drafts.c.created_at >= since, drafts.c.state != DraftState.REPLACED
    )
    went = select(decisions.c.decided_at).where(
        decisions.c.decided_at >= since, decisions.c.action.in_((Action.CONFIRM, Action.REJECT))
    )
    arrived, finished = _by_day(connection.scalars(came)), _by_day(connection.scalars(went))
    every = [first + dt.timedelta(days=number) for number in range(days)]
    return [Day(day, arrived[day], finished[day]) for day in every]


def _by_day(moments: Iterable[dt.datetime]) -> Counter[dt.date]:
    return Counter(moment.astimezone(THAILAND).date() for moment in moments)


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
