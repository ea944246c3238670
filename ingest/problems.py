"""Errors of the API as problem details (RFC 9457): Thai for the officer, English for the log."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fastapi.responses import JSONResponse

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Problem:
    """A kind of error: a stable name, the HTTP status, and whether trying again may help."""

    name: str
    status: int
    title: str
    retryable: bool = False


UNAUTHORISED = Problem("unauthorised", 401, "The station key is missing or wrong")
FOREIGN_PAGE = Problem("foreign-page", 403, "The request comes from a page of another site")
DISTRICT_NOT_ALLOWED = Problem("district-not-allowed", 403, "The station serves another district")
KEY_MISSING = Problem("idempotency-key-missing", 400, "The Idempotency-Key header is missing")
KEY_REUSED = Problem("idempotency-key-reused", 422, "The key was used for another file")
KEY_BUSY = Problem("idempotency-key-busy", 409, "The first request with this key runs still", True)
FORM_WRONG = Problem("form-wrong", 400, "The form holds no file")
HEADER_WRONG = Problem("header-wrong", 400, "A header is missing or not of the expected form")
DIGEST_MISMATCH = Problem("digest-mismatch", 422, "The bytes do not match Repr-Digest", True)
CHECKSUM_MISMATCH = Problem(
    "checksum-mismatch", 460, "The bytes do not match Upload-Checksum", True
)
TOO_LARGE = Problem("file-too-large", 413, "The file is too large")
TOO_SLOW = Problem("too-slow", 408, "No bytes came for too long", True)
UNSUPPORTED = Problem("unsupported-type", 415, "The file is of a type that we do not take")
NOT_AN_UPLOAD = Problem("not-an-upload", 415, "The body is not application/offset+octet-stream")
EMPTY = Problem("file-empty", 422, "The file is empty")
NOT_FOUND = Problem("not-found", 404, "There is no such document, upload or batch")
UPLOAD_GONE = Problem("upload-gone", 410, "The upload expired")
UPLOAD_BUSY = Problem("upload-busy", 423, "Another request writes to this upload", True)
UPLOAD_DONE = Problem("upload-done", 409, "The upload is finished; its document stays")
OFFSET_CONFLICT = Problem("offset-conflict", 409, "Upload-Offset is not where the upload is", True)
BATCH_CLOSED = Problem("batch-cancelled", 409, "The batch was cancelled")
TUS_VERSION = Problem("tus-version", 412, "Only tus 1.0.0 is spoken here")
RATE_LIMITED = Problem("rate-limited", 429, "Too many requests at once", True)
ENROLMENT = Problem("enrolment", 400, "There is no key yet; the member error says why")
INVALID = Problem("invalid-request", 422, "The request is not of the expected form")
STORAGE = Problem("storage", 507, "The file could not be stored", True)
UNAVAILABLE = Problem("unavailable", 503, "The database cannot be reached for the moment", True)
INTERNAL = Problem("internal", 500, "Something went wrong on our side", True)
HTTP = {404: NOT_FOUND, 405: Problem("method-not-allowed", 405, "This method is not allowed")}


class ProblemError(Exception):
    """Ends a request with a problem; ``detail`` says in Thai what is wrong and what to do.

    ``retry_after`` is in how many seconds trying again may help.
    """

    def __init__(
        self, problem: Problem, detail: str, *, retry_after: int | None = None, **more: Any
    ) -> None:
        super().__init__(detail)
        self.problem, self.detail, self.more = problem, detail, more
        self.retry_after = retry_after


def response(
    problem: Problem, detail: str, *, retry_after: int | None = None, **more: Any
) -> JSONResponse:
    """Return the problem as a response."""
    content = {
        "type": f"/problems/{problem.name}",
        "title": problem.title,
        "status": problem.status,
        "detail": detail,
        "retryable": problem.retryable,
        **more,
    }
    headers = {}
    if problem.status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    if retry_after is not None:
        headers["Retry-After"] = str(retry_after)
    return JSONResponse(content, problem.status, headers, MEDIA_TYPE)
