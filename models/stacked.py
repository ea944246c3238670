"""What the machine found in a pile: blank pages, separators, and where letterheads stand."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select, update

from models.letters import OcrPage, PageState
from models.pages import get_pages
from models.sheet_codes import Separator, separator_of
from models.tables import pages as page_table
from models.tables import scans


def note(
    connection: Connection, scan_id: int, pages: Sequence[OcrPage], proposed: Sequence[int]
) -> None:
    """Keep with a scan what was found in its pages."""
    states = [page.state for page in pages]
    values = {
        "blank_pages": states.count(PageState.BLANK),
        "separator_pages": states.count(PageState.SEPARATOR),
        "proposed_cuts": list(proposed) or None,
    }
    connection.execute(update(scans).where(scans.c.id == scan_id).values(values))


def proposed_cuts(connection: Connection, scan_id: int) -> frozenset[int]:
    """Return the pages at which the machine found another letter's head."""
    found = connection.scalar(select(scans.c.proposed_cuts).where(scans.c.id == scan_id))
    return frozenset(found or ())


def separator_before(connection: Connection, scan_id: int, number: int) -> Separator | None:
    """Return what the last separator before a page says that says anything at all."""
    query = select(page_table.c.number).where(
        page_table.c.scan_id == scan_id,
        page_table.c.number < number,
        page_table.c.state == PageState.SEPARATOR,
    )
    before = list(connection.scalars(query))
    said = [separator_of(page) for page in get_pages(connection, scan_id, before)]
    return next((each for each in reversed(said) if each and each != Separator()), None)
