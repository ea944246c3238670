"""The API for scanner workstations, version 1."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Request, Response
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError, OperationalError
from starlette.datastructures import UploadFile

from ingest import problems
from ingest.intake import EMPTY, Intake, receive
from ingest.problems import Problem, ProblemError
from ingest.sniff import HEAD_BYTES, sniff
from models import scans
from models.database import looking, writing
from models.letters import MediaType
from models.rearrangements import live_drafts
from models.scans import Arrival, Outcome
from models.stations import (
    EarlierRequest,
    Station,
    earlier_request,
    remember_request,
    station_of_key,
)

_DIGEST = re.compile(r"sha-256=:([A-Za-z0-9+/]{43}=):")
_LONGEST_KEY = 200


class Letter(BaseModel):
    """A letter found in a document, and where its draft stands."""

    letter: int
    state: str


class Document(BaseModel):
    """A document as a workstation sees it."""

    id: int
    status: str
    sha256: str
    name: str
    duplicate_of: int | None = None
    reason: str | None = None
    pages: int | None = None
    letters: list[Letter] = []
    links: dict[str, str]

    model_config = {
        "json_schema_extra": {
            "examples": [
                {
                    "id": 17,
                    "status": "received",
                    "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                    "name": "SCN_0001.pdf",
                    "duplicate_of": None,
                    "reason": None,
                    "pages": None,
                    "letters": [],
                    "links": {"self": "/api/v1/documents/17"},
                }
            ]
        }
    }


class ProblemDetails(BaseModel):
    """Problem details of RFC 9457; ``detail`` is in Thai."""

    type: str
    title: str
    status: int
    detail: str
    retryable: bool


_FORM = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {"file": {"type": "string", "format": "binary"}},
                }
            }
        },
    }
}
Answers = dict[int | str, dict[str, Any]]
_DETAILS: dict[str, Any] = {
    "content": {problems.MEDIA_TYPE: {"schema": ProblemDetails.model_json_schema()}}
}
_ANSWERS: Answers = dict.fromkeys((400, 401, 413, 415, 422, 503, 507), _DETAILS)


def station_api(intake: Intake) -> APIRouter:
    """Return the routes for workstations on this office's intake."""
    router = APIRouter(prefix="/api/v1", tags=["stations"])

    def station(authorization: Annotated[str | None, Header()] = None) -> Station:
        """Tell which station is asking by its key."""
        scheme, _, key = (authorization or "").partition(" ")
        with writing(intake.engine) as connection:
            found = station_of_key(connection, key.strip(), intake.now()) if key else None
        if scheme.lower() != "bearer" or found is None:
            raise ProblemError(
                problems.UNAUTHORISED, "กุญแจของเครื่องสแกนไม่ถูกต้อง ให้ขอกุญแจใหม่จากผู้ดูแลระบบ"
            )
        return found

    @router.post(
        "/documents",
        status_code=201,
        response_model=Document,
        responses={200: {"model": Document, "description": "We have these bytes"}, **_ANSWERS},
        openapi_extra=_FORM,
        summary="Send one scan",
    )
    async def send_document(
        request: Request,
        response: Response,
        sender: Station = Depends(station),  # not Annotated: the name is local to this function
        idempotency_key: Annotated[str | None, Header()] = None,
        repr_digest: Annotated[str | None, Header()] = None,
    ) -> Document:
        """Take one scan in. After a 2xx the file is safe with us and may be deleted there.

        The same bytes, or the same Idempotency-Key with the same bytes, answer 200 with the
        document that exists.
        """
        if not idempotency_key or len(idempotency_key) > _LONGEST_KEY:
            raise ProblemError(problems.KEY_MISSING, "ต้องส่งหัวข้อ Idempotency-Key (1 ถึง 200 ตัวอักษร)")
        try:
            async with request.form(max_files=1, max_fields=10) as form:
                file = form.get("file")
                if not isinstance(file, UploadFile):
                    raise ProblemError(problems.FORM_WRONG, "ไม่พบไฟล์ในช่อง file ของแบบฟอร์ม")
                arrival = await run_in_threadpool(
                    _take, intake, sender, idempotency_key, repr_digest, file
                )
        except OSError as error:
            raise ProblemError(
                problems.STORAGE, "เก็บไฟล์ไม่สำเร็จ พื้นที่จัดเก็บอาจเต็ม ยังไม่ได้รับไฟล์นี้ ให้ส่งใหม่ภายหลัง"
            ) from error
        document = await run_in_threadpool(_answer, intake, sender, idempotency_key, arrival)
        response.status_code = 200 if document.duplicate_of else 201
        return document

    @router.get(
        "/documents/{document_id}",
        response_model=Document,
        responses=dict.fromkeys((401, 404, 422, 503), _DETAILS),
        summary="How far a scan has come",
    )
    def get_document(document_id: int, sender: Station = Depends(station)) -> Document:
        """Tell how far a document has come."""
        return _document(intake.engine, document_id, duplicate=False)

    return router


