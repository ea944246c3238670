"""The command line, as an operator or a script uses it."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from openpyxl import load_workbook
from typer.testing import CliRunner

import classify
from models.database import writing
from models.records import confirm
from models.stations import station_of_key
from models.terms import FieldName, LetterKind
from saraban import cli
from saraban.office import CATEGORIES, DIGITS, missing_models, open_office
from saraban.settings import Settings
from tests.conftest import (
    A4,
    NOW,
    SAMPLES,
    clock,
    data_with_models,
    encrypted_pdf,
    given,
    pdf,
    saraban,
    tree,
)
from tests.ingest.offices import rows
from tests.ingest.zips import make_zip
from tests.models.letters import make_answer, make_draft
from tests.saraban.busy_office import BusyOffice

FINE, NEEDS_A_PERSON, WRONG_USE, TOOL_MISSING = range(4)
COMPLAINT = """เรื่อง ขอให้ซ่อมแซมถนนชำรุด
เรียน นายอำเภอวานรนิวาส
ข้าพเจ้า นายสมชาย ใจดี ได้รับความเดือดร้อนจากถนนในหมู่บ้านชำรุดเป็นหลุมเป็นบ่อ
"""


def run(*arguments: object, data: Path, stdin: str = "", **more: str) -> Result:
    """Run a command in this process: the same code, without the seconds that a start takes."""
    environment = {"SARABAN_DATA_DIR": str(data), "COLUMNS": "200"} | more
    arguments_ = [str(argument) for argument in arguments]
    return CliRunner().invoke(cli.app, arguments_, input=stdin.encode(), env=environment)


@pytest.fixture
def data(tmp_path: Path, trained: Path) -> Path:
    return data_with_models(tmp_path / "data", trained)


# --- read


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory, trained: Path) -> Iterator[dict[str, Any]]:
    """What ``saraban read --json`` says of a file with two letters and of files that are broken."""
    place = tmp_path_factory.mktemp("read")
    data = data_with_models(place / "data", trained)
    files = {
        "ลับ.pdf": encrypted_pdf(),
        "ว่าง.pdf": b"",
        "ข้อความ.pdf": COMPLAINT.encode(),
        "ว่าง.zip": make_zip({}),
        "ชั้น.zip": make_zip({"ใน.zip": make_zip({"a": b"a"}), "กระดาษเปล่า.pdf": pdf(A4)}),
    }
    folder = given(files, place / "broken")
    before = tree(data)
    answer = saraban(
        *("read", "--json", SAMPLES / "circulars.pdf", folder), data=data, SARABAN_PROCESSES="2"
    )
    lines = [json.loads(line) for line in answer.stdout.decode().splitlines()]
    return {"answer": answer, "lines": lines, "kept": tree(data) == before, "folder": folder}


@pytest.fixture(scope="module")
def circulars(read: dict[str, Any]) -> list[dict[str, Any]]:
    return [line for line in read["lines"] if line["file"].endswith("circulars.pdf")]


def boxes(value: Any) -> Iterator[list[float]]:
    """Every box anywhere in an answer."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name == "box" and inner is not None:
                yield inner
            elif name in ("unread", "boxes"):
                yield from inner
            else:
                yield from boxes(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from boxes(inner)


@pytest.mark.slow
def test_a_file_with_two_letters_gives_two_objects(circulars: list[dict[str, Any]]) -> None:
    content = (SAMPLES / "circulars.pdf").read_bytes()
    assert [letter["letter"] for letter in circulars] == [1, 2]
    for number, letter in enumerate(circulars, 1):
        assert letter["sha256"] == hashlib.sha256(content).hexdigest()
        assert [page["number"] for page in letter["pages"]] == [number]


@pytest.mark.slow
def test_a_letter_has_exactly_the_keys_of_the_contract(circulars: list[dict[str, Any]]) -> None:
    for letter in circulars:
        assert list(letter) == [
            *("file", "sha256", "letter", "kind", "pages", "fields"),
            *("citations", "receipts", "parts", "suggestion", "alarms"),
        ]
        assert letter["kind"] in set(LetterKind)
        for page in letter["pages"]:
            assert set(page) == {
                *("number", "text", "confidence", "width", "height", "lines"),
                *("state", "reason", "read_by", "notes", "unread"),
            }
            assert page["text"] == "\n".join(line["text"] for line in page["lines"])
            assert page["width"] > 1000
            assert 0 < page["confidence"] <= 1
            for line in page["lines"]:
                assert set(line) == {
                    *("text", "box", "confidence", "ink"),
                    *("raw", "alternatives", "words"),
                }
                for word in line["words"]:
                    assert set(word) == {"text", "box", "confidence", "ink", "alternatives"}
                assert 0 <= line["confidence"] <= 1
        assert list(letter["fields"]) == [name.value for name in FieldName]
        for name, field in letter["fields"].items():
            if field is None:
                continue
            keys = {"value", "raw", "confidence", "page", "box", "alternatives", "doubts"}
            dated = name in ("date", "received_date", "incident_date", "finished_date")
            assert set(field) == (keys | {"precision"} if dated else keys)
            assert field["page"] == letter["letter"]
            assert 0 <= field["confidence"] <= 1
            assert field["raw"]
            assert not field["doubts"] or field["confidence"] < 0.8


@pytest.mark.slow
def test_every_box_lies_on_its_page(circulars: list[dict[str, Any]]) -> None:
    found = list(boxes(circulars))
    assert len(found) > 40
    for left, top, width, height in found:
        assert 0 <= left <= left + width <= 1.00002
        assert 0 <= top <= top + height <= 1.00002
        assert width > 0
        assert height > 0


@pytest.mark.slow
def test_the_two_circulars_are_understood_as_far_as_they_say(
    circulars: list[dict[str, Any]],
) -> None:
    first, second = circulars
    assert [first["kind"], second["kind"]] == ["stamped", "stamped"]
    assert (first["fields"]["date"], second["fields"]["date"]) == (None, None)
    assert first["fields"]["received_date"] is None
    received = second["fields"]["received_date"]  # written by hand into the stamp
    if received["value"] is None:
        assert received["doubts"]
    else:
        assert (received["value"], received["precision"]) == ("2024-11-13", "day")
    assert first["fields"]["reference_no"]["value"] == "สน 0018.1/ว 585"
    assert first["fields"]["province"]["value"] == "สกลนคร"
    for letter in circulars:  # ภูเก็ต stands in the text as an example
        province = letter["fields"]["province"]
        assert province is None or province["value"] != "ภูเก็ต" or province["confidence"] < 0.8
        assert letter["suggestion"] is None  # letters about complaints are none


@pytest.mark.slow
def test_a_file_that_cannot_be_read_gives_its_reason_and_exit_code_1(read: dict[str, Any]) -> None:
    assert read["answer"].returncode == NEEDS_A_PERSON
    broken = {
        line["file"].removeprefix(f"{read['folder']}/"): line
        for line in read["lines"]
        if "error" in line
    }
    reasons = {name: line["error"] for name, line in broken.items()}
    assert set(reasons) == {"ลับ.pdf", "ว่าง.pdf", "ข้อความ.pdf", "ว่าง.zip", "ชั้น.zip/ใน.zip"}
    for name, word in {
        "ลับ.pdf": "รหัสผ่าน",
        "ว่าง.pdf": "ไฟล์ว่าง",
        "ข้อความ.pdf": "ไม่ใช่ไฟล์",
        "ว่าง.zip": "ไม่มีไฟล์ข้างใน",
        "ชั้น.zip/ใน.zip": "ซ้อน",
    }.items():
        assert word in reasons[name]
    for line in broken.values():
        assert set(line) == {"file", "sha256", "error"}
    content = (read["folder"] / "ลับ.pdf").read_bytes()
    assert broken["ลับ.pdf"]["sha256"] == hashlib.sha256(content).hexdigest()


@pytest.mark.slow
def test_an_empty_sheet_in_a_zip_is_read_as_blank(read: dict[str, Any]) -> None:
    (sheet,) = [line for line in read["lines"] if line["file"].endswith("กระดาษเปล่า.pdf")]
    assert [page["state"] for page in sheet["pages"]] == ["blank"]
    assert sheet["pages"][0]["confidence"] is None
    assert set(sheet["fields"].values()) == {None}


@pytest.mark.slow
def test_reading_stores_nothing_and_says_only_json(read: dict[str, Any]) -> None:
    assert read["kept"]
    assert len(read["lines"]) == 2 + 5 + 1
    assert b"Traceback" not in read["answer"].stderr


# --- extract, suggest


def test_fields_are_read_from_text_on_standard_input(data: Path) -> None:
    answer = run("extract", "--json", data=data, stdin=COMPLAINT)
    assert answer.exit_code == FINE
    found = json.loads(answer.stdout)
    assert set(found) == {"kind", "fields", "citations", "receipts", "parts"}
    assert found["kind"] == "complaint"
    assert list(found["fields"]) == [name.value for name in FieldName]
    assert "ซ่อมแซมถนนชำรุด" in found["fields"]["subject"]["value"]
    assert found["fields"]["subject"]["box"] is None
    assert found["fields"]["date"] is None


def test_a_category_is_suggested_for_text_on_standard_input(data: Path) -> None:
    answer = run("suggest", "--json", data=data, stdin=COMPLAINT)
    assert answer.exit_code == FINE
    found = json.loads(answer.stdout)
    assert set(found) == {
        *("categories", "parts", "proposed", "second", "complaint", "familiarity"),
        *("abstained", "evidence", "model", "alarms"),
    }
    assert found["parts"][0]["code"] == "HARDSHIP.ROAD"
    assert found["alarms"] == []
    shares = [each["probability"] for each in found["categories"]]
    assert shares == sorted(shares, reverse=True)
    assert sum(shares) == pytest.approx(1, abs=0.01)
    for each in found["categories"]:
        assert set(each) == {"code", "label", "probability"}
    for each in found["evidence"]:
        assert set(each) == {"text", "weight", "page", "box"}
        assert each["text"] in COMPLAINT


@pytest.mark.parametrize("command", ["extract", "suggest"])
@pytest.mark.parametrize("text", ["", "\n\n", "\x00\x01", "ก" * 20_000, "๑" * 3_000])
def test_any_text_at_all_gives_an_answer(data: Path, command: str, text: str) -> None:
    answer = run(command, "--json", data=data, stdin=text)
    assert answer.exit_code == FINE
    assert answer.stdout.count("\n") == 1
    json.loads(answer.stdout)


# --- ingest


@pytest.mark.slow
def test_the_receipt_reconciles_and_a_page_for_a_person_ends_with_1(
    busy_office: BusyOffice,
) -> None:
    receipt = busy_office.receipt.stdout.decode()
    numbers = {
        cells[1].strip(): int(cells[2])
        for line in receipt.splitlines()
        if len(cells := line.replace("┃", "│").split("│")) > 3 and cells[2].strip().isdigit()
    }
    given_ = numbers["ไฟล์ที่ส่งมา"]
    assert given_ == numbers["ใหม่"] + numbers["ซ้ำ"] + numbers["ไม่รับ"] == 8
    assert (numbers["ใหม่"], numbers["อ่านแล้ว"], numbers["ร่างที่รอตรวจ"]) == (8, 8, 9)
    assert numbers["หน้าที่เครื่องอ่านไม่ได้"] == 1
    assert busy_office.receipt.returncode == NEEDS_A_PERSON
    assert b"Traceback" not in busy_office.receipt.stderr


@pytest.mark.slow
def test_a_second_run_takes_nothing_twice_and_is_quick(busy_office: BusyOffice) -> None:
    known = busy_office.known()
    files, drafts = len(tree(busy_office.data / "archive")), rows(busy_office.office, "drafts")
    began = time.monotonic()
    again = saraban("ingest", busy_office.folder, data=busy_office.data)
    seconds = time.monotonic() - began
    assert again.returncode == FINE
    assert again.stdout.decode().count("ซ้ำ  ") >= 8
    assert seconds < 0.7 * busy_office.seconds
    assert busy_office.known() == known
    assert rows(busy_office.office, "drafts") == drafts
    assert len(tree(busy_office.data / "archive")) == files


def test_files_that_cannot_be_taken_are_on_the_receipt_with_their_reason(
    tmp_path: Path, data: Path
) -> None:
    folder = given({"บันทึก.txt": b"text", "ว่าง.pdf": b"", ".ซ่อน": b"hidden"}, tmp_path / "in")
    (folder / "หาย.pdf").symlink_to(tmp_path / "nowhere")
    os.mkfifo(folder / "ท่อ.pdf")
    answer = run("ingest", folder, data=data)
    assert answer.exit_code == NEEDS_A_PERSON
    for name, reason in {
        "บันทึก.txt": "ไม่ใช่ไฟล์ PDF",
        "ว่าง.pdf": "ไฟล์ว่าง",
        "หาย.pdf": "เปิดไฟล์ไม่ได้",
        "ท่อ.pdf": "ไม่ใช่ไฟล์ธรรมดา",
    }.items():
        assert f"✗ {name}  {reason}" in answer.stdout
    assert ".ซ่อน" not in answer.stdout


# --- wrong use


@pytest.mark.parametrize(
    ("arguments", "more", "word"),
    [
        (["ingest", "{tmp}/ไม่มี.pdf"], {}, "ไม่พบ"),
        (["read", "--json", "{tmp}/ไม่มี.pdf"], {}, "ไม่พบ"),
        (["ingest", "{tmp}/empty"], {}, "ไม่พบไฟล์"),
        (["read", "{tmp}/empty"], {}, "ไม่พบไฟล์"),
        (["ingest", "{tmp}"], {"SARABAN_PORT": "abc"}, "SARABAN_PORT"),
        (["check"], {"SARABAN_PROCESSES": "0"}, "SARABAN_PROCESSES"),
        (["serve"], {"SARABAN_HOST": "0.0.0.0"}, "SARABAN_HOST"),
        (["export"], {"SARABAN_MAX_PAGES": "-1"}, "SARABAN_MAX_PAGES"),
    ],
)
def test_wrong_use_is_said_in_a_thai_line(
    tmp_path: Path, data: Path, arguments: list[str], more: dict[str, str], word: str
) -> None:
    (tmp_path / "empty").mkdir()
    filled = [argument.format(tmp=tmp_path) for argument in arguments]
    answer = run(*filled, data=data, **more)
    assert answer.exit_code == WRONG_USE
    assert isinstance(answer.exception, SystemExit)
    assert word in answer.stderr
    assert any("ก" <= letter <= "๙" for letter in answer.stderr)
    assert answer.stdout == ""
    assert "Traceback" not in answer.stderr


@pytest.mark.parametrize("arguments", [["nonsense"], ["export", "--format", "doc"], ["read"]])
def test_an_unknown_command_or_option_ends_with_2(data: Path, arguments: list[str]) -> None:
    assert run(*arguments, data=data).exit_code == WRONG_USE


def test_a_wrong_setting_leaves_no_traceback_on_a_real_terminal(data: Path) -> None:
    answer = saraban("ingest", SAMPLES, data=data, SARABAN_PORT="abc")
    assert answer.returncode == WRONG_USE
    assert b"Traceback" not in answer.stderr
    assert "ค่าตั้งไม่ถูกต้อง: SARABAN_PORT" in answer.stderr.decode()
    assert tree(data) == {"models": None}


# --- check


def only_these_programs(folder: Path, monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    folder.mkdir()
    for name in names:
        (folder / name).symlink_to(shutil.which(name) or f"/usr/bin/{name}")
    monkeypatch.setenv("PATH", str(folder))


POPPLER = ("pdftoppm", "pdfinfo", "pdftotext", "pdfimages")


def test_a_complete_machine_passes_its_check(data: Path) -> None:
    open_office(Settings(data_dir=data))
    answer = run("check", data=data)
    for subject in (
        "Tesseract",
        "poppler",
        "ฐานข้อมูล",
        "SQLite",
        "แบบจำลองเลขไทย",
        "แบบจำลองหมวดเรื่อง",
    ):
        assert f"✓ {subject}: " in answer.stdout
    assert "journal_mode=" in answer.stdout
    assert "✗" not in answer.stdout
    assert answer.exit_code == (NEEDS_A_PERSON if "◐" in answer.stdout else FINE)


def test_a_new_machine_is_told_what_is_still_to_be_done(tmp_path: Path) -> None:
    answer = run("check", data=tmp_path / "new")
    assert answer.exit_code == NEEDS_A_PERSON
    for subject in ("ฐานข้อมูล", "แบบจำลองเลขไทย", "แบบจำลองหมวดเรื่อง"):
        assert f"◐ {subject}: " in answer.stdout
    assert "→ saraban train" in answer.stdout
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    ("present", "subject", "package"),
    [
        (("sh", "timeout", *POPPLER), "Tesseract", "tesseract-ocr"),
        (("sh", "timeout", "tesseract"), "poppler", "poppler-utils"),
        (("sh", "tesseract", *POPPLER), "timeout", "coreutils"),
    ],
)
def test_a_missing_tool_is_named_with_its_package(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    data: Path,
    present: tuple[str, ...],
    subject: str,
    package: str,
) -> None:
    only_these_programs(tmp_path / "bin", monkeypatch, *present)
    answer = run("check", data=data)
    assert answer.exit_code == TOOL_MISSING
    lines = answer.stdout.splitlines()
    (place,) = [n for n, line in enumerate(lines) if line.startswith(f"✗ {subject}: ")]
    assert package in lines[place + 1]


@pytest.mark.parametrize("lacking", ["tesseract", "pdfinfo"])
def test_letters_are_safe_on_a_machine_that_cannot_read_them_yet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: Path, lacking: str
) -> None:
    present = {"sh", "timeout", "dirname", "tesseract", *POPPLER} - {lacking}
    only_these_programs(tmp_path / "bin", monkeypatch, *sorted(present))
    answer = run("ingest", SAMPLES / "01-external-road.pdf", data=data)
    assert answer.exit_code == TOOL_MISSING
    assert "saraban check" in answer.stderr
    office = open_office(Settings(data_dir=data))
    assert rows(office, "scans") == rows(office, "work_items") == 1
    assert rows(office, "pages") == 0
    answer = run("read", "--json", SAMPLES / "01-external-road.pdf", data=data)
    assert (answer.exit_code, answer.stdout) == (TOOL_MISSING, "")


