"""What was read on each page, kept as it was read."""

from __future__ import annotations

import datetime as dt

from pydantic import TypeAdapter
from sqlalchemy import Connection, insert, select

from models.letters import OcrPage
from models.tables import pages

_PAGE = TypeAdapter(OcrPage)


def add_page(
    connection: Connection, scan_id: int, page: OcrPage, now: dt.datetime, look: str | None = None
) -> bool:
    """Keep a page's reading; False where this page is kept already (a step that ran twice).

    ``look`` is the hash of its picture, by which another scan of the same sheet is told.
    """
    key = (pages.c.scan_id == scan_id) & (pages.c.number == page.number)
    if connection.execute(select(pages.c.number).where(key)).first():
        return False
    reading = _PAGE.dump_python(page, mode="json")
    values = {"scan_id": scan_id, "number": page.number, "state": page.state, "read_at": now}
    connection.execute(insert(pages).values(**values, reading=reading, look=look))
    return True


def get_pages(connection: Connection, scan_id: int) -> list[OcrPage]:
    """Return the readings of a scan's pages in order."""
    query = select(pages.c.reading).where(pages.c.scan_id == scan_id).order_by(pages.c.number)
    return [_PAGE.validate_python(reading) for reading in connection.scalars(query)]


def looks_of(connection: Connection, scan_id: int) -> dict[int, str | None]:
    """Return the look of each page of a scan; None for blank ones and those of older versions."""
    query = select(pages.c.number, pages.c.look).where(pages.c.scan_id == scan_id)
    return {row.number: row.look for row in connection.execute(query)}
