"""A small office with all that a backup must hold, and the means to compare two of them."""

from __future__ import annotations

import io
import os
import random
import signal
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path
from typing import TypeVar

from ingest.backup import Belongings
from ingest.fixity import Books, Difference, verify
from ingest.intake import receive
from ingest.restore import Place
from models import records, scans, work_items
from models.database import looking, writing
from models.drafts import add_draft, drafts_of_scan
from models.pages import add_page
from models.scans import Origin, ScanState
from models.schema import newest_revision
from saraban.office import Office, now, open_office
from saraban.settings import Settings
from tests.conftest import NOW, picture
from tests.models.letters import make_answer, make_page, make_reading

Thing = TypeVar("Thing")


def unwatched(things: Iterable[Thing], what: str, total: int) -> Iterable[Thing]:
    """Nobody looks how far it is."""
    return things


def take_in(office: Office, content: bytes, name: str = "SCN_0001.jpg") -> str:
    """Send a file through the door; return its hash."""
    (arrival,) = receive(office.intake, io.BytesIO(content), name, Origin("test"))
    assert arrival.sha256 is not None
    return arrival.sha256


def scan_of(mark: int, size: int = 0) -> bytes:
    """A picture that no other mark gives, followed by some noise as scans have."""
    return picture(mark=mark) + random.Random(mark).randbytes(size)


def read_it(office: Office, sha256: str, pages: int = 1) -> None:
    """Let a scan be read, its pages seen, and its letter confirmed."""
    for number in range(1, pages + 1):
        office.archive.write_view(sha256, number, picture(mark=number, size=(300, 400)))
    with writing(office.engine) as connection:
        scan = scans.find_scan(connection, sha256)
        assert scan is not None
        for number in range(1, pages + 1):
            assert add_page(connection, scan.id, make_page(number), NOW)
        assert add_draft(connection, scan.id, make_reading(subject="ขอให้ซ่อมถนน"), NOW)
        scans.set_state(connection, scan.id, ScanState.READ, NOW, pages=pages)
        (draft,) = drafts_of_scan(connection, scan.id)
        answer = make_answer(subject="ขอให้ซ่อมถนน")
        records.confirm(
            connection, draft, draft.version, answer, officer="มานี", now=NOW, text="ถนน"
        )


def small_office(data: Path, scanned: int = 6) -> Office:
    """An office with read and unread scans, a refused file, models and categories of its own."""
    office = open_office(Settings(data_dir=data))
    for mark in range(scanned):
        sha256 = take_in(office, scan_of(mark, 2_000))
        if mark % 2 == 0:
            read_it(office, sha256, pages=1 + mark % 3)
    take_in(office, "ไม่ใช่ภาพ".encode(), "บันทึก.txt")
    with writing(office.engine) as connection:  # taken by a worker, and not read yet
        first = [item.scan_id for item in work_items.next_items(connection, 2)]
        work_items.mark_queued(connection, first, NOW)
    (data / "models").mkdir()
    for name in ("in-use.json", "20250304T050607Z-01234567.skops", "digits.npz"):
        (data / "models" / name).write_bytes(name.encode() * 100)
    (data / "categories.toml").write_text("# ของอำเภอ\n", "utf-8")
    return office


def belongings(office: Office) -> Belongings:
    settings = office.settings
    others = {"models": settings.shelf, "categories.toml": settings.categories}
    return Belongings(office.engine, office.archive, others)


def place(data: Path) -> Place:
    return Place(data, Settings(data_dir=data).tables_url)


def differences(office: Office) -> list[Difference]:
    return verify(Books(office.engine, None, office.archive), now(), unwatched).differences


def every_row(database: Path) -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables; when work was handed to the durable engine is left out."""
    with closing(sqlite3.connect(database)) as connection:
        named = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        tables = [row[0] for row in named if not row[0].startswith("sqlite_")]  # its statistics
        found = {table: _rows(connection, table) for table in tables}
        found["work_items"] = connection.execute(
            "SELECT scan_id, created_at FROM work_items ORDER BY scan_id"
        ).fetchall()
    assert found["alembic_version"] == [(newest_revision(),)]
    return found


def _rows(connection: sqlite3.Connection, table: str) -> list[tuple[object, ...]]:
    return sorted(connection.execute(f'SELECT * FROM "{table}"').fetchall(), key=repr)


def not_taken(office: Office) -> list[int]:
    with looking(office.engine) as connection:
        return [item.scan_id for item in work_items.next_items(connection, 10_000)]


def killed_at_flush(number: int, work: Callable[[], object]) -> bool:
    """Do something in a process that dies by SIGKILL at its nth flush; False if it ended first."""
    child = os.fork()
    if child == 0:
        left, flush = [number], os.fsync

        def deadly(descriptor: int) -> None:
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            flush(descriptor)

        os.fsync = deadly
        code = 1
        try:
            work()
            code = 0
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return True
    assert os.WEXITSTATUS(status) == 0
    return False
