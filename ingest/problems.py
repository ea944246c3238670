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
KEY_MISSING = Problem("idempotency-key-missing", 400, "The Idempotency-Key header is missing")
KEY_REUSED = Problem("idempotency-key-reused", 422, "The key was used for another file")
FORM_WRONG = Problem("form-wrong", 400, "The form holds no file")
DIGEST_MISMATCH = Problem("digest-mismatch", 422, "The bytes do not match Repr-Digest", True)
TOO_LARGE = Problem("file-too-large", 413, "The file is too large")
UNSUPPORTED = Problem("unsupported-type", 415, "The file is of a type that we do not take")
EMPTY = Problem("file-empty", 422, "The file is empty")
NOT_FOUND = Problem("not-found", 404, "There is no such document")
INVALID = Problem("invalid-request", 422, "The request is not of the expected form")
STORAGE = Problem("storage", 507, "The file could not be stored", True)
UNAVAILABLE = Problem("unavailable", 503, "The database cannot be reached for the moment", True)
INTERNAL = Problem("internal", 500, "Something went wrong on our side", True)
HTTP = {404: NOT_FOUND, 405: Problem("method-not-allowed", 405, "This method is not allowed")}


class ProblemError(Exception):
    """Ends a request with a problem; ``detail`` says in Thai what is wrong and what to do."""

    def __init__(self, problem: Problem, detail: str, **more: Any) -> None:
        super().__init__(detail)
        self.problem, self.detail, self.more = problem, detail, more


def response(problem: Problem, detail: str, **more: Any) -> JSONResponse:
    """Return the problem as a response."""
    content = {
        "type": f"/problems/{problem.name}",
        "title": problem.title,
        "status": problem.status,
        "detail": detail,
        "retryable": problem.retryable,
        **more,
    }
    headers = {"WWW-Authenticate": "Bearer"} if problem.status == 401 else None
    return JSONResponse(content, problem.status, headers, MEDIA_TYPE)