# --- export, station, train


@pytest.fixture
def recorded(data: Path) -> Path:
    """An office with two confirmed records and a draft that still waits."""
    engine = open_office(Settings(data_dir=data)).engine
    for number, subject in enumerate(("ขอให้ซ่อมถนน", "=1+1")):
        draft = make_draft(engine, f"{number}a" * 32)
        answer = make_answer(subject=subject, date="2025-03-04")
        with writing(engine) as connection:
            confirm(connection, draft, 1, answer, officer="สมชาย", now=NOW, text=subject)
    make_draft(engine, "cc" * 32, subject="ยังไม่ยืนยัน")
    return data


def test_confirmed_records_are_exported_as_json_and_nothing_else(recorded: Path) -> None:
    answer = saraban("export", "--format", "json", data=recorded)
    assert answer.returncode == FINE
    records = json.loads(answer.stdout)
    assert [record["subject"] for record in records] == ["ขอให้ซ่อมถนน", "=1+1"]
    assert records[0]["date"] == "2025-03-04"
    assert records[0]["confirmed_by"] == "สมชาย"
    assert (
        records[0]["category_label"]
        == {each.code: each.label for each in classify.load_categories().every}["LAND"]
    )


def test_confirmed_records_are_exported_as_csv_without_formulas(recorded: Path) -> None:
    answer = run("export", data=recorded)
    assert answer.exit_code == FINE
    assert answer.stdout_bytes.startswith(b"\xef\xbb\xbf")
    first, second = csv.DictReader(io.StringIO(answer.stdout_bytes.decode("utf-8-sig")))
    assert first["เรื่อง"] == "ขอให้ซ่อมถนน"
    assert second["เรื่อง"] == "'=1+1"


