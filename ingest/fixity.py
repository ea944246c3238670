"""``saraban verify``: compares every file of the archive with its hash and with the books.

Files are listed before the books are looked at: what comes in meanwhile is no false alarm. What
only differs because the office was working is looked at once more at the end.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from ingest.archive import Archive
from ingest.bag import Watched, digest
from models import integrity
from models.database import looking
from models.snapshot import DatabaseDamaged, copy_sqlite, steady_view

_ON_ITS_WAY = dt.timedelta(minutes=10)  # from the archive to the books
_LONG_AGO = dt.timedelta(days=1)  # no file takes that long to come in
_BEGIN, _END = b"\xff\xd8", b"\xff\xd9"  # of a JPEG


class Trouble(StrEnum):
    """What can be wrong."""

    MISSING_ORIGINAL = "missing_original"
    DAMAGED_ORIGINAL = "damaged_original"
    UNREADABLE = "unreadable"
    UNKNOWN_FILE = "unknown_file"
    MISSING_PICTURE = "missing_picture"
    DAMAGED_PICTURE = "damaged_picture"
    LEFTOVER = "leftover"
    DATABASE = "database"


_FROM_BACKUP = "กู้ไฟล์ชื่อเดียวกันจาก objects/ ในชุดสำรอง"
REMEDIES = {
    Trouble.MISSING_ORIGINAL: f"{_FROM_BACKUP} หรือหาต้นฉบับกระดาษมาสแกนใหม่",
    Trouble.DAMAGED_ORIGINAL: f"อย่าลบ {_FROM_BACKUP} และตรวจสภาพดิสก์",
    Trouble.UNREADABLE: "ตรวจสิทธิ์ของไฟล์และสภาพดิสก์",
    Trouble.UNKNOWN_FILE: "อย่าลบ ส่งไฟล์นี้เข้าระบบใหม่ด้วย saraban ingest",
    Trouble.MISSING_PICTURE: "กู้คืนจากชุดสำรอง ต้นฉบับยังเปิดดูได้",
    Trouble.DAMAGED_PICTURE: "กู้คืนจากชุดสำรอง ต้นฉบับยังเปิดดูได้",
    Trouble.LEFTOVER: "หายเองเมื่อเปิด saraban serve หรือ saraban work ครั้งต่อไป",
    Trouble.DATABASE: "หยุดใช้งาน แล้วกู้คืนชุดสำรองล่าสุดลงโฟลเดอร์ใหม่",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as it should be; ``subject`` is a path or a table, ``detail`` Thai."""

    trouble: Trouble
    subject: str
    detail: str

    @property
    def remedy(self) -> str:
        """Return what to do about it, in Thai."""
        return REMEDIES[self.trouble]


@dataclass
class Report:
    """What was looked at, and every difference."""

    originals: int = 0
    pictures: int = 0
    bytes_read: int = 0
    on_their_way: int = 0
    differences: list[Difference] = field(default_factory=list)

    def add(self, trouble: Trouble, subject: str, detail: str) -> None:
        """Note a difference."""
        self.differences.append(Difference(trouble, subject, detail))


@dataclass(frozen=True, slots=True)
class Books:
    """Where an office's files and rows are; ``workflows`` is the durable engine's database."""

    engine: Engine
    workflows: Path | None
    archive: Archive


def verify(books: Books, now: dt.datetime, watched: Watched) -> Report:
    """Look at everything that an office keeps; changes nothing.

    Raises:
        OSError: there is no room for a copy of the database, or the disk is broken.
    """
    report = Report()
    listed = _listed(books.archive)
    _check_incoming(books.archive, now, report)
    incoming = books.archive.root / "incoming"
    with tempfile.TemporaryDirectory(dir=incoming, prefix="verify-") as folder:
        copy = Path(folder) / "office"
        try:
            with steady_view(books.engine, copy) as connection:
                _check_database(books, copy, report)
                known = _check_originals(books.archive, connection, watched, report)
                _check_pictures(books.archive, connection, watched, report)
        except DatabaseDamaged as error:
            report.add(Trouble.DATABASE, "ฐานข้อมูล", str(error))
            return report
        except SQLAlchemyError:
            if not report.differences or report.differences[-1].trouble is not Trouble.DATABASE:
                raise
            return report  # the broken database was named; it cannot tell what belongs to it
    unknown = [path for name, path in sorted(listed.items()) if name not in known]
    _check_unknown(books, unknown, now, report)
    return report


