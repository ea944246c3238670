"""The agent of a scanner PC against a real server: what it takes, moves, and leaves alone."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import text

from models.database import looking
from saraban.agent_file import build_agent
from saraban.office import Office
from tests.agent.scanner_pc import (
    END,
    START,
    ScannerPc,
    documents,
    letter,
    names,
    sha256,
)
from tests.conftest import picture
from tests.saraban.killed_server import ServerProcess
from tests.waiting import eventually

LONG = letter(140, 60_000)


class PausingWriter(threading.Thread):
    """Writes half a file, does nothing for 20 seconds, and writes the rest."""

    def __init__(self, pc: ScannerPc) -> None:
        super().__init__()
        self._pc, self._path, self._given_up = pc, pc.folder / "slow.pdf", threading.Event()
        self.lay_there_after: list[bool] = []  # ten seconds, and twenty

    def run(self) -> None:
        self._path.write_bytes(LONG[:30_000])
        for _ in range(2):
            if self._given_up.wait(10):
                return
            self.lay_there_after.append(self._path.exists())
        with self._path.open("ab") as file:
            file.write(LONG[30_000:])

    def finish(self) -> ScannerPc:
        self.join()
        return self._pc

    def give_up(self) -> None:
        self._given_up.set()
        self.join()


@pytest.fixture(scope="module", autouse=True)
def pausing_writer(
    tmp_path_factory: pytest.TempPathFactory, server: ServerProcess, key: str
) -> Iterator[PausingWriter]:
    """It pauses while the other tests of this module run."""
    pc = ScannerPc(tmp_path_factory.mktemp("pausing"), server.address, key)
    pc.start("--settle", "5")
    writer = PausingWriter(pc)
    writer.start()
    yield writer
    writer.give_up()
    pc.end()


def test_the_single_file_needs_nothing_but_python(
    agents_office: Office, pc: ScannerPc, tmp_path: Path
) -> None:
    program = tmp_path / "saraban-agent.pyz"
    program.write_bytes(build_agent())
    assert build_agent() == program.read_bytes()
    content = letter(100)
    (pc.folder / "SCN_0001.pdf").write_bytes(content)
    # Without site-packages and without our own folder.
    alone = [sys.executable, "-I", "-S", str(program), *pc.arguments("--once")]
    done = subprocess.run(alone, cwd=tmp_path, capture_output=True, check=False, timeout=60)
    assert done.returncode == 0, done.stdout.decode()
    assert pc.moved("sent") == {"SCN_0001.pdf": content}
    assert pc.waiting() == []
    assert documents(agents_office).count(sha256(content)) == 1


def test_every_file_gets_a_place_by_what_became_of_it(agents_office: Office, pc: ScannerPc) -> None:
    small, large = letter(110), letter(111, 5_000_000)
    day = pc.folder / "2568-11-28"
    day.mkdir()
    files = {"a.pdf": small, "again.pdf": small, "large.pdf": large, "note.docx": b"no scan at all"}
    for name, content in files.items():
        (pc.folder / name).write_bytes(content)
    (day / "a.pdf").write_bytes(letter(112))
    said = pc.once(code=1)
    sent = pc.moved("sent")
    assert sorted(sent) == ["a (2).pdf", "a.pdf", "again.pdf", "large.pdf"]
    assert sorted(sent.values()) == sorted([small, small, letter(112), large])
    failed = pc.moved("failed")
    assert failed["note.docx"] == b"no scan at all"
    assert "ไม่ใช่ไฟล์ PDF" in failed["note.docx.txt"].decode()
    assert pc.waiting() == [day.name]
    found = documents(agents_office)
    for content in (small, large, letter(112)):
        assert found.count(sha256(content)) == 1
    assert "again.pdf: ส่งแล้ว (ระบบมีอยู่แล้ว)" in said


def test_only_plain_files_are_taken_and_no_name_is_too_strange(
    agents_office: Office, pc: ScannerPc, tmp_path: Path
) -> None:
    longest = "ก" * 83 + ".pdf"  # 253 bytes
    strange = ["สอง\nบรรทัด.pdf", longest, "\udcff.pdf", "a\x1b[2Jb.pdf"]
    for number, name in enumerate(strange):
        (pc.folder / name).write_bytes(letter(120 + number))
    refused = "ข" * 83 + ".pdf"
    (pc.folder / refused).write_bytes(b"")
    (tmp_path / "secret.pdf").write_bytes(letter(130))
    (pc.folder / "link.pdf").symlink_to(tmp_path / "secret.pdf")
    (pc.folder / "elsewhere").symlink_to(tmp_path)
    os.mkfifo(pc.folder / "pipe.pdf")
    (pc.folder / "device.pdf").symlink_to("/dev/zero")
    left_alone = [".hidden.pdf", "~$word.pdf", "scan.pdf.part", "scan.TMP", "Thumbs.db"]
    for name in left_alone:
        (pc.folder / name).write_bytes(letter(131))
    said = pc.once("--patience", "0.5", code=1)
    assert sorted(pc.moved("sent")) == sorted(strange)
    assert [name for name in pc.moved("failed") if not name.endswith(".txt")] == [refused]
    links = ["link.pdf", "elsewhere", "pipe.pdf", "device.pdf"]
    assert pc.waiting() == sorted(left_alone + links)
    found = documents(agents_office)
    assert [found.count(sha256(letter(120 + number))) for number in range(4)] == [1, 1, 1, 1]
    assert sha256(letter(130)) not in found
    assert sha256(letter(131)) not in found
    assert "\x1b" not in said


def test_a_slow_writer_is_read_when_it_is_done(agents_office: Office, pc: ScannerPc) -> None:
    content = b"II\x2b\0" + os.urandom(2_000)  # of a format whose end we do not know
    before = set(documents(agents_office))
    pc.start("--settle", "0.6")
    with (pc.folder / "drops.tif").open("wb", buffering=0) as file:
        for start in range(0, len(content), 100):
            file.write(content[start : start + 100])  # a kilobyte in a second
            time.sleep(0.1)
    eventually(lambda: pc.waiting() == [])
    assert set(documents(agents_office)) - before == {sha256(content)}


def test_a_file_that_never_gets_its_end_reaches_a_person(
    agents_office: Office, pc: ScannerPc
) -> None:
    cut_off = letter(150)[:-20]
    (pc.folder / "cut.pdf").write_bytes(cut_off)
    os.utime(pc.folder / "cut.pdf", (4e9, 4e9))  # a clock that is wrong by decades
    began = time.monotonic()
    pc.once("--patience", "1.5")
    assert time.monotonic() - began > 1.5
    assert sha256(cut_off) in documents(agents_office)


def test_what_is_overwritten_all_the_time_arrives_whole_or_not_at_all(
    agents_office: Office, pc: ScannerPc
) -> None:
    versions = [letter(160 + number, 1_500_000) for number in range(12)]
    before = set(documents(agents_office))
    pc.start("--settle", "0")
    for version in versions:
        with (pc.folder / "SCAN.pdf").open("wb") as file:  # in place, as many programs do
            file.write(version[:700_000])
            file.flush()
            time.sleep(0.05)
            file.write(version[700_000:])
        time.sleep(0.1)
    eventually(lambda: pc.waiting() == [])
    arrived = set(documents(agents_office)) - before
    assert arrived <= {sha256(version) for version in versions}
    assert sha256(versions[-1]) in arrived
    assert sha256(pc.moved("sent")["SCAN.pdf"]) in arrived


def test_a_file_renamed_into_the_folder_and_one_taken_away_harm_nothing(
    agents_office: Office, pc: ScannerPc
) -> None:
    pc.start()
    partial = pc.folder / "scan.part"
    partial.write_bytes(START)
    for number in range(40):
        fleeting = pc.folder / f"{number}.pdf"
        fleeting.write_bytes(letter(200 + number))
        threading.Timer(0.02 * (number % 15), fleeting.unlink, kwargs={"missing_ok": True}).start()
    partial.write_bytes(letter(190))
    partial.rename(pc.folder / "scan.pdf")
    eventually(lambda: pc.waiting() == [])
    assert "scan.pdf" in pc.moved("sent")
    (pc.folder / "last.pdf").write_bytes(letter(191))
    eventually(lambda: "last.pdf" in pc.moved("sent"))
    found = documents(agents_office)
    for name, content in pc.moved("sent").items():
        assert found.count(sha256(content)) == 1, name


def test_a_file_of_the_same_name_does_not_replace_the_one_before(pc: ScannerPc) -> None:
    for number in range(3):
        (pc.folder / "SCN_0001.pdf").write_bytes(letter(250 + number))
        pc.once()
    assert pc.moved("sent") == {
        "SCN_0001.pdf": letter(250),
        "SCN_0001 (2).pdf": letter(251),
        "SCN_0001 (3).pdf": letter(252),
    }


def test_pictures_of_all_formats_are_known_to_be_whole(
    agents_office: Office, pc: ScannerPc
) -> None:
    for kind in ("JPEG", "PNG", "TIFF"):
        (pc.folder / f"whole.{kind}").write_bytes(picture(kind, mark=26))
    Image.new("L", (500, 500)).save(pc.folder / "pages.tif", save_all=True, append_images=[
        Image.new("L", (500, 400), 9)])  # fmt: skip
    pc.once()  # and does not wait ten minutes
    assert len(pc.moved("sent")) == 4


def test_a_day_has_one_batch(agents_office: Office, pc: ScannerPc) -> None:
    for number in range(3):
        (pc.folder / f"{number}.pdf").write_bytes(letter(260 + number))
        pc.once("--batch", "กล่อง 4")
    with looking(agents_office.engine) as connection:
        found = connection.execute(
            text("SELECT name FROM batches WHERE name LIKE 'กล่อง 4%'")
        ).scalars()
        assert [name.split("/")[-1][:2] for name in found] == ["25"]  # one, of this year B.E.
    # One that is not ours, or was cancelled: the paper must get in all the same.
    known = pc.state / "batches.json"
    known.write_text(re.sub(r": \d+", ": 999999", known.read_text()))
    (pc.folder / "more.pdf").write_bytes(letter(265))
    pc.once("--batch", "กล่อง 4")
    assert "more.pdf" in pc.moved("sent")
    assert "999999" not in known.read_text()


def test_a_name_that_the_server_shows_is_that_of_the_file(
    agents_office: Office, pc: ScannerPc
) -> None:
    (pc.folder / "หนังสือร้องเรียน ๑.pdf").write_bytes(START + b"%270" + END)
    pc.once()
    assert "หนังสือร้องเรียน ๑.pdf" in names(agents_office)


def test_a_file_that_is_too_large_is_told_of_and_holds_nobody_up(
    agents_office: Office, pc: ScannerPc
) -> None:
    with (pc.folder / "a.pdf").open("wb") as file:
        file.truncate(101 * 2**20)
    (pc.folder / "b.pdf").write_bytes(letter(280))
    pc.once("--patience", "0.3", code=1)
    assert "ไฟล์ใหญ่เกิน 100 MB" in pc.moved("failed")["a.pdf.txt"].decode()
    assert sha256(letter(280)) in documents(agents_office)


def test_a_writer_that_pauses_for_20_seconds_is_not_read_early(
    agents_office: Office, pausing_writer: PausingWriter
) -> None:
    pc = pausing_writer.finish()
    assert pausing_writer.lay_there_after == [True, True]
    eventually(lambda: pc.waiting() == [])
    assert pc.moved("sent") == {"slow.pdf": LONG}
    found = documents(agents_office)
    assert found.count(sha256(LONG)) == 1
    assert sha256(LONG[:30_000]) not in found
