"""What went wrong, told to our own scripts as problem details (RFC 9457), in Thai."""

from __future__ import annotations

from fastapi.responses import JSONResponse


def problem(status: int, name: str, detail: str) -> JSONResponse:
    """Return a problem; ``name`` is stable, ``detail`` says what to do."""
    content = {"type": f"/problems/{name}", "title": name, "status": status, "detail": detail}
    headers = {"Cache-Control": "private, no-store"}
    return JSONResponse(content, status, headers, "application/problem+json")
