"""What an officer does with a page of a letter: point at words, read again, turn."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from json import JSONDecodeError
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy import Connection

from models.database import looking, writing
from models.draft_states import WrongState
from models.drafts import Draft, DraftGone, get_draft, pages_of_draft
from models.letters import Box, OcrPage
from models.national_id import with_ids_masked
from models.pages import standings, turn_page
from models.turning import TURNS
from models.versions import StaleDraft
from review_ui.asking import answer_json, problem, wants_json
from review_ui.desk import Desk, NoReader, Unreadable
from review_ui.officer import ask_name, officer_of
from review_ui.page_words import page_words
from review_ui.reading_again import read_again
from review_ui.rendering import error_page

_NO_PAGE = "ไม่พบหน้านี้ อาจมีผู้แบ่งเรื่องใหม่ไปแล้ว กลับไปที่คิวแล้วเปิดใหม่"
_NO_BOX = "กรอบที่ลากไม่ถูกต้อง ลากกรอบใหม่บนภาพ"
_NO_OFFICER = "ยังไม่ได้ระบุชื่อผู้ตรวจ เปิดหน้าใหม่แล้วพิมพ์ชื่อก่อน"
_CHANGED = "มีผู้ทำรายการกับเรื่องนี้ไปแล้ว จึงอ่านหน้าใหม่ไม่ได้ เปิดเรื่องนี้ใหม่เพื่อดูข้อมูลล่าสุด"


@dataclass(frozen=True, slots=True)
class _Shown:
    """A page of a draft as it is shown."""

    draft: Draft
    page: OcrPage
    turn: int


def _shown(connection: Connection, draft_id: int, number: int) -> _Shown:
    draft = get_draft(connection, draft_id)
    for page in pages_of_draft(connection, draft):
        if page.number == number:
            return _Shown(draft, page, standings(connection, draft.scan_id)[number].turn)
    raise DraftGone(_NO_PAGE)


async def _sent(request: Request) -> dict[str, Any]:
    """Return what was sent, as JSON or as a form."""
    if request.headers.get("content-type", "").startswith("application/json"):
        try:
            sent = await request.json()
        except (JSONDecodeError, UnicodeDecodeError):
            return {}
        return sent if isinstance(sent, dict) else {}
    return dict(await request.form(max_files=0, max_fields=10))


def _box(sent: dict[str, Any]) -> Box | None:
    """Return the box that was drawn, None where these are no four numbers."""
    try:
        edges = [float(sent[name]) for name in ("x", "y", "width", "height")]
    except (KeyError, TypeError, ValueError):
        return None
    return Box(*edges) if all(map(math.isfinite, edges)) else None


def _back(draft_id: int, number: int) -> Response:
    return RedirectResponse(f"/drafts/{draft_id}#page-{number}", 303)


def page_routes(desk: Desk) -> APIRouter:
    """Return the routes of pages."""
    router = APIRouter(include_in_schema=False, prefix="/drafts/{draft_id:int}/pages/{number:int}")

    def trouble(request: Request, status: int, name: str, detail: str) -> Response:
        if wants_json(request):
            return problem(status, name, detail)
        return error_page(request, status, detail)

    def nameless(request: Request, draft_id: int) -> Response:
        if wants_json(request):
            return problem(403, "no-officer", _NO_OFFICER)
        return ask_name(f"/drafts/{draft_id}")

    @router.get("/words.json")
    def words(draft_id: int, number: int, turn: int | None = None) -> Response:
        try:
            with looking(desk.engine) as connection:
                shown = _shown(connection, draft_id, number)
        except DraftGone:
            return problem(404, "no-page", _NO_PAGE)
        # The picture on screen may have been turned by a colleague since it was shown.
        seen = turn if turn is not None and turn in TURNS else shown.turn
        return answer_json(asdict(page_words(shown.page, seen)))

    @router.post("/region")
    def region(
        draft_id: int, number: int, sent: Annotated[dict[str, Any], Depends(_sent)]
    ) -> Response:
        box = _box(sent)
        if box is None:
            return problem(422, "no-region", _NO_BOX)
        try:
            with looking(desk.engine) as connection:
                shown = _shown(connection, draft_id, number)
            turn = next((each for each in TURNS if str(each) == str(sent.get("turn"))), shown.turn)
            lines = desk.rereader.region(shown.draft.sha256, number, box, turn)
        except DraftGone:
            return problem(404, "no-page", _NO_PAGE)
        except NoReader as error:
            return problem(503, "no-reader", str(error))
        except Unreadable as error:
            return problem(422, "unreadable", str(error))
        text = with_ids_masked("\n".join(lines))
        content = {"text": " ".join(text.split("\n")), "lines": text.split("\n")}
        return answer_json(content)

    @router.post("/turn")
    def turn(
        request: Request, draft_id: int, number: int, back: Annotated[int, Form()] = 0
    ) -> Response:
        if officer_of(request) is None:
            return nameless(request, draft_id)
        try:
            with writing(desk.engine) as connection:
                shown = _shown(connection, draft_id, number)
                now = turn_page(connection, shown.draft.scan_id, number)
        except DraftGone:
            return trouble(request, 404, "no-page", _NO_PAGE)
        if wants_json(request):
            return answer_json({"turn": now})
        if back:  # to where the pages are parted into letters
            return RedirectResponse(f"/drafts/{back}/split", 303)
        return _back(draft_id, number)

    @router.post("/reread")
    def reread(request: Request, draft_id: int, number: int) -> Response:
        officer = officer_of(request)
        if officer is None:
            return nameless(request, draft_id)
        try:
            version = read_again(desk, draft_id, number, officer)
        except DraftGone:
            return trouble(request, 404, "no-page", _NO_PAGE)
        except (StaleDraft, WrongState):
            return trouble(request, 409, "changed", _CHANGED)
        except NoReader as error:
            return trouble(request, 503, "no-reader", str(error))
        except Unreadable as error:
            return trouble(request, 422, "unreadable", str(error))
        if wants_json(request):
            return answer_json({"turn": 0, "version": version})
        return _back(draft_id, number)

    return router
