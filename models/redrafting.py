"""A draft that is read again because one of its pages was."""

from __future__ import annotations

from sqlalchemy import Connection, update

from models.draft_columns import reading_columns
from models.drafts import Draft, DraftState, StaleDraft, WrongState
from models.letters import Reading
from models.tables import drafts

_OPEN = (DraftState.WAITING, DraftState.PARKED)


def redraft(connection: Connection, draft: Draft, reading: Reading) -> int:
    """Put a new reading into a draft that nobody decided on; return its new version.

    Raises:
        StaleDraft: somebody changed it since it was seen.
        WrongState: it was decided.
    """
    if draft.state not in _OPEN:
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
    return version
