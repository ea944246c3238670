"""The way in (นำเข้า): batches that are opened, sent to, read, and accounted for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse, StreamingResponse
from sqlalchemy import Connection

from models import manifests
from models.batch_progress import (
    FileNews,
    every_file,
    files_of,
    progress,
    troubles,
    unsent_files,
)
from models.batches import (
    Batch,
    BatchState,
    NoBatch,
    Order,
    carry_out,
    get_batch,
    list_batches,
    open_batch,
)
from models.database import looking, writing
from models.manifests import FileState
from models.scans import Outcome, ScanState
from review_ui import words
from review_ui.desk import Desk
from review_ui.import_form import BatchForm, read_form
from review_ui.import_view import FILES, OUTCOMES, as_csv, left, state_of, sum_of
from review_ui.officer import ask_name, officer_of
from review_ui.rendering import error_page, frame, render

_NO_BATCH = "ไม่พบชุดงานนี้ อาจเป็นลิงก์เก่าหรือพิมพ์เลขผิด"
_RECENT = 20  # batches on the first page
_MANY = 200  # files of a group that are shown; the CSV holds all


def import_routes(desk: Desk) -> APIRouter:
    """Return the routes of the way in."""
    router = APIRouter(include_in_schema=False)

    def first_page(request: Request, form: BatchForm, status: int = 200) -> Response:
        with looking(desk.engine) as connection:
            context = frame(request, connection)
            recent = list_batches(connection, _RECENT)
            rows = [(each, progress(connection, each, None)) for each in recent]
        context |= {
            "form": form,
            "rows": [(each, found, sum_of(found), ScanState) for each, found in rows],
            "districts": desk.districts(),
            "channels": words.CHANNELS,
        }
        return render("import.html", context, status)

    @router.get("/import")
    def show_all(request: Request) -> Response:
        if officer_of(request) is None:
            return ask_name(request.url.path)
        return first_page(request, BatchForm({}, None, {}))

    @router.post("/import")
    def begin(
        request: Request,
        name: Annotated[str, Form()] = "",
        district: Annotated[str, Form()] = "",
        office: Annotated[str, Form()] = "",
        box: Annotated[str, Form()] = "",
        binder: Annotated[str, Form()] = "",
        channel: Annotated[str, Form()] = "",
        received_on: Annotated[str, Form()] = "",
    ) -> Response:
        officer = officer_of(request)
        if officer is None:
            return ask_name(request.url.path)
        typed = {
            "name": name,
            "district": district,
            "office": office,
            "box": box,
            "binder": binder,
            "channel": channel,
            "received_on": received_on,
        }
        form = read_form(typed, desk.districts())
        if form.origin is None:
            return first_page(request, form, 422)
        with writing(desk.engine) as connection:
            batch_id = open_batch(connection, form.origin, desk.now(), officer)
        return RedirectResponse(f"/import/{batch_id}", 303)

    @router.get("/import/{batch_id:int}")
    def show(request: Request, batch_id: int, group: str = "") -> Response:
        if officer_of(request) is None:
            return ask_name(request.url.path)
        try:
            with looking(desk.engine) as connection:
                context = frame(request, connection)
                context |= _shown(connection, desk, get_batch(connection, batch_id))
                context |= {
                    "group": group,
                    "files": _group(connection, batch_id, group),
                }
        except NoBatch:
            return error_page(request, 404, _NO_BATCH)
        return render("batch.html", context)

    @router.get("/import/{batch_id:int}/now")
    def live(request: Request, batch_id: int) -> Response:
        """Return the part of the page that changes while files come and are read."""
        try:
            with looking(desk.engine) as connection:
                context = _shown(connection, desk, get_batch(connection, batch_id))
        except NoBatch:
            return error_page(request, 404, _NO_BATCH)
        return render("_batch_now.html", context)

    @router.get("/import/{batch_id:int}/files.csv")
    def table(request: Request, batch_id: int) -> Response:
        try:
            with looking(desk.engine) as connection:
                batch = get_batch(connection, batch_id)
                files = list(every_file(connection, batch_id))
        except NoBatch:
            return error_page(request, 404, _NO_BATCH)
        name = quote(f"ชุดงาน {batch.id} {batch.origin.name}.csv", safe="")
        headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
        return StreamingResponse(as_csv(files), media_type="text/csv", headers=headers)

    @router.post("/import/{batch_id:int}")
    def give_order(
        request: Request,
        batch_id: int,
        order: Annotated[str, Form()] = "",
        file: Annotated[list[int] | None, Form()] = None,
    ) -> Response:
        if officer_of(request) is None:
            return ask_name(f"/import/{batch_id}")
        try:
            with writing(desk.engine) as connection:
                _carry_out(connection, desk, batch_id, order, file or [])
        except NoBatch:
            return error_page(request, 404, _NO_BATCH)
        return RedirectResponse(f"/import/{batch_id}", 303)

    return router


def _carry_out(
    connection: Connection, desk: Desk, batch_id: int, order: str, files: list[int]
) -> None:
    get_batch(connection, batch_id)
    match order:
        case "skip":
            manifests.skip(connection, batch_id, files)
        case "skip-all":
            manifests.skip(connection, batch_id)
        case known if known in set(Order):
            carry_out(connection, batch_id, Order(known), desk.now())
        # Nothing is done for an order that nobody knows.


def _shown(connection: Connection, desk: Desk, batch: Batch) -> dict[str, object]:
    found = progress(connection, batch, desk.now())
    return {
        "batch": batch,
        "channels": words.CHANNELS,
        "found": found,
        "sum": sum_of(found),
        "left": left(found.ready_in),
        "troubles": troubles(connection, batch.id, _MANY),
        "many": _MANY,
        "state_of": state_of,
        "Scan": ScanState,
        "State": BatchState,
    }


def _group(connection: Connection, batch_id: int, group: str) -> list[FileNews]:
    outcomes: Mapping[str, Outcome] = {each.value: each for each in OUTCOMES}
    unsent: Mapping[str, FileState] = {each.value: each for each in FILES}
    if group in outcomes:
        return files_of(connection, batch_id, outcomes[group], _MANY)
    if group in unsent:
        return unsent_files(connection, batch_id, unsent[group], _MANY)
    return []
