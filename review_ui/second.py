"""The second reading: an officer reads critical fields again without seeing the first answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy import Connection
from starlette.datastructures import FormData

from models.claims import ClaimedByAnother, claim, give_back
from models.database import looking, writing
from models.drafts import get_draft
from models.second_readings import (
    Critical,
    NotYours,
    ReadingState,
    SecondReading,
    differing,
    get_reading,
    open_to,
    read_second,
    settle,
)
from models.terms import FieldName
from models.vouching import CRITICAL
from review_ui import words
from review_ui.answers import plain
from review_ui.asking import posted_form
from review_ui.desk import Desk
from review_ui.officer import ask_name, officer_of
from review_ui.page_view import page_views
from review_ui.rendering import error_page, frame, render
from review_ui.values import DATES, NotAValue, shown, value_of

_TRIED = 20  # readings that others may be at, passed over
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Asked:
    """A field that is read again; ``versions`` are two answers to choose from, for a third."""

    name: str
    label: str
    digits: str
    text: str
    versions: tuple[str, ...]
    problem: str


def second_routes(desk: Desk) -> APIRouter:
    """Return the routes of second readings."""
    router = APIRouter(include_in_schema=False)

    def next_one(connection: Connection, officer: str) -> SecondReading | None:
        for reading in open_to(connection, officer, _TRIED):
            try:
                claim(connection, reading.draft_id, officer, desk.now(), desk.lease)
            except ClaimedByAnother:
                continue
            return reading
        return None

    def page(
        request: Request,
        reading: SecondReading | None,
        typed: Mapping[str, str],
        problems: Mapping[str, str],
        done: str = "",
    ) -> Response:
        with looking(desk.engine) as connection:
            context = frame(request, connection) | {"reading": reading, "done": done}
            if reading is not None:
                draft = get_draft(connection, reading.draft_id)
                views = page_views(desk, connection, draft)
                # No boxes and no text: whoever reads again must read the paper.
                context |= {
                    "pages": [view.without_reading() for view in views],
                    "asked": _asked(reading, typed, problems),
                    "third": reading.state is ReadingState.THIRD,
                }
        return render("second.html", context, 422 if problems else 200)

    @router.get("/second")
    def show(request: Request, done: str = "") -> Response:
        officer = officer_of(request)
        if officer is None:
            return ask_name("/second")
        with writing(desk.engine) as connection:
            reading = next_one(connection, officer)
        return page(request, reading, {}, {}, done)

    @router.post("/second/{reading_id:int}")
    def answer(
        request: Request, reading_id: int, form: Annotated[FormData, Depends(posted_form)]
    ) -> Response:
        officer = officer_of(request)
        if officer is None:
            return ask_name("/second")
        typed = {name: plain(text) for name, text in form.items() if isinstance(text, str)}
        try:
            with writing(desk.engine) as connection:
                reading = get_reading(connection, reading_id, officer)
                said, problems = _said(typed)
                if not problems:
                    if reading.state is ReadingState.SECOND:
                        read_second(connection, reading, officer, said, desk.now())
                    else:
                        settle(connection, reading, officer, said, desk.now())
                    give_back(connection, [reading.draft_id], officer)
        except NotYours as error:
            return error_page(request, 409, str(error))
        if problems:
            return page(request, reading, typed, problems)
        return RedirectResponse("/second?done=second", 303)

    return router


def _asked(
    reading: SecondReading, typed: Mapping[str, str], problems: Mapping[str, str]
) -> tuple[Asked, ...]:
    differ = differing(reading.first, reading.second) if reading.second else CRITICAL
    return tuple(
        Asked(
            name=name.value,
            label=words.FIELDS[name],
            digits="date" if name in DATES else "reference" if name is CRITICAL[0] else "",
            text=typed.get(name.value, "" if name in differ else shown(name, reading.first[name])),
            versions=_versions(reading, name) if name in differ else (),
            problem=problems.get(name.value, ""),
        )
        for name in CRITICAL
    )


def _versions(reading: SecondReading, name: FieldName) -> tuple[str, ...]:
    """Return both answers, in an order that does not tell whose is whose."""
    if reading.second is None:
        return ()
    pair = (shown(name, reading.first[name]), shown(name, reading.second[name]))
    return pair if reading.id % 2 else pair[::-1]


def _said(typed: Mapping[str, str]) -> tuple[Critical, dict[str, str]]:
    said: dict[FieldName, str | None] = {}
    problems: dict[str, str] = {}
    for name in CRITICAL:
        said[name] = None
        chosen = typed.get(f"choose_{name.value}", "")
        text = chosen if chosen not in ("", "other") else typed.get(name.value, "")
        if typed.get(f"absent_{name.value}"):
            continue
        if not text or len(text) > _LONGEST:
            problems[name.value] = "พิมพ์ตามเอกสาร หรือเลือก “ไม่มีในเอกสาร”"
            continue
        try:
            said[name] = value_of(name, text)
        except NotAValue as error:
            problems[name.value] = str(error)
    return said, problems
