"""Copies of a database that is written into, with SQLite and with PostgreSQL's own tools."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import quote_plus

import pytest
from sqlalchemy import create_engine, text

from ingest.archive import Archive
from ingest.backup import Belongings, back_up
from ingest.fixity import Books, verify
from ingest.restore import Place, RestoreRefused, restore
from models import integrity, postgresql, schema
from models.database import looking, open_database, writing
from models.postgresql import ToolFailed, ToolMissing
from models.snapshot import DatabaseDamaged, copy_sqlite, holds_an_office, take_snapshot
from models.work_items import mark_queued, next_items
from saraban.office import Office, now
from saraban.settings import Settings
from tests.conftest import NOW
from tests.ingest.kept_offices import read_it, scan_of, take_in, unwatched

PASSWORD = "ลับ-p@ss'w\"ord:/%20"


@pytest.mark.parametrize("mode", ["DELETE", "WAL"])
def test_a_copy_is_one_file_and_holds_what_was_committed(tmp_path: Path, mode: str) -> None:
    live = tmp_path / "ชื่อ มี?#.sqlite3"
    with closing(sqlite3.connect(live, isolation_level=None)) as writer:
        writer.execute(f"PRAGMA journal_mode={mode}")
        writer.execute("CREATE TABLE t (n)")
        writer.execute("INSERT INTO t VALUES (1)")
        if mode == "WAL":  # a reader of a WAL sees what was there before, beside a writer
            writer.execute("BEGIN IMMEDIATE")
            writer.execute("INSERT INTO t VALUES (2)")
        copy_sqlite(live, tmp_path / "copy")
    files = [path.name for path in tmp_path.iterdir() if path.name.startswith("copy")]
    assert files == ["copy"]
    alone = shutil.copy(tmp_path / "copy", tmp_path / "elsewhere")
    with closing(sqlite3.connect(alone)) as reader:
        assert reader.execute("SELECT n FROM t").fetchall() == [(1,)]


def test_a_database_that_is_gone_is_not_made_anew(tmp_path: Path) -> None:
    with pytest.raises(DatabaseDamaged, match=r"gone\.sqlite3"):
        copy_sqlite(tmp_path / "gone.sqlite3", tmp_path / "copy")
    assert not (tmp_path / "gone.sqlite3").exists()


def test_only_a_revision_that_we_have_is_known() -> None:
    assert schema.knows("0001")
    assert schema.knows(schema.newest_revision())
    assert not schema.knows("9999")


# --- PostgreSQL


def as_the_server(*command: str | Path) -> None:
    """Run a program of the server; it refuses to run as the superuser of the machine."""
    before = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
    words = [*(before if os.getuid() == 0 else []), *map(str, command)]
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@pytest.fixture(scope="module")
def server() -> Iterator[Path]:
    """A PostgreSQL of our own that asks for passwords; the folder of its socket."""
    pytest.importorskip("psycopg", reason="no driver for PostgreSQL")
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        pytest.skip("PostgreSQL's server is not on this machine")
    programs = found[-1].parent
    place = Path(tempfile.mkdtemp(prefix="saraban-pg-", dir="/tmp"))
    (place / "password").write_text(PASSWORD)
    place.chmod(0o700)
    if os.getuid() == 0:
        for path in (place, place / "password"):
            shutil.chown(path, "postgres", "postgres")
    initdb = [programs / "initdb", "-D", place / "data", "-U", "office", "--no-sync"]
    secret = ["--auth=scram-sha-256", f"--pwfile={place / 'password'}"]
    control = [programs / "pg_ctl", "-D", place / "data", "-w", "-l", place / "log"]
    try:
        as_the_server(*initdb, *secret, "--encoding=UTF8", "--locale=C")
        as_the_server(*control, "-o", f"-k {place} -h '' -c fsync=off", "start")
        yield place
        as_the_server(*control, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(place)


def url_of(server: Path, database: str, password: str = PASSWORD) -> str:
    return f"postgresql+psycopg://office:{quote_plus(password)}@/{database}?host={server}"


def new_database(server: Path, name: str) -> str:
    """Make an empty database; return its URL."""
    engine = create_engine(url_of(server, "postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f'CREATE DATABASE "{name}"'))
    engine.dispose()
    return url_of(server, name)


def office_on(url: str, data: Path) -> Office:
    engine = open_database(url)
    schema.upgrade(engine)
    return Office(Settings(data_dir=data, database_url=url), engine, Archive(data / "archive"))


def rows_of(office: Office) -> dict[str, list[str]]:
    with looking(office.engine) as connection:
        names = connection.execute(
            text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        ).scalars()
        return {
            name: sorted(map(repr, connection.execute(text(f'SELECT * FROM "{name}"')).all()))
            for name in names.all()
        }


def test_an_office_on_postgresql_comes_back_with_every_row(
    server: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = office_on(new_database(server, "office1"), tmp_path / "data")
    with writing(office.engine) as connection:  # what the durable engine keeps is not the office's
        connection.execute(text("CREATE SCHEMA dbos"))
        connection.execute(text("CREATE TABLE dbos.workflows AS SELECT 1 AS n"))
    for mark in range(4):
        sha256 = take_in(office, scan_of(mark))
        if mark < 2:
            read_it(office, sha256)
    said, run = [], subprocess.run

    def spy(command: list[str], **more: object) -> object:
        said.append(" ".join(command))
        return run(command, **more)  # type: ignore[call-overload]

    monkeypatch.setattr(subprocess, "run", spy)
    belongings = Belongings(office.engine, office.archive, {})
    done = back_up(belongings, tmp_path / "backup", now, unwatched)
    url = new_database(server, "office2")
    place = Place(tmp_path / "new", url)
    restore(tmp_path / "backup", None, place, unwatched)
    back = office_on(url, tmp_path / "new")
    assert rows_of(back) == rows_of(office)
    assert done.lost == ()
    with looking(back.engine) as connection:
        schemas = text("SELECT 1 FROM pg_namespace WHERE nspname = 'dbos'")
        assert connection.execute(schemas).first() is None
    assert verify(Books(back.engine, None, back.archive), now(), unwatched).differences == []
    assert [line.split()[0].rpartition("/")[2] for line in said] == ["pg_dump", "pg_restore"]
    assert not any("p@ss" in line or "ลับ" in line for line in said)
    # sequences go on, so that the next scan gets an id of its own
    take_in(back, scan_of(99))
    with pytest.raises(RestoreRefused, match="มีข้อมูลอยู่แล้ว"):
        restore(tmp_path / "backup", None, Place(tmp_path / "third", url), unwatched)


def test_what_was_handed_to_an_engine_that_is_gone_is_taken_again(
    server: Path, tmp_path: Path
) -> None:
    office = office_on(new_database(server, "office3"), tmp_path / "data")
    for mark in range(3):
        take_in(office, scan_of(mark))
    with writing(office.engine) as connection:
        mark_queued(connection, [item.scan_id for item in next_items(connection, 2)], NOW)
    back_up(Belongings(office.engine, office.archive, {}), tmp_path / "backup", now, unwatched)
    url = new_database(server, "office4")
    restore(tmp_path / "backup", None, Place(tmp_path / "new", url), unwatched)
    back = office_on(url, tmp_path / "new")
    with looking(back.engine) as connection:
        assert len(next_items(connection, 10)) == 3
    # as after a restore that was interrupted once its database was in place
    (tmp_path / "new" / "restore-unfinished").touch()
    restore(tmp_path / "backup", None, Place(tmp_path / "new", url), unwatched)
    with looking(office_on(url, tmp_path / "new").engine) as connection:
        assert len(next_items(connection, 10)) == 3


def test_the_files_are_those_of_the_very_rows_that_were_dumped(
    server: Path, tmp_path: Path
) -> None:
    office = office_on(new_database(server, "office5"), tmp_path / "data")
    take_in(office, scan_of(1))
    with take_snapshot(office.engine, tmp_path / "dump") as connection:
        take_in(office, scan_of(2))
        assert integrity.count_originals(connection) == 1
    url = new_database(server, "office6")
    postgresql.load(open_database(url).url, tmp_path / "dump", again=False)
    with looking(open_database(url)) as connection:
        assert integrity.count_originals(connection) == 1


def test_an_empty_database_holds_no_office(server: Path) -> None:
    assert not holds_an_office(new_database(server, "office7"))


def test_what_pg_dump_says_is_passed_on(server: Path, tmp_path: Path) -> None:
    office = office_on(new_database(server, "office8"), tmp_path / "data")
    with pytest.raises(ToolFailed, match="snapshot"):
        postgresql.dump(office.engine.url, "nonsense", tmp_path / "dump")


def test_a_machine_without_the_tools_is_told_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(postgresql, "_PACKAGES", tmp_path)
    url = create_engine("sqlite://").url
    with pytest.raises(ToolMissing, match="apt-get install postgresql-client"):
        postgresql.dump(url, "1", tmp_path / "dump")
