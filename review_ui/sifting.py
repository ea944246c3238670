"""What an officer wants to see of the queue: the order and the sieve, kept in a cookie."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, urlencode

from fastapi import Request, Response

from models.waiting import Order, Sieve
from review_ui.shift import keep_for_a_shift

_COOKIE = "saraban_view"
_LONGEST = 100  # characters
DAYS = (3, 7, 15, 30)  # a letter waits longer than


@dataclass(frozen=True, slots=True)
class View:
    """How an officer looks at the queue; ``days`` leaves what has waited longer, 0 leaves all."""

    order: Order = Order.OLDEST
    district: str = ""
    batch: int | None = None
    category: str = ""
    days: int = 0
    text: str = ""

    def sieve(self, now: dt.datetime) -> Sieve:
        """Return the sieve as it is at a moment."""
        before = now - dt.timedelta(days=self.days) if self.days else None
        return Sieve(self.district, self.batch, self.category, before, self.text)

    @property
    def sifts(self) -> bool:
        """Tell whether anything may be left out."""
        return replace(self, order=Order.OLDEST) != View()


def view_of(request: Request) -> View:
    """Return the view that this browser asked for last."""
    return _view(dict(parse_qsl(request.cookies.get(_COOKIE, ""))))


def asked_view(request: Request) -> View:
    """Return the view that the address asks for; what it does not name stays as it was."""
    asked, last = request.query_params, view_of(request)
    if "order" in asked and "sieve" not in asked:
        return replace(last, order=_view(asked).order)
    return replace(_view(asked), order=last.order) if "sieve" in asked else last


def _view(said: Mapping[str, str]) -> View:
    batch, days = said.get("batch", ""), said.get("days", "")
    order = said.get("order", "")
    return View(
        order=Order(order) if order in set(Order) else Order.OLDEST,
        district=said.get("district", "")[:_LONGEST],
        batch=int(batch) if batch.isdecimal() and len(batch) < 10 else None,
        category=said.get("category", "")[:_LONGEST],
        days=int(days) if days in map(str, DAYS) else 0,
        text=" ".join(said.get("text", "").split())[:_LONGEST],
    )


def remember_view(response: Response, request: Request, view: View) -> None:
    """Keep the view for one shift."""
    said = {
        "order": view.order.value,
        "district": view.district,
        "batch": "" if view.batch is None else str(view.batch),
        "category": view.category,
        "days": str(view.days),
        "text": view.text,
    }
    keep_for_a_shift(response, request, _COOKIE, urlencode(said))