def test_confirmed_records_are_exported_to_a_workbook(recorded: Path, tmp_path: Path) -> None:
    target = tmp_path / "ทะเบียน.xlsx"
    answer = run(
        *("export", "--format", "xlsx", "--query", "ซ่อม", "--output", target), data=recorded
    )
    assert (answer.exit_code, answer.stdout) == (FINE, "")
    sheet = load_workbook(target).active
    assert sheet is not None
    heads, row = sheet.iter_rows(values_only=True)
    assert dict(zip(heads, row, strict=True))["เรื่อง"] == "ขอให้ซ่อมถนน"


def test_an_export_that_cannot_be_written_says_so(recorded: Path, tmp_path: Path) -> None:
    answer = run("export", "--output", tmp_path / "no" / "where.csv", data=recorded)
    assert answer.exit_code == NEEDS_A_PERSON
    assert "เขียนหรืออ่านไฟล์ไม่ได้" in answer.stderr


def test_a_station_gets_a_key_that_opens_the_door(data: Path) -> None:
    answer = run("station", "add", "เคาน์เตอร์ 1", data=data)
    assert answer.exit_code == FINE
    key = answer.stdout.strip()
    with writing(open_office(Settings(data_dir=data)).engine) as connection:
        station = station_of_key(connection, key, clock())
    assert station is not None
    assert station.name == "เคาน์เตอร์ 1"


