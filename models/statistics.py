"""How the classifier fares with officers, week by week: acceptance, confusions, what comes in.

Weeks begin on Monday, in Thailand.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, select

from models.database import THAILAND
from models.draft_states import DraftState
from models.tables import drafts, examples
from models.terms import main_of


@dataclass(frozen=True, slots=True)
class WeekOfAnswers:
    """What became of the suggestions for the complaints that were confirmed in a week.

    ``kept`` were confirmed as proposed, ``main_kept`` with the main category proposed, ``first``
    had the confirmed main category ranked first, ``abstained`` had no proposal.
    """

    week: dt.date
    confirmed: int
    kept: int
    main_kept: int
    first: int
    abstained: int


@dataclass(frozen=True, slots=True)
class WeekOfArrivals:
    """What came in in a week.

    ``familiarity`` is the mean share of letters' runs that the model knows (None: never said),
    ``abstained`` how many suggestions chose nothing, ``mains`` the main categories ranked first.
    """

    week: dt.date
    drafts: int
    abstained: int
    familiarity: float | None
    mains: Mapping[str, int]


def answers_by_week(connection: Connection, since: dt.datetime) -> list[WeekOfAnswers]:
    """Return the weeks in which complaints were confirmed, oldest first."""
    query = select(
        examples.c.decided_at, examples.c.category, examples.c.first_category, examples.c.proposed
    ).where(
        examples.c.decided_at >= since,
        examples.c.is_complaint == 1,
        examples.c.category.is_not(None),
        examples.c.model_version != "",
    )
    counts: defaultdict[dt.date, Counter[str]] = defaultdict(Counter)
    for row in connection.execute(query):
        own, main = counts[_week(row.decided_at)], main_of(row.category)
        own["confirmed"] += 1
        own["abstained"] += row.proposed is None
        own["kept"] += row.proposed == row.category
        own["main_kept"] += row.proposed is not None and main_of(row.proposed) == main
        own["first"] += row.first_category is not None and main_of(row.first_category) == main
    return [
        WeekOfAnswers(
            week, own["confirmed"], own["kept"], own["main_kept"], own["first"], own["abstained"]
        )
        for week, own in sorted(counts.items())
    ]


def confusions(connection: Connection, since: dt.datetime) -> dict[tuple[str, str], int]:
    """Return how often a main category was ranked first (first) and confirmed (second)."""
    query = select(examples.c.first_category, examples.c.category).where(
        examples.c.decided_at >= since,
        examples.c.is_complaint == 1,
        examples.c.category.is_not(None),
        examples.c.first_category.is_not(None),
    )
    pairs = (
        (main_of(row.first_category), main_of(row.category)) for row in connection.execute(query)
    )
    return dict(Counter(pairs))


def arrivals_by_week(connection: Connection, since: dt.datetime) -> list[WeekOfArrivals]:
    """Return the weeks in which letters with a suggestion came in, oldest first."""
    query = select(
        drafts.c.created_at, drafts.c.first_category, drafts.c.abstained, drafts.c.familiarity
    ).where(
        drafts.c.created_at >= since,
        drafts.c.abstained.is_not(None),
        drafts.c.state != DraftState.REPLACED,  # its pages came in once
    )
    mains: defaultdict[dt.date, Counter[str]] = defaultdict(Counter)
    known: defaultdict[dt.date, list[float]] = defaultdict(list)
    counts: defaultdict[dt.date, Counter[str]] = defaultdict(Counter)
    for row in connection.execute(query):
        week = _week(row.created_at)
        counts[week]["drafts"] += 1
        counts[week]["abstained"] += row.abstained
        if row.familiarity is not None:
            known[week].append(row.familiarity)
        if row.first_category is not None:
            mains[week][main_of(row.first_category)] += 1
    return [
        WeekOfArrivals(
            week,
            own["drafts"],
            own["abstained"],
            sum(known[week]) / len(known[week]) if known[week] else None,
            dict(mains[week]),
        )
        for week, own in sorted(counts.items())
    ]


def _week(moment: dt.datetime) -> dt.date:
    day = moment.astimezone(THAILAND).date()
    return day - dt.timedelta(days=day.weekday())
