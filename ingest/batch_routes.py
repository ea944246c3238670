"""Batches over HTTP: a manifest first, then only what is missing; how far each is."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel, ConfigDict, Field

from ingest.answers import BatchAnswer, FileAnswer, batch_answer, listed, may_answer
from ingest.callers import Caller
from ingest.entrance import Entrance
from ingest.events import stream
from models import batches, manifests
from models.batch_progress import progress
from models.batches import BatchOrigin, Order, open_batch
from models.database import looking, writing
from models.manifests import ChosenFile
from models.terms import Channel

_MOST_FILES = 20_000
_PROBLEMS = may_answer(401, 403, 404, 409, 422, 429, 503)
Short = Annotated[str, Field(max_length=200)]


class ManifestLine(BaseModel):
    """A file that is to be sent: its name below the folder, bytes, milliseconds since 1970."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, Field(min_length=1, max_length=1_000)]
    size: Annotated[int, Field(ge=0, lt=2**50)]
    mtime: Annotated[int, Field(ge=-(2**60), lt=2**60)] = 0
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")] | None = None


Manifest = Annotated[list[ManifestLine], Field(max_length=_MOST_FILES)]


class NewFiles(BaseModel):
    """More files of a batch."""

    model_config = ConfigDict(extra="forbid")

    files: Manifest


class NewBatch(BaseModel):
    """A batch that is to be opened: where its paper came from, and its first files."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "name": "แฟ้มค้าง 2566 กล่อง 4",
                    "district": "เมืองนนทบุรี",
                    "office": "ที่ว่าการอำเภอเมืองนนทบุรี",
                    "box": "4",
                    "binder": "ร้องเรียน ม.ค.-มี.ค.",
                    "channel": "post",
                    "received_on": "2023-03-31",
                    "files": [{"name": "001.pdf", "size": 300000, "mtime": 1700000000000}],
                }
            ]
        },
    )

    name: Annotated[str, Field(min_length=1, max_length=200)]
    district: Annotated[str, Field(max_length=100)] | None = None
    office: Short | None = None
    box: Short | None = None
    binder: Short | None = None
    channel: Channel | None = None
    received_on: dt.date | None = None
    files: Manifest = []


def batch_routes(entrance: Entrance) -> APIRouter:
    """Return the routes of batches."""
    router = APIRouter(prefix="/api/v1/batches", tags=["batches"])
    engine, now, anyone = entrance.intake.engine, entrance.intake.now, entrance.callers.anyone

    def answer(batch_id: int, files: list[FileAnswer] | None = None) -> BatchAnswer:
        with looking(engine) as connection:
            batch = batches.get_batch(connection, batch_id)
            return batch_answer(batch, progress(connection, batch, now()), files)

    def declare(batch_id: int, files: list[ManifestLine], caller: Caller) -> list[FileAnswer]:
        chosen = [ChosenFile(each.name, each.size, each.mtime, each.sha256) for each in files]
        with writing(engine) as connection:
            lines = manifests.declare(connection, batch_id, chosen, now(), caller.owner)
        return [listed(line) for line in lines]

    @router.post(
        "",
        status_code=201,
        response_model=BatchAnswer,
        responses=_PROBLEMS,
        summary="Open a batch with its manifest",
    )
    def new(wanted: NewBatch, response: Response, caller: Caller = Depends(anyone)) -> BatchAnswer:
        """Open a batch; for every file of the manifest the answer tells what is to be sent."""
        entrance.traffic.let_through(caller.owner)
        origin = BatchOrigin(
            name=wanted.name,
            source=caller.source,
            district=caller.allowed(wanted.district),
            office=wanted.office,
            box=wanted.box,
            binder=wanted.binder,
            channel=wanted.channel,
            received_on=wanted.received_on,
        )
        station_id = caller.station.id if caller.station else None
        with writing(engine) as connection:
            batch_id = open_batch(connection, origin, now(), caller.name, station_id)
        response.headers["Location"] = f"/api/v1/batches/{batch_id}"
        return answer(batch_id, declare(batch_id, wanted.files, caller))

    @router.post(
        "/{batch_id}/files",
        response_model=BatchAnswer,
        responses=_PROBLEMS,
        summary="Choose files for a batch, once more or new ones",
    )
    def choose(batch_id: int, wanted: NewFiles, caller: Caller = Depends(anyone)) -> BatchAnswer:
        """Tell for every file whether it is to be sent, and from which byte on."""
        entrance.traffic.let_through(caller.owner)
        entrance.open_batch_of(caller, batch_id)
        return answer(batch_id, declare(batch_id, wanted.files, caller))

    @router.get(
        "/{batch_id}", response_model=BatchAnswer, responses=_PROBLEMS, summary="How far a batch is"
    )
    def get(batch_id: int, caller: Caller = Depends(anyone)) -> BatchAnswer:
        """Tell how many files were chosen, came, and were read."""
        entrance.batch_of(caller, batch_id)
        return answer(batch_id)

    @router.get("/{batch_id}/events", responses=_PROBLEMS, summary="How far a batch is, live")
    def events(batch_id: int, caller: Caller = Depends(anyone)) -> Any:
        """Stream what GET tells, as server-sent events, for as long as somebody listens."""
        entrance.batch_of(caller, batch_id)
        return stream(lambda: answer(batch_id))

    @router.post(
        "/{batch_id}/{order}",
        response_model=BatchAnswer,
        responses=_PROBLEMS,
        summary="Pause, resume, cancel, retry, or read first",
    )
    def carry_out(batch_id: int, order: Order, caller: Caller = Depends(anyone)) -> BatchAnswer:
        """Do something with a batch as a whole; nothing that was received is ever deleted."""
        entrance.traffic.let_through(caller.owner)
        entrance.batch_of(caller, batch_id)
        with writing(engine) as connection:
            batches.carry_out(connection, batch_id, order, now())
        return answer(batch_id)

    return router
