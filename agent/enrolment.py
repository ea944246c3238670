"""How a PC gets its key: it shows a code, somebody of the office types it, it fetches the key."""

from __future__ import annotations

from collections.abc import Callable

from agent.backoff import Backoff, NotNow
from agent.console import Console
from agent.server import Answer, Server

_SLOWER = 5.0  # seconds (RFC 8628, 3.5)


class Denied(Exception):
    """Somebody of the office refused this PC."""


def enrol(
    server: Server, name: str, console: Console, pause: Callable[[float], None], backoff: Backoff
) -> str:
    """Show a code until somebody has approved it; return the key.

    Raises:
        Denied: somebody refused.
    """
    while True:
        told = _patiently(
            lambda: server.tell("/api/v1/enrolments", {"name": name}), console, pause, backoff
        ).told
        _show(console, str(told["user_code"]), str(told["verification_uri"]), told["expires_in"])
        key = _fetch(server, str(told["device_code"]), told["interval"], console, pause, backoff)
        if key is not None:
            console.say("เจ้าหน้าที่อนุมัติเครื่องนี้แล้ว")
            return key
        console.say("รหัสหมดอายุแล้ว ขอรหัสใหม่")


def _fetch(
    server: Server,
    device_code: str,
    interval: float,
    console: Console,
    pause: Callable[[float], None],
    backoff: Backoff,
) -> str | None:
    """Ask until there is a key; None when the code is too old."""
    while True:
        pause(interval)
        told = _patiently(
            lambda: server.tell("/api/v1/enrolments/key", {"device_code": device_code}),
            *(console, pause, backoff),
        ).told
        if told.get("key"):
            return str(told["key"])
        match told.get("error"):
            case "slow_down":
                interval += _SLOWER
            case "access_denied":
                raise Denied("เจ้าหน้าที่ไม่อนุมัติเครื่องนี้ ถ้าจะขอใหม่ ให้เปิดโปรแกรมนี้อีกครั้ง")
            case "expired_token":
                return None


def _patiently(
    ask: Callable[[], Answer],
    console: Console,
    pause: Callable[[float], None],
    backoff: Backoff,
) -> Answer:
    """Ask until saraban answers."""
    while True:
        try:
            answer = ask()
            if answer.told.get("device_code") or answer.told.get("key") or answer.told.get("error"):
                backoff.is_over()
                return answer
            why, wait = answer.detail, None
        except NotNow as error:
            why, wait = str(error), error.wait
        console.say_once("enrolment", f"{why} จะลองใหม่เอง")
        pause(backoff.wait(wait))


def _show(console: Console, code: str, page: str, seconds: int) -> None:
    line = "═" * 60
    console.say(
        f"ขอให้เจ้าหน้าที่อนุมัติเครื่องนี้\n{line}\n\n"
        f"        รหัส:   {'  '.join(code)}\n\n"
        f"  1. เปิด  {page}  ที่เครื่องของเจ้าหน้าที่\n"
        f"  2. พิมพ์รหัสด้านบน ภายใน {seconds // 60} นาที แล้วเลือกอำเภอ\n\n{line}"
    )
