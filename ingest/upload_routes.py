"""Resumable uploads over HTTP: tus 1.0 with creation, checksum, expiration and termination."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Request, Response
from fastapi.concurrency import run_in_threadpool

from ingest import problems, tus
from ingest.answers import Receipt, may_answer, receipt
from ingest.callers import Caller
from ingest.entrance import Entrance, full, id_of
from ingest.partial_files import Busy, PartialFile, open_partial
from ingest.problems import ProblemError
from ingest.request_body import checksum_of, take_body
from ingest.uploads import LIFETIME, UploadLost, advance, begin, finish, terminate
from models.database import looking
from models.manifests import FileState, get_file
from models.uploads import Upload, get_upload

_ID = re.compile("[0-9a-f]{32}")
_GONE = "ไม่พบการส่งนี้ หรือหมดอายุแล้ว ให้เริ่มส่งไฟล์นี้ใหม่"
_UNKNOWN = "ไม่พบชุดงานหรือไฟล์หมายเลขนี้"
_BODY: dict[str, Any] = {
    "requestBody": {"content": {tus.MEDIA_TYPE: {"schema": {"type": "string", "format": "binary"}}}}
}


def upload_routes(entrance: Entrance) -> APIRouter:
    """Return the routes of resumable uploads."""
    router = APIRouter(prefix="/api/v1/uploads", tags=["uploads"])
    intake, anyone = entrance.intake, entrance.callers.anyone

    @router.options("", summary="What this server can do (tus)", status_code=204)
    def options() -> Response:
        """Tell the version and the extensions of tus."""
        return Response(status_code=204, headers=tus.abilities(intake.limits.file_bytes))

    @router.post(
        "",
        status_code=201,
        response_model=Receipt,
        responses=may_answer(400, 401, 403, 404, 408, 409, 412, 413, 415, 429, 460, 503, 507),
        openapi_extra=_BODY,
        summary="Begin an upload, with or without its first bytes (tus)",
    )
    async def create(
        request: Request,
        response: Response,
        caller: Caller = Depends(anyone),
        tus_resumable: Annotated[str | None, Header()] = None,
        upload_length: Annotated[str | None, Header()] = None,
        upload_metadata: Annotated[str | None, Header()] = None,
        upload_checksum: Annotated[str | None, Header()] = None,
    ) -> Receipt:
        """Begin an upload; with all bytes in the body it is finished at once.

        Upload-Metadata may hold filename, district, and batch or file (a line of its manifest).
        """
        tus.check_version(tus_resumable)
        entrance.traffic.let_through(caller.owner)
        length = tus.length_of(upload_length, intake.limits.file_bytes)
        told, checksum = tus.metadata_of(upload_metadata), checksum_of(upload_checksum)
        new = await run_in_threadpool(_new_upload, entrance, caller, told, length)
        entrance.make_sure_of_room(length)
        path = intake.archive.upload(new.id)
        with entrance.traffic.file(caller.owner), _written(open_new=True, path=path) as partial:
            try:
                if request.headers.get("content-type") == tus.MEDIA_TYPE:
                    await take_body(request, partial, length, checksum)
                upload = await run_in_threadpool(begin, intake, new, partial)
            except BaseException:
                path.unlink(missing_ok=True)
                raise
        response.headers.update(tus.standing(upload))
        response.headers["Location"] = f"/api/v1/uploads/{upload.id}"
        return receipt(upload)

    def known(upload_id: str, caller: Caller) -> Upload:
        upload = None
        if _ID.fullmatch(upload_id):
            with looking(intake.engine) as connection:
                upload = get_upload(connection, upload_id, caller.owner)
        if upload is None:
            raise ProblemError(problems.NOT_FOUND, _GONE)
        if upload.expires_at <= intake.now() and upload.finished_at is None:
            raise ProblemError(problems.UPLOAD_GONE, _GONE)
        return upload

    def finished(upload: Upload) -> Upload:
        """Do what a crash left to be done for an upload whose bytes are all here."""
        try:
            return finish(intake, upload)
        except Busy:
            return upload
        except UploadLost as error:
            terminate(intake, upload)
            raise ProblemError(problems.UPLOAD_GONE, _GONE) from error

    @router.head("/{upload_id}", summary="How far an upload is (tus)", include_in_schema=False)
    def head(
        upload_id: str,
        caller: Caller = Depends(anyone),
        tus_resumable: Annotated[str | None, Header()] = None,
    ) -> Response:
        tus.check_version(tus_resumable)
        upload = finished(known(upload_id, caller))
        headers = tus.standing(upload) | {"Upload-Length": str(upload.length)}
        return Response(headers=headers)

    @router.get(
        "/{upload_id}",
        response_model=Receipt,
        responses=may_answer(401, 404, 410, 503),
        summary="The receipt of an upload",
    )
    def get(upload_id: str, caller: Caller = Depends(anyone)) -> Receipt:
        """Tell how far an upload is and, once finished, what became of its bytes."""
        return receipt(finished(known(upload_id, caller)))

    @router.patch(
        "/{upload_id}",
        status_code=204,
        responses=may_answer(400, 401, 404, 408, 409, 410, 412, 413, 415, 423, 429, 460, 503, 507),
        openapi_extra=_BODY,
        summary="Go on with an upload (tus)",
    )
    async def patch(
        upload_id: str,
        request: Request,
        caller: Caller = Depends(anyone),
        tus_resumable: Annotated[str | None, Header()] = None,
        upload_offset: Annotated[str | None, Header()] = None,
        upload_checksum: Annotated[str | None, Header()] = None,
    ) -> Response:
        """Add bytes at Upload-Offset, which must be how far the upload is.

        After the 204 they are safe with us. With the last of them the file is taken in: the
        headers Saraban-Outcome and Saraban-Document tell what became of it.
        """
        tus.check_version(tus_resumable)
        if request.headers.get("content-type") != tus.MEDIA_TYPE:
            raise ProblemError(problems.NOT_AN_UPLOAD, f"ต้องส่งข้อมูลเป็น {tus.MEDIA_TYPE}")
        entrance.traffic.let_through(caller.owner)
        offset, checksum = tus.offset_of(upload_offset), checksum_of(upload_checksum)
        upload = await run_in_threadpool(lambda: finished(known(upload_id, caller)))
        if upload.sha256 is None:
            entrance.make_sure_of_room(upload.length - upload.offset)
            with (
                entrance.traffic.file(caller.owner),
                _written(path=intake.archive.upload(upload_id)) as partial,
            ):
                # As it is now that nobody else writes.
                upload = await run_in_threadpool(known, upload_id, caller)
                _check_offset(upload, offset)
                if upload.sha256 is None:
                    partial.begin_at(offset)
                    await take_body(request, partial, upload.length - offset, checksum)
                    upload = await run_in_threadpool(advance, intake, upload, partial)
        else:
            _check_offset(upload, offset)
            if upload.finished_at is None:
                raise _busy()
        return Response(status_code=204, headers=tus.standing(upload))

    @router.delete(
        "/{upload_id}",
        status_code=204,
        responses=may_answer(401, 404, 409, 412, 423, 503),
        summary="Give an upload up (tus)",
    )
    def delete(
        upload_id: str,
        caller: Caller = Depends(anyone),
        tus_resumable: Annotated[str | None, Header()] = None,
    ) -> Response:
        """Forget an upload that is not finished. A document that we have stays."""
        tus.check_version(tus_resumable)
        upload = known(upload_id, caller)
        if upload.sha256 is not None:
            raise ProblemError(problems.UPLOAD_DONE, "รับไฟล์นี้ครบแล้ว จึงยกเลิกการส่งไม่ได้")
        with _written(path=intake.archive.upload(upload_id)):
            terminate(intake, upload)
        return Response(status_code=204, headers={"Tus-Resumable": tus.VERSION})

    @router.post("/{upload_id}", include_in_schema=False)
    async def instead(
        upload_id: str,
        request: Request,
        caller: Caller = Depends(anyone),
        x_http_method_override: Annotated[str | None, Header()] = None,
    ) -> Response:
        """Serve senders whose network lets nothing but POST through."""
        header = request.headers.get
        version = header("tus-resumable")
        match (x_http_method_override or "").upper():
            case "PATCH":
                return await patch(
                    *(upload_id, request, caller, version),
                    *(header("upload-offset"), header("upload-checksum")),
                )
            case "HEAD":
                return await run_in_threadpool(head, upload_id, caller, version)
            case "DELETE":
                return await run_in_threadpool(delete, upload_id, caller, version)
        raise ProblemError(problems.HEADER_WRONG, "ต้องส่งหัวข้อ X-HTTP-Method-Override")

    return router


def _new_upload(entrance: Entrance, caller: Caller, told: Any, length: int) -> Upload:
    """Return the upload that a sender begins; the database does not know it yet."""
    batch_id, file_id, name = None, None, told.get("filename") or told.get("name") or ""
    if "file" in told:
        with looking(entrance.intake.engine) as connection:
            found = get_file(connection, id_of(told["file"], _UNKNOWN))
        if found is None or found[1].size != length:
            raise ProblemError(problems.NOT_FOUND, "ไม่พบไฟล์นี้ในรายการของชุดงาน ให้เลือกไฟล์ใหม่")
        batch_id, line = found
        name = name or line.path
        # Sent already, from another tab: what came first counts.
        file_id = line.id if line.state is not FileState.SENT else None
    elif "batch" in told:
        batch_id = id_of(told["batch"], _UNKNOWN)
    if batch_id is not None:
        entrance.open_batch_of(caller, batch_id)
    now = entrance.intake.now()
    return Upload(
        id=secrets.token_hex(16),
        owner=caller.owner,
        batch_id=batch_id,
        file_id=file_id,
        district=caller.allowed(told.get("district")),
        name=name,
        length=length,
        offset=0,
        sha256=None,
        created_at=now,
        expires_at=now + LIFETIME,
    )


def _check_offset(upload: Upload, offset: int) -> None:
    if offset != upload.offset:
        raise ProblemError(
            problems.OFFSET_CONFLICT,
            f"ส่งต่อผิดตำแหน่ง ระบบมีข้อมูลแล้ว {upload.offset} ไบต์",
            offset=upload.offset,
        )


def _busy() -> ProblemError:
    told = "มีการส่งไฟล์เดียวกันนี้อยู่แล้ว ให้รอสักครู่แล้วส่งต่อ"
    return ProblemError(problems.UPLOAD_BUSY, told, retry_after=1)


@contextmanager
def _written(*, path: Any, open_new: bool = False) -> Iterator[PartialFile]:
    """Open an upload's file for this request alone; what goes wrong with it becomes a problem."""
    try:
        with open_partial(path, new=open_new) as partial:
            yield partial
    except Busy as error:
        raise _busy() from error
    except (FileNotFoundError, UploadLost) as error:
        raise ProblemError(problems.UPLOAD_GONE, _GONE) from error
    except OSError as error:
        raise full() from error
