"""Printing what is laid between letters (ใบคั่น) and stuck on them (สติกเกอร์เลขรับ)."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from fastapi import APIRouter, Request, Response

from models.database import looking
from review_ui.desk import CannotPrint, Desk
from review_ui.officer import ask_name, officer_of
from review_ui.rendering import frame, render


def print_routes(desk: Desk) -> APIRouter:
    """Return the routes of the printing page and its PDF files."""
    router = APIRouter(include_in_schema=False)

    def page(request: Request, typed: dict[str, str | int], wrong: str = "") -> Response:
        with looking(desk.engine) as connection:
            context = frame(request, connection)
        context |= {
            "typed": typed,
            "wrong": wrong,
            "districts": desk.districts(),
            "categories": desk.categories,
        }
        return render("print.html", context, 422 if wrong else 200)

    def pdf(
        request: Request, name: str, typed: dict[str, str | int], draw: Callable[[], bytes]
    ) -> Response:
        if officer_of(request) is None:
            return ask_name("/print")
        try:
            content = draw()
        except CannotPrint as error:
            return page(request, typed, str(error))
        headers = {"Content-Disposition": f"inline; filename*=UTF-8''{quote(name, safe='')}"}
        return Response(content, media_type="application/pdf", headers=headers)

    @router.get("/print")
    def show(request: Request, district: str = "", batch: str = "") -> Response:
        if officer_of(request) is None:
            return ask_name(request.url.path)
        return page(request, {"district": district, "batch": batch})

    @router.get("/print/separators.pdf")
    def separators(
        request: Request,
        district: str = "",
        category: str = "",
        batch: str = "",
        count: int = 1,
    ) -> Response:
        typed: dict[str, str | int] = {
            "district": district,
            "category": category,
            "batch": batch,
            "count": count,
        }
        return pdf(
            request,
            "ใบคั่นเรื่อง.pdf",
            typed,
            lambda: desk.printer.separators(district, category, batch, count),
        )

    @router.get("/print/stickers.pdf")
    def stickers(request: Request, district: str = "", first: int = 1, count: int = 24) -> Response:
        typed: dict[str, str | int] = {"district": district, "first": first, "stickers": count}
        return pdf(
            request,
            "สติกเกอร์เลขรับ.pdf",
            typed,
            lambda: desk.printer.stickers(district, first, count),
        )

    return router
