"""What was read on each page, how the page is turned, and what was read of it before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection, Row, func, insert, select, update

from models.letters import OcrPage
from models.tables import page_readings_before, pages

_PAGE = TypeAdapter(OcrPage)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a page is shown: turned clockwise by ``turn`` degrees; read again ``again`` times."""

    turn: int = 0
    again: int = 0


def add_page(
    connection: Connection, scan_id: int, page: OcrPage, now: dt.datetime, look: str | None = None
) -> bool:
    """Keep a page's reading; False where this page is kept already (a step that ran twice).

    ``look`` is the hash of its picture, by which another scan of the same sheet is told.
    """
    if connection.execute(select(pages.c.number).where(_key(scan_id, page.number))).first():
        return False
    reading = _PAGE.dump_python(page, mode="json")
    values = {"scan_id": scan_id, "number": page.number, "state": page.state, "read_at": now}
    connection.execute(insert(pages).values(**values, reading=reading, look=look))
    return True


def get_pages(
    connection: Connection, scan_id: int, numbers: Sequence[int] | None = None
) -> list[OcrPage]:
    """Return the readings of a scan's pages in order, of all or of those with these numbers."""
    query = select(pages.c.reading).where(pages.c.scan_id == scan_id).order_by(pages.c.number)
    if numbers is not None:
        query = query.where(pages.c.number.in_(numbers))
    return [_PAGE.validate_python(reading) for reading in connection.scalars(query)]


def looks_of(connection: Connection, scan_id: int) -> dict[int, str | None]:
    """Return the look of each page of a scan; None for blank ones and those of older versions."""
    query = select(pages.c.number, pages.c.look).where(pages.c.scan_id == scan_id)
    return {row.number: row.look for row in connection.execute(query)}


def standings(connection: Connection, scan_id: int) -> dict[int, Standing]:
    """Return how each page of a scan is shown, by its number."""
    before = page_readings_before
    again = select(before.c.number, func.count()).where(before.c.scan_id == scan_id)
    rows = connection.execute(again.group_by(before.c.number))
    counts = {row[0]: row[1] for row in rows}
    query = select(pages.c.number, pages.c.turn).where(pages.c.scan_id == scan_id)
    return {
        number: Standing(turn or 0, counts.get(number, 0))
        for number, turn in connection.execute(query)
    }


def turn_page(connection: Connection, scan_id: int, number: int) -> int:
    """Turn a page clockwise by a quarter more; return how it is turned now, in degrees."""
    turn = ((_row(connection, scan_id, number).turn or 0) + 90) % 360
    connection.execute(update(pages).where(_key(scan_id, number)).values(turn=turn))
    return turn


def replace_reading(
    connection: Connection, scan_id: int, page: OcrPage, *, officer: str, now: dt.datetime
) -> None:
    """Put a new reading in the place of a page's, which is kept; the page is no longer turned."""
    old = _row(connection, scan_id, page.number)
    kept = {"reading": old.reading, "read_at": old.read_at, "turn": old.turn}
    where = {"scan_id": scan_id, "number": page.number}
    connection.execute(
        insert(page_readings_before).values(**where, **kept, officer=officer, replaced_at=now)
    )
    new = {"reading": _PAGE.dump_python(page, mode="json"), "state": page.state}
    connection.execute(
        update(pages).where(_key(scan_id, page.number)).values(**new, read_at=now, turn=None)
    )


def readings_before(connection: Connection, scan_id: int, number: int) -> list[OcrPage]:
    """Return what was read of a page before it was read again, oldest first."""
    before = page_readings_before
    query = select(before.c.reading).where(before.c.scan_id == scan_id, before.c.number == number)
    return [_PAGE.validate_python(each) for each in connection.scalars(query.order_by(before.c.id))]


def _key(scan_id: int, number: int) -> Any:
    return (pages.c.scan_id == scan_id) & (pages.c.number == number)


def _row(connection: Connection, scan_id: int, number: int) -> Row[Any]:
    return connection.execute(select(pages).where(_key(scan_id, number))).one()
