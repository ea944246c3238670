"""The overview (ภาพรวม): what waits where, for how long, how fast it shrinks, how right it is."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter, Request, Response

from models.database import looking
from models.overview import AGES, Day, DistrictWaiting, changes, last_days, waiting_by_district
from models.pace import pace
from models.second_readings import Accuracy, accuracy
from review_ui.desk import Desk
from review_ui.rendering import frame, render

_DAYS = 7
_MONTHS = dt.timedelta(days=90)
_SURE = 1.645  # standard deviations: what is so with a probability of 95 %, on one side
_BAR = 100.0  # width of the bars' drawing


@dataclass(frozen=True, slots=True)
class Bar:
    """A piece of a district's bar, in units of its drawing: where it begins and how wide it is."""

    age: int
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class DistrictRow:
    """A district with its bar and the age of its oldest letter in days."""

    waiting: DistrictWaiting
    bars: tuple[Bar, ...]
    oldest_days: int


def district_rows(waiting: Sequence[DistrictWaiting], now: dt.datetime) -> list[DistrictRow]:
    """Return the rows; the longest bar is that of the district with most letters."""
    most = max((each.waiting for each in waiting), default=0) or 1
    rows = []
    for each in waiting:
        bars, x = [], 0.0
        for age, number in enumerate(each.by_age):
            width = _BAR * number / most
            bars.append(Bar(age, round(x, 2), round(width, 2)))
            x += width
        rows.append(DistrictRow(each, tuple(bars), (now - each.oldest).days))
    return rows


def at_most(found: Accuracy) -> float | None:
    """Return the share of wrong fields that is not exceeded with a probability of 95 %.

    The upper bound of Wilson (1927); with no wrong field of n it is about 2.7 of n.
    """
    n = found.fields
    if not n:
        return None
    share, z2 = found.wrong / n, _SURE**2
    spread = _SURE * math.sqrt(share * (1 - share) / n + z2 / (4 * n * n))
    return (share + z2 / (2 * n) + spread) / (1 + z2 / n)


def days_left(waiting: int, days: Sequence[Day]) -> int | None:
    """Return in how many days nothing waits at the pace of these days; None if it does not shrink.

    Days on which nobody worked count for nothing.
    """
    worked = [day for day in days if day.finished]
    if not worked:
        return None
    less = sum(day.finished for day in worked) / len(worked) - sum(d.arrived for d in days) / len(
        days
    )
    return math.ceil(waiting / less) if less > 0 else None


def overview_routes(desk: Desk) -> APIRouter:
    """Return the routes of the overview."""
    router = APIRouter(include_in_schema=False)

    @router.get("/overview")
    def overview(request: Request) -> Response:
        now, today = desk.now(), desk.today()
        with looking(desk.engine) as connection:
            context = frame(request, connection)
            waiting = waiting_by_district(connection, now)
            days = last_days(connection, today, _DAYS)
            found = accuracy(connection, now - _MONTHS)
            context |= {
                "rows": district_rows(waiting, now),
                "ages": ("0–3", "4–7", "8–15", "เกิน 15"),
                "old": sum(sum(each.by_age[2:]) for each in waiting),
                "old_days": AGES[1],
                "days": days,
                "busiest": max((max(day.arrived, day.finished) for day in days), default=0) or 1,
                "days_left": days_left(context["counts"].waiting, days),
                "today": pace(connection, desk.midnight()),
                "changes": changes(connection, now - dt.timedelta(days=30)),
                "accuracy": found,
                "at_most": at_most(found),
            }
        return render("overview.html", context)

    return router
