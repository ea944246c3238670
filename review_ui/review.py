"""The review of one letter: the picture beside the form, and the decision on it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse
from starlette.datastructures import FormData

from models.database import looking
from models.drafts import Action, DraftGone, StaleDraft, WrongState
from review_ui.answers import check, read_form, take
from review_ui.dates import NotADate, in_words, parse_date
from review_ui.decisions import Refused, carry_out
from review_ui.desk import Desk
from review_ui.officer import ask_name, officer_of, remember
from review_ui.order import order_of
from review_ui.rendering import error_page
from review_ui.review_page import Notice, open_review, review_page

_GONE = "ไม่พบเรื่องนี้ในคิว อาจเป็นลิงก์เก่าหรือพิมพ์เลขผิด"


async def _form(request: Request) -> FormData:
    return await request.form(max_files=0, max_fields=100)


def review_routes(desk: Desk) -> APIRouter:
    """Return the routes of the review."""
    router = APIRouter(include_in_schema=False)

    @router.get("/drafts/{draft_id:int}")
    def show(request: Request, draft_id: int, done: str = "", was: int = 0) -> Response:
        officer = officer_of(request)
        if officer is None:  # before anything is typed that could be lost
            return ask_name(request.url.path)
        try:
            with looking(desk.engine) as connection:
                review = open_review(request, connection, draft_id)
        except DraftGone:
            return error_page(request, 404, _GONE)
        page = review_page(desk, review, review.typed(desk), Notice(done=done, was=was))
        remember(page, request, officer)  # a shift begins anew, so that no letter is cut off
        return page

    @router.post("/drafts/{draft_id:int}")
    def decide(
        request: Request, draft_id: int, form: Annotated[FormData, Depends(_form)]
    ) -> Response:
        officer = officer_of(request)
        if officer is None:
            return ask_name(request.url.path)
        typed = read_form(form)
        choice, wanted = form.get("take"), form.get("action")
        notice, status, problems = Notice(), 200, {}
        try:
            if isinstance(choice, str):
                typed = take(typed, choice)
            elif wanted in set(Action):
                return RedirectResponse(
                    carry_out(desk, draft_id, Action(wanted), typed, officer, order_of(request)),
                    303,
                )
            else:  # Enter without JavaScript: look over what was typed, decide nothing
                with looking(desk.engine) as connection:
                    fields = open_review(request, connection, draft_id).draft.fields
                problems = check(typed, fields, desk.codes)[1]
        except DraftGone:
            return error_page(request, 404, _GONE)
        except Refused as refusal:
            status, problems = 422, dict(refusal.problems)
        except (StaleDraft, WrongState):
            status, notice = 409, Notice(stale=True)
        with looking(desk.engine) as connection:
            review = open_review(request, connection, draft_id)
        return review_page(desk, review, typed, notice, problems, status)

    @router.get("/dates.json")
    def date(text: str = "") -> Response:
        try:
            value = parse_date(text)
        except NotADate as error:
            return JSONResponse({"problem": str(error)})
        return JSONResponse({"value": value, "words": in_words(value, desk.today())})

    return router
