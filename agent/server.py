"""The server over HTTP: one connection, and what its answers mean for whether to try again."""

from __future__ import annotations

import http.client
import json
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from agent.backoff import NotNow

_PATIENCE = 120  # seconds without an answer: the last bytes of a large ZIP take their time
_IDLE = 2.0  # seconds, then servers and proxies may close a connection that we would use
_LONGEST = 2**20  # bytes of an answer
_AGAIN = {408, 423, 429, 460}
AWAY = "ติดต่อระบบไม่ได้"


class WrongAddress(Exception):
    """The address of the server is not that of a server."""


class KeyRefused(Exception):
    """The server does not know our key, or no longer."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server answered; ``problem`` is empty unless it is one of saraban's own."""

    status: int
    headers: Mapping[str, str]  # names in small letters
    told: dict[str, Any]

    @property
    def problem(self) -> str:
        """Return the name of the problem."""
        kind = str(self.told.get("type", ""))
        return kind.removeprefix("/problems/") if kind.startswith("/problems/") else ""

    @property
    def detail(self) -> str:
        """Return what people are told."""
        return str(self.told.get("detail") or f"ระบบตอบรหัส {self.status}")


class Server:
    """Asks the server; ``key`` may be set later. ``seconds`` is a steady clock."""

    def __init__(
        self,
        address: str,
        key: str | None = None,
        authorities: str | None = None,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        parts = urlsplit(address if "://" in address else f"http://{address}")
        try:
            port = parts.port
        except ValueError as error:
            raise WrongAddress(f"ที่อยู่ของระบบไม่ถูกต้อง: {address}") from error
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise WrongAddress(f"ที่อยู่ของระบบไม่ถูกต้อง: {address} (เช่น https://saraban.example.go.th)")
        self.key, self.host, self.secure = key, parts.hostname, parts.scheme == "https"
        self._base, self._seconds, self._used = parts.path.rstrip("/"), seconds, seconds()
        self._connection: http.client.HTTPConnection
        if self.secure:
            context = ssl.create_default_context(cafile=authorities)
            self._connection = http.client.HTTPSConnection(
                parts.hostname, port, timeout=_PATIENCE, context=context
            )
        else:
            self._connection = http.client.HTTPConnection(parts.hostname, port, timeout=_PATIENCE)

    def ask(
        self, method: str, path: str, headers: Mapping[str, str] | None = None, body: bytes = b""
    ) -> Answer:
        """Ask once.

        Raises:
            NotNow: there is no answer, or one that says to try again.
            KeyRefused: the key is not known.
        """
        if self._seconds() - self._used > _IDLE:
            self._connection.close()
        try:
            answer = self._ask(method, path, dict(headers or {}), body)
        except (OSError, http.client.HTTPException) as error:
            self._connection.close()
            raise NotNow(f"{AWAY} ({_reason(error)})") from error
        self._used = self._seconds()
        if answer.status == 401 and answer.problem:
            raise KeyRefused(answer.detail)
        if answer.status >= 500 or answer.status in _AGAIN:
            raise NotNow(answer.detail, _seconds_of(answer.headers.get("retry-after")))
        return answer

    def tell(self, path: str, told: Mapping[str, object]) -> Answer:
        """Send JSON, otherwise as ``ask``."""
        body = json.dumps(told).encode()
        return self.ask("POST", path, {"Content-Type": "application/json"}, body)

    def _ask(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Answer:
        if self.key is not None:
            headers["Authorization"] = f"Bearer {self.key}"
        connection = self._connection
        try:
            connection.request(method, self._base + path, body or None, headers)
        except (BrokenPipeError, ConnectionResetError):
            if connection.sock is None:
                raise
            # It may have answered before it had all of it; if not, this fails too.
        response = connection.getresponse()
        content = response.read(_LONGEST)
        if response.read(1):
            raise http.client.HTTPException("an endless answer")
        names = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, names, _json(content, names.get("content-type", "")))


def _json(content: bytes, media_type: str) -> dict[str, Any]:
    """Return the object in an answer; that of a foreign server or a portal has none."""
    if "json" not in media_type:
        return {}
    try:
        told = json.loads(content)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _seconds_of(header: str | None) -> float | None:
    return float(header) if header is not None and header.isascii() and header.isdigit() else None


def _reason(error: Exception) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"ใบรับรองของระบบใช้ไม่ได้: {error.verify_message}"
    return getattr(error, "strerror", None) or str(error) or type(error).__name__
