"""The command line: ``saraban --help``.

Exit codes: 0 fine, 1 some input needs a person, 2 wrong use, 3 a tool of ours is missing.
"""

from __future__ import annotations

import json
import logging
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
import uvicorn
from rich.console import Console
from sqlalchemy.exc import ArgumentError, OperationalError

import classify
import extract
from ingest.opening import PopplerMissing
from ingest.worker_lock import AnotherWorker
from models import records, stations
from models.database import looking, writing
from models.letters import OcrPage
from ocr.digit_training import NoThaiFont
from ocr.engine import EngineMissing
from review_ui.export import export_csv, export_json, export_xlsx
from saraban import bulk, direct, learning, office, receipt
from saraban.agent_commands import add_agent_commands
from saraban.app import create_app
from saraban.contract import details_json, fields_json
from saraban.doctor import Verdict, examine
from saraban.model_commands import add_model_commands
from saraban.safekeeping import add_safekeeping_commands
from saraban.separator_commands import add_separator_commands
from saraban.settings import Settings, WrongSetting, load_settings
from saraban.teacher import Teacher

NEEDS_A_PERSON, WRONG_USE, TOOL_MISSING = 1, 2, 3
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="สารบรรณ: อ่านหนังสือร้องเรียนและหนังสือราชการที่สแกนไว้ แล้วให้เจ้าหน้าที่ตรวจยืนยันเป็นข้อมูล "
    "รหัสจบ: 0 เรียบร้อย, 1 มีรายการที่ต้องให้คนดู, 2 สั่งผิด, 3 ขาดโปรแกรมที่ต้องใช้",
)
station_app = typer.Typer(no_args_is_help=True, help="เครื่องสแกน: ออกกุญแจให้เครื่องที่จะส่งเอกสารเข้าระบบ")
app.add_typer(station_app, name="station")
out = Console(highlight=False)
err = Console(stderr=True, highlight=False)


