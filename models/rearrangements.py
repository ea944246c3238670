"""Parting the pages of a scan into letters anew, and taking that back. Nothing is deleted.

Every page of a scan belongs to exactly one live draft, that is one that is not REPLACED, but for
separators and blank pages between them: they belong to none until an officer says so.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from models.decisions import Decision, decide, decisions_of
from models.desk_tables import rearrangements
from models.draft_states import Action, DraftState
from models.drafts import Draft, add_draft, drafts_by_id, drafts_of_scan
from models.letters import Reading
from models.tables import drafts, pages
from models.versions import StaleDraft

_OURS = {Action.REPLACE, Action.RESTORE}


class PagesLost(Exception):
    """The new letters lack pages of those that they replace, or hold those of others."""


class CannotUndo(Exception):
    """Somebody worked on the new letters, or it was undone already; the message says which."""


@dataclass(frozen=True, slots=True)
class Rearrangement:
    """Who parted a scan's pages anew, and the drafts before and after."""

    id: int
    scan_id: int
    officer: str
    done_at: dt.datetime
    before: tuple[int, ...]
    after: tuple[int, ...]
    undone_at: dt.datetime | None
    undone_by: str | None


def live_drafts(connection: Connection, scan_id: int) -> list[Draft]:
    """Return the drafts of a scan that are not replaced, in the order of their pages."""
    found = drafts_of_scan(connection, scan_id)
    live = (draft for draft in found if draft.state is not DraftState.REPLACED)
    return sorted(live, key=lambda draft: draft.first_page)


def rearrange(
    connection: Connection,
    old: Sequence[Draft],
    readings: Sequence[Reading],
    *,
    scan_id: int,
    officer: str,
    now: dt.datetime,
) -> Rearrangement:
    """Replace drafts of one scan, as they were seen, by drafts of these readings.

    None is replaced where pages that belonged to no letter become a new one.

    Raises:
        PagesLost: a page before is not there after, or is there twice, or is another letter's.
        StaleDraft: somebody changed one of the drafts since it was seen.
        WrongState: one of the drafts was decided.
    """
    _check_pages(connection, scan_id, old, readings)
    for draft in old:
        decide(connection, draft, draft.version, Decision(Action.REPLACE, officer, now))
    highest = select(func.max(drafts.c.letter)).where(drafts.c.scan_id == scan_id)
    first = (connection.scalar(highest) or 0) + 1
    for letter, reading in enumerate(readings, start=first):
        add_draft(connection, scan_id, replace(reading, letter=letter), now)
    written = [draft for draft in drafts_of_scan(connection, scan_id) if draft.letter >= first]
    values = {
        "scan_id": scan_id,
        "officer": officer,
        "done_at": now,
        "before": [draft.id for draft in old],
        "after": [draft.id for draft in written],
    }
    key = connection.execute(insert(rearrangements).values(values)).inserted_primary_key
    assert key is not None
    return get_rearrangement(connection, int(key[0]))


def _check_pages(
    connection: Connection, scan_id: int, old: Sequence[Draft], readings: Sequence[Reading]
) -> None:
    before = {number for draft in old for number in draft.page_numbers}
    after = [page.number for reading in readings for page in reading.pages]
    gone = {draft.id for draft in old}
    others = (each for each in live_drafts(connection, scan_id) if each.id not in gone)
    taken = {number for draft in others for number in draft.page_numbers}
    there = set(connection.scalars(select(pages.c.number).where(pages.c.scan_id == scan_id)))
    made_up = set(after) - (there - taken)
    if len(after) != len(set(after)) or before - set(after) or made_up:
        raise PagesLost


def get_rearrangement(connection: Connection, rearrangement_id: int) -> Rearrangement:
    """Return a rearrangement.

    Raises:
        LookupError: there is none with this id.
    """
    query = select(rearrangements).where(rearrangements.c.id == rearrangement_id)
    row = connection.execute(query).one_or_none()
    if row is None:
        raise LookupError(f"there is no rearrangement {rearrangement_id}")
    return _rearrangement(row)


def rearrangements_of(connection: Connection, scan_id: int) -> list[Rearrangement]:
    """Return the rearrangements of a scan, newest first."""
    query = select(rearrangements).where(rearrangements.c.scan_id == scan_id)
    rows = connection.execute(query.order_by(rearrangements.c.id.desc()))
    return [_rearrangement(row) for row in rows]


def _rearrangement(row: Row[Any]) -> Rearrangement:
    values = dict(row._mapping)
    return Rearrangement(**values | {name: tuple(values[name]) for name in ("before", "after")})


def undo(
    connection: Connection, rearrangement_id: int, *, officer: str, now: dt.datetime
) -> Rearrangement:
    """Bring the drafts before back into the queue; those after are replaced.

    Raises:
        LookupError: there is no such rearrangement.
        CannotUndo: it was undone, or somebody worked on a draft after it.
    """
    done = get_rearrangement(connection, rearrangement_id)
    if why := why_not_undone(connection, done):
        raise CannotUndo(why)
    found = drafts_by_id(connection, [*done.before, *done.after])
    moves = [(each, Action.REPLACE) for each in done.after]
    moves += [(each, Action.RESTORE) for each in done.before]
    for draft_id, action in moves:
        draft = found[draft_id]
        try:
            decide(connection, draft, draft.version, Decision(action, officer, now))
        except StaleDraft as error:
            raise CannotUndo(_WORKED_ON) from error
    marked = update(rearrangements).where(rearrangements.c.id == done.id)
    connection.execute(marked.values(undone_at=now, undone_by=officer))
    return get_rearrangement(connection, done.id)


_WORKED_ON = "มีผู้ทำงานกับเรื่องที่แบ่งใหม่แล้ว จึงย้อนไม่ได้ หากยังแบ่งไม่ถูก เปิดหน้าแบ่งเรื่องแล้วแบ่งใหม่อีกครั้ง"


def why_not_undone(connection: Connection, done: Rearrangement) -> str:
    """Return in Thai why a rearrangement cannot be taken back, "" where it can be."""
    if done.undone_at is not None:
        return f"{done.undone_by} ย้อนการแบ่งเรื่องครั้งนี้ไปแล้ว เปิดคิวเพื่อดูเรื่องที่มีอยู่"
    history = decisions_of(connection, done.after)
    for draft in drafts_by_id(connection, done.after).values():
        said = [decision.action for decision in history[draft.id]]
        # Whatever else was done to a draft raised its version too: a page that was read again.
        untouched = set(said) <= _OURS and draft.version == 1 + len(said)
        if draft.state is not DraftState.WAITING or not untouched:
            return _WORKED_ON
    return ""
