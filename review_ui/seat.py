"""The page on which an officer states the name that will stand under every decision."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from models.database import looking
from review_ui.desk import Desk
from review_ui.officer import forget, is_supervisor, our_path, remember, valid_name
from review_ui.rendering import frame, render


def seat_routes(desk: Desk) -> APIRouter:
    """Return the routes of the officer's seat."""
    router = APIRouter(include_in_schema=False)

    def page(request: Request, target: str, name: str = "", error: str = "") -> Response:
        with looking(desk.engine) as connection:
            context = frame(request, connection)
        context |= {"next": our_path(target), "name": name, "error": error}
        context["supervisor"] = is_supervisor(request)
        return render("officer.html", context, 422 if error else 200)

    @router.get("/officer")
    def show(request: Request, next: str = "/queue") -> Response:
        return page(request, next)

    @router.post("/officer")
    def sit(
        request: Request,
        name: Annotated[str, Form()] = "",
        next: Annotated[str, Form()] = "/queue",
        action: Annotated[str, Form()] = "sit",
        seat: Annotated[str, Form()] = "officer",
    ) -> Response:
        if action == "leave":
            response: Response = RedirectResponse("/officer", 303)
            forget(response)
            return response
        officer = valid_name(name)
        if officer is None:
            return page(request, next, name, "พิมพ์ชื่อและนามสกุล ยาวไม่เกิน 80 ตัวอักษร")
        response = RedirectResponse(our_path(next), 303)
        remember(response, request, officer, seat == "supervisor")
        return response

    return router