def test_damaged_models_are_trained_anew_and_whole_ones_are_not(
    tmp_path: Path, trained: Path
) -> None:
    settings = Settings(data_dir=tmp_path)
    shutil.copytree(trained, tmp_path / "models")
    assert missing_models(settings) == []
    (tmp_path / "models" / "digits.npz").write_bytes(b"cut off")
    assert missing_models(settings) == [DIGITS]
    for path in (tmp_path / "models").glob("*.skops"):
        path.write_bytes(path.read_bytes()[:1000])
    assert missing_models(settings) == [DIGITS, CATEGORIES]


# --- the classifier and its categories


@pytest.fixture
def own(tmp_path: Path, trained: Path) -> Path:
    """A data directory with a shelf of its own, which a command may change."""
    shutil.copytree(trained, tmp_path / "own" / "models")
    return tmp_path / "own"


def test_the_shelf_is_listed_and_rolled_back_with_one_command(own: Path) -> None:
    shelf = own / "models"
    first = classify.version_in_use(shelf)
    assert run("rollback", data=own).exit_code == WRONG_USE  # there is nothing before it
    model = classify.load(shelf)
    second = classify.save(model, shelf, clock().replace(year=2030))
    classify.use(shelf, second, clock(), classify.Happened.PROMOTED)
    answer = run("rollback", data=own)
    assert (answer.exit_code, first in answer.stdout) == (FINE, True)
    assert classify.version_in_use(shelf) == first
    listed = run("models", data=own).stdout
    assert first in listed
    assert second in listed
    assert "ย้อนกลับมาใช้" in listed
    assert run("rollback", second, data=own).exit_code == FINE
    assert classify.version_in_use(shelf) == second


