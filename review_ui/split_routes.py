"""The page on which an officer parts a scan into letters, and takes that back."""

from __future__ import annotations

from collections.abc import Collection
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from models.database import looking, writing
from models.draft_states import WrongState
from models.drafts import DraftGone
from models.rearrangements import CannotUndo, get_rearrangement, undo
from models.versions import StaleDraft
from review_ui.desk import Desk, Unreadable
from review_ui.officer import ask_name, officer_of
from review_ui.rendering import error_page, frame, render
from review_ui.split_view import leaves, open_bundle, titles, what_happened
from review_ui.splitting import split

_GONE = "ไม่พบเรื่องนี้ อาจเป็นลิงก์เก่าหรือพิมพ์เลขผิด"
_NO_UNDO = "ไม่พบการแบ่งเรื่องครั้งนี้"
_STALE = "ยังไม่ได้แบ่งเรื่อง เพราะมีผู้ทำรายการกับไฟล์นี้ระหว่างที่ท่านเปิดอยู่"
_LOOK = "หน้านี้แสดงข้อมูลล่าสุดแล้ว ตรวจรอยแบ่งอีกครั้งแล้วกด “แบ่งตามนี้”"


def split_routes(desk: Desk) -> APIRouter:
    """Return the routes of splitting, merging and undoing."""
    router = APIRouter(include_in_schema=False)

    def page(
        request: Request,
        draft_id: int,
        *,
        cuts: Collection[int] | None = None,
        kept: Collection[int] = (),
        alert: str = "",
        stale: bool = False,
        done: int = 0,
        undone: bool = False,
        status: int = 200,
    ) -> Response:
        try:
            with looking(desk.engine) as connection:
                bundle = open_bundle(connection, draft_id)
                context = frame(request, connection)
                happened = what_happened(connection, bundle) if stale else ""
        except DraftGone:
            return error_page(request, 404, _GONE)
        context |= {
            "bundle": bundle,
            "leaves": leaves(desk, bundle, bundle.marked if cuts is None else cuts, kept),
            "proposals": len(bundle.marked) if cuts is None and bundle.marked != bundle.cuts else 0,
            "titles": titles(bundle.live),
            "alert": " ".join(filter(None, (alert, happened, _LOOK if stale else ""))),
            "done": next((each for each in bundle.undoable if each.id == done), None),
            "undone": undone,
            "home": bundle.home.id,
        }
        return render("split.html", context, status)

    @router.get("/drafts/{draft_id:int}/split")
    def show(request: Request, draft_id: int, done: int = 0, undone: bool = False) -> Response:
        if officer_of(request) is None:
            return ask_name(request.url.path)
        return page(request, draft_id, done=done, undone=undone)

    @router.post("/drafts/{draft_id:int}/split")
    def apply(
        request: Request,
        draft_id: int,
        cut: Annotated[list[int] | None, Form()] = None,
        keep: Annotated[list[int] | None, Form()] = None,
        seen: Annotated[str, Form()] = "",
    ) -> Response:
        officer = officer_of(request)
        if officer is None:
            return ask_name(request.url.path)
        cuts, kept = frozenset(cut or ()), frozenset(keep or ())
        try:
            done = split(desk, draft_id, cuts, seen, officer, kept)
        except DraftGone:
            return error_page(request, 404, _GONE)
        except (StaleDraft, WrongState):
            return page(
                request, draft_id, cuts=cuts, kept=kept, alert=_STALE, stale=True, status=409
            )
        except Unreadable as error:
            alert = f"ยังไม่ได้แบ่งเรื่อง {error}"
            return page(request, draft_id, cuts=cuts, kept=kept, alert=alert, status=503)
        if done is None:
            return RedirectResponse(f"/drafts/{draft_id}", 303)
        return RedirectResponse(f"/drafts/{done.after[0]}/split?done={done.id}", 303)

    @router.post("/rearrangements/{rearrangement_id:int}/undo")
    def take_back(request: Request, rearrangement_id: int) -> Response:
        officer = officer_of(request)
        if officer is None:
            return ask_name("/queue")
        try:
            with looking(desk.engine) as connection:
                done = get_rearrangement(connection, rearrangement_id)
                first = (done.before or done.after)[0]
            with writing(desk.engine) as connection:
                undo(connection, rearrangement_id, officer=officer, now=desk.now())
        except LookupError:
            return error_page(request, 404, _NO_UNDO)
        except CannotUndo as error:
            return page(request, first, alert=str(error), status=409)
        return RedirectResponse(f"/drafts/{first}/split?undone=true", 303)

    return router