def main() -> None:
    """Run the command line; what goes wrong is said in a line, never as a traceback."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(message)s")
    app()


@contextmanager
def _explained() -> Iterator[None]:
    """Turn what an operator can mend into a line and an exit code."""
    try:
        yield
    except (EngineMissing, PopplerMissing, NoThaiFont) as error:
        err.print(str(error), style="red")
        err.print("สั่ง saraban check เพื่อดูวิธีแก้")
        raise typer.Exit(TOOL_MISSING) from error
    except (
        *(WrongSetting, bulk.NothingGiven, AnotherWorker, classify.CategoriesError),
        *(classify.NoTrainedModel, classify.DamagedModel, learning.AnotherTraining),
    ) as error:
        err.print(str(error), style="red")
        raise typer.Exit(WRONG_USE) from error
    except ArgumentError as error:
        err.print("SARABAN_DATABASE_URL ไม่ถูกต้อง เช่น sqlite:////path/saraban.sqlite3", style="red")
        raise typer.Exit(WRONG_USE) from error
    except OperationalError as error:
        err.print("เปิดฐานข้อมูลไม่ได้ ฐานข้อมูลอาจยังไม่พร้อม ให้ลองใหม่ภายหลัง", style="red")
        raise typer.Exit(NEEDS_A_PERSON) from error
    except OSError as error:
        err.print(f"เขียนหรืออ่านไฟล์ไม่ได้: {error.strerror} {error.filename or ''}", style="red")
        raise typer.Exit(NEEDS_A_PERSON) from error


def _print_json(value: Any) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")
    sys.stdout.flush()


@app.command()
def ingest(
    paths: Annotated[list[Path], typer.Argument(help="ไฟล์ โฟลเดอร์ หรือ ZIP (PDF TIFF JPEG PNG)")],
    batch: Annotated[str, typer.Option(help="ชื่อชุดงาน เช่น แฟ้มค้าง 2566 กล่อง 4")] = "ไม่ระบุชุดงาน",
) -> None:
    """รับไฟล์เข้าระบบ รอจนอ่านเสร็จ แล้วแสดงใบรับเอกสาร."""
    with _explained():
        settings = load_settings()
        bulk.some_files(paths)  # a wrong path is told before anything else is done
        _prepare(settings)
        done = bulk.ingest(office.open_office(settings), paths, batch, err)
    receipt.show(done, out)
    raise typer.Exit(NEEDS_A_PERSON if done.needs_a_person else 0)


@app.command()
def read(
    files: Annotated[list[Path], typer.Argument(help="ไฟล์หรือโฟลเดอร์ที่จะอ่าน")],
    as_json: Annotated[bool, typer.Option("--json", help="หนึ่งบรรทัดต่อหนังสือหนึ่งฉบับ")] = False,
) -> None:
    """อ่านไฟล์แล้วแสดงผลทั้งหมด โดยไม่เก็บอะไรไว้."""
    failed = False
    with _explained():
        settings = load_settings()
        found = bulk.some_files(files)
        _prepare(settings)
        plan, understanding = office.reader_plan(settings), office.open_understanding(settings)
        for letter in direct.read_files(found, plan, understanding(), settings.processes):
            failed = failed or "error" in letter
            if as_json:
                _print_json(letter)
            else:
                _print_letter(letter)
    raise typer.Exit(NEEDS_A_PERSON if failed else 0)


def _print_letter(letter: dict[str, Any]) -> None:
    out.rule(letter["file"])
    if "error" in letter:
        out.print(letter["error"], style="red", markup=False)
        return
    out.print(f"ชนิด: {letter['kind']}")
    for name, field in letter["fields"].items():
        if field is not None:
            doubts = f"  ◐ {'; '.join(field['doubts'])}" if field["doubts"] else ""
            out.print(f"{name}: {field['value'] or '(อ่านไม่ออก)'}{doubts}", markup=False)
    for page in letter["pages"]:
        out.print(f"\n— หน้า {page['number']} —\n{page['text']}", markup=False)


@app.command("extract")
def extract_command(
    as_json: Annotated[bool, typer.Option("--json", help="แสดงเป็น JSON")] = False,
) -> None:
    """อ่านช่องข้อมูลจากข้อความ UTF-8 ที่ส่งทางอินพุตมาตรฐาน."""
    today = office.today(office.now())
    fields = extract.read_fields([_typed_text()], extract.load_gazetteer(), today)
    found = {
        "kind": fields.kind.value, "fields": fields_json(fields), **details_json(fields)
    }  # fmt: skip
    if as_json:
        _print_json(found)
        return
    out.print_json(data=found, ensure_ascii=False)


def _typed_text() -> OcrPage:
    text = sys.stdin.buffer.read().decode("utf-8", "replace")
    return extract.lines_from_text(text)


add_model_commands(app, out, _explained, _typed_text)
add_safekeeping_commands(app, out, _explained)
add_separator_commands(app, out, _explained)
add_agent_commands(app, out, _explained)


def _prepare(settings: Settings) -> None:
    """Train what is missing, saying so: it takes a minute, once."""
    missing = office.missing_models(settings)
    for name in missing:
        err.print(f"กำลังเตรียมแบบจำลอง {name} (ครั้งแรกครั้งเดียว ใช้เวลาไม่กี่นาที)")
    if missing:
        office.train_what_is_missing(settings)


@app.command()
def serve() -> None:
    """เปิดหน้าจอเจ้าหน้าที่และ API ของเครื่องสแกน พร้อมอ่านเอกสารที่เข้ามา."""
    with _explained():
        settings = load_settings()
        if settings.host not in _LOOPBACK:
            raise WrongSetting("รุ่นนี้ยังไม่มีบัญชีผู้ใช้ จึงเปิดได้เฉพาะเครื่องนี้ ให้ตั้ง SARABAN_HOST เป็น 127.0.0.1")
        _prepare(settings)
        opened = office.open_office(settings)
        application = create_app(opened)
        worker, teacher = opened.worker(), Teacher(opened)
        try:
            worker.start()
            teacher.start()
            working = True
        except AnotherWorker as error:
            err.print(f"{error} หน้าจอเปิดใช้ได้ตามปกติ")
            working = False
    # The server hands the signal on when it has shut down: the worker must be stopped then, too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    out.print(f"เปิดที่ http://{settings.host}:{settings.port} (กด Ctrl+C เพื่อหยุด)")
    try:
        uvicorn.run(
            application,
            host=settings.host,
            port=settings.port,
            log_level="warning",
            server_header=False,
        )
    finally:
        if working:
            teacher.stop()
            worker.stop()


@app.command()
def work() -> None:
    """อ่านเอกสารที่รออยู่ โดยไม่เปิดหน้าจอ จนกว่าจะสั่งหยุด."""
    with _explained():
        settings = load_settings()
        _prepare(settings)
        opened = office.open_office(settings)
        worker, teacher = opened.worker(), Teacher(opened)
        worker.start()
        teacher.start()
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    out.print("กำลังอ่านเอกสารที่เข้ามา (กด Ctrl+C เพื่อหยุด)")
    stop.wait()
    teacher.stop()
    worker.stop()


@app.command()
def check() -> None:
    """ตรวจความพร้อมของเครื่อง และบอกวิธีแก้."""
    marks = {Verdict.GOOD: "✓", Verdict.WARNING: "◐", Verdict.MISSING: "✗"}
    with _explained():
        findings = list(examine(load_settings()))
    for finding in findings:
        out.print(f"{marks[finding.verdict]} {finding.subject}: {finding.detail}", markup=False)
        if finding.remedy:
            out.print(f"    → {finding.remedy}", markup=False)
    verdicts = {finding.verdict for finding in findings}
    if Verdict.MISSING in verdicts:
        raise typer.Exit(TOOL_MISSING)
    raise typer.Exit(NEEDS_A_PERSON if Verdict.WARNING in verdicts else 0)


class Format(StrEnum):
    """The file types of an export."""

    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"


@app.command()
def export(
    file_format: Annotated[Format, typer.Option("--format", help="ชนิดไฟล์")] = Format.CSV,
    query: Annotated[str, typer.Option(help="เฉพาะที่มีข้อความนี้")] = "",
    output: Annotated[Path | None, typer.Option(help="ไฟล์ปลายทาง (ไม่ระบุ: ออกทางจอ)")] = None,
) -> None:
    """ส่งออกทะเบียนเรื่องที่ยืนยันแล้ว."""
    with _explained():
        settings = load_settings()
        labels = office.category_labels(settings)
    with _explained(), looking(office.open_office(settings).engine) as connection:
        found = records.all_records(connection, query)
        match file_format:
            case Format.CSV:
                content = b"".join(export_csv(found, labels))
            case Format.XLSX:
                content = export_xlsx(found, labels)
            case Format.JSON:
                content = b"".join(export_json(found, labels))
        if output is not None:
            output.write_bytes(content)
    if output is None:
        sys.stdout.buffer.write(content)


@station_app.command("add")
def add_station(
    name: Annotated[str, typer.Argument(help="ชื่อเครื่อง เช่น เคาน์เตอร์ 1")],
    district: Annotated[str, typer.Option(help="อำเภอที่เครื่องนี้ส่งเอกสาร")] = "",
) -> None:
    """ออกกุญแจให้เครื่องสแกน กุญแจแสดงครั้งเดียว."""
    with _explained(), writing(office.open_office(load_settings()).engine) as connection:
        key = stations.add_station(connection, name, office.now(), district or None)
    out.print(key, markup=False)
