"""Who sits at the desk: a stated name in a cookie, until officers have accounts."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote, unquote

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from review_ui.shift import keep_for_a_shift

NO_NAME = "กรุณาระบุชื่อผู้ตรวจใหม่ สิ่งที่พิมพ์ยังอยู่ในเครื่องนี้"
_COOKIE = "saraban_officer"
_SUPERVISOR = "saraban_supervisor"
_MOST = 80
# A path of our own: browsers take // and /\ for another host.
_OUR_PATH = re.compile(r"/(?![/\\])[\x21-\x5b\x5d-\x7e]*")


def valid_name(text: str) -> str | None:
    """Return the name in one form, None where it is empty, too long or not printable."""
    name = unicodedata.normalize("NFC", " ".join(text.split()))
    return name if 0 < len(name) <= _MOST and name.isprintable() else None


def officer_of(request: Request) -> str | None:
    """Return the officer who makes this request."""
    return valid_name(unquote(request.cookies.get(_COOKIE, "")))


def is_supervisor(request: Request) -> bool:
    """Tell whether the officer sits here as the head of the centre; stated, like the name."""
    return request.cookies.get(_SUPERVISOR) == "yes"


def remember(
    response: Response, request: Request, name: str, supervisor: bool | None = None
) -> None:
    """Seat the officer, from now for one shift; None leaves open what the officer is here."""
    keep_for_a_shift(response, request, _COOKIE, quote(name, safe=""))
    if supervisor is not None:
        keep_for_a_shift(response, request, _SUPERVISOR, "yes" if supervisor else "no")


def forget(response: Response) -> None:
    """Free the seat."""
    for cookie in (_COOKIE, _SUPERVISOR):
        response.delete_cookie(cookie, httponly=True, samesite="lax")


def our_path(path: str) -> str:
    """Return the path if it leads to a page of ours, otherwise the queue's."""
    return path if _OUR_PATH.fullmatch(path) else "/queue"


def ask_name(path: str) -> Response:
    """Send the browser to state the officer's name, and back to the path afterwards."""
    return RedirectResponse(f"/officer?next={quote(path, safe='/')}", 303)
