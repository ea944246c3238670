"""The commands that keep an office safe: verify, backup, restore."""

from __future__ import annotations

import errno
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Annotated, TypeVar

import typer
from rich.console import Console
from rich.progress import track

from ingest import bag, fixity
from ingest.archive import Archive
from ingest.backup import BackupRefused, Belongings, Outcome, back_up, prune
from ingest.fixity import Books, Report
from ingest.restore import Place, RestoreRefused, restore, unfinished
from models.database import open_database
from models.postgresql import ToolFailed, ToolMissing
from models.snapshot import DatabaseDamaged, holds_an_office, sqlite_file
from saraban import office
from saraban.settings import Settings, WrongSetting, load_settings

NEEDS_A_PERSON, WRONG_USE, TOOL_MISSING = 1, 2, 3
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
Explained = Callable[[], AbstractContextManager[None]]
Thing = TypeVar("Thing")
_screen = Console(stderr=True, highlight=False)


def add_safekeeping_commands(app: typer.Typer, out: Console, explained: Explained) -> None:
    """Add the commands to the command line; ``explained`` turns errors into lines."""

    @app.command()
    def verify(
        as_json: Annotated[bool, typer.Option("--json", help="แสดงเป็น JSON")] = False,
    ) -> None:
        """ตรวจต้นฉบับ ภาพหน้า และฐานข้อมูลทุกไฟล์ ระหว่างใช้งานได้."""
        with explained(), _told():
            report = fixity.verify(_books(_standing(load_settings())), office.now(), _watched)
        _show(report, out, as_json)
        raise typer.Exit(NEEDS_A_PERSON if report.differences else 0)

    @app.command()
    def backup(
        folder: Annotated[Path, typer.Argument(help="โฟลเดอร์เก็บชุดสำรอง ควรอยู่คนละดิสก์หรือคนละเครื่อง")],
        check: Annotated[bool, typer.Option("--check", help="อ่านไฟล์ที่สำรองไว้แล้วซ้ำทุกไฟล์")] = False,
        keep: Annotated[int, typer.Option(min=0, help="เก็บไว้เท่านี้ชุด (0: ทุกชุด)")] = 0,
    ) -> None:
        """สำรองข้อมูลระหว่างใช้งาน ครั้งต่อไปคัดลอกเฉพาะไฟล์ใหม่."""
        with explained(), _told():
            settings = _standing(load_settings())
            _require_apart(folder, settings.data_dir)
            done = back_up(_belongings(settings), folder, office.now, _watched, recheck=check)
            _tell(done, out)
            if keep and not done.lost:
                snapshots, files = prune(folder, keep)
                out.print(f"ลบชุดเก่า {snapshots} ชุด และไฟล์ที่ไม่มีชุดใดใช้ {files} ไฟล์")
        raise typer.Exit(NEEDS_A_PERSON if done.lost else 0)

    @app.command("restore")
    def restore_command(
        folder: Annotated[Path, typer.Argument(help="โฟลเดอร์ที่เก็บชุดสำรอง")],
        snapshot: Annotated[str, typer.Option(help="ชื่อชุด (ไม่ระบุ: ชุดล่าสุด)")] = "",
        leave_out: Annotated[
            bool, typer.Option("--leave-out-damaged", help="กู้คืนโดยไม่เอาไฟล์ที่เสียหายในชุดสำรอง")
        ] = False,
    ) -> None:
        """กู้คืนชุดสำรองลงโฟลเดอร์ข้อมูลที่ว่าง แล้วตรวจทุกไฟล์."""
        with explained(), _told():
            settings = load_settings()
            place = Place(settings.data_dir, settings.tables_url)
            done = restore(folder, snapshot or None, place, _watched, leave_out=leave_out)
            name = done.snapshot.folder.name
            out.print(f"กู้คืนชุด {name} ลง {settings.data_dir} แล้ว", markup=False, soft_wrap=True)
            for line in (*done.snapshot.info.lost, *done.left_out):
                out.print(f"◐ ไม่มีในชุดสำรองหรือเสียหาย: {line}", markup=False, soft_wrap=True)
            report = fixity.verify(_books(settings), office.now(), _watched)
        _show(report, out, as_json=False)
        raise typer.Exit(NEEDS_A_PERSON if report.differences else 0)


