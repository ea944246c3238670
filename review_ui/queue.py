"""The queue: what waits, what was put aside, and what could not be opened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse
from sqlalchemy import Connection

from models.database import looking
from models.drafts import Action, Decision, Draft, DraftState, decisions_of
from models.letters import Suggestion
from models.scans import StoredScan, scans_needing_a_person
from models.terms import FieldName
from models.waiting import Order, list_drafts, next_waiting
from review_ui import words
from review_ui.answers import code_in_use
from review_ui.counters import Counts, count
from review_ui.desk import Desk
from review_ui.order import asked_order, remember_order
from review_ui.paging import SIZE, paging
from review_ui.rendering import frame, render

FAILED = "failed"
_DRAFT_TABS = {
    DraftState.WAITING.value: DraftState.WAITING,
    DraftState.PARKED.value: DraftState.PARKED,
    DraftState.REJECTED.value: DraftState.REJECTED,
}


@dataclass(frozen=True, slots=True)
class Row:
    """A draft as the queue shows it: the fields themselves, not a file name."""

    id: int
    urgency: str | None
    reference: str | None
    date: str | None
    subject: str | None
    kind: str
    category: str | None
    share: float | None
    doubts: int
    dangers: tuple[str, ...]
    file: str
    put_aside: Decision | None
    reason: str


def queue_row(draft: Draft, desk: Desk, history: Sequence[Decision] = ()) -> Row:
    """Return the row of a draft."""
    suggestion = draft.suggestion
    chosen = code_in_use(suggestion.choice if suggestion else None, desk)
    aside = next((d for d in reversed(history) if d.action in (Action.PARK, Action.REJECT)), None)
    return Row(
        id=draft.id,
        urgency=_value(draft, FieldName.URGENCY),
        reference=_value(draft, FieldName.REFERENCE_NO),
        date=_value(draft, FieldName.DATE),
        subject=_value(draft, FieldName.SUBJECT),
        kind=words.KINDS[draft.fields.kind],
        category=desk.labels[chosen] if chosen else ("ไม่แน่ใจ" if suggestion else None),
        share=_share(suggestion) if suggestion and chosen else None,
        doubts=draft.doubts,
        dangers=tuple(dict.fromkeys(words.DANGERS[each.danger] for each in draft.alarms)),
        file=draft.scan_name,
        put_aside=aside,
        reason=words.reason_word(aside.action, aside.reason) if aside else "",
    )


def _share(suggestion: Suggestion) -> float | None:
    """Return how sure the machine is of what it proposes."""
    ranked = (*suggestion.categories, *suggestion.parts)
    return next((each.probability for each in ranked if each.code == suggestion.choice), None)


def _value(draft: Draft, name: FieldName) -> str | None:
    field = draft.fields.get(name)
    return field.value if field else None


def _rows(
    connection: Connection, desk: Desk, state: DraftState, skipped: int, order: Order
) -> list[Row]:
    drafts = list_drafts(connection, state, SIZE, skipped, order)
    history = decisions_of(connection, [draft.id for draft in drafts])
    return [queue_row(draft, desk, history[draft.id]) for draft in drafts]


def _scans(connection: Connection, skipped: int) -> list[StoredScan]:
    return scans_needing_a_person(connection, skipped + SIZE)[skipped:]


def _total(counts: Counts, tab: str) -> int:
    totals = {
        DraftState.WAITING.value: counts.waiting,
        DraftState.PARKED.value: counts.parked,
        DraftState.REJECTED.value: counts.rejected,
        FAILED: counts.failed,
    }
    return totals[tab]


def queue_routes(desk: Desk) -> APIRouter:
    """Return the routes of the queue."""
    router = APIRouter(include_in_schema=False)

    @router.get("/")
    def home() -> Response:
        return RedirectResponse("/queue", 303)

    @router.get("/queue")
    def queue(
        request: Request,
        tab: str = "waiting",
        page: int = 1,
        done: str = "",
        was: int = 0,
        order: str = "",
    ) -> Response:
        wanted = asked_order(request, order)
        tab = tab if tab in _DRAFT_TABS or tab == FAILED else DraftState.WAITING.value
        with looking(desk.engine) as connection:
            context = frame(request, connection)
            where = paging(page, _total(context["counts"], tab))
            state = _DRAFT_TABS.get(tab)
            context |= {
                "tab": tab,
                "paging": where,
                "rows": _rows(connection, desk, state, where.skipped, wanted) if state else [],
                "scans": [] if state else _scans(connection, where.skipped),
                "next_id": next_waiting(connection, order=wanted),
                "order": wanted,
                "done": done,
                "was": was,
            }
        answer = render("queue.html", context)
        remember_order(answer, request, wanted)
        return answer

    @router.get("/status.json")
    def status() -> Response:
        with looking(desk.engine) as connection:
            counts = count(connection)
        names = ("waiting", "parked", "rejected", "reading", "failed", "recorded", "unrecorded")
        content = {name: getattr(counts, name) for name in names}
        return JSONResponse(content, headers={"Cache-Control": "no-store"})

    return router
