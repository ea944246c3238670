"""A draft that is read again because one of its pages was."""

from __future__ import annotations

from sqlalchemy import Connection, update

from models.decisions import StaleDraft
from models.draft_columns import reading_columns
from models.draft_states import OPEN_STATES, WrongState
from models.drafts import Draft
from models.letters import Reading
from models.tables import drafts
from models.unfinished import forget


def redraft(connection: Connection, draft: Draft, reading: Reading) -> int:
    """Put a new reading into a draft that nobody decided on; return its new version.

    Raises:
        StaleDraft: somebody changed it since it was seen.
        WrongState: it was decided.
    """
    if draft.state not in OPEN_STATES:
        raise WrongState("เรื่องนี้ตัดสินไปแล้ว จึงอ่านใหม่ไม่ได้")
    version = draft.version + 1
    moved = connection.execute(
        update(drafts)
        .where(drafts.c.id == draft.id, drafts.c.version == draft.version)
        .where(drafts.c.state == draft.state)
        .values(**reading_columns(reading), version=version)
    )
    if moved.rowcount != 1:
        raise StaleDraft("มีผู้อื่นแก้ไขเรื่องนี้ไปแล้ว กรุณาเปิดใหม่เพื่อดูข้อมูลล่าสุด")
    forget(connection, draft.id)  # the form was filled in with the reading before
    return version
