"""What a browser keeps for one shift: office computers are shared, so nothing stays for a day."""

from __future__ import annotations

from fastapi import Request, Response

_SHIFT = 12 * 3600  # seconds


def keep_for_a_shift(response: Response, request: Request, cookie: str, value: str) -> None:
    """Let the browser keep a value from now for one shift; no script can read it."""
    response.set_cookie(
        cookie,
        value,
        max_age=_SHIFT,
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )
