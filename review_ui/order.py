"""The order of the queue that an officer chose, kept in a cookie."""

from __future__ import annotations

from fastapi import Request, Response

from models.waiting import Order

_COOKIE = "saraban_order"
_SHIFT = 12 * 3600  # seconds, like the officer's name


def order_of(request: Request) -> Order:
    """Return the order that this browser asked for last."""
    return _order(request.cookies.get(_COOKIE, "")) or Order.OLDEST


def asked_order(request: Request, asked: str) -> Order:
    """Return the order that is asked for now, otherwise the one asked for last."""
    return _order(asked) or order_of(request)


def remember_order(response: Response, request: Request, order: Order) -> None:
    """Keep the order for one shift."""
    response.set_cookie(
        _COOKIE,
        order.value,
        max_age=_SHIFT,
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )


def _order(text: str) -> Order | None:
    return Order(text) if text in set(Order) else None
