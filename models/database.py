"""The database: SQLite by default, PostgreSQL when outgrown."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, DateTime, Dialect, Engine, TypeDecorator, create_engine, event

BUSY_MILLISECONDS = 30_000
_WRITES = "saraban_writes"
_AT_ONCE = 500  # parameters of one statement
THAILAND = dt.timezone(dt.timedelta(hours=7))  # Asia/Bangkok has no summer time


class UtcDateTime(TypeDecorator[dt.datetime]):
    """A moment: stored in UTC, given back aware. Naive datetimes are refused."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """Turn an aware datetime into naive UTC for storing."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be stored")
        return value.astimezone(dt.UTC).replace(tzinfo=None)

    def process_result_value(self, value: Any, dialect: Dialect) -> dt.datetime | None:
        """Turn stored UTC into an aware datetime."""
        return None if value is None else value.replace(tzinfo=dt.UTC)


def wal_is_safe(version: tuple[int, int, int]) -> bool:
    """Tell whether this SQLite is free of the WAL-reset race.

    SQLite 3.7.0 to 3.51.2 may lose committed rows when a checkpoint races a commit; it is mended
    in 3.51.3 and 3.53.0, and in the branches 3.44.6 and 3.50.7.
    """
    if version[:2] in ((3, 44), (3, 50)):
        return version[2] >= {44: 6, 50: 7}[version[1]]
    return version >= (3, 51, 3) and version[:2] != (3, 52)


def sqlite_pragmas(version: tuple[int, int, int]) -> dict[str, str]:
    """Return the journal mode and how hard to flush that keep every acknowledged commit."""
    if wal_is_safe(version):
        return {"journal_mode": "WAL", "synchronous": "FULL"}
    return {"journal_mode": "DELETE", "synchronous": "EXTRA"}


def open_database(url: str) -> Engine:
    """Return an engine for the office's tables. Write transactions take the lock at once."""
    engine = create_engine(url, pool_pre_ping=not url.startswith("sqlite"))
    if engine.dialect.name == "sqlite":
        _prepare_sqlite(engine)
    return engine


def _prepare_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def on_connect(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves, see on_begin
        _set_pragmas(connection)

    @event.listens_for(engine, "begin")
    def on_begin(connection: Connection) -> None:
        # A transaction that reads first and writes later would fail at once when another writes.
        writes = connection.get_execution_options().get(_WRITES, True)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _set_pragmas(connection: Any) -> None:
    connection.execute(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}")
    connection.execute("PRAGMA foreign_keys=ON")
    for name, value in sqlite_pragmas(sqlite3.sqlite_version_info).items():
        connection.execute(f"PRAGMA {name}={value}")


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Open a transaction that may write; it commits at the end of the block."""
    with engine.connect() as connection, connection.begin():
        yield connection


@contextmanager
def looking(engine: Engine) -> Iterator[Connection]:
    """Open a transaction that only reads, beside others."""
    options = {_WRITES: False}
    with engine.connect().execution_options(**options) as connection, connection.begin():
        yield connection


def portions(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    """Give ids in portions that one statement can name: databases bound their parameters."""
    for start in range(0, len(ids), _AT_ONCE):
        yield ids[start : start + _AT_ONCE]


def engine_for_workflows(url: str) -> Engine:
    """Return an engine for the durable engine's own tables, with the same care on SQLite."""
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":

        @event.listens_for(engine, "connect")
        def on_connect(connection: Any, _record: object) -> None:
            connection.isolation_level = "IMMEDIATE"  # what the durable engine expects
            _set_pragmas(connection)

    return engine
