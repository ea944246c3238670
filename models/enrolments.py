"""Stations that enrol: one shows a code, somebody of the office approves it, it fetches its key.

PENDING --a--> APPROVED --b--> (a station)
   \\--c--> DENIED

a  somebody typed the code, looked at the name, and chose the district
b  the station asked and was given its key; until it has used it, it may ask again
c  somebody refused it

The shape is that of RFC 8628: a long code that only the station knows, a short one for people.
"""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from models.intake_tables import enrolments
from models.stations import add_station, get_station, hashed, rotate_key
from models.tables import stations

LIFETIME = dt.timedelta(minutes=10)
INTERVAL = dt.timedelta(seconds=5)
_KEPT = dt.timedelta(days=1)  # after its time, so that the station is told that it is over
# Consonants and no vowels: no words, nothing that looks like a digit (RFC 8628, 6.1).
_LETTERS = "BCDFGHJKLMNPQRSTVWXZ"
_MOST_OPEN = 5  # of one address at a time


class EnrolmentState(StrEnum):
    """Where an enrolment is."""

    PENDING = "pending"
    APPROVED = "approved"
    DENIED = "denied"


class Reply(StrEnum):
    """Why a station that asks gets no key, in the words of RFC 8628, 3.5."""

    PENDING = "authorization_pending"
    SLOW_DOWN = "slow_down"
    DENIED = "access_denied"
    EXPIRED = "expired_token"


class TooManyEnrolments(Exception):
    """This address has as many enrolments under way as it may."""


@dataclass(frozen=True, slots=True)
class NewEnrolment:
    """What a station is told once: the code that it keeps and the one that it shows."""

    device_code: str
    user_code: str


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A station that waits for somebody of the office."""

    id: int
    user_code: str
    station_name: str
    address: str
    created_at: dt.datetime
    expires_at: dt.datetime
    state: EnrolmentState


@dataclass(frozen=True, slots=True)
class Key:
    """What an approved station gets."""

    key: str
    station_id: int
    name: str
    district: str | None


def shown(user_code: str) -> str:
    """Return a code as people read it."""
    return f"{user_code[:4]}-{user_code[4:]}"


def typed(text: str) -> str:
    """Return a code as it is kept, from what somebody typed."""
    return "".join(letter for letter in text.upper() if letter in _LETTERS)


def enrol(connection: Connection, name: str, address: str, now: dt.datetime) -> NewEnrolment:
    """Let a station wait for approval.

    Raises:
        TooManyEnrolments: the address has several under way.
    """
    connection.execute(delete(enrolments).where(enrolments.c.expires_at <= now - _KEPT))
    live = (enrolments.c.address == address) & (enrolments.c.expires_at > now)
    pending = live & (enrolments.c.state == EnrolmentState.PENDING)
    if (connection.scalar(select(func.count()).where(pending)) or 0) >= _MOST_OPEN:
        raise TooManyEnrolments
    new = NewEnrolment(
        secrets.token_urlsafe(32), "".join(secrets.choice(_LETTERS) for _ in range(8))
    )
    values = {
        "device_code_hash": hashed(new.device_code),
        "user_code": new.user_code,
        "station_name": name,
        "address": address,
        "created_at": now,
        "expires_at": now + LIFETIME,
        "state": EnrolmentState.PENDING,
    }
    connection.execute(insert(enrolments).values(values))
    return new


def pending(connection: Connection, user_code: str, now: dt.datetime) -> Enrolment | None:
    """Return the enrolment that shows this code, while it can be decided."""
    row = connection.execute(
        select(enrolments).where(
            enrolments.c.user_code == user_code,
            enrolments.c.state == EnrolmentState.PENDING,
            enrolments.c.expires_at > now,
        )
    ).one_or_none()
    return None if row is None else _enrolment(row)


def _enrolment(row: Row[tuple[object, ...]]) -> Enrolment:
    values = {name: row._mapping[name] for name in Enrolment.__slots__}
    return Enrolment(**values | {"state": EnrolmentState(values["state"])})


def decide(
    connection: Connection,
    enrolment: Enrolment,
    officer: str,
    *,
    name: str,
    district: str | None,
    approved: bool,
) -> None:
    """Approve an enrolment for a district (arrow a), or refuse it (arrow c)."""
    values = {
        "state": EnrolmentState.APPROVED if approved else EnrolmentState.DENIED,
        "decided_by": officer,
        "district": district,
        "station_name": name,
    }
    connection.execute(update(enrolments).where(enrolments.c.id == enrolment.id).values(values))


def fetch_key(connection: Connection, device_code: str, now: dt.datetime) -> Key | Reply:
    """Give an approved station its key (arrow b), or tell it why there is none."""
    mine = enrolments.c.device_code_hash == hashed(device_code)
    row = connection.execute(select(enrolments).where(mine)).one_or_none()
    if row is None or row.expires_at <= now:
        return Reply.EXPIRED
    if row.state == EnrolmentState.DENIED:
        return Reply.DENIED
    if row.state == EnrolmentState.APPROVED:
        return _mint(connection, row, now)
    connection.execute(update(enrolments).where(mine).values(asked_at=now))
    # A second early is forgiven: clocks and networks are not exact.
    early = row.asked_at and now - row.asked_at < INTERVAL - dt.timedelta(seconds=1)
    return Reply.SLOW_DOWN if early else Reply.PENDING


def _mint(connection: Connection, row: Row[tuple[object, ...]], now: dt.datetime) -> Key | Reply:
    told = dict(row._mapping)
    station_id = told["station_id"]
    if station_id is None:
        key = add_station(
            connection, told["station_name"], now, told["district"], told["decided_by"]
        )
        found = connection.scalar(select(stations.c.id).where(stations.c.key_hash == hashed(key)))
        mine = enrolments.c.id == told["id"]
        connection.execute(update(enrolments).where(mine).values(station_id=found))
        assert found is not None
        return Key(key, found, told["station_name"], told["district"])
    if get_station(connection, station_id).last_seen_at is not None:
        return Reply.EXPIRED
    # The answer was lost on its way: the key in it must never open anything.
    key = rotate_key(connection, station_id, now, overlap=dt.timedelta())
    return Key(key, station_id, told["station_name"], told["district"])
