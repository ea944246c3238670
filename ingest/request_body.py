"""Brings the body of a request into an upload's file, as it comes."""

from __future__ import annotations

import asyncio
import base64
import binascii
import hashlib
from dataclasses import dataclass

from fastapi import Request
from fastapi.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect

from ingest import problems
from ingest.partial_files import PartialFile
from ingest.problems import ProblemError

_AT_ONCE = 2**19  # bytes that are written in one go
_PATIENCE = 30  # seconds without a byte
CHECKSUMS = ("sha256", "sha1")  # sha1 must be offered by every server that speaks of checksums


@dataclass(frozen=True, slots=True)
class Checksum:
    """What the sender says of the bytes of one request (the header Upload-Checksum)."""

    algorithm: str
    digest: bytes


def checksum_of(header: str | None) -> Checksum | None:
    """Return the checksum that a sender states.

    Raises:
        ProblemError: it cannot be understood.
    """
    if header is None:
        return None
    algorithm, _, encoded = header.partition(" ")
    try:
        digest = base64.b64decode(encoded, validate=True)
    except binascii.Error:
        digest = b""
    if algorithm not in CHECKSUMS or not digest:
        raise ProblemError(
            problems.HEADER_WRONG, "หัวข้อ Upload-Checksum ไม่ถูกต้อง ใช้ sha256 หรือ sha1 ตามด้วยค่า Base64"
        )
    return Checksum(algorithm, digest)


async def take_body(
    request: Request, partial: PartialFile, most: int, checksum: Checksum | None
) -> None:
    """Write the body into the file. What came before the sender went away stays written.

    Raises:
        ProblemError: more came than ``most`` bytes, too slowly, or not what the checksum says;
            nothing of this request counts then, but for what came before it grew too slow.
        OSError: the disk is full or broken.
    """
    digest = hashlib.new(checksum.algorithm) if checksum else None
    body, waiting, came, whole = request.stream(), bytearray(), 0, False
    try:
        while True:
            chunk = await asyncio.wait_for(anext(body, None), _PATIENCE)
            if chunk is None:
                whole = True
                break
            came += len(chunk)
            if came > most:
                partial.cut()
                raise ProblemError(problems.TOO_LARGE, "ส่งข้อมูลมาเกินขนาดที่แจ้งไว้ ให้ตรวจสอบไฟล์แล้วส่งใหม่")
            if digest is not None:
                digest.update(chunk)
            waiting += chunk
            if len(waiting) >= _AT_ONCE:
                await run_in_threadpool(partial.write, bytes(waiting))
                waiting.clear()
    except (ClientDisconnect, TimeoutError):
        pass  # the sender asks later how far we came
    if waiting:
        await run_in_threadpool(partial.write, bytes(waiting))
    if checksum is None or digest is None:
        return
    if not whole:
        partial.cut()  # nothing vouches for half of what the checksum is about
    elif digest.digest() != checksum.digest:
        partial.cut()
        raise ProblemError(
            problems.CHECKSUM_MISMATCH, "ข้อมูลเสียหายระหว่างทาง ไม่ได้เก็บส่วนนี้ ให้ส่งส่วนนี้ใหม่"
        )
