"""Templates become pages; everything that is put into them is escaped."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from fastapi import Request, Response
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sqlalchemy import Connection

from models.terms import FieldName
from review_ui import dates, words
from review_ui.counters import count
from review_ui.officer import officer_of

_HERE = Path(__file__).parent
STATIC = _HERE / "static"


@cache
def _environment() -> Environment:
    env = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters |= {"short_date": dates.short, "moment": dates.moment, "percent": _percent}
    env.filters["counted"] = "{:.0%}".format  # a share of things that happened may be all of them
    env.globals |= {"words": words, "static": _static, "Name": FieldName}
    return env


@cache
def static_version() -> str:
    """Return what all static files together are known by.

    It stands in their addresses, before the name: files that name one another by relative
    addresses are then always of one version, and browsers may keep them.
    """
    digest = hashlib.sha256()
    for path in sorted(path for path in STATIC.rglob("*") if path.is_file()):
        digest.update(path.relative_to(STATIC).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]


def _static(name: str) -> str:
    assert (STATIC / name).is_file(), name
    return f"/static/{static_version()}/{name}"


def _percent(share: float) -> str:
    # 100 % would promise more than any probability can.
    return f"{min(round(share * 100), 99)}%"


def frame(request: Request, connection: Connection) -> dict[str, Any]:
    """Return what every page shows around its content."""
    return {"officer": officer_of(request), "counts": count(connection)}


def render(name: str, context: dict[str, Any], status: int = 200) -> Response:
    """Return a page."""
    headers = {"Cache-Control": "no-store"}
    return HTMLResponse(_environment().get_template(name).render(context), status, headers)


def said_of(action: str, was: int) -> str:
    """Return what pages say of a decision that was just carried out on draft ``was``, as HTML."""
    template = _environment().get_template("_done.html")
    return str(template.module.done_message(action, was))  # type: ignore[attr-defined]


def error_page(request: Request, status: int, message: str) -> Response:
    """Return a page that says in Thai what is wrong; it needs no database."""
    context = {"officer": officer_of(request), "status": status, "message": message}
    return render("error.html", context, status)
