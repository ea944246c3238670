"""Sends files by tus 1.0: in one request where they are small, else in pieces that are resumed."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from agent.backoff import NotNow
from agent.batches import Batches
from agent.journal import Entry
from agent.sending import Receipt, Rejected, Source
from agent.server import Answer, KeyRefused, Server

_MOST, _LEAST = 2**22, 2**16  # bytes of one request, on a good network and on a bad one
_TUS = {"Tus-Resumable": "1.0.0"}
_BYTES = {"Content-Type": "application/offset+octet-stream"}
_UPLOADS = "/api/v1/uploads"
_ID = re.compile("[0-9a-f]{32}")
_FOREIGN = "ปลายทางไม่ได้ตอบอย่างระบบสารบรรณ ให้ตรวจที่อยู่ของระบบ"
_NO_BATCH = {"not-found", "batch-cancelled"}
# They speak of a server of another age or of our pace, not of this file.
_NOT_OF_THE_FILE = {"tus-version", "offset-conflict"}


class _Lost(Exception):
    """The server does not know the upload any more."""


class TusSender:
    """Sends files to a server; files of one folder and day belong to one batch, if any."""

    def __init__(self, server: Server, batches: Batches) -> None:
        self._server, self._batches, self._piece = server, batches, _MOST

    def send(self, source: Source, entry: Entry, keep: Callable[[Entry], None]) -> Receipt:
        """Send a file; see ``Sender``.

        Raises:
            NotNow: try again later.
            Changed: the file has become another one.
            Rejected: it will never be taken.
            KeyRefused: the key is not known.
        """
        try:
            return self._send(source, entry, keep)
        except _Lost as error:
            keep(replace(entry, url=None))
            raise NotNow("ระบบไม่รู้จักการส่งที่ค้างไว้ จะเริ่มส่งไฟล์นี้ใหม่") from error
        except NotNow:
            # What a bad network cuts off counts for nothing: smaller pieces get through.
            self._piece = max(_LEAST, self._piece // 4)
            raise

    def drop(self, entry: Entry) -> None:
        """Give an upload up; one that the server is not told of expires by itself."""
        if entry.url is not None:
            with suppress(NotNow, KeyRefused):
                self._server.ask("DELETE", entry.url, _TUS)

    def _send(self, source: Source, entry: Entry, keep: Callable[[Entry], None]) -> Receipt:
        offset = 0
        if entry.url is None:
            made = self._create(source, entry)
            if made.told.get("finished") is True:
                return _receipt(made, entry)
            entry = replace(entry, url=_url(made))
            keep(entry)
            offset = _offset(made)
        else:
            offset = _offset(self._known("HEAD", entry.url))
        assert entry.url is not None
        source.start_at(min(offset, entry.size))
        before = offset
        try:
            while offset < entry.size:
                offset = self._add(source, entry.url, offset)
            return _receipt(self._known("GET", entry.url), entry)
        except NotNow as error:
            raise NotNow(str(error), error.wait, progress=offset > before) from error

    def _add(self, source: Source, url: str, offset: int) -> int:
        """Send the next piece; return how far the upload is then."""
        piece = source.read(self._piece)
        headers = {"Upload-Offset": str(offset)} | _BYTES | _checksum(piece)
        after = _offset(self._known("PATCH", url, headers, piece))
        if after != offset + len(piece):
            raise NotNow("ระบบได้รับข้อมูลไม่ครบ จะส่งต่อจากที่ได้รับ")
        self._piece = min(_MOST, self._piece * 2)
        return after

    def _create(self, source: Source, entry: Entry) -> Answer:
        """Begin an upload, with all bytes where they fit into one request."""
        told = {"filename": Path(entry.path).name}
        batch = self._batches.of(entry.folder, self._open_batch)
        if batch is not None:
            told["batch"] = str(batch)
        headers = _TUS | {"Upload-Length": str(entry.size), "Upload-Metadata": _metadata(told)}
        body = b""
        if entry.size <= self._piece:
            body = source.read()
            headers |= _BYTES | _checksum(body)
        answer = self._server.ask("POST", _UPLOADS, headers, body)
        if batch is not None and answer.problem in _NO_BATCH:
            self._batches.forget(entry.folder)
            raise NotNow("ชุดงานนี้ปิดไปแล้ว จะเปิดชุดงานใหม่")
        return _accepted(answer)

    def _open_batch(self, name: str) -> int:
        number = _accepted(self._server.tell("/api/v1/batches", {"name": name})).told.get("id")
        if not isinstance(number, int):
            raise NotNow(_FOREIGN)
        return number

    def _known(
        self, method: str, url: str, headers: dict[str, str] | None = None, body: bytes = b""
    ) -> Answer:
        answer = self._server.ask(method, url, _TUS | (headers or {}), body)
        if answer.status in (404, 410):
            raise _Lost
        return _accepted(answer)


def _accepted(answer: Answer) -> Answer:
    if 200 <= answer.status < 300:
        return answer
    if not answer.problem:
        raise NotNow(f"{_FOREIGN} (รหัส {answer.status})")
    if answer.told.get("retryable") or answer.problem in _NOT_OF_THE_FILE:
        raise NotNow(answer.detail)
    raise Rejected(answer.detail)


def _offset(answer: Answer) -> int:
    offset = answer.headers.get("upload-offset", "")
    if not (offset.isascii() and offset.isdigit()):
        raise NotNow(_FOREIGN)
    return int(offset)


def _url(answer: Answer) -> str:
    """Return where the upload is: always on our server, whatever the answer says."""
    name = answer.headers.get("location", "").rpartition("/")[2]
    if not _ID.fullmatch(name):
        raise NotNow(_FOREIGN)
    return f"{_UPLOADS}/{name}"


def _receipt(answer: Answer, entry: Entry) -> Receipt:
    told = answer.told
    if told.get("finished") is not True or told.get("outcome") is None:
        raise NotNow(_FOREIGN)
    if told.get("sha256") != entry.sha256:
        raise _Lost  # these are not our bytes: whatever that is, ours have not come
    refused = str(told.get("reason") or "ระบบไม่รับไฟล์นี้") if told["outcome"] == "refused" else None
    return Receipt(told["outcome"] == "duplicate", refused)


def _metadata(told: dict[str, str]) -> str:
    return ",".join(
        f"{name} {base64.b64encode(value.encode('utf-8', 'replace')).decode()}"
        for name, value in told.items()
    )


def _checksum(body: bytes) -> dict[str, str]:
    digest = base64.b64encode(hashlib.sha256(body).digest()).decode()
    return {"Upload-Checksum": f"sha256 {digest}"}
