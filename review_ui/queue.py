"""The queue: what waits, what was put aside, and what could not be opened."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy import Connection

from models.claims import holders
from models.database import looking, writing
from models.decisions import decisions_of
from models.drafts import drafts_by_id
from models.pace import just_done, pace
from models.records import UNDO_WITHIN
from models.scans import (
    StoredScan,
    read_again,
    scans_needing_a_person,
    standing_still_since,
)
from models.terms import main_of
from models.waiting import Pile, count_in, districts_in, list_drafts, newest_batches
from models.work_items import AT_ONCE
from review_ui import words
from review_ui.asking import answer_json
from review_ui.counters import Counts, count
from review_ui.desk import Desk
from review_ui.officer import ask_name, officer_of
from review_ui.paging import SIZE, Paging, paging
from review_ui.queue_rows import Row, queue_row, queue_rows
from review_ui.rendering import frame, render
from review_ui.sifting import DAYS, View, asked_view, remember_view

FAILED = "failed"
_TABS = {
    Pile.WAITING.value: "รอตรวจ",
    Pile.URGENT.value: "ด่วน",
    Pile.ALIKE.value: "ซ้ำ?",
    Pile.PARKED.value: "พักไว้",
    Pile.REJECTED.value: "ตีกลับ",
    FAILED: "ล้มเหลว",
}
_JUST_DONE = 10
_BATCHES = 100  # that the list of batches offers
# The machine reads a page in seconds: if nothing moves for so long, it stands still.
_PATIENCE = dt.timedelta(minutes=10)


def _rows(connection: Connection, desk: Desk, pile: Pile, where: Paging, view: View) -> list[Row]:
    now = desk.now()
    sieve = view.sieve(now)
    drafts = list_drafts(connection, pile, SIZE, where.skipped, view.order, sieve)
    ids = [draft.id for draft in drafts]
    history = decisions_of(connection, ids)
    return queue_rows(drafts, desk, history, holders(connection, ids, now))


def _scans(connection: Connection, skipped: int) -> list[StoredScan]:
    return scans_needing_a_person(connection, skipped + SIZE)[skipped:]


def _numbers(counts: Counts) -> dict[str, int]:
    return {
        Pile.WAITING.value: counts.waiting,
        Pile.URGENT.value: counts.urgent,
        Pile.ALIKE.value: counts.alike,
        Pile.PARKED.value: counts.parked,
        Pile.REJECTED.value: counts.rejected,
        FAILED: counts.failed,
    }


def _total(
    connection: Connection, desk: Desk, tab: str, view: View, numbers: Mapping[str, int]
) -> int:
    if tab == FAILED or not view.sifts:
        return numbers[tab]
    return count_in(connection, Pile(tab), view.sieve(desk.now()))


def _choices(connection: Connection, desk: Desk) -> dict[str, Any]:
    """Return what the sieve may be set to."""
    mains = dict.fromkeys(main_of(category.code) for category in desk.categories)
    return {
        "districts": districts_in(connection),
        "batches": newest_batches(connection, _BATCHES),
        "mains": {code: desk.labels.get(code, code) for code in mains},
        "days": DAYS,
    }


def _today(connection: Connection, desk: Desk, officer: str | None) -> dict[str, Any]:
    now = desk.now()
    return {
        "pace": pace(connection, desk.midnight(), officer) if officer else None,
        "just_done": _just_done(connection, desk, officer) if officer else [],
        "still": standing_still_since(connection, now - _PATIENCE),
    }


def _just_done(connection: Connection, desk: Desk, officer: str) -> list[tuple[Row, str]]:
    """Return what the officer can still take back, with what was done."""
    done = just_done(connection, officer, desk.now() - UNDO_WITHIN, _JUST_DONE)
    found = drafts_by_id(connection, list(done))
    return [(queue_row(found[each], desk), words.ACTIONS[done[each]]) for each in done]


def queue_routes(desk: Desk) -> APIRouter:
    """Return the routes of the queue."""
    router = APIRouter(include_in_schema=False)

    @router.get("/")
    def home() -> Response:
        return RedirectResponse("/queue", 303)

    @router.get("/queue")
    def queue(
        request: Request, tab: str = "waiting", page: int = 1, done: str = "", was: int = 0
    ) -> Response:
        view = asked_view(request)
        tab = tab if tab in _TABS else Pile.WAITING.value
        with looking(desk.engine) as connection:
            context = frame(request, connection)
            numbers = _numbers(context["counts"])
            where = paging(page, _total(connection, desk, tab, view, numbers))
            failed = tab == FAILED
            context |= {
                "tab": tab,
                "tabs": [(key, label, numbers[key]) for key, label in _TABS.items()],
                "paging": where,
                "rows": [] if failed else _rows(connection, desk, Pile(tab), where, view),
                "scans": _scans(connection, where.skipped) if failed else [],
                "view": view,
                "done": done,
                "was": was,
                **_choices(connection, desk),
                **_today(connection, desk, context["officer"]),
            }
        answer = render("queue.html", context)
        remember_view(answer, request, view)
        return answer

    @router.post("/scans/{scan_id:int}/again")
    def again(request: Request, scan_id: int) -> Response:
        """Have a file read once more that could not be."""
        if officer_of(request) is None:
            return ask_name("/queue?tab=failed")
        with writing(desk.engine) as connection:
            read_again(connection, [scan_id], AT_ONCE)
        return RedirectResponse("/queue?tab=failed", 303)

    @router.get("/status.json")
    def status() -> Response:
        with looking(desk.engine) as connection:
            counts = count(connection)
        names = (
            *("waiting", "urgent", "alike", "parked", "rejected", "second"),
            *("reading", "failed", "recorded", "unrecorded"),
        )
        content = {name: getattr(counts, name) for name in names}
        return answer_json(content)

    return router
