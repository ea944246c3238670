"""Two letters side by side, and an officer's word on whether they are of the same matter."""

from __future__ import annotations

from itertools import zip_longest
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from models.database import looking, writing
from models.drafts import DraftGone, get_draft
from models.matters import Verdict, judge, pair_of
from review_ui.compare_view import columns, open_side
from review_ui.desk import Desk
from review_ui.matters import VERDICTS, compare_url, reason_words
from review_ui.officer import ask_name, officer_of
from review_ui.rendering import error_page, frame, render

_GONE = "ไม่พบเรื่องที่จะเทียบ อาจเป็นลิงก์เก่าหรือพิมพ์เลขผิด"
_ITSELF = "เรื่องนี้เทียบกับตัวเองไม่ได้ เปิดหน้าตรวจแล้วเลือกเรื่องที่จะเทียบ"


def compare_routes(desk: Desk) -> APIRouter:
    """Return the routes of the comparison."""
    router = APIRouter(include_in_schema=False)

    @router.get("/drafts/{draft_id:int}/compare/{other_id:int}")
    def show(request: Request, draft_id: int, other_id: int) -> Response:
        if officer_of(request) is None:
            return ask_name(request.url.path)
        return _page(desk, request, draft_id, other_id)

    @router.post("/drafts/{draft_id:int}/compare/{other_id:int}")
    def decide(
        request: Request, draft_id: int, other_id: int, verdict: Annotated[str, Form()] = ""
    ) -> Response:
        officer = officer_of(request)
        if officer is None:
            return ask_name(request.url.path)
        if draft_id == other_id or verdict not in set(Verdict):
            return _page(desk, request, draft_id, other_id, "เลือกคำตัดสินหนึ่งข้อ")
        try:
            with writing(desk.engine) as connection:
                for each in (draft_id, other_id):
                    get_draft(connection, each)
                judge(connection, draft_id, other_id, Verdict(verdict), officer, desk.now())
        except DraftGone:
            return error_page(request, 404, _GONE)
        return RedirectResponse(f"/drafts/{draft_id}", 303)

    return router


def _page(
    desk: Desk, request: Request, draft_id: int, other_id: int, problem: str = ""
) -> Response:
    if draft_id == other_id:
        return error_page(request, 404, _ITSELF)
    try:
        with looking(desk.engine) as connection:
            left, right = (open_side(desk, connection, each) for each in (draft_id, other_id))
            pair = pair_of(connection, draft_id, other_id)
            context = frame(request, connection)
    except DraftGone:
        return error_page(request, 404, _GONE)
    context |= {
        "left": left,
        "right": right,
        "columns": columns(left, right),
        "rows": list(zip_longest(left.pages, right.pages)),
        "pair": pair,
        "reasons": reason_words(pair.reasons if pair else ()),
        "verdicts": VERDICTS,
        "here_url": compare_url(draft_id, other_id),
        "problem": problem,
    }
    return render("compare.html", context, 422 if problem else 200)
