"""The one web application: the officers' pages and the workstations' API."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import cache

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import OperationalError
from starlette.exceptions import HTTPException
from starlette.middleware.trustedhost import TrustedHostMiddleware

from ingest import problems
from ingest.api import intake_api
from ingest.body_limit import BodyLimit
from ingest.callers import Callers, from_our_pages
from ingest.entrance import Entrance
from ingest.problems import ProblemError
from ingest.traffic import Traffic
from models.database import writing
from models.stations import note_error
from review_ui.officer import officer_of
from review_ui.pages import Desk, error_page, officer_pages
from saraban import __version__
from saraban.agent_file import build_agent
from saraban.news import news
from saraban.office import (
    Office,
    categories_in_use,
    category_labels,
    district_names,
    heirs,
    now,
)
from saraban.printing import OfficePrinter
from saraban.rereader import OfficeRereader

log = logging.getLogger(__name__)

_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
# Of these a station's administrator need not hear: the station itself puts them right.
_EVERYDAY = {"rate-limited", "upload-busy", "offset-conflict", "idempotency-key-busy", "not-found"}
_SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}

Next = Callable[[Request], Awaitable[Response]]


def create_app(office: Office) -> FastAPI:
    """Return the application of an office; it starts no worker."""
    app = FastAPI(
        title="saraban",
        version=__version__,
        description="API สำหรับเครื่องสแกน",
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/v1/openapi.json",
    )
    for routes in intake_api(_entrance(office)):
        app.include_router(routes)
    officer_pages(app, _desk(office))
    _handle_errors(app, office)
    app.add_middleware(BodyLimit, file_bytes=office.settings.limits.file_bytes)
    hosts = ["127.0.0.1", "localhost", "[::1]", "::1", office.settings.host, "testserver"]
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=hosts)
    app.middleware("http")(_guard)  # outermost, so that refusals carry its headers too
    return app


def _entrance(office: Office) -> Entrance:
    """Return what the API needs."""
    settings = office.settings
    traffic = Traffic(per_minute=settings.requests_per_minute)
    callers = Callers(office.intake, officer_of)
    return Entrance(office.intake, callers, traffic, settings.least_free_mb * 2**20)


def _desk(office: Office) -> Desk:
    """Return what the officers' pages need."""
    settings = office.settings
    labels, in_use = category_labels(settings), categories_in_use(settings)
    return Desk(
        engine=office.engine,
        archive=office.archive,
        categories=in_use,
        labels=labels,
        heirs=heirs(settings),
        classifier=lambda: news(office),
        now=now,
        rereader=OfficeRereader(office),
        lease=dt.timedelta(minutes=settings.lease_minutes),
        second_share=settings.second_share,
        districts=cache(district_names),
        printer=OfficePrinter(settings),
        agent_file=cache(build_agent),
    )


async def _guard(request: Request, call_next: Next) -> Response:
    """Refuse forms posted from other sites, and tell browsers to be strict."""
    if request.method not in _SAFE_METHODS and not _from_our_pages(request):
        message = "คำขอนี้ไม่ได้มาจากหน้าจอของระบบ กรุณาเปิดหน้าใหม่แล้วทำอีกครั้ง"
        return _strict(error_page(request, 403, message))
    return _strict(await call_next(request))


def _strict(response: Response) -> Response:
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    if "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "no-store"
    return response


def _from_our_pages(request: Request) -> bool:
    """Tell by what browsers state themselves; the API looks for itself, see ingest.callers."""
    return request.url.path.startswith("/api/") or from_our_pages(request)


def _handle_errors(app: FastAPI, office: Office) -> None:
    @app.exception_handler(ProblemError)
    def on_problem(request: Request, error: ProblemError) -> Response:
        station_id = getattr(request.state, "station_id", None)
        if station_id is not None and error.problem.name not in _EVERYDAY:
            with suppress(OperationalError), writing(office.engine) as connection:
                note_error(connection, station_id, error.detail, now())
        return problems.response(
            error.problem, error.detail, retry_after=error.retry_after, **error.more
        )

    @app.exception_handler(RequestValidationError)
    async def on_invalid(request: Request, error: RequestValidationError) -> Response:
        return _answer(request, problems.INVALID, "คำขอไม่ถูกต้อง กรุณาตรวจสอบข้อมูลที่ส่งมา")

    @app.exception_handler(HTTPException)
    async def on_http(request: Request, error: HTTPException) -> Response:
        known = problems.HTTP.get(error.status_code)
        problem = known or problems.Problem("http", error.status_code, str(error.detail))
        detail = "ไม่พบหน้าที่ต้องการ" if error.status_code == 404 else "ทำรายการนี้ไม่ได้"
        return _answer(request, problem, detail)

    @app.exception_handler(OperationalError)
    async def on_no_database(request: Request, error: OperationalError) -> Response:
        log.error("the database could not be used: %s", error.orig)
        return _answer(request, problems.UNAVAILABLE, "ฐานข้อมูลยังไม่พร้อม กรุณาลองใหม่อีกครั้งในอีกสักครู่")

    @app.exception_handler(Exception)
    async def on_anything(request: Request, error: Exception) -> Response:
        log.exception("a request to %s failed", request.url.path)
        message = "ระบบขัดข้อง ข้อมูลที่บันทึกแล้วไม่สูญหาย กรุณาลองใหม่อีกครั้ง"
        return _strict(_answer(request, problems.INTERNAL, message))  # sent outside of _guard


def _answer(request: Request, problem: problems.Problem, detail: str) -> Response:
    if request.url.path.startswith("/api/"):
        return problems.response(problem, detail)
    return error_page(request, problem.status, detail)
