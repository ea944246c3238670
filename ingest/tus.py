"""The headers of tus 1.0, the protocol of resumable uploads (https://tus.io, version of 2016)."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
from collections.abc import Mapping
from email.utils import format_datetime

from ingest import problems
from ingest.problems import ProblemError
from ingest.request_body import CHECKSUMS
from models.uploads import Upload

VERSION = "1.0.0"
MEDIA_TYPE = "application/offset+octet-stream"
EXTENSIONS = "creation,creation-with-upload,checksum,expiration,termination"
_LONGEST = 16_384  # characters of Upload-Metadata


def abilities(most: int) -> dict[str, str]:
    """Return what a server tells of itself; ``most`` bytes may an upload have."""
    return {
        "Tus-Resumable": VERSION,
        "Tus-Version": VERSION,
        "Tus-Extension": EXTENSIONS,
        "Tus-Max-Size": str(most),
        "Tus-Checksum-Algorithm": ",".join(CHECKSUMS),
    }


def check_version(version: str | None) -> None:
    """Make sure that the sender speaks our version.

    Raises:
        ProblemError: it does not.
    """
    if version != VERSION:
        raise ProblemError(
            problems.TUS_VERSION, "ต้องส่งหัวข้อ Tus-Resumable: 1.0.0", versions=[VERSION]
        )


def length_of(header: str | None, most: int) -> int:
    """Return the length of a new upload, in bytes.

    Raises:
        ProblemError: it is not told, or longer than ``most``.
    """
    length = _number(header, "Upload-Length")
    if length > most:
        detail = f"ไฟล์ใหญ่เกิน {most // 2**20} MB ให้แบ่งไฟล์หรือลดความละเอียดแล้วส่งใหม่"
        raise ProblemError(problems.TOO_LARGE, detail)
    return length


def offset_of(header: str | None) -> int:
    """Return where the sender means to go on, in bytes.

    Raises:
        ProblemError: it does not tell.
    """
    return _number(header, "Upload-Offset")


def _number(header: str | None, name: str) -> int:
    if header is None or not header.isascii() or not header.isdigit() or len(header) > 15:
        raise ProblemError(problems.HEADER_WRONG, f"ต้องส่งหัวข้อ {name} เป็นจำนวนไบต์")
    return int(header)


def metadata_of(header: str | None) -> Mapping[str, str]:
    """Return what a sender tells of a file: names with Base64 of UTF-8 text.

    Raises:
        ProblemError: it cannot be understood.
    """
    found: dict[str, str] = {}
    for pair in (header or "").split(","):
        name, _, encoded = pair.strip().partition(" ")
        if not name:
            continue
        try:
            found[name] = base64.b64decode(encoded.strip(), validate=True).decode()
        except (binascii.Error, UnicodeDecodeError) as error:
            raise ProblemError(
                problems.HEADER_WRONG, "หัวข้อ Upload-Metadata ไม่ถูกต้อง ต้องเป็นชื่อตามด้วยค่า Base64"
            ) from error
    if len(header or "") > _LONGEST:
        raise ProblemError(problems.HEADER_WRONG, "หัวข้อ Upload-Metadata ยาวเกินไป")
    return found


def standing(upload: Upload) -> dict[str, str]:
    """Return the headers that tell how far an upload is, and what became of its bytes."""
    headers = {
        "Tus-Resumable": VERSION,
        "Upload-Offset": str(upload.offset),
        "Upload-Expires": format_datetime(upload.expires_at.astimezone(dt.UTC), usegmt=True),
        "Cache-Control": "no-store",
    }
    if upload.outcome is not None:
        headers["Saraban-Outcome"] = upload.outcome
        if upload.scan_id is not None:
            headers["Saraban-Document"] = f"/api/v1/documents/{upload.scan_id}"
    return headers