def _listed(archive: Archive) -> dict[str, Path]:
    files = (path for path in (archive.root / "objects").rglob("*") if not path.is_dir())
    return {str(path.relative_to(archive.root / "objects")): path for path in files}


def _check_incoming(archive: Archive, now: dt.datetime, report: Report) -> None:
    """Note what was left on its way in; uploads that are sent in pieces have a place of theirs."""
    for path in sorted((archive.root / "incoming").iterdir()):
        since = _changed(path)
        if since is not None and since < now - _LONG_AGO:
            report.add(Trouble.LEFTOVER, f"incoming/{path.name}", "ค้างอยู่นานกว่า 1 วัน")


def _changed(path: Path) -> dt.datetime | None:
    """Return when a file was last written, named or moved; None if it is gone."""
    try:
        found = path.lstat()
    except FileNotFoundError:
        return None
    return dt.datetime.fromtimestamp(max(found.st_mtime, found.st_ctime), dt.UTC)


def _check_database(books: Books, copy: Path, report: Report) -> None:
    if copy.exists():
        for line in integrity.damage(copy):
            report.add(Trouble.DATABASE, "saraban.sqlite3", line)
    if books.workflows is not None and books.workflows.exists():
        own = copy.with_name("workflows")
        copy_sqlite(books.workflows, own)
        for line in integrity.damage(own, quick=True):
            report.add(Trouble.DATABASE, "workflows.sqlite3", line)


def _check_originals(
    archive: Archive, connection: Connection, watched: Watched, report: Report
) -> set[str]:
    """Read every original in the books; return where they lie."""
    known = set()
    total = integrity.count_originals(connection)
    for each in watched(integrity.originals(connection), "ต้นฉบับ", total):
        path = archive.original(each.sha256)
        name = f"{each.sha256[:2]}/{each.sha256}"
        known.add(name)
        report.originals += 1
        report.bytes_read += each.size
        try:
            whole = digest(path) == each.sha256
        except FileNotFoundError:
            report.add(Trouble.MISSING_ORIGINAL, f"objects/{name}", f"ไม่มีต้นฉบับของ {each.name}")
        except OSError as error:
            report.add(Trouble.UNREADABLE, f"objects/{name}", f"อ่านไม่ได้: {error.strerror}")
        else:
            if not whole:
                said = f"ต้นฉบับของ {each.name} ไม่ตรงกับค่าแฮช"
                report.add(Trouble.DAMAGED_ORIGINAL, f"objects/{name}", said)
    return known


def _check_pictures(
    archive: Archive, connection: Connection, watched: Watched, report: Report
) -> None:
    total = integrity.count_pictures(connection)
    for each in watched(integrity.pictures(connection), "ภาพหน้า", total):
        path = archive.view(each.sha256, each.number)
        page = f"ภาพหน้า {each.number} ของ {each.name}"
        report.pictures += 1
        try:
            whole = _is_jpeg(path)
        except FileNotFoundError:
            report.add(Trouble.MISSING_PICTURE, str(path.relative_to(archive.root)), f"ไม่มี{page}")
        except OSError as error:
            said = f"อ่าน{page}ไม่ได้: {error.strerror}"
            report.add(Trouble.UNREADABLE, str(path.relative_to(archive.root)), said)
        else:
            if not whole:
                said = f"{page} ไม่ใช่ภาพที่ครบถ้วน"
                report.add(Trouble.DAMAGED_PICTURE, str(path.relative_to(archive.root)), said)


def _is_jpeg(path: Path) -> bool:
    with path.open("rb") as file:
        if file.read(2) != _BEGIN or path.stat().st_size < len(_BEGIN + _END):
            return False
        file.seek(-len(_END), 2)
        return file.read() == _END


def _check_unknown(books: Books, unknown: list[Path], now: dt.datetime, report: Report) -> None:
    """Name files that are not in the books, unless their row may just be written."""
    for path in _still_unknown(books.engine, unknown):
        since = _changed(path)
        if since is None:
            continue
        if since > now - _ON_ITS_WAY:
            report.on_their_way += 1
            continue
        subject = str(path.relative_to(books.archive.root))
        report.add(Trouble.UNKNOWN_FILE, subject, "ไฟล์นี้ไม่มีในทะเบียน")


def _still_unknown(engine: Engine, paths: list[Path]) -> Iterator[Path]:
    with looking(engine) as connection:
        for path in paths:
            if not integrity.is_original(connection, path.name):
                yield path