@pytest.mark.parametrize("version", ["20200101T000000Z-00000000", "../../etc/passwd", "?"])
def test_a_version_that_is_not_on_the_shelf_is_refused(own: Path, version: str) -> None:
    before = classify.version_in_use(own / "models")
    answer = run("rollback", version, data=own)
    assert answer.exit_code == WRONG_USE
    assert answer.stderr
    assert classify.version_in_use(own / "models") == before


def test_categories_are_edited_in_a_file_and_old_records_keep_their_names(own: Path) -> None:
    engine = open_office(Settings(data_dir=own)).engine
    draft = make_draft(engine)
    with writing(engine) as connection:
        confirm(
            connection, draft, 1, make_answer(), officer="ส", now=NOW, text=""
        )  # its category is LAND
    assert run("categories", "--export", data=own).exit_code == FINE
    assert run("categories", "--export", data=own).exit_code == WRONG_USE  # nothing is overwritten
    path = own / "categories.toml"
    text = path.read_text("utf-8")
    merged = text.replace('code = "LAND"', 'code = "LAND"\nmerged_into = "SOIL"')
    path.write_text(f'{merged}\n[[main]]\ncode = "SOIL"\nlabel = "เรื่องดิน"\n', "utf-8")
    listed = run("categories", data=own).stdout
    assert "LAND  ปัญหาที่ดิน/ที่ทำกิน (เลิกใช้ → SOIL)  1" in listed
    assert "SOIL  เรื่องดิน  0" in listed
    found = json.loads(run("export", "--format", "json", data=own).stdout)
    assert found[0]["category_label"] == "ปัญหาที่ดิน/ที่ทำกิน"
    said = run("suggest", "--json", data=own, stdin="ช่างรังวัดปักแนวเขตโฉนดล้ำที่นาของเราสองงาน")
    assert json.loads(said.stdout)["categories"][0]["code"] == "SOIL"


