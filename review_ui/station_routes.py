"""The scanner workstations (เครื่องสแกน): who may send, last seen, new keys, and enrolment."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from models import stations
from models.database import looking, writing
from models.enrolments import Enrolment, decide, pending, shown, typed
from models.stations import NoStation
from review_ui.desk import Desk
from review_ui.officer import ask_name, officer_of
from review_ui.rendering import error_page, frame, render

_NO_STATION = "ไม่พบเครื่องสแกนนี้ หรือเพิกถอนกุญแจไปแล้ว"
_WRONG_CODE = "ไม่พบรหัสนี้ หรือหมดอายุแล้ว (รหัสใช้ได้ 10 นาที) ตรวจรหัสบนจอเครื่องสแกนอีกครั้ง"
_DISTRICT = "เลือกอำเภอจากรายการ เช่น เมืองนนทบุรี"
_LONGEST = 100


def station_routes(desk: Desk) -> APIRouter:
    """Return the routes of the stations' page and of enrolment."""
    router = APIRouter(include_in_schema=False)

    def all_stations(
        request: Request, *, key: str = "", of: int = 0, done: str = "", status: int = 200
    ) -> Response:
        with looking(desk.engine) as connection:
            context = frame(request, connection)
            rows = stations.list_stations(connection)
        context |= {"stations": rows, "key": key, "of": of, "done": done, "now": desk.now()}
        context["server"] = str(request.base_url).rstrip("/")
        return render("stations.html", context, status)

    @router.get("/stations")
    def show(request: Request, done: str = "") -> Response:
        if officer_of(request) is None:
            return ask_name(request.url.path)
        return all_stations(request, done=done)

    @router.get("/stations/saraban-agent.pyz")
    def program() -> Response:
        """Return the program of a scanner PC, which needs nothing but Python."""
        headers = {"Content-Disposition": 'attachment; filename="saraban-agent.pyz"'}
        return Response(desk.agent_file(), media_type="application/zip", headers=headers)

    @router.post("/stations/{station_id:int}")
    def change(request: Request, station_id: int, order: Annotated[str, Form()] = "") -> Response:
        if officer_of(request) is None:
            return ask_name("/stations")
        key = ""
        try:
            with writing(desk.engine) as connection:
                if order == "rotate":
                    key = stations.rotate_key(connection, station_id, desk.now())
                elif order == "revoke":
                    stations.revoke(connection, station_id, desk.now())
        except NoStation:
            return error_page(request, 404, _NO_STATION)
        if key:  # shown once, on the answer itself: it never stands in an address
            return all_stations(request, key=key, of=station_id)
        return RedirectResponse("/stations?done=revoked", 303)

    def device(
        request: Request,
        *,
        code: str = "",
        enrolment: Enrolment | None = None,
        wrong: str = "",
        name: str = "",
        district: str = "",
        status: int = 200,
    ) -> Response:
        with looking(desk.engine) as connection:
            context = frame(request, connection)
        context |= {
            "code": code,
            "enrolment": enrolment,
            "shown": shown,
            "wrong": wrong,
            "name": name or (enrolment.station_name if enrolment else ""),
            "district": district,
            "districts": desk.districts(),
        }
        return render("device.html", context, status)

    @router.get("/device")
    def ask_code(request: Request, code: str = "") -> Response:
        if officer_of(request) is None:
            return ask_name(f"/device?code={shown(typed(code))}" if code else "/device")
        if not code:
            return device(request)
        with looking(desk.engine) as connection:
            enrolment = pending(connection, typed(code), desk.now())
        if enrolment is None:
            return device(request, code=code, wrong=_WRONG_CODE, status=404)
        return device(request, code=code, enrolment=enrolment)

    @router.post("/device")
    def answer(
        request: Request,
        code: Annotated[str, Form()] = "",
        name: Annotated[str, Form()] = "",
        district: Annotated[str, Form()] = "",
        order: Annotated[str, Form()] = "",
    ) -> Response:
        officer = officer_of(request)
        if officer is None:
            return ask_name("/device")
        name = " ".join(name.split())[:_LONGEST]
        district, names = " ".join(district.split()), desk.districts()
        approved = order == "approve"
        with writing(desk.engine) as connection:
            enrolment = pending(connection, typed(code), desk.now())
            right = not approved or not names or district in names
            if enrolment is not None and right:
                decide(
                    connection,
                    enrolment,
                    officer,
                    name=name or enrolment.station_name,
                    district=district or None,
                    approved=approved,
                )
        if enrolment is None:
            return device(request, code=code, wrong=_WRONG_CODE, status=404)
        if not right:
            return device(
                request,
                code=code,
                enrolment=enrolment,
                wrong=_DISTRICT,
                name=name,
                district=district,
                status=422,
            )
        return RedirectResponse(f"/stations?done={'approved' if approved else 'denied'}", 303)

    return router
