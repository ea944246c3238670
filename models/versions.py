"""The version of a draft: whoever changes one says which version they saw."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, update

from models.draft_states import DraftState
from models.tables import drafts


class StaleDraft(Exception):
    """Somebody changed the draft since it was opened."""


def change(
    connection: Connection,
    draft_id: int,
    version: int,
    states: Collection[DraftState],
    **values: Any,
) -> int:
    """Put values into a draft and raise its version; return the new one.

    Raises:
        StaleDraft: the draft is no longer at ``version``, or in none of ``states``.
    """
    seen = (drafts.c.id == draft_id) & (drafts.c.version == version)
    changed = connection.execute(
        update(drafts).where(seen, drafts.c.state.in_(states)).values(**values, version=version + 1)
    )
    if changed.rowcount != 1:
        raise StaleDraft("มีผู้อื่นแก้ไขเรื่องนี้ไปแล้ว กรุณาเปิดใหม่เพื่อดูข้อมูลล่าสุด")
    return version + 1