def test_a_code_that_records_use_and_the_file_lacks_is_told(own: Path) -> None:
    engine = open_office(Settings(data_dir=own)).engine
    draft = make_draft(engine)
    with writing(engine) as connection:
        confirm(connection, draft, 1, make_answer(), officer="ส", now=NOW, text="")
    lines = '[[main]]\ncode = "HELP"\nlabel = "ช่วย"\n'
    (own / "categories.toml").write_text(lines, "utf-8")
    assert "◐ LAND ไม่มีในรายการ แต่มีทะเบียนใช้อยู่ 1 เรื่อง" in run("categories", data=own).stdout
    assert "◐ รายการหมวด: ทะเบียนใช้รหัส LAND" in run("check", data=own).stdout


@pytest.mark.parametrize("command", ["categories", "suggest", "serve", "check"])
def test_a_mistake_in_the_list_of_categories_is_told_with_its_place(
    own: Path, command: str
) -> None:
    (own / "categories.toml").write_text('[[main]]\ncode = "help"\nlabel = "ก"\n', "utf-8")
    answer = run(command, data=own, stdin=COMPLAINT)
    assert answer.exit_code in (WRONG_USE, TOOL_MISSING)
    assert "categories.toml" in answer.stdout + answer.stderr
    assert "ต้องเป็นตัวพิมพ์ใหญ่" in answer.stdout + answer.stderr
    assert "Traceback" not in answer.stdout + answer.stderr
