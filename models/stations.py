"""Scanner workstations and their keys.

A key is ``sk_live_`` + 8 letters that name it + ``_`` + 32 letters that are secret; it is shown
once and stored only as a hash. A new key leaves the one before it open for a week.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from dataclasses import dataclass

from sqlalchemy import Connection, Row, insert, select, update

from models.tables import stations

OVERLAP = dt.timedelta(days=7)
_PREFIX = "sk_live_"
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789"
_SEEN_AGAIN = dt.timedelta(seconds=30)  # how exactly it is kept when a station was seen


@dataclass(frozen=True, slots=True)
class Station:
    """A workstation that may send scans, of one district where it was bound to one."""

    id: int
    name: str
    district: str | None = None


@dataclass(frozen=True, slots=True)
class KnownStation:
    """The owner of a key, and whether it was noted a moment ago that it was seen."""

    station: Station
    seen_lately: bool


@dataclass(frozen=True, slots=True)
class StationNews:
    """A workstation as its administrator sees it."""

    id: int
    name: str
    district: str | None
    key_name: str | None
    enrolled_by: str | None
    created_at: dt.datetime
    last_seen_at: dt.datetime | None
    last_address: str | None
    last_error: str | None
    last_error_at: dt.datetime | None
    earlier_key_until: dt.datetime | None
    revoked_at: dt.datetime | None


class NoStation(LookupError):
    """There is no such workstation, or its key was taken away."""


def hashed(secret: str) -> str:
    """Return a secret as it is stored.

    What we hand out is random and long: a plain hash is enough, there is nothing to guess.
    """
    return hashlib.sha256(secret.encode()).hexdigest()


def _new_key() -> tuple[str, str]:
    name, secret = ("".join(secrets.choice(_LETTERS) for _ in range(n)) for n in (8, 32))
    return name, f"{_PREFIX}{name}_{secret}"


def add_station(
    connection: Connection,
    name: str,
    now: dt.datetime,
    district: str | None = None,
    enrolled_by: str | None = None,
) -> str:
    """Enrol a workstation and return its key, which is shown once and stored only as a hash."""
    key_name, key = _new_key()
    values = {
        "name": name,
        "key_hash": hashed(key),
        "key_name": key_name,
        "created_at": now,
        "district": district,
        "enrolled_by": enrolled_by,
    }
    connection.execute(insert(stations).values(values))
    return key


def station_of_key(
    connection: Connection, key: str, now: dt.datetime, address: str | None = None
) -> Station | None:
    """Return the station that owns a key and note that it was seen; None for a wrong key."""
    known = find_station(connection, key, now)
    if known is None:
        return None
    if not known.seen_lately:
        _set(connection, known.station.id, last_seen_at=now, last_address=address)
    return known.station


def find_station(connection: Connection, key: str, now: dt.datetime) -> KnownStation | None:
    """Return the station that owns a key; None for a wrong key. Notes nothing."""
    found = hashed(key)
    still = (stations.c.earlier_key_hash == found) & (stations.c.earlier_key_until > now)
    owned = ((stations.c.key_hash == found) | still) & stations.c.revoked_at.is_(None)
    columns = (stations.c.id, stations.c.name, stations.c.district, stations.c.last_seen_at)
    row = connection.execute(select(*columns).where(owned)).one_or_none()
    if row is None:
        return None
    seen = row.last_seen_at
    lately = seen is not None and now - _SEEN_AGAIN < seen <= now
    return KnownStation(Station(row.id, row.name, row.district), lately)


def note_error(connection: Connection, station_id: int, error: str, now: dt.datetime) -> None:
    """Keep what went wrong last with a station, for its administrator."""
    _set(connection, station_id, last_error=error, last_error_at=now)


def list_stations(connection: Connection) -> list[StationNews]:
    """Return all workstations: those that may send first, by name."""
    query = select(*_NEWS).order_by(stations.c.revoked_at.is_not(None), stations.c.name)
    return [_news(row) for row in connection.execute(query)]


def get_station(connection: Connection, station_id: int) -> StationNews:
    """Return a workstation.

    Raises:
        NoStation: there is none with this id.
    """
    row = connection.execute(select(*_NEWS).where(stations.c.id == station_id)).one_or_none()
    if row is None:
        raise NoStation
    return _news(row)


_NEWS = [stations.c[name] for name in StationNews.__slots__]


def _news(row: Row[tuple[object, ...]]) -> StationNews:
    return StationNews(**dict(row._mapping))


def rotate_key(
    connection: Connection, station_id: int, now: dt.datetime, overlap: dt.timedelta = OVERLAP
) -> str:
    """Give a station a new key and return it; the one before opens for ``overlap`` more.

    Raises:
        NoStation: there is no such station, or it was revoked.
    """
    columns = select(stations.c.key_hash, stations.c.revoked_at)
    row = connection.execute(columns.where(stations.c.id == station_id)).one_or_none()
    if row is None or row.revoked_at is not None:
        raise NoStation
    key_name, key = _new_key()
    earlier = {"earlier_key_hash": row.key_hash, "earlier_key_until": now + overlap}
    _set(connection, station_id, key_hash=hashed(key), key_name=key_name, **earlier)
    return key


def revoke(connection: Connection, station_id: int, now: dt.datetime) -> None:
    """Take a station's keys away at once; what it has sent stays.

    Raises:
        NoStation: there is no such station.
    """
    if get_station(connection, station_id).revoked_at is None:
        _set(connection, station_id, revoked_at=now)


def _set(connection: Connection, station_id: int, **values: object) -> None:
    connection.execute(update(stations).where(stations.c.id == station_id).values(values))
