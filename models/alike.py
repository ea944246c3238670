"""Finds the letters that share marks with one; no look at all of them, however many there are."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from enum import StrEnum

from sqlalchemy import Connection, select

from models.draft_states import DraftState
from models.marks import FAR, Marks, bands, bits_apart
from models.matter_tables import draft_bands, draft_marks, draft_runs
from models.tables import drafts

_OFTEN = 50  # letters; a run or a name that more of them hold tells nothing
_ALIKE = 0.5  # of the runs that tell something must be the same
_LEAST = 5  # runs; fewer are the same by chance
_READ = 12  # runs from which on a letter's text was read, and must not belie its look
_SOME = 3  # runs that two scans of one sheet share, however badly they were read
_NEAR = 40  # letters looked at in each band, the newest ones; near looks share many bands
_FORM = 10  # letters; where more look alike it is a form, not a letter


class Reason(StrEnum):
    """Why two letters may be of the same matter."""

    REFERENCE = "reference_date"  # same reference number and same date; never one of them alone
    TEXT = "text"  # nearly the same words
    LOOK = "look"  # page 1 looks alike
    COMPLAINANT = "complainant_place"  # same complainant, same place


def alike(connection: Connection, draft_id: int, marks: Marks) -> dict[int, set[Reason]]:
    """Return the other letters that share marks with this one, and which."""
    found: defaultdict[int, set[Reason]] = defaultdict(set)
    shared, telling = _shared_runs(connection, draft_id, marks.runs)
    for reason, others in (
        (Reason.REFERENCE, _same_reference(connection, draft_id, marks)),
        (Reason.COMPLAINANT, _same_complainant(connection, draft_id, marks)),
        (Reason.TEXT, _same_text(connection, shared, telling)),
        (Reason.LOOK, _same_look(connection, draft_id, marks, shared)),
    ):
        for other in others:
            found[other].add(reason)
    return {other: found[other] for other in _live(connection, found)}


def _live(connection: Connection, draft_ids: Iterable[int]) -> Iterable[int]:
    """Leave out drafts whose pages went into others: these are paired themselves."""
    live = drafts.c.id.in_(list(draft_ids)) & (drafts.c.state != DraftState.REPLACED)
    return connection.scalars(select(drafts.c.id).where(live)).all()


def _same_reference(connection: Connection, draft_id: int, marks: Marks) -> Iterable[int]:
    if not marks.reference or not marks.date:
        return ()
    query = select(draft_marks.c.draft_id).where(
        draft_marks.c.reference == marks.reference,
        draft_marks.c.date == marks.date,
        draft_marks.c.draft_id != draft_id,
    )
    return connection.scalars(query.order_by(draft_marks.c.draft_id.desc()).limit(_OFTEN)).all()


def _same_complainant(connection: Connection, draft_id: int, marks: Marks) -> Iterable[int]:
    """Return letters of the same person about the same place, but those that came in one file.

    A cover letter and the complaint under it always name the same person: nobody need be told.
    """
    if not marks.complainant:
        return ()
    own = select(drafts.c.scan_id).where(drafts.c.id == draft_id).scalar_subquery()
    query = (
        select(draft_marks.c.draft_id, draft_marks.c.subdistrict, draft_marks.c.district)
        .join(drafts, drafts.c.id == draft_marks.c.draft_id)
        .where(draft_marks.c.complainant == marks.complainant, drafts.c.scan_id != own)
        .order_by(draft_marks.c.draft_id.desc())
        .limit(_OFTEN)
    )
    place = (marks.subdistrict, marks.district)
    rows = connection.execute(query)
    return [row.draft_id for row in rows if _same_place(place, (row.subdistrict, row.district))]


def _same_place(place: tuple[str, str], other: tuple[str, str]) -> bool:
    """Tell whether both name a place and neither says otherwise; one may leave out a part."""
    both = [(a, b) for a, b in zip(place, other, strict=True) if a and b]
    return bool(both) and all(a == b for a, b in both)


def _shared_runs(
    connection: Connection, draft_id: int, runs: Iterable[int]
) -> tuple[Counter[int], int]:
    """Return how many runs each other letter shares, and how many runs tell something at all."""
    shared: Counter[int] = Counter()
    telling = 0
    for run in runs:
        query = select(draft_runs.c.draft_id).where(draft_runs.c.run == run)
        holders = connection.scalars(query.limit(_OFTEN + 2)).all()
        others = [holder for holder in holders if holder != draft_id]
        if len(others) <= _OFTEN:
            telling += 1
            shared.update(others)
    return shared, telling


def _same_text(connection: Connection, shared: Mapping[int, int], telling: int) -> Iterable[int]:
    likely = {other: count for other, count in shared.items() if count >= _LEAST}
    sizes = _runs_of(connection, likely)
    return [
        other for other, count in likely.items() if count >= _ALIKE * min(telling, sizes[other])
    ]


def _runs_of(connection: Connection, draft_ids: Iterable[int]) -> dict[int, int]:
    query = select(draft_marks.c.draft_id, draft_marks.c.runs)
    rows = connection.execute(query.where(draft_marks.c.draft_id.in_(list(draft_ids))))
    return {row.draft_id: row.runs for row in rows}


def _same_look(
    connection: Connection, draft_id: int, marks: Marks, shared: Mapping[int, int]
) -> Iterable[int]:
    """Return letters whose page 1 looks alike, unless their words say that they are others."""
    if marks.look is None:
        return ()
    near: set[int] = set()
    for band in bands(marks.look):
        query = select(draft_bands.c.draft_id).where(draft_bands.c.band == band)
        near.update(connection.scalars(query.order_by(draft_bands.c.draft_id.desc()).limit(_NEAR)))
    columns = (draft_marks.c.draft_id, draft_marks.c.look, draft_marks.c.runs)
    ids = near - {draft_id}
    rows = connection.execute(select(*columns).where(draft_marks.c.draft_id.in_(ids)))
    found = [
        row.draft_id
        for row in rows
        if bits_apart(marks.look, row.look) <= FAR
        and not _belied(len(marks.runs), row.runs, shared.get(row.draft_id, 0))
    ]
    return found if len(found) <= _FORM else ()


def _belied(runs: int, others: int, shared: int) -> bool:
    """Tell whether both letters were read, and their words are others."""
    return min(runs, others) >= _READ and shared < _SOME
