"""How the pages' scripts ask, beside browsers without them, and how they are answered."""

from __future__ import annotations

from typing import Any

from fastapi import Request, Response
from fastapi.responses import JSONResponse
from starlette.datastructures import FormData

_MOST_FIELDS = 200
_PRIVATE = {"Cache-Control": "private, no-store"}


def wants_json(request: Request) -> bool:
    """Tell whether a script of ours asks, which wants no page."""
    return "application/json" in request.headers.get("accept", "")


async def posted_form(request: Request) -> FormData:
    """Return the fields of a form; files in it are refused."""
    return await request.form(max_files=0, max_fields=_MOST_FIELDS)


def answer_json(content: dict[str, Any]) -> Response:
    """Return an answer for a script."""
    return JSONResponse(content, headers=_PRIVATE)


def problem(status: int, name: str, detail: str) -> JSONResponse:
    """Return problem details (RFC 9457); ``name`` is stable, ``detail`` says in Thai what to do."""
    content = {"type": f"/problems/{name}", "title": name, "status": status, "detail": detail}
    return JSONResponse(content, status, _PRIVATE, "application/problem+json")
