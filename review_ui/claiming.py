"""Taking letters from the queue, keeping them while somebody works, and giving them back."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.responses import RedirectResponse

from models.claims import give_back, renew, take_over
from models.database import writing
from models.decisions import Decision, decide
from models.draft_states import Action, WrongState
from models.drafts import DraftGone, get_draft
from models.versions import StaleDraft
from review_ui.asking import answer_json, problem, wants_json
from review_ui.decisions import Wish, claim_next
from review_ui.desk import Desk
from review_ui.officer import NO_NAME, ask_name, is_supervisor, officer_of
from review_ui.rendering import error_page
from review_ui.sifting import view_of

_MOST = 20  # letters of one browser tab, far more than it ever holds
_ONLY_SUPERVISORS = "รับช่วงต่อได้เฉพาะหัวหน้า ระบุหน้าที่ได้ที่ “เปลี่ยนผู้ตรวจ”"


def claiming_routes(desk: Desk) -> APIRouter:
    """Return the routes of claims."""
    router = APIRouter(include_in_schema=False)

    @router.post("/queue/next")
    def take_next(
        request: Request,
        beside: Annotated[int | None, Query()] = None,
        prefer: Annotated[int | None, Query()] = None,
        skip: Annotated[list[int] | None, Query()] = None,
    ) -> Response:
        officer = officer_of(request)
        if officer is None:
            return ask_name("/queue")
        passed = tuple((skip or [])[:_MOST])
        with writing(desk.engine) as connection:
            give_back(connection, passed, officer)
            wish = Wish(prefer, passed)
            found = claim_next(connection, desk, officer, view_of(request), beside, wish)
        url = "/queue?done=empty" if found is None else f"/drafts/{found}"
        if wants_json(request):
            return answer_json({"id": found, "url": url})
        return RedirectResponse(url, 303)

    @router.post("/claims/renew")
    def keep(request: Request, ids: Annotated[list[int], Form()]) -> Response:
        officer = officer_of(request)
        if officer is None:
            return problem(401, "no-officer", NO_NAME)
        with writing(desk.engine) as connection:
            held = renew(connection, ids[:_MOST], officer, desk.now(), desk.lease)
        return answer_json({"held": held})

    @router.post("/claims/back")
    def back(request: Request, ids: Annotated[list[int], Form()]) -> Response:
        officer = officer_of(request)
        if officer is not None:
            with writing(desk.engine) as connection:
                give_back(connection, ids[:_MOST], officer)
        return Response(status_code=204)

    @router.post("/drafts/{draft_id:int}/take-over")
    def supervisor_takes(request: Request, draft_id: int) -> Response:
        officer = officer_of(request)
        if officer is None:
            return ask_name(f"/drafts/{draft_id}")
        if not is_supervisor(request):
            return error_page(request, 403, _ONLY_SUPERVISORS)
        now = desk.now()
        try:
            with writing(desk.engine) as connection:
                draft = get_draft(connection, draft_id)
                decision = Decision(Action.TAKE_OVER, officer, now)
                decide(connection, draft, draft.version, decision)
                take_over(connection, draft_id, officer, now, desk.lease)
        except DraftGone as error:
            return error_page(request, 404, str(error))
        except (WrongState, StaleDraft):
            return error_page(request, 409, "เรื่องนี้ไม่ได้อยู่ระหว่างตรวจแล้ว กลับไปที่คิวเพื่อดูข้อมูลล่าสุด")
        return RedirectResponse(f"/drafts/{draft_id}?done=take_over", 303)

    return router
