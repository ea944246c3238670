"""Scanner workstations, their keys, and the requests they may repeat."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select, update

from models.tables import idempotency_keys, stations

_PREFIX = "sk_"


@dataclass(frozen=True, slots=True)
class Station:
    """A workstation that may send scans."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class EarlierRequest:
    """What a station sent before under the same Idempotency-Key."""

    sha256: str
    scan_id: int


def _hashed(key: str) -> str:
    # The key is random and long: a plain hash is enough, there is nothing to guess.
    return hashlib.sha256(key.encode()).hexdigest()


def add_station(connection: Connection, name: str, now: dt.datetime) -> str:
    """Enrol a workstation and return its key, which is shown once and stored only as a hash."""
    key = _PREFIX + secrets.token_urlsafe(32)
    connection.execute(insert(stations).values(name=name, key_hash=_hashed(key), created_at=now))
    return key


def station_of_key(connection: Connection, key: str, now: dt.datetime) -> Station | None:
    """Return the station that owns a key and note that it was seen; None for a wrong key."""
    owned = (stations.c.key_hash == _hashed(key)) & stations.c.revoked_at.is_(None)
    row = connection.execute(select(stations.c.id, stations.c.name).where(owned)).one_or_none()
    if row is None:
        return None
    connection.execute(update(stations).where(stations.c.id == row.id).values(last_seen_at=now))
    return Station(row.id, row.name)


def earlier_request(connection: Connection, station_id: int, key: str) -> EarlierRequest | None:
    """Return what the station sent before under this key."""
    mine = (idempotency_keys.c.station_id == station_id) & (idempotency_keys.c.key == key)
    query = select(idempotency_keys.c.sha256, idempotency_keys.c.scan_id).where(mine)
    row = connection.execute(query).one_or_none()
    return None if row is None else EarlierRequest(row.sha256, row.scan_id)


def remember_request(
    connection: Connection, station_id: int, key: str, request: EarlierRequest, now: dt.datetime
) -> None:
    """Remember what a station sent, so that a repetition is known."""
    values = {
        "station_id": station_id,
        "key": key,
        "sha256": request.sha256,
        "scan_id": request.scan_id,
        "created_at": now,
    }
    connection.execute(insert(idempotency_keys).values(values))
