"""The review of one letter: the picture beside the form, and the decision on it."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse
from starlette.datastructures import FormData

from models import unfinished
from models.claims import ClaimedByAnother, claim
from models.database import looking, writing
from models.draft_states import OPEN_STATES, Action, WrongState
from models.drafts import DraftGone, get_draft
from models.records import TooLate
from models.versions import StaleDraft
from review_ui.answers import form_of, read_form, take
from review_ui.asking import answer_json, posted_form, problem, wants_json
from review_ui.checking import check
from review_ui.dates import NotADate, in_words, parse_date
from review_ui.decisions import Refused, Wish, carry_out, undo
from review_ui.desk import Desk
from review_ui.officer import NO_NAME, ask_name, is_supervisor, officer_of, remember
from review_ui.rendering import error_page, said_of
from review_ui.review_page import Notice, open_review, review_page, stale_page
from review_ui.sifting import view_of

_GONE = "ไม่พบเรื่องนี้ในคิว อาจเป็นลิงก์เก่าหรือพิมพ์เลขผิด"
_COMPARE = "compare"


def _wish(form: FormData) -> Wish:
    """Return what the page's script says of the next letter."""

    def numbers(name: str) -> tuple[int, ...]:
        said = form.get(name)
        found = re.findall(r"\d{1,9}", said if isinstance(said, str) else "")
        return tuple(int(number) for number in found[:20])

    return Wish(next(iter(numbers("prefer")), None), numbers("skip"))


def review_routes(desk: Desk) -> APIRouter:
    """Return the routes of the review."""
    router = APIRouter(include_in_schema=False)

    def claimed(draft_id: int, officer: str) -> None:
        """Take the letter if it is free; whoever else has it is told on the page."""
        with writing(desk.engine) as connection:
            if get_draft(connection, draft_id).state in OPEN_STATES:
                try:
                    claim(connection, draft_id, officer, desk.now(), desk.lease)
                except ClaimedByAnother:
                    return

    @router.get("/drafts/{draft_id:int}")
    def show(request: Request, draft_id: int, done: str = "", was: int = 0) -> Response:
        officer = officer_of(request)
        if officer is None:  # before anything is typed that could be lost
            return ask_name(request.url.path)
        try:
            claimed(draft_id, officer)
            with looking(desk.engine) as connection:
                review = open_review(request, connection, draft_id, desk)
        except DraftGone:
            return error_page(request, 404, _GONE)
        notice = Notice(done=done, was=was, supervisor=is_supervisor(request))
        page = review_page(desk, review, review.typed(desk), notice)
        remember(page, request, officer)  # a shift begins anew, so that no letter is cut off
        return page

    @router.post("/drafts/{draft_id:int}")
    def decide(
        request: Request, draft_id: int, form: Annotated[FormData, Depends(posted_form)]
    ) -> Response:
        officer = officer_of(request)
        if officer is None:
            if wants_json(request):
                return problem(401, "no-officer", NO_NAME)
            return ask_name(request.url.path)
        typed = read_form(form)
        choice, wanted = form.get("take"), form.get("action")
        problems, status = {}, 200
        try:
            if isinstance(choice, str):
                typed = take(typed, choice)
            elif wanted in set(Action) - {Action.UNDO, Action.TAKE_OVER}:
                url = carry_out(
                    *(desk, draft_id, Action(wanted), typed, officer),
                    *(view_of(request), _wish(form)),
                )
                if not wants_json(request):
                    return _go(url)
                return answer_json({"url": url, "said": said_of(Action(wanted), draft_id)})
            elif wanted == _COMPARE:
                raise StaleDraft
            else:  # Enter without JavaScript: look over what was typed, decide nothing
                with looking(desk.engine) as connection:
                    fields = get_draft(connection, draft_id).fields
                problems = check(typed, fields, desk.codes, desk.today()).in_the_way
        except DraftGone:
            return error_page(request, 404, _GONE)
        except Refused as refusal:
            status, problems = 422, dict(refusal.problems)
        except (StaleDraft, WrongState):
            with looking(desk.engine) as connection:
                review = open_review(request, connection, draft_id, desk)
            return stale_page(desk, review, typed)
        with looking(desk.engine) as connection:
            review = open_review(request, connection, draft_id, desk)
        notice = Notice(supervisor=is_supervisor(request))
        return review_page(desk, review, typed, notice, problems, status)

    @router.patch("/drafts/{draft_id:int}/form")
    def keep(
        request: Request, draft_id: int, form: Annotated[FormData, Depends(posted_form)]
    ) -> Response:
        officer = officer_of(request)
        if officer is None:
            return problem(401, "no-officer", NO_NAME)
        typed = read_form(form)
        try:
            with writing(desk.engine) as connection:
                draft = get_draft(connection, draft_id)
                claim(connection, draft_id, officer, desk.now(), desk.lease)
                version = unfinished.keep(
                    *(connection, draft_id, typed.version, officer),
                    *(form_of(typed), desk.now()),
                )
        except DraftGone:
            return problem(404, "no-letter", _GONE)
        except (StaleDraft, ClaimedByAnother):
            return problem(412, "stale", "มีผู้อื่นแก้ไขหรือกำลังตรวจเรื่องนี้")
        checked = check(typed, draft.fields, desk.codes, desk.today())
        against = {"problems": dict(checked.problems), "rules": dict(checked.rules)}
        return answer_json({"version": version, **against})

    @router.post("/drafts/{draft_id:int}/undo")
    def take_back(request: Request, draft_id: int) -> Response:
        officer = officer_of(request)
        if officer is None:
            return ask_name(f"/drafts/{draft_id}")
        try:
            done = undo(desk, draft_id, officer)
        except DraftGone:
            return error_page(request, 404, _GONE)
        except TooLate as error:
            return error_page(request, 409, str(error))
        except (StaleDraft, WrongState):
            return error_page(request, 409, "เรื่องนี้ถูกเปลี่ยนไปแล้ว เปิดดูข้อมูลล่าสุดก่อน")
        return _go(f"/drafts/{draft_id}?done={done.value}")

    @router.get("/dates.json")
    def date(text: str = "") -> Response:
        try:
            value = parse_date(text)
        except NotADate as error:
            return answer_json({"problem": str(error)})
        return answer_json({"value": value, "words": in_words(value, desk.today())})

    return router


def _go(url: str) -> Response:
    return RedirectResponse(url, 303)
