"""Forms that are not finished: what is typed so far, so that a power cut costs one field."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from models.desk_tables import unfinished
from models.draft_states import OPEN_STATES
from models.versions import change


@dataclass(frozen=True, slots=True)
class Unfinished:
    """The form of a draft as it stood when it was last kept."""

    officer: str
    saved_at: dt.datetime
    form: Mapping[str, Any]


def keep(
    connection: Connection,
    draft_id: int,
    version: int,
    officer: str,
    form: Mapping[str, Any],
    now: dt.datetime,
) -> int:
    """Keep a form in place of the one before; return the draft's new version.

    Raises:
        StaleDraft: the draft is no longer at ``version``, or nobody may work on it any more.
    """
    new_version = change(connection, draft_id, version, OPEN_STATES)
    forget(connection, draft_id)
    values = {"draft_id": draft_id, "officer": officer, "saved_at": now, "form": dict(form)}
    connection.execute(insert(unfinished).values(values))
    return new_version


def kept(connection: Connection, draft_id: int) -> Unfinished | None:
    """Return the form of a draft that nobody has finished."""
    query = select(unfinished.c.officer, unfinished.c.saved_at, unfinished.c.form)
    row = connection.execute(query.where(unfinished.c.draft_id == draft_id)).one_or_none()
    return None if row is None else Unfinished(**row._mapping)


def forget(connection: Connection, draft_id: int) -> None:
    """Drop the form of a draft: it became a decision, or is written anew."""
    connection.execute(delete(unfinished).where(unfinished.c.draft_id == draft_id))
