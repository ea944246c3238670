"""Requests that a sender may repeat: what it sent before under the same Idempotency-Key.

A request is begun before its file is taken and done after; between the two its twin is told to
wait. One that a crash left begun is forgotten after a while.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from models.tables import idempotency_keys as keys

KEPT = dt.timedelta(days=7)
_LONGEST = dt.timedelta(minutes=10)  # no request runs longer


@dataclass(frozen=True, slots=True)
class EarlierRequest:
    """What a station sent before under the same key; both are None while it is under way."""

    sha256: str | None
    scan_id: int | None


def begin(
    connection: Connection, station_id: int, key: str, now: dt.datetime
) -> EarlierRequest | None:
    """Begin a request, or return the one that came before it under its key."""
    over = (keys.c.created_at <= now - KEPT) | (
        keys.c.sha256.is_(None) & (keys.c.created_at <= now - _LONGEST)
    )
    connection.execute(delete(keys).where(over))
    row = connection.execute(
        select(keys.c.sha256, keys.c.scan_id).where(_key(station_id, key))
    ).one_or_none()
    if row is not None:
        return EarlierRequest(row.sha256, row.scan_id)
    values = {"station_id": station_id, "key": key, "created_at": now}
    connection.execute(insert(keys).values(values))
    return None


def done(connection: Connection, station_id: int, key: str, request: EarlierRequest) -> None:
    """Note what a request that was begun has sent."""
    values = {"sha256": request.sha256, "scan_id": request.scan_id}
    connection.execute(update(keys).where(_key(station_id, key)).values(values))


def forget(connection: Connection, station_id: int, key: str) -> None:
    """Forget a request that was begun and came to nothing, so that it may come again."""
    begun = _key(station_id, key) & keys.c.sha256.is_(None)
    connection.execute(delete(keys).where(begun))


def _key(station_id: int, key: str) -> ColumnElement[bool]:
    return (keys.c.station_id == station_id) & (keys.c.key == key)
