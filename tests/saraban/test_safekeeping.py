"""``saraban verify``, ``backup`` and ``restore``, as an operator or a timer uses them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from ingest import bag
from saraban import cli
from saraban.office import Office
from tests.conftest import ROOT, environment, tree
from tests.ingest.kept_offices import differences, every_row, scan_of, small_office, take_in

FINE, NEEDS_A_PERSON, WRONG_USE, TOOL_MISSING = range(4)


def run(*arguments: object, data: Path, **more: str) -> Result:
    """Run a command in this process: the same code, without the seconds that a start takes."""
    variables = {"SARABAN_DATA_DIR": str(data), "COLUMNS": "200"} | more
    return CliRunner().invoke(cli.app, [str(each) for each in arguments], env=variables)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def office(data: Path) -> Office:
    return small_office(data)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "backup"


def test_an_office_is_saved_brought_back_and_checked(
    office: Office, data: Path, root: Path, tmp_path: Path
) -> None:
    saved = run("backup", root, data=data)
    assert (saved.exit_code, saved.stderr) == (FINE, "")
    assert "คัดลอกใหม่" in saved.stdout
    back = run("restore", root, data=tmp_path / "new")
    assert (back.exit_code, back.stderr) == (FINE, "")
    assert "✓ ต้นฉบับ 7 ไฟล์" in back.stdout
    rows = every_row(tmp_path / "new" / "saraban.sqlite3")
    assert rows == every_row(data / "saraban.sqlite3")
    assert run("verify", data=tmp_path / "new").exit_code == FINE


def test_a_difference_is_a_line_with_what_to_do_and_an_exit_code(
    office: Office, data: Path
) -> None:
    sha256 = take_in(office, scan_of(40), "[bold]หน้า 1.jpg")
    office.archive.original(sha256).unlink()
    told = run("verify", data=data)
    assert told.exit_code == NEEDS_A_PERSON
    (line,) = [line for line in told.stdout.splitlines() if sha256 in line]
    assert "ไม่มีต้นฉบับของ [bold]หน้า 1.jpg" in line
    assert "→ กู้ไฟล์ชื่อเดียวกัน" in line
    assert "พบที่ผิด 1 รายการ" in told.stdout


def test_a_machine_reads_the_differences_as_json(office: Office, data: Path) -> None:
    size = sum(path.stat().st_size for path in (data / "archive" / "objects").glob("*/*"))
    assert json.loads(run("verify", "--json", data=data).stdout) == {
        "ok": True,
        "checked": {"originals": 7, "pictures": 6, "bytes": size, "on_their_way": 0},
        "differences": [],
    }
    sha256 = take_in(office, scan_of(40))
    office.archive.original(sha256).unlink()
    told = run("verify", "--json", data=data)
    assert told.exit_code == NEEDS_A_PERSON
    (wrong,) = json.loads(told.stdout)["differences"]
    assert wrong["trouble"] == "missing_original"
    assert wrong["subject"].endswith(sha256)


def test_a_backup_without_all_files_says_so(office: Office, data: Path, root: Path) -> None:
    sha256 = take_in(office, scan_of(40))
    office.archive.original(sha256).unlink()
    told = run("backup", root, "--keep", "1", data=data)
    assert told.exit_code == NEEDS_A_PERSON
    assert sha256 in told.stdout


def test_only_so_many_snapshots_stay(office: Office, data: Path, root: Path) -> None:
    for _ in range(4):
        assert run("backup", root, "--keep", "2", "--check", data=data).exit_code == FINE
    assert len(bag.names(root)) == 2


@pytest.mark.parametrize("inside", [".", "backup", "archive/objects/backup"])
def test_a_backup_does_not_lie_in_what_it_saves(office: Office, data: Path, inside: str) -> None:
    before = {name for name in tree(data) if ".sqlite3" not in name}
    told = run("backup", data / inside, data=data)
    assert told.exit_code == WRONG_USE
    assert "นอก" in told.stderr
    assert {name for name in tree(data) if ".sqlite3" not in name} == before


@pytest.mark.parametrize("command", [["verify"], ["backup", "elsewhere"]])
def test_a_place_without_an_office_is_said_and_stays_so(data: Path, command: list[str]) -> None:
    told = run(*command, data=data)
    assert told.exit_code == WRONG_USE
    assert "ยังไม่มีข้อมูลสำนักงาน" in told.stderr
    assert not data.exists()


def test_a_standing_office_is_not_restored_over(office: Office, data: Path, root: Path) -> None:
    run("backup", root, data=data)
    told = run("restore", root, data=data)
    assert told.exit_code == WRONG_USE
    assert "ไม่ว่าง" in told.stderr


def test_a_torn_backup_is_refused_in_a_line(
    office: Office, data: Path, root: Path, tmp_path: Path
) -> None:
    run("backup", root, data=data)
    hurt = next((root / "objects").glob("*/*"))
    hurt.chmod(0o600)
    hurt.write_bytes(b"x" + hurt.read_bytes()[1:])
    told = run("restore", root, data=tmp_path / "new")
    assert told.exit_code == NEEDS_A_PERSON
    assert hurt.name in told.stderr
    assert not (tmp_path / "new").exists()


def test_damaged_files_of_a_backup_may_be_left_out_when_asked_for(
    office: Office, data: Path, root: Path, tmp_path: Path
) -> None:
    sha256 = take_in(office, scan_of(40))
    run("backup", root, data=data)
    (root / "objects" / sha256[:2] / sha256).unlink()
    told = run("restore", root, "--leave-out-damaged", data=tmp_path / "new")
    assert told.exit_code == NEEDS_A_PERSON  # verify names it
    assert told.stdout.count(sha256) == 2
    wanted = tree(data / "archive")
    del wanted[f"objects/{sha256[:2]}/{sha256}"]
    assert tree(tmp_path / "new" / "archive").items() <= wanted.items()


def test_no_office_comes_from_a_backup_whose_database_is_damaged(
    office: Office, data: Path, root: Path, tmp_path: Path
) -> None:
    run("backup", root, data=data)
    with (root / "snapshots" / bag.names(root)[0] / "office.sqlite3").open("r+b") as file:
        file.truncate(5000)
    told = run("restore", root, "--leave-out-damaged", data=tmp_path / "new")
    assert told.exit_code == NEEDS_A_PERSON
    assert "office.sqlite3" in told.stderr
    assert not (tmp_path / "new").exists()


def test_what_was_restored_in_part_is_not_opened(
    office: Office, data: Path, root: Path, tmp_path: Path
) -> None:
    run("backup", root, data=data)
    new = tmp_path / "new"
    new.mkdir()
    (new / "restore-unfinished").touch()
    for command in (["verify"], ["backup", tmp_path / "other"], ["station", "add", "เครื่อง 1"]):
        told = run(*command, data=new)
        assert told.exit_code == WRONG_USE
        assert "saraban restore" in told.stderr
    assert run("restore", root, data=new).exit_code == FINE
    assert run("verify", data=new).exit_code == FINE


def test_a_full_disk_is_told_in_a_line(
    office: Office, data: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    told = run("backup", root, data=data)
    assert told.exit_code == NEEDS_A_PERSON
    assert "ดิสก์เต็ม" in told.stderr


def test_a_backup_killed_in_the_middle_is_made_the_next_time(
    office: Office, data: Path, root: Path, tmp_path: Path
) -> None:
    for mark in range(100, 150):
        take_in(office, scan_of(mark, 120_000))
    office.engine.dispose()
    process = subprocess.Popen(
        [sys.executable, "-m", "saraban", "backup", str(root)],
        cwd=ROOT,
        env=environment(data),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    while len(list((root / "objects").glob("*/*"))) < 5:
        assert process.poll() is None, process.communicate()[1].decode()
        time.sleep(0.002)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert bag.names(root) == []
    assert run("restore", root, data=tmp_path / "new").exit_code == WRONG_USE
    done = run("backup", root, data=data)
    assert done.exit_code == FINE
    assert run("restore", root, data=tmp_path / "new").exit_code == FINE
    assert differences(office) == []
    rows = every_row(tmp_path / "new" / "saraban.sqlite3")
    assert rows == every_row(data / "saraban.sqlite3")
