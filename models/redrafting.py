"""A draft that is read again because one of its pages was."""

from __future__ import annotations

from sqlalchemy import Connection

from models.draft_columns import reading_columns
from models.draft_states import OPEN_STATES, WrongState
from models.drafts import Draft
from models.letters import Reading
from models.unfinished import forget
from models.versions import change


def redraft(connection: Connection, draft: Draft, reading: Reading) -> int:
    """Put a new reading into a draft that nobody decided on; return its new version.

    Raises:
        StaleDraft: somebody changed it since it was seen.
        WrongState: it was decided.
    """
    if draft.state not in OPEN_STATES:
        raise WrongState("เรื่องนี้ตัดสินไปแล้ว จึงอ่านใหม่ไม่ได้")
    version = change(
        connection, draft.id, draft.version, (draft.state,), **reading_columns(reading)
    )
    forget(connection, draft.id)  # the form was filled in with the reading before
    return version
