"""What the books say must be in the archive, and whether the books themselves are whole.

Only columns of the first version are read: a backup may be older than this software.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection, func, select

from models.letters import PageState
from models.tables import page_readings_before, pages, scans

_AT_ONCE = 5_000  # rows held in memory


@dataclass(frozen=True, slots=True)
class Original:
    """A file that the archive must hold."""

    sha256: str
    size: int
    name: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A page whose picture the archive must hold."""

    sha256: str
    number: int
    name: str


def originals(connection: Connection) -> Iterator[Original]:
    """Give every original in the books, refused ones too, oldest first."""
    query = select(scans.c.sha256, scans.c.size, scans.c.name).order_by(scans.c.id)
    for row in connection.execution_options(yield_per=_AT_ONCE).execute(query):
        yield Original(row.sha256, row.size, row.name)


def count_originals(connection: Connection) -> int:
    """Return how many originals are in the books."""
    return connection.scalar(select(func.count()).select_from(scans)) or 0


def pictures(connection: Connection) -> Iterator[Picture]:
    """Give every page that was read from its picture; pages that nobody could open have none."""
    seen = pages.c.state.in_([PageState.READ, PageState.BLANK])
    query = select(scans.c.sha256, pages.c.number, scans.c.name).join_from(pages, scans)
    query = query.where(seen).order_by(pages.c.scan_id, pages.c.number)
    for row in connection.execution_options(yield_per=_AT_ONCE).execute(query):
        yield Picture(row.sha256, row.number, row.name)


def is_original(connection: Connection, sha256: str) -> bool:
    """Tell whether a file is in the books."""
    return connection.scalar(select(scans.c.id).where(scans.c.sha256 == sha256)) is not None


def count_pictures(connection: Connection) -> int:
    """Return how many pages were read from their picture."""
    seen = pages.c.state.in_([PageState.READ, PageState.BLANK])
    return connection.scalar(select(func.count()).select_from(pages).where(seen)) or 0


def replaced_since(connection: Connection, moment: dt.datetime) -> int:
    """Return how many pages were read again, with a new picture, since a moment."""
    since = page_readings_before.c.replaced_at >= moment
    return connection.scalar(select(func.count()).where(since)) or 0


def damage(file: Path, *, quick: bool = False) -> list[str]:
    """Return what SQLite finds wrong with a database that nobody writes into; nothing if whole."""
    uri = f"file:{quote(str(file.absolute()))}?immutable=1"
    check = "quick_check" if quick else "integrity_check"
    try:
        with closing(sqlite3.connect(uri, uri=True)) as connection:
            found = [str(row[0]) for row in connection.execute(f"PRAGMA {check}")]
            lost = [] if quick else connection.execute("PRAGMA foreign_key_check").fetchall()
    except sqlite3.DatabaseError as error:
        return [str(error)]
    wrong = [line for line in found if line != "ok"]
    return wrong + [f"{table} {row} → {other}" for table, row, other, _ in lost]
