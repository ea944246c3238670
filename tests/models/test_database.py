from __future__ import annotations

import datetime as dt
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Column, Engine, MetaData, Table, insert, select, text
from sqlalchemy.exc import IntegrityError, StatementError

from models import schema
from models.database import (
    UtcDateTime,
    engine_for_workflows,
    looking,
    open_database,
    sqlite_pragmas,
    wal_is_safe,
    writing,
)
from models.records import get_record
from models.stations import add_station, station_of_key
from models.tables import metadata
from models.terms import FieldName
from tests.conftest import NOW

OURS = sqlite3.sqlite_version_info[:3]


def test_the_migrations_and_the_tables_in_the_code_agree(engine: Engine) -> None:
    assert schema.differences(engine) == []
    assert schema.revision(engine) == schema.newest_revision() is not None


def test_a_table_that_no_migration_makes_is_noticed(engine: Engine) -> None:
    stranger = Table("stranger", metadata, Column("moment", UtcDateTime))
    try:
        assert len(schema.differences(engine)) == 1
    finally:
        metadata.remove(stranger)


def test_upgrading_twice_changes_nothing(engine: Engine) -> None:
    with writing(engine) as connection:
        key = add_station(connection, "เคาน์เตอร์ 1", NOW)
    schema.upgrade(engine)
    with writing(engine) as connection:
        assert station_of_key(connection, key, NOW) is not None


LIVED_WITH_0001 = """
INSERT INTO scans VALUES (1, 'ab', 'a.pdf', NULL, 1, '2025-03-04', 'test', NULL, 'read', NULL, 1);
INSERT INTO drafts VALUES
  (1, 1, 1, 1, 1, 'memo', '{"kind": "memo", "kind_confidence": 1, "values": {}}', NULL, 0, 0,
   'confirmed', 2, '2025-03-04');
INSERT INTO decisions VALUES (1, 1, 'confirm', 'มานี', '2025-03-04', NULL, NULL, '{}');
INSERT INTO records
  (draft_id, decision_id, decision_action, confirmed_by, confirmed_at, kind, subject, search_text)
  VALUES (1, 1, 'confirm', 'มานี', '2025-03-04', 'memo', 'ขอให้ซ่อมถนน', 'ขอให้ซ่อมถนน');
"""


def test_records_of_the_first_version_live_on_up_and_down(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path}/old.sqlite3")
    schema.upgrade(engine, "0001")
    with writing(engine) as connection:
        for statement in LIVED_WITH_0001.split(";\n"):
            connection.execute(text(statement))
    schema.upgrade(engine)
    with looking(engine) as connection:
        record = get_record(connection, 1)
    assert record is not None
    kept = {name: value for name, value in record.values.items() if value is not None}
    assert kept == {FieldName.SUBJECT: "ขอให้ซ่อมถนน"}
    schema.downgrade(engine, "0001")
    with looking(engine) as connection:
        assert connection.execute(text("SELECT subject FROM records")).scalar() == "ขอให้ซ่อมถนน"
    for _ in ("at the first version", "and at ours again"):
        with pytest.raises(IntegrityError, match="CHECK"), writing(engine) as connection:
            connection.execute(text("UPDATE records SET confirmed_by = ''"))
        schema.upgrade(engine)
    assert schema.differences(engine) == []


def test_an_empty_database_has_no_revision(tmp_path: Path) -> None:
    assert schema.revision(open_database(f"sqlite:///{tmp_path}/empty.sqlite3")) is None


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 7, 17), False),
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 0), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 52, 0), False),
        ((3, 52, 9), False),
        ((3, 53, 0), True),
        ((4, 0, 0), True),
    ],
)
def test_wal_is_used_only_where_sqlite_is_free_of_the_wal_reset_race(
    version: tuple[int, int, int], safe: bool
) -> None:
    assert wal_is_safe(version) is safe
    expected = ("WAL", "FULL") if safe else ("DELETE", "EXTRA")
    assert tuple(sqlite_pragmas(version).values()) == expected


@pytest.mark.parametrize("open_engine", [open_database, engine_for_workflows])
def test_the_pragmas_are_really_in_force(tmp_path: Path, open_engine: object) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/some.sqlite3")  # type: ignore[operator]
    mode, flush = ("wal", 2) if wal_is_safe(OURS) else ("delete", 3)
    with engine.connect() as connection:
        assert connection.execute(text("PRAGMA journal_mode")).scalar() == mode
        assert connection.execute(text("PRAGMA synchronous")).scalar() == flush
        assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1
        assert connection.execute(text("PRAGMA busy_timeout")).scalar() == 30_000


def test_two_writers_wait_for_each_other_instead_of_failing(engine: Engine) -> None:
    # A transaction that reads first and writes later would fail at once without BEGIN IMMEDIATE.

    def enrol(who: int) -> None:
        for number in range(10):
            with writing(engine) as connection:
                connection.execute(text("SELECT count(*) FROM stations")).scalar()
                add_station(connection, f"{who}/{number}", NOW)

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(enrol, range(4)))  # raises what a thread raised
    with looking(engine) as connection:
        assert connection.execute(text("SELECT count(*) FROM stations")).scalar() == 40


def test_what_fails_half_way_leaves_nothing(engine: Engine) -> None:
    def half() -> None:
        with writing(engine) as connection:
            add_station(connection, "เคาน์เตอร์ 1", NOW)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half()
    with looking(engine) as connection:
        assert connection.execute(text("SELECT count(*) FROM stations")).scalar() == 0


@pytest.fixture
def moments(tmp_path: Path) -> tuple[Engine, Table]:
    table = Table("moments", MetaData(), Column("moment", UtcDateTime))
    engine = open_database(f"sqlite:///{tmp_path}/moments.sqlite3")
    table.metadata.create_all(engine)
    return engine, table


def test_a_moment_without_a_time_zone_is_refused(moments: tuple[Engine, Table]) -> None:
    engine, table = moments
    naive = dt.datetime(2025, 3, 4, 12, 0)
    with (
        pytest.raises(StatementError, match="without a time zone"),
        writing(engine) as connection,
    ):
        connection.execute(insert(table).values(moment=naive))


def test_a_moment_comes_back_as_the_same_moment_in_utc(moments: tuple[Engine, Table]) -> None:
    engine, table = moments
    bangkok = dt.datetime(2025, 3, 4, 0, 30, tzinfo=dt.timezone(dt.timedelta(hours=7)))
    with writing(engine) as connection:
        connection.execute(insert(table).values(moment=bangkok))
        connection.execute(insert(table).values(moment=None))
    with looking(engine) as connection:
        stored, nothing = connection.scalars(select(table.c.moment)).all()
    assert stored == bangkok
    assert stored.isoformat() == "2025-03-03T17:30:00+00:00"
    assert nothing is None
