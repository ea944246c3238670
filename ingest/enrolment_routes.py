"""Stations that enrol over HTTP, in the shape of RFC 8628 (device authorization)."""

from __future__ import annotations

from typing import Annotated, assert_never

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field

from ingest import problems
from ingest.answers import may_answer
from ingest.entrance import Entrance
from ingest.problems import ProblemError
from models.database import writing
from models.enrolments import (
    INTERVAL,
    LIFETIME,
    Key,
    Reply,
    TooManyEnrolments,
    enrol,
    fetch_key,
    shown,
)


class NewStation(BaseModel):
    """A station that wants a key, by the name that people know it by."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"name": "เคาน์เตอร์ 1"}]}
    )

    name: Annotated[str, Field(min_length=1, max_length=100)]


class Waiting(BaseModel):
    """The code that the station keeps, the one that it shows, and how often it may ask (s)."""

    device_code: str
    user_code: str
    verification_uri: str
    verification_uri_complete: str
    expires_in: int
    interval: int


class DeviceCode(BaseModel):
    """The code that the station kept."""

    model_config = ConfigDict(extra="forbid")

    device_code: Annotated[str, Field(min_length=1, max_length=100)]


class Enrolled(BaseModel):
    """What an approved station gets, once."""

    key: str
    station: int
    name: str
    district: str | None


def enrolment_routes(entrance: Entrance) -> APIRouter:
    """Return the routes of enrolment; they ask for no key."""
    router = APIRouter(prefix="/api/v1/enrolments", tags=["stations"])
    engine, now = entrance.intake.engine, entrance.intake.now

    @router.post(
        "",
        status_code=201,
        response_model=Waiting,
        responses=may_answer(422, 429, 503),
        summary="Begin to enrol a station",
    )
    def begin(station: NewStation, request: Request) -> Waiting:
        """Give the station a code to show; somebody of the office types it at /device."""
        address = request.client.host if request.client else ""
        entrance.traffic.let_through(f"address:{address}")
        try:
            with writing(engine) as connection:
                new = enrol(connection, " ".join(station.name.split()), address, now())
        except TooManyEnrolments as error:
            wait = int(LIFETIME.total_seconds())
            raise ProblemError(
                problems.RATE_LIMITED,
                "เครื่องนี้ขอรหัสไว้หลายครั้งแล้ว ให้ใช้รหัสล่าสุด หรือรอ 10 นาทีแล้วขอใหม่",
                retry_after=wait,
            ) from error
        page = str(request.base_url).rstrip("/") + "/device"
        return Waiting(
            device_code=new.device_code,
            user_code=shown(new.user_code),
            verification_uri=page,
            verification_uri_complete=f"{page}?code={shown(new.user_code)}",
            expires_in=int(LIFETIME.total_seconds()),
            interval=int(INTERVAL.total_seconds()),
        )

    @router.post(
        "/key",
        response_model=Enrolled,
        responses=may_answer(400, 422, 429, 503),
        summary="Fetch the key of an approved station",
    )
    def key(code: DeviceCode, request: Request) -> Enrolled:
        """Give the key, or say in the member ``error`` of the problem why there is none yet."""
        address = request.client.host if request.client else ""
        entrance.traffic.let_through(f"address:{address}")
        with writing(engine) as connection:
            found = fetch_key(connection, code.device_code, now())
        if isinstance(found, Reply):
            raise ProblemError(problems.ENROLMENT, _said(found), error=found.value)
        return _enrolled(found)

    return router


def _enrolled(found: Key) -> Enrolled:
    return Enrolled(
        key=found.key, station=found.station_id, name=found.name, district=found.district
    )


def _said(reply: Reply) -> str:
    match reply:
        case Reply.PENDING:
            return "รอเจ้าหน้าที่อนุมัติรหัสนี้"
        case Reply.SLOW_DOWN:
            return "ถามถี่เกินไป ให้เว้น 5 วินาที"
        case Reply.DENIED:
            return "เจ้าหน้าที่ไม่อนุมัติเครื่องนี้"
        case Reply.EXPIRED:
            return "รหัสหมดอายุหรือใช้ไปแล้ว ให้ขอรหัสใหม่"
        case _ as never:
            assert_never(never)
