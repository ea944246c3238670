"""Who speaks to the API: a workstation by its key, or an officer's browser by its cookie."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Request, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from ingest import problems
from ingest.intake import Intake
from ingest.problems import ProblemError
from models.database import looking, writing
from models.stations import Station, find_station, station_of_key

# For the description of the API alone: we look at the header ourselves.
_BEARER = HTTPBearer(auto_error=False, description="กุญแจของเครื่องสแกน (sk_live_…)")
Bearer = Annotated[HTTPAuthorizationCredentials | None, Security(_BEARER)]
OfficerOf = Callable[[Request], str | None]
_SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks. ``owner`` tells one caller from all others, ``name`` is for people."""

    owner: str
    name: str
    district: str | None = None
    station: Station | None = None

    @property
    def source(self) -> str:
        """Return by which door the caller's files come."""
        return "station" if self.station else "browser"

    def allowed(self, district: str | None) -> str | None:
        """Return the district that a file belongs to.

        Raises:
            ProblemError: the caller serves another one.
        """
        if district and self.district and district != self.district:
            raise ProblemError(
                problems.DISTRICT_NOT_ALLOWED,
                f"เครื่องนี้ลงทะเบียนไว้กับอำเภอ{self.district} ส่งเอกสารของอำเภอ{district}ไม่ได้",
            )
        return self.district or district or None


class Callers:
    """Tells who asks; a dependency of the routes."""

    def __init__(self, intake: Intake, officer_of: OfficerOf) -> None:
        self._intake, self._officer_of = intake, officer_of

    def station(self, request: Request, _: Bearer = None) -> Caller:
        """Return the station that asks.

        Raises:
            ProblemError: its key is missing or wrong.
        """
        scheme, _space, key = request.headers.get("authorization", "").partition(" ")
        address = request.client.host if request.client else None
        found = None
        if scheme.lower() == "bearer" and key.strip():
            found = self._station_of(key.strip(), address)
        if found is None:
            raise ProblemError(
                problems.UNAUTHORISED, "กุญแจของเครื่องสแกนไม่ถูกต้อง ให้ขอกุญแจใหม่จากผู้ดูแลระบบ"
            )
        request.state.station_id = found.id
        return Caller(f"station:{found.id}", found.name, found.district, found)

    def _station_of(self, key: str, address: str | None) -> Station | None:
        """Look first: only a station that was not seen lately has the database write."""
        now = self._intake.now()
        with looking(self._intake.engine) as connection:
            known = find_station(connection, key, now)
        if known is None:
            return None
        if known.seen_lately:
            return known.station
        with writing(self._intake.engine) as connection:
            return station_of_key(connection, key, now, address)

    def anyone(self, request: Request, _: Bearer = None) -> Caller:
        """Return the station that asks, or the officer whose browser does.

        Raises:
            ProblemError: it is neither, or a page of another site makes the browser ask.
        """
        officer = self._officer_of(request)
        if officer is None or "authorization" in request.headers:
            return self.station(request)
        if request.method not in _SAFE_METHODS and not from_our_pages(request):
            raise ProblemError(
                problems.FOREIGN_PAGE, "คำขอนี้ไม่ได้มาจากหน้าจอของระบบ กรุณาเปิดหน้าใหม่แล้วทำอีกครั้ง"
            )
        return Caller(f"officer:{officer}", officer)


def from_our_pages(request: Request) -> bool:
    """Tell by what browsers state themselves."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("origin")
    return origin is not None and urlsplit(origin).netloc == request.headers.get("host")
