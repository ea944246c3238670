"""A copy of the whole database as it stands at one moment, taken while the service runs."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import (
    Connection,
    Engine,
    NullPool,
    create_engine,
    delete,
    inspect,
    make_url,
    select,
    update,
)

from models import postgresql
from models.database import looking, open_database, writing
from models.intake_tables import uploads
from models.scans import ScanState
from models.tables import scans, work_items

_WAIT_SECONDS = 30


class DatabaseDamaged(Exception):
    """The database cannot be read; the message says why."""


def sqlite_file(url: str) -> Path | None:
    """Return the file of an SQLite database, None for any other database."""
    parsed = make_url(url)
    is_file = parsed.get_backend_name() == "sqlite" and parsed.database
    return Path(str(parsed.database)) if is_file else None


def name_of_copy(url: str) -> str:
    """Return what a copy of this database is called; it tells what kind it is."""
    return "office.pgdump" if sqlite_file(url) is None else "office.sqlite3"


@contextmanager
def take_snapshot(engine: Engine, place: Path) -> Iterator[Connection]:
    """Write a copy of the database to ``place``; gives what sees exactly the rows of the copy.

    Raises:
        OSError: the disk is full or broken.
        DatabaseDamaged: the database cannot be read.
        postgresql.ToolMissing: pg_dump is not there.
        postgresql.ToolFailed: pg_dump gave up.
    """
    file = sqlite_file(str(engine.url))
    if file is None:
        with postgresql.one_moment(engine) as (connection, moment):
            postgresql.dump(engine.url, moment, place)
            yield connection
        return
    copy_sqlite(file, place)
    with _reading(place) as connection:
        yield connection


@contextmanager
def steady_view(engine: Engine, place: Path) -> Iterator[Connection]:
    """Give a view of the rows that stands still and keeps no officer from writing.

    An SQLite database is copied to ``place`` for it: its readers may keep writers waiting.
    """
    if sqlite_file(str(engine.url)) is not None:
        with take_snapshot(engine, place) as connection:
            yield connection
        return
    with looking(engine) as connection:
        yield connection


def copy_sqlite(source: Path, place: Path) -> None:
    """Copy an SQLite database page by page as of one moment, beside those who write into it.

    One step, for with several each commit of another process would start the copy anew. Writers
    wait for the copying alone, not for the disk: flushing comes after.

    Raises:
        OSError: the disk is full or broken.
        DatabaseDamaged: this is no database.
    """
    ours = f"file:{quote(str(source.absolute()))}?mode=rw"  # not made anew if it is gone
    try:
        with (
            closing(sqlite3.connect(ours, uri=True, timeout=_WAIT_SECONDS)) as live,
            closing(sqlite3.connect(place)) as copy,
        ):
            copy.execute("PRAGMA synchronous=OFF")
            live.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, whatever the live one uses
    except sqlite3.Error as error:
        _explain(error, source, place)
    with place.open("rb") as file:
        os.fsync(file.fileno())


def _explain(error: sqlite3.Error, source: Path, place: Path) -> None:
    """Raise what went wrong in terms of disk or database."""
    match getattr(error, "sqlite_errorcode", 0) & 0xFF:
        case sqlite3.SQLITE_FULL:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(place)) from error
        case sqlite3.SQLITE_IOERR:
            raise OSError(errno.EIO, os.strerror(errno.EIO), str(place)) from error
        case _:
            raise DatabaseDamaged(f"อ่านฐานข้อมูล {source} ไม่ได้: {error}") from error


@contextmanager
def _reading(copy: Path) -> Iterator[Connection]:
    uri = f"file:{quote(str(copy.absolute()))}?immutable=1"
    engine = create_engine(
        "sqlite://", creator=lambda: sqlite3.connect(uri, uri=True), poolclass=NullPool
    )
    with engine.connect() as connection:
        yield connection


def holds_an_office(url: str) -> bool:
    """Tell whether there is anything in this database, also what the durable engine left."""
    file = sqlite_file(url)
    if file is not None:
        return file.exists()
    engine = open_database(url)
    try:
        looker = inspect(engine)
        return bool(looker.get_table_names()) or "dbos" in looker.get_schema_names()
    finally:
        engine.dispose()


def put_back_sqlite(copy: Path, url: str) -> None:
    """Make a copy, lying beside its place, the office's database; all at once or not at all."""
    file = sqlite_file(url)
    assert file is not None
    requeue(f"sqlite:///{copy.absolute()}")
    with copy.open("rb") as flushed:
        os.fsync(flushed.fileno())
    copy.replace(file)


def put_back_postgresql(dump: Path, url: str, again: bool) -> None:
    """Bring a dump into the office's database, in one transaction.

    ``again`` tells that a restore was interrupted: what it brought is dropped first.

    Raises:
        postgresql.ToolMissing: pg_restore is not there.
        postgresql.ToolFailed: pg_restore gave up; nothing was changed.
    """
    postgresql.load(make_url(url), dump, again)
    requeue(url)


def requeue(url: str) -> None:
    """Let every scan that was not read be taken again: the durable engine's book is a new one."""
    engine = open_database(url)
    try:
        with writing(engine) as connection:
            unread = select(scans.c.id).where(scans.c.state == ScanState.RECEIVED)
            chosen = work_items.c.scan_id.in_(unread)
            connection.execute(update(work_items).where(chosen).values(enqueued_at=None))
            if inspect(connection).has_table(uploads.name):  # older snapshots know none
                # Their bytes are in no backup: whoever sent them begins anew.
                connection.execute(delete(uploads).where(uploads.c.finished_at.is_(None)))
    finally:
        engine.dispose()