def _take(
    intake: Intake, sender: Station, key: str, repr_digest: str | None, file: UploadFile
) -> Arrival:
    """Take a file in, unless it is not the file that the station means to send."""
    head = file.file.read(HEAD_BYTES)
    file.file.seek(0)
    if sniff(head) is MediaType.ZIP:
        raise ProblemError(
            problems.UNSUPPORTED, "เครื่องสแกนส่งไฟล์ ZIP ไม่ได้ ให้ส่งทีละไฟล์ หรือใช้คำสั่ง saraban ingest"
        )
    sha256 = hashlib.file_digest(file.file, "sha256").hexdigest()  # type: ignore[arg-type]
    file.file.seek(0)
    _check_digest(repr_digest, sha256)
    with looking(intake.engine) as connection:
        _check_key(earlier_request(connection, sender.id, key), sha256)
    try:
        (arrival,) = receive(intake, file.file, file.filename or "", "station", None)
    except OperationalError as error:
        raise ProblemError(
            problems.UNAVAILABLE, "ฐานข้อมูลยังไม่พร้อม ยังไม่ได้รับไฟล์นี้ ให้ส่งใหม่ภายหลัง"
        ) from error
    if arrival.outcome is Outcome.REFUSED:
        raise ProblemError(_refusal(arrival), arrival.reason or "")
    return arrival


def _refusal(arrival: Arrival) -> Problem:
    if arrival.scan_id is not None:
        return problems.UNSUPPORTED
    return problems.EMPTY if arrival.reason == EMPTY else problems.TOO_LARGE


def _check_key(earlier: EarlierRequest | None, sha256: str) -> None:
    if earlier is not None and earlier.sha256 != sha256:
        raise ProblemError(
            problems.KEY_REUSED, "Idempotency-Key นี้ใช้กับไฟล์อื่นไปแล้ว ให้ใช้คีย์ใหม่สำหรับไฟล์ใหม่"
        )


def _check_digest(repr_digest: str | None, sha256: str) -> None:
    """Compare with what the sender meant to send (RFC 9530), if it says so."""
    if repr_digest is None:
        return
    found = _DIGEST.search(repr_digest)
    if found is None or base64.b64decode(found[1]).hex() != sha256:
        raise ProblemError(
            problems.DIGEST_MISMATCH, "ไฟล์ที่ได้รับไม่ตรงกับต้นฉบับ อาจขาดหายระหว่างทาง ให้ส่งใหม่"
        )


def _answer(intake: Intake, sender: Station, key: str, arrival: Arrival) -> Document:
    assert arrival.scan_id is not None
    assert arrival.sha256 is not None
    request = EarlierRequest(arrival.sha256, arrival.scan_id)
    try:
        with writing(intake.engine) as connection:
            earlier = earlier_request(connection, sender.id, key)
            if earlier is None:
                remember_request(connection, sender.id, key, request, intake.now())
    except IntegrityError:  # the same request came twice at once
        with looking(intake.engine) as connection:
            earlier = earlier_request(connection, sender.id, key)
    _check_key(earlier, arrival.sha256)
    return _document(intake.engine, arrival.scan_id, arrival.outcome is Outcome.DUPLICATE)


def _document(engine: Engine, scan_id: int, duplicate: bool) -> Document:
    with looking(engine) as connection:
        scan = scans.get_scan(connection, scan_id)
        letters = live_drafts(connection, scan_id)
    if scan is None:
        raise ProblemError(problems.NOT_FOUND, "ไม่พบเอกสารหมายเลขนี้")
    return Document(
        id=scan.id,
        status=scan.state,
        sha256=scan.sha256,
        name=scan.name,
        duplicate_of=scan.id if duplicate else None,
        reason=scan.reason,
        pages=scan.pages,
        letters=[Letter(letter=draft.letter, state=draft.state) for draft in letters],
        links={"self": f"/api/v1/documents/{scan.id}"},
    )
