"""The page of the administration that shows how the classifier fares."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fastapi import APIRouter, Request, Response
from sqlalchemy import Connection

from models.database import looking
from models.statistics import (
    WeekOfAnswers,
    WeekOfArrivals,
    answers_by_week,
    arrivals_by_week,
    confusions,
)
from review_ui.charts import Chart, share_chart
from review_ui.dates import short
from review_ui.desk import Desk
from review_ui.rendering import frame, render

_BACK = dt.timedelta(weeks=26)
_HEATS = 5  # steps of shading


@dataclass(frozen=True, slots=True)
class Cell:
    """How often it happened, and a step of shading (0..5) by its share of the row."""

    count: int
    heat: int
    right: bool


@dataclass(frozen=True, slots=True)
class Matrix:
    """Rows are what officers confirmed, columns what the machine ranked first."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]


@dataclass(frozen=True, slots=True)
class Totals:
    """The same as the curves, over all weeks shown; shares are None where nothing was decided."""

    confirmed: int
    first: float | None
    kept: float | None
    abstained: float | None


def classifier_routes(desk: Desk) -> APIRouter:
    """Return the routes of the page."""
    router = APIRouter(include_in_schema=False)

    @router.get("/classifier")
    def classifier(request: Request) -> Response:
        since = desk.now() - _BACK
        with looking(desk.engine) as connection:
            context = frame(request, connection) | _figures(connection, since, desk.labels)
        return render("classifier.html", context | {"news": desk.classifier()})

    return router


def _figures(
    connection: Connection, since: dt.datetime, labels: Mapping[str, str]
) -> dict[str, object]:
    answers, arrivals = answers_by_week(connection, since), arrivals_by_week(connection, since)
    return {
        "totals": totals(answers),
        "answers": answers,
        "arrivals": arrivals,
        "acceptance": _acceptance(answers),
        "drift": _drift(arrivals),
        "matrix": matrix(confusions(connection, since), labels),
    }


def totals(weeks: Sequence[WeekOfAnswers]) -> Totals:
    """Return the sums of all weeks."""
    confirmed = sum(week.confirmed for week in weeks)

    def share(count: int) -> float | None:
        return count / confirmed if confirmed else None

    return Totals(
        confirmed,
        share(sum(week.first for week in weeks)),
        share(sum(week.kept for week in weeks)),
        share(sum(week.abstained for week in weeks)),
    )


def _acceptance(weeks: Sequence[WeekOfAnswers]) -> Chart:
    return share_chart(
        "ข้อเสนอของเครื่องเทียบกับที่เจ้าหน้าที่ยืนยัน รายสัปดาห์",
        [_short(week.week) for week in weeks],
        [
            ("หมวดหลักอันดับแรกถูก", [week.first / week.confirmed for week in weeks]),
            ("รับตามที่เสนอ", [week.kept / week.confirmed for week in weeks]),
            ("เครื่องไม่แน่ใจ", [week.abstained / week.confirmed for week in weeks]),
        ],
    )


def _drift(weeks: Sequence[WeekOfArrivals]) -> Chart:
    return share_chart(
        "เรื่องที่เข้ามา เทียบกับสิ่งที่เครื่องเคยเรียน รายสัปดาห์",
        [_short(week.week) for week in weeks],
        [
            (
                "ถ้อยคำที่ไม่คุ้น",
                [None if w.familiarity is None else 1 - w.familiarity for w in weeks],
            ),
            ("เครื่องไม่แน่ใจ", [week.abstained / week.drafts for week in weeks]),
            ("สัดส่วนหมวดต่างจากสัปดาห์ก่อน ๆ", shifts(weeks)),
        ],
    )


def shifts(weeks: Sequence[WeekOfArrivals]) -> list[float | None]:
    """Return how far each week's mix of categories lies from that of all weeks before it.

    Half the sum of differences of shares (total variation): 0 is the same mix, 1 nothing in common.
    """
    found: list[float | None] = []
    before: Counter[str] = Counter()
    for week in weeks:
        now, total = sum(week.mains.values()), before.total()
        if now and total:
            codes = {*week.mains, *before}
            apart = (abs(week.mains.get(c, 0) / now - before[c] / total) for c in codes)
            found.append(sum(apart) / 2)
        else:
            found.append(None)
        before.update(week.mains)
    return found


def matrix(pairs: Mapping[tuple[str, str], int], labels: Mapping[str, str]) -> Matrix:
    """Return the matrix of what was ranked first against what was confirmed."""
    codes = {code for pair in pairs for code in pair}
    order = [code for code in labels if code in codes] + sorted(codes - set(labels))
    rows = []
    for truth in order:
        counts = [pairs.get((said, truth), 0) for said in order]
        whole = sum(counts)
        cells = tuple(
            Cell(n, -(-n * _HEATS // whole) if whole else 0, said == truth)
            for said, n in zip(order, counts, strict=True)
        )
        rows.append((labels.get(truth, truth), cells))
    return Matrix(tuple(labels.get(code, code) for code in order), tuple(rows))


def _short(day: dt.date) -> str:
    return short(day.isoformat())
