"""Claims: no two officers work on one letter. A claim runs out when its officer is gone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from models.desk_tables import claims
from models.draft_states import OPEN_STATES
from models.tables import drafts


@dataclass(frozen=True, slots=True)
class Claim:
    """An officer's hold on a draft; it is nobody's once ``until`` has passed."""

    draft_id: int
    officer: str
    claimed_at: dt.datetime
    until: dt.datetime


class ClaimedByAnother(Exception):
    """Another officer works on the draft; ``claim`` is theirs."""

    def __init__(self, claim: Claim) -> None:
        super().__init__(f"{claim.officer} กำลังตรวจเรื่องนี้อยู่")
        self.claim = claim


def holder(connection: Connection, draft_id: int, now: dt.datetime) -> Claim | None:
    """Return the claim on a draft that holds now."""
    return holders(connection, [draft_id], now).get(draft_id)


def holders(connection: Connection, draft_ids: Sequence[int], now: dt.datetime) -> dict[int, Claim]:
    """Return the claims that hold now, by draft."""
    query = select(claims).where(claims.c.draft_id.in_(draft_ids), claims.c.until > now)
    return {row.draft_id: Claim(**row._mapping) for row in connection.execute(query)}


def claim(
    connection: Connection, draft_id: int, officer: str, now: dt.datetime, lease: dt.timedelta
) -> Claim:
    """Take a draft, or keep it for longer if it is the officer's already.

    Raises:
        ClaimedByAnother: somebody else has it.
    """
    to_have = (claims.c.officer == officer) | (claims.c.until <= now)
    taken = connection.execute(
        update(claims)
        .where(claims.c.draft_id == draft_id, to_have)
        .values(officer=officer, claimed_at=now, until=now + lease)
    )
    if taken.rowcount == 0:
        try:
            with connection.begin_nested():
                values = {"officer": officer, "claimed_at": now, "until": now + lease}
                connection.execute(insert(claims).values(draft_id=draft_id, **values))
        except IntegrityError:
            row = connection.execute(select(claims).where(claims.c.draft_id == draft_id)).one()
            raise ClaimedByAnother(Claim(**row._mapping)) from None
    return Claim(draft_id, officer, now, now + lease)


def take_over(
    connection: Connection, draft_id: int, officer: str, now: dt.datetime, lease: dt.timedelta
) -> Claim:
    """Take a draft from whoever has it; the caller writes down who did so."""
    free(connection, draft_id)
    return claim(connection, draft_id, officer, now, lease)


def renew(
    connection: Connection,
    draft_ids: Sequence[int],
    officer: str,
    now: dt.datetime,
    lease: dt.timedelta,
) -> list[int]:
    """Keep drafts for longer; return those that are the officer's.

    A claim that ran out, or that a page gave back while it was loaded anew, is taken again as long
    as nobody else has the draft and it may be worked on.
    """
    workable = select(drafts.c.id).where(
        drafts.c.id.in_(draft_ids), drafts.c.state.in_(OPEN_STATES)
    )
    held = []
    for draft_id in connection.scalars(workable).all():
        try:
            claim(connection, draft_id, officer, now, lease)
        except ClaimedByAnother:
            continue
        held.append(draft_id)
    return held


def free(connection: Connection, draft_id: int) -> None:
    """Let nobody hold a draft: it is decided, or passes to somebody else."""
    connection.execute(delete(claims).where(claims.c.draft_id == draft_id))


def give_back(connection: Connection, draft_ids: Sequence[int], officer: str) -> None:
    """Free drafts that the officer holds."""
    own = claims.c.draft_id.in_(draft_ids) & (claims.c.officer == officer)
    connection.execute(delete(claims).where(own))