@contextmanager
def _told() -> Iterator[None]:
    """Turn what can go wrong here into a line and an exit code."""
    try:
        yield
    except ToolMissing as error:
        _stop(str(error), TOOL_MISSING, error)
    except (BackupRefused, RestoreRefused) as error:
        _stop(str(error), WRONG_USE, error)
    except (bag.TornBackup, ToolFailed, DatabaseDamaged) as error:
        _stop(str(error), NEEDS_A_PERSON, error)
    except OSError as error:
        if error.errno not in _FULL:
            raise
        said = "ดิสก์เต็ม ไม่มีไฟล์ใดค้างครึ่งเดียว ให้เพิ่มที่ว่างแล้วสั่งซ้ำ งานที่ทำแล้วไม่เสียเปล่า"
        _stop(said, NEEDS_A_PERSON, error)


def _stop(said: str, code: int, error: Exception) -> None:
    _screen.print(said, style="red", markup=False, soft_wrap=True)
    raise typer.Exit(code) from error


def _watched(things: Iterable[Thing], what: str, total: int) -> Iterable[Thing]:
    """Show a bar while there is a person to see it."""
    return track(
        things, what, total, console=_screen, transient=True, disable=not _screen.is_terminal
    )


def _standing(settings: Settings) -> Settings:
    """Return the settings of an office that is there."""
    if unfinished(settings.data_dir):
        raise WrongSetting(office.RESTORE_UNFINISHED)
    if not holds_an_office(settings.tables_url):
        raise WrongSetting(f"ยังไม่มีข้อมูลสำนักงานใน {settings.data_dir}")
    return settings


def _books(settings: Settings) -> Books:
    archive = Archive(settings.data_dir / "archive")
    workflows = sqlite_file(settings.workflows_url)
    return Books(open_database(settings.tables_url), workflows, archive)


def _belongings(settings: Settings) -> Belongings:
    others = {"models": settings.shelf, "categories.toml": settings.categories}
    archive = Archive(settings.data_dir / "archive")
    return Belongings(open_database(settings.tables_url), archive, others)


def _require_apart(folder: Path, data_dir: Path) -> None:
    backup, data = folder.resolve(), data_dir.resolve()
    if backup == data or data in backup.parents or backup in data.parents:
        raise BackupRefused(f"ชุดสำรองต้องอยู่นอก {data_dir} และไม่ครอบโฟลเดอร์นั้น")


def _tell(done: Outcome, out: Console) -> None:
    size = f"{done.new_bytes / 2**20:,.1f} MB"
    said = f"สำรองชุด {done.name} แล้ว: {done.files:,} ไฟล์ คัดลอกใหม่ {done.new_files:,} ไฟล์ ({size})"
    out.print(said, markup=False, soft_wrap=True)
    for line in done.lost:
        out.print(f"✗ สำรองไม่ได้: {line}", markup=False, soft_wrap=True)
    if done.lost:
        out.print("    → สั่ง saraban verify เพื่อดูวิธีแก้")


def _show(report: Report, out: Console, as_json: bool) -> None:
    if as_json:
        found = [
            {
                "trouble": each.trouble,
                "subject": each.subject,
                "detail": each.detail,
                "remedy": each.remedy,
            }
            for each in report.differences
        ]
        seen = {
            "originals": report.originals,
            "pictures": report.pictures,
            "bytes": report.bytes_read,
            "on_their_way": report.on_their_way,
        }
        whole = {"ok": not found, "checked": seen, "differences": found}
        sys.stdout.write(json.dumps(whole, ensure_ascii=False) + "\n")
        return
    for each in report.differences:
        line = f"✗ {each.subject}: {each.detail} → {each.remedy}"
        out.print(line, markup=False, soft_wrap=True)
    size = f"{report.bytes_read / 2**20:,.1f} MB"
    mark = "✗" if report.differences else "✓"
    out.print(
        f"{mark} ต้นฉบับ {report.originals:,} ไฟล์ ({size}) ภาพหน้า {report.pictures:,} ภาพ "
        f"พบที่ผิด {len(report.differences):,} รายการ"
    )
    if report.on_their_way:
        out.print(f"  กำลังเข้าระบบ {report.on_their_way:,} ไฟล์")
