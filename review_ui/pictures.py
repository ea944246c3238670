"""Pictures of pages as they were read, and the originals, which only ever leave as downloads."""

from __future__ import annotations

import re
from pathlib import Path

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse

from models.database import looking
from models.letters import MediaType
from models.scans import find_scan
from models.turning import TURNS
from review_ui.desk import Desk, Unreadable
from review_ui.rendering import error_page

_SHA256 = re.compile("[0-9a-f]{64}")
_JPEG = b"\xff\xd8\xff"
_SUFFIX = {
    MediaType.PDF: ".pdf",
    MediaType.TIFF: ".tif",
    MediaType.JPEG: ".jpg",
    MediaType.PNG: ".png",
    MediaType.ZIP: ".zip",
}
_SMALL = 320  # pixels of the longer side, for thumbnails
_MISSING = "ไม่พบไฟล์นี้ในคลังเอกสาร"


def has_picture(desk: Desk, sha256: str, page: int) -> bool:
    """Tell whether there is a picture of the page."""
    return _is_jpeg(desk.archive.view(sha256, page))


def _is_jpeg(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(3) == _JPEG
    except OSError:
        return False


def download_name(name: str, media_type: MediaType | None) -> str:
    """Return the name to save an original under: no folders, an ending by its content."""
    plain = "".join(c for c in name if c.isprintable() and c not in '/\\:*?"<>|').strip(". ")
    ending = _SUFFIX[media_type] if media_type else ".bin"
    stem = plain[: -len(ending)] if plain.lower().endswith(ending) else plain
    return (stem[:120] or "original") + ending


def picture_routes(desk: Desk) -> APIRouter:
    """Return the routes of pictures and originals."""
    router = APIRouter(include_in_schema=False)

    @router.get("/pictures/{sha256}/{page:int}.jpg")
    def picture(
        request: Request, sha256: str, page: int, turn: int = 0, small: bool = False
    ) -> Response:
        known = _SHA256.fullmatch(sha256) and turn in TURNS
        if not known or not has_picture(desk, sha256, page):
            return error_page(request, 404, "ไม่พบภาพของหน้านี้")
        headers = {"Cache-Control": "private, max-age=900", "X-Content-Type-Options": "nosniff"}
        if turn or small:
            try:
                picture = desk.rereader.picture(sha256, page, turn, _SMALL if small else None)
            except Unreadable as error:
                return error_page(request, 404, str(error))
            return Response(picture, headers=headers, media_type="image/jpeg")
        return FileResponse(
            desk.archive.view(sha256, page), headers=headers, media_type="image/jpeg"
        )

    @router.get("/originals/{sha256}")
    def original(request: Request, sha256: str) -> Response:
        if not _SHA256.fullmatch(sha256):
            return error_page(request, 404, _MISSING)
        with looking(desk.engine) as connection:
            scan = find_scan(connection, sha256)
        path = desk.archive.original(sha256)
        if scan is None or not path.is_file():
            return error_page(request, 404, _MISSING)
        # A stranger's file: it is never shown within our pages, only saved.
        headers = {
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
        }
        name = download_name(scan.name, scan.media_type)
        return FileResponse(path, 200, headers, "application/octet-stream", filename=name)

    return router
