"""Documents over HTTP: one file in one request, and how far each has come."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Request, Response
from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile

from ingest import problems
from ingest.answers import DETAILS, Document, document, may_answer
from ingest.callers import Caller
from ingest.entrance import NO_BATCH, Entrance, full, id_of
from ingest.events import stream
from ingest.intake import EMPTY, receive
from ingest.problems import Problem, ProblemError
from ingest.sniff import HEAD_BYTES, sniff
from models import requests
from models.batches import origin_of
from models.database import writing
from models.letters import MediaType
from models.requests import EarlierRequest
from models.scans import Arrival, Origin, Outcome, ScanState

_DIGEST = re.compile(r"sha-256=:([A-Za-z0-9+/]{43}=):")
_LONGEST_KEY = 200
_FORM: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {
                        "file": {"type": "string", "format": "binary"},
                        "district": {"type": "string", "example": "เมืองนนทบุรี"},
                        "batch": {"type": "integer", "example": 4},
                    },
                }
            }
        },
    }
}


def document_routes(entrance: Entrance) -> APIRouter:
    """Return the routes of documents."""
    router = APIRouter(prefix="/api/v1/documents", tags=["documents"])
    intake = entrance.intake

    @router.post(
        "",
        status_code=201,
        response_model=Document,
        responses={
            200: {"model": Document, "description": "We have these bytes"},
            **may_answer(400, 401, 403, 404, 409, 413, 415, 422, 429, 503, 507),
        },
        openapi_extra=_FORM,
        summary="Send one scan",
    )
    async def send_document(
        request: Request,
        response: Response,
        sender: Caller = Depends(entrance.callers.station),
        idempotency_key: Annotated[str | None, Header()] = None,
        repr_digest: Annotated[str | None, Header()] = None,
    ) -> Document:
        """Take one scan in. After a 2xx the file is safe with us and may be deleted there.

        The same bytes, or the same Idempotency-Key with the same bytes, answer 200 with the
        document that exists.
        """
        if not idempotency_key or len(idempotency_key) > _LONGEST_KEY:
            raise ProblemError(problems.KEY_MISSING, "ต้องส่งหัวข้อ Idempotency-Key (1 ถึง 200 ตัวอักษร)")
        entrance.traffic.let_through(sender.owner)
        length = request.headers.get("content-length", "")
        entrance.make_sure_of_room(int(length) if length.isdecimal() else 0)
        try:
            with entrance.traffic.file(sender.owner):
                async with request.form(max_files=1, max_fields=10) as form:
                    file = form.get("file")
                    if not isinstance(file, UploadFile):
                        raise ProblemError(problems.FORM_WRONG, "ไม่พบไฟล์ในช่อง file ของแบบฟอร์ม")
                    origin = _origin(entrance, sender, form.get("district"), form.get("batch"))
                    arrival = await run_in_threadpool(
                        _take_once, entrance, sender, idempotency_key, repr_digest, file, origin
                    )
        except OSError as error:
            raise full() from error
        assert arrival.scan_id is not None
        known = arrival.outcome is Outcome.DUPLICATE
        response.status_code = 200 if known else 201
        return await run_in_threadpool(
            lambda: document(intake.engine, arrival.scan_id or 0, duplicate=known)
        )

    @router.get(
        "/{document_id}",
        response_model=Document,
        responses=dict.fromkeys((401, 404, 422, 503), DETAILS),
        summary="How far a scan has come",
    )
    def get_document(
        document_id: int, sender: Caller = Depends(entrance.callers.anyone)
    ) -> Document:
        """Tell how far a document has come."""
        return document(intake.engine, document_id)

    @router.get("/{document_id}/events", responses=may_answer(401, 404, 422, 503))
    def events(document_id: int, sender: Caller = Depends(entrance.callers.anyone)) -> Any:
        """Stream what GET tells, as server-sent events, until the document is read."""
        document(intake.engine, document_id)
        return stream(
            lambda: document(intake.engine, document_id),
            lambda found: found.status != ScanState.RECEIVED,
        )

    return router


def _origin(entrance: Entrance, sender: Caller, district: Any, batch: Any) -> Origin:
    district = sender.allowed(district if isinstance(district, str) else None)
    if not isinstance(batch, str) or not batch:
        return origin_of("station", None, district)
    found = entrance.open_batch_of(sender, id_of(batch, NO_BATCH))
    return origin_of("station", found, district)


def _take_once(
    entrance: Entrance,
    sender: Caller,
    key: str,
    repr_digest: str | None,
    file: UploadFile,
    origin: Origin,
) -> Arrival:
    """Take a file in, unless it was sent before under this key, or is not what was to be sent."""
    assert sender.station is not None
    station_id, engine = sender.station.id, entrance.intake.engine
    sha256 = _checked(repr_digest, file)
    with writing(engine) as connection:
        earlier = requests.begin(connection, station_id, key, entrance.intake.now())
    if earlier is not None and earlier.scan_id is None:
        raise ProblemError(
            problems.KEY_BUSY, "กำลังรับไฟล์ของ Idempotency-Key นี้อยู่ ให้รอสักครู่แล้วถามใหม่", retry_after=2
        )
    if earlier is not None and earlier.sha256 != sha256:
        raise ProblemError(
            problems.KEY_REUSED, "Idempotency-Key นี้ใช้กับไฟล์อื่นไปแล้ว ให้ใช้คีย์ใหม่สำหรับไฟล์ใหม่"
        )
    if earlier is not None:
        return Arrival(file.filename or "", sha256, Outcome.DUPLICATE, None, earlier.scan_id)
    taken = False
    try:
        (arrival,) = receive(entrance.intake, file.file, file.filename or "", origin)
        if arrival.outcome is Outcome.REFUSED:
            raise ProblemError(_refusal(arrival), arrival.reason or "")
        with writing(engine) as connection:
            requests.done(connection, station_id, key, EarlierRequest(sha256, arrival.scan_id))
        taken = True
    finally:
        if not taken:
            with writing(engine) as connection:
                requests.forget(connection, station_id, key)
    return arrival


def _checked(repr_digest: str | None, file: UploadFile) -> str:
    """Return the hash of a file that is what its sender means to send (RFC 9530)."""
    head = file.file.read(HEAD_BYTES)
    file.file.seek(0)
    if sniff(head) is MediaType.ZIP:
        raise ProblemError(
            problems.UNSUPPORTED, "เครื่องสแกนส่งไฟล์ ZIP ไม่ได้ ให้ส่งทีละไฟล์ หรือใช้คำสั่ง saraban ingest"
        )
    sha256 = hashlib.file_digest(file.file, "sha256").hexdigest()  # type: ignore[arg-type]
    file.file.seek(0)
    if repr_digest is not None:
        found = _DIGEST.search(repr_digest)
        if found is None or base64.b64decode(found[1]).hex() != sha256:
            raise ProblemError(
                problems.DIGEST_MISMATCH, "ไฟล์ที่ได้รับไม่ตรงกับต้นฉบับ อาจขาดหายระหว่างทาง ให้ส่งใหม่"
            )
    return sha256


def _refusal(arrival: Arrival) -> Problem:
    if arrival.scan_id is not None:
        return problems.UNSUPPORTED
    return problems.EMPTY if arrival.reason == EMPTY else problems.TOO_LARGE
