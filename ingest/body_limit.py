"""Counts the bytes of a request as they come, with or without Content-Length."""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ingest.problems import TOO_LARGE, response

_FORM_OVERHEAD = 2**20  # bytes of a multipart form around its file


class _TooLong(Exception):
    """The body is longer than allowed."""


class BodyLimit:
    """Middleware that ends a request with 413 as soon as its body cannot hold a file we take."""

    def __init__(self, app: ASGIApp, file_bytes: int) -> None:
        self._app, self._file_bytes, self._most = app, file_bytes, file_bytes + _FORM_OVERHEAD

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, counting."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        length = dict(scope["headers"]).get(b"content-length", b"0")
        seen, begun = 0, False

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > self._most:
                raise _TooLong
            return message

        async def noted(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            if length.isdigit() and int(length) > self._most:
                raise _TooLong
            await self._app(scope, counted, noted)
        except _TooLong:
            if begun:
                raise
            detail = f"ไฟล์ใหญ่เกิน {self._file_bytes // 2**20} MB ให้แบ่งไฟล์หรือลดความละเอียดแล้วส่งใหม่"
            await response(TOO_LARGE, detail)(scope, receive, send)
