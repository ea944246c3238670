"""What the API answers, with examples for whoever writes the other side."""

from __future__ import annotations

import datetime as dt
from typing import Any

from pydantic import BaseModel
from sqlalchemy import Engine

from ingest import problems
from ingest.problems import ProblemError
from models.batch_progress import Progress
from models.batches import Batch
from models.database import looking
from models.manifests import FileState, ListedFile
from models.rearrangements import live_drafts
from models.scans import Outcome, ScanState, get_scan
from models.uploads import Upload

_SHA256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


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
    district: str | None = None
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
                    "sha256": _SHA256,
                    "name": "SCN_0001.pdf",
                    "district": "เมืองนนทบุรี",
                    "duplicate_of": None,
                    "reason": None,
                    "pages": None,
                    "letters": [],
                    "links": {
                        "self": "/api/v1/documents/17",
                        "events": "/api/v1/documents/17/events",
                    },
                }
            ]
        }
    }


class Receipt(BaseModel):
    """An upload: how far it is and, once finished, what became of its bytes."""

    id: str
    name: str
    length: int
    offset: int
    finished: bool
    outcome: Outcome | None = None
    reason: str | None = None
    sha256: str | None = None
    document: str | None = None

    model_config = {
        "json_schema_extra": {
            "examples": [
                {
                    "id": "0123456789abcdef0123456789abcdef",
                    "name": "SCN_0001.pdf",
                    "length": 300000,
                    "offset": 300000,
                    "finished": True,
                    "outcome": "new",
                    "reason": None,
                    "sha256": _SHA256,
                    "document": "/api/v1/documents/17",
                }
            ]
        }
    }


class FileAnswer(BaseModel):
    """A file of a manifest: what is to be done about it.

    ``state`` is new (send it), partial (go on at ``offset`` of the upload at ``url``), done,
    duplicate (we have these bytes), refused (it came and cannot be read) or skipped.
    """

    id: int
    state: str
    url: str | None = None
    offset: int = 0
    document: str | None = None
    reason: str | None = None


class BatchAnswer(BaseModel):
    """A batch: where it came from and how far it is."""

    id: int
    name: str
    state: str
    urgent: bool
    district: str | None
    chosen: int
    waiting: int
    skipped: int
    new: int
    duplicate: int
    refused: int
    bytes_chosen: int
    bytes_sent: int
    received: int
    under_way: int
    read: int
    failed: int
    cancelled: int
    letters: int
    ready_in_seconds: int | None
    links: dict[str, str]
    files: list[FileAnswer] | None = None

    model_config = {
        "json_schema_extra": {
            "examples": [
                {
                    "id": 4,
                    "name": "แฟ้มค้าง 2566 กล่อง 4",
                    "state": "open",
                    "urgent": False,
                    "district": "เมืองนนทบุรี",
                    "chosen": 640,
                    "waiting": 228,
                    "skipped": 0,
                    "new": 380,
                    "duplicate": 21,
                    "refused": 11,
                    "bytes_chosen": 192000000,
                    "bytes_sent": 123600000,
                    "received": 179,
                    "under_way": 4,
                    "read": 201,
                    "failed": 0,
                    "cancelled": 0,
                    "letters": 214,
                    "ready_in_seconds": 540,
                    "links": {"self": "/api/v1/batches/4", "events": "/api/v1/batches/4/events"},
                    "files": None,
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


Answers = dict[int | str, dict[str, Any]]
DETAILS: dict[str, Any] = {
    "content": {problems.MEDIA_TYPE: {"schema": ProblemDetails.model_json_schema()}}
}


def may_answer(*statuses: int) -> Answers:
    """Return the problems that a route may answer with, for the description of the API."""
    return dict.fromkeys(statuses, DETAILS)


def document_path(scan_id: int) -> str:
    """Return the address of a document."""
    return f"/api/v1/documents/{scan_id}"


def document(engine: Engine, scan_id: int, *, duplicate: bool = False) -> Document:
    """Return a document.

    Raises:
        ProblemError: there is none with this id.
    """
    with looking(engine) as connection:
        scan = get_scan(connection, scan_id)
        letters = live_drafts(connection, scan_id)
    if scan is None:
        raise ProblemError(problems.NOT_FOUND, "ไม่พบเอกสารหมายเลขนี้")
    here = document_path(scan.id)
    return Document(
        id=scan.id,
        status=scan.state,
        sha256=scan.sha256,
        name=scan.name,
        district=scan.district,
        duplicate_of=scan.id if duplicate else None,
        reason=scan.reason,
        pages=scan.pages,
        letters=[Letter(letter=draft.letter, state=draft.state) for draft in letters],
        links={"self": here, "events": f"{here}/events"},
    )


def receipt(upload: Upload) -> Receipt:
    """Return an upload's receipt."""
    return Receipt(
        id=upload.id,
        name=upload.name,
        length=upload.length,
        offset=upload.offset,
        finished=upload.finished_at is not None,
        outcome=upload.outcome,
        reason=upload.reason,
        sha256=upload.sha256,
        document=None if upload.scan_id is None else document_path(upload.scan_id),
    )


def listed(line: ListedFile) -> FileAnswer:
    """Return what is to be done about a file of a manifest."""
    return FileAnswer(
        id=line.id,
        state=_file_state(line),
        url=None if line.upload_id is None else f"/api/v1/uploads/{line.upload_id}",
        offset=line.offset,
        document=None if line.scan_id is None else document_path(line.scan_id),
        reason=line.reason,
    )


def _file_state(line: ListedFile) -> str:
    if line.state is FileState.SKIPPED:
        return "skipped"
    if line.state is FileState.WAITING:
        return "new" if line.upload_id is None else "partial"
    return "done" if line.outcome in (Outcome.NEW, None) else str(line.outcome)


def batch_answer(
    batch: Batch, found: Progress, files: list[FileAnswer] | None = None
) -> BatchAnswer:
    """Return a batch as the API tells of it."""
    here = f"/api/v1/batches/{batch.id}"
    left: dt.timedelta | None = found.ready_in
    return BatchAnswer(
        id=batch.id,
        name=batch.origin.name,
        state=batch.state,
        urgent=batch.urgent,
        district=batch.origin.district,
        chosen=found.chosen,
        waiting=found.waiting,
        skipped=found.skipped,
        new=found.outcomes[Outcome.NEW],
        duplicate=found.outcomes[Outcome.DUPLICATE],
        refused=found.outcomes[Outcome.REFUSED],
        bytes_chosen=found.bytes_chosen,
        bytes_sent=found.bytes_sent,
        received=found.reading[ScanState.RECEIVED],
        under_way=found.under_way,
        read=found.reading[ScanState.READ],
        failed=found.reading[ScanState.FAILED],
        cancelled=found.reading[ScanState.CANCELLED],
        letters=found.letters,
        ready_in_seconds=None if left is None else round(left.total_seconds()),
        links={"self": here, "events": f"{here}/events"},
        files=files,
    )
