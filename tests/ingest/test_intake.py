from __future__ import annotations

import hashlib
import io
import resource
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError

from ingest.intake import Intake, label, receive
from models import scans
from models.database import looking, open_database
from models.letters import MediaType
from models.scans import Arrival, Origin, Outcome, ScanState
from models.work_items import next_items
from tests.conftest import A4, encrypted_pdf, pdf, picture, tree
from tests.ingest.zips import (
    make_zip,
    zip_from_thai_windows,
    zip_with_overlap,
    zip_with_password,
    zip_with_symlink,
)

NEW, DUPLICATE, REFUSED = Outcome


def take(intake: Intake, content: bytes, name: str = "SCN_0001.pdf") -> list[Arrival]:
    return receive(intake, io.BytesIO(content), name, Origin("test"))


def rows(engine: Engine, table: str) -> int:
    with looking(engine) as connection:
        return int(connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())


def stored(tmp_path: Path) -> list[str]:
    """The files that the archive holds, wherever in it."""
    return [name for name, content in tree(tmp_path / "archive").items() if content is not None]


def kept(intake: Intake, content: bytes) -> bool:
    place = intake.archive.original(hashlib.sha256(content).hexdigest())
    return place.exists() and place.read_bytes() == content


def test_the_receipt_of_a_pile_names_every_file_once(intake: Intake, tmp_path: Path) -> None:
    letter = pdf(A4)
    pile = {
        "หนังสือ 1.pdf": letter,
        "สำเนา.pdf": letter,
        "ว่าง.pdf": b"",
        "บันทึก.pdf": "ข้อความธรรมดา".encode(),
        "ลับ.pdf": encrypted_pdf(),
        "ขาด.pdf": letter[: len(letter) // 2],
        "ภาพ.jpg": picture(),
        "กล่อง.zip": make_zip({"ใน.jpg": picture(mark=1), "ใน.txt": b"text", "สำเนา.pdf": letter}),
    }
    arrivals = [each for name, content in pile.items() for each in take(intake, content, name)]
    assert Counter(each.outcome for each in arrivals) == {NEW: 5, DUPLICATE: 2, REFUSED: 3}
    assert {each.name: each.outcome for each in arrivals} == {
        "หนังสือ 1.pdf": NEW,
        "สำเนา.pdf": DUPLICATE,
        "ว่าง.pdf": REFUSED,
        "บันทึก.pdf": REFUSED,
        "ลับ.pdf": NEW,  # a PDF: whether it opens is found out when it is read
        "ขาด.pdf": NEW,
        "ภาพ.jpg": NEW,
        "กล่อง.zip/ใน.jpg": NEW,
        "กล่อง.zip/ใน.txt": REFUSED,
        "กล่อง.zip/สำเนา.pdf": DUPLICATE,
    }
    assert rows(intake.engine, "arrivals") == len(arrivals) == 10
    assert rows(intake.engine, "scans") == 7  # every different file that holds anything
    assert rows(intake.engine, "work_items") == 5  # every new one
    assert len(stored(tmp_path)) == 7
    for each in arrivals:
        assert (each.reason is None) is (each.outcome is not REFUSED)


def test_after_the_receipt_the_original_is_safe_and_waits_to_be_read(intake: Intake) -> None:
    content = pdf(A4)
    (arrival,) = take(intake, content, "C:\\สแกน\\หนังสือ.pdf")
    assert kept(intake, content)
    with looking(intake.engine) as connection:
        scan = scans.find_scan(connection, hashlib.sha256(content).hexdigest())
        assert scan is not None
        assert (
            [item.scan_id for item in next_items(connection, 10)] == [scan.id] == [arrival.scan_id]
        )
    assert (scan.state, scan.media_type) == (ScanState.RECEIVED, MediaType.PDF)
    assert (scan.name, scan.size, scan.source) == ("หนังสือ.pdf", len(content), "test")


def test_a_foreign_file_is_kept_for_a_person_and_refused_each_time(intake: Intake) -> None:
    content = "ไม่ใช่ภาพสแกน".encode()
    first, again = take(intake, content), take(intake, content)
    assert [each.outcome for each in first + again] == [REFUSED, REFUSED]
    assert kept(intake, content)
    with looking(intake.engine) as connection:
        (scan,) = scans.scans_needing_a_person(connection, 10)
    assert scan.state is ScanState.REFUSED
    assert "PDF" in (scan.reason or "")
    assert rows(intake.engine, "work_items") == 0


def test_a_file_over_the_limit_is_on_the_receipt_and_not_in_the_archive(
    intake: Intake, tmp_path: Path
) -> None:
    small = replace(intake, limits=replace(intake.limits, file_bytes=2**20))
    (arrival,) = take(small, bytes(2**20 + 1))
    assert arrival.outcome is REFUSED
    assert "1 MB" in (arrival.reason or "")
    assert stored(tmp_path) == []
    assert (rows(intake.engine, "scans"), rows(intake.engine, "arrivals")) == (0, 1)


def test_names_from_a_thai_windows_zip_are_read(intake: Intake) -> None:
    (arrival,) = take(intake, zip_from_thai_windows("คำร้อง.jpg", picture()), "a.zip")
    assert (arrival.name, arrival.outcome) == ("a.zip/คำร้อง.jpg", NEW)


def test_a_zip_inside_a_zip_is_kept_and_refused_the_rest_is_taken(intake: Intake) -> None:
    nested = make_zip({"in.jpg": picture(mark=1)})
    arrivals = take(intake, make_zip({"nested.zip": nested, "good.jpg": picture()}), "a.zip")
    assert [each.outcome for each in arrivals] == [REFUSED, NEW]
    assert "ซ้อน" in (arrivals[0].reason or "")
    assert kept(intake, nested)


def test_a_large_file_in_a_zip_does_not_hide_the_others(intake: Intake) -> None:
    small = replace(intake, limits=replace(intake.limits, file_bytes=2**20))
    entries = {"1.jpg": picture(mark=1), "2.bin": bytes(2**20 + 1), "3.jpg": picture(mark=3)}
    limits = replace(small.limits, zip_ratio=10**6)
    arrivals = take(replace(small, limits=limits), make_zip(entries), "a.zip")
    assert [each.outcome for each in arrivals] == [NEW, REFUSED, NEW]
    assert arrivals[1].name == "a.zip/2.bin"


BAD_ZIPS = {
    "bomb": (make_zip({"a.pdf": bytes(8 * 2**20)}), "บีบอัดผิดปกติ"),
    "overlap": (zip_with_overlap(picture()), "ผิดรูปแบบ"),
    "symlink": (zip_with_symlink("a.pdf", "/etc/passwd"), "ทางลัด"),
    "password": (zip_with_password("a.jpg", picture()), "รหัสผ่าน"),
    "method": (make_zip({"a.jpg": picture()}, method=12), "วิธีบีบอัด"),
    "crowd": (make_zip({f"{n}.txt": b"x" for n in range(1001)}), "รายการมากเกิน"),
    "empty": (make_zip({}), "ไม่มีไฟล์"),
    "cut": (make_zip({"a.jpg": picture()})[:-30], "ไฟล์เสีย"),
    "wrong sum": (make_zip({"a.txt": b"hello"}, method=0).replace(b"hello", b"hallo"), "ไฟล์เสีย"),
}


@pytest.mark.parametrize("which", BAD_ZIPS)
def test_a_zip_that_breaks_a_rule_is_kept_whole_and_refused_with_its_reason(
    intake: Intake, tmp_path: Path, which: str
) -> None:
    content, reason = BAD_ZIPS[which]
    (arrival,) = take(intake, content, "box.zip")
    assert (arrival.name, arrival.outcome) == ("box.zip", REFUSED)
    assert reason in (arrival.reason or "")
    assert kept(intake, content)
    assert len(stored(tmp_path)) == 1
    assert rows(intake.engine, "work_items") == 0


def test_names_in_a_zip_never_become_paths(intake: Intake, tmp_path: Path) -> None:
    names = [
        "../../../evil.jpg",
        "/tmp/evil.jpg",
        "..\\..\\evil2.jpg",
        "a/../../b.jpg",
        "\x1b[2J.jpg",
    ]
    before = {name for name in tree(tmp_path) if not name.startswith("archive")}
    box = make_zip({name: picture(mark=mark) for mark, name in enumerate(names, 1)})
    arrivals = take(intake, box, "../../box.zip")
    assert [each.outcome for each in arrivals] == [NEW] * 5
    assert [each.name for each in arrivals] == [
        *("box.zip/evil.jpg", "box.zip/evil.jpg", "box.zip/evil2.jpg", "box.zip/b.jpg"),
        "box.zip/[2J.jpg",
    ]
    after = {name for name in tree(tmp_path) if not name.startswith("archive")}
    assert after == before
    objects = [Path(name) for name in stored(tmp_path)]
    assert len(objects) == 5
    assert all(place.parts[0] == "objects" and len(place.name) == 64 for place in objects)
    assert not Path("/tmp/evil.jpg").exists()


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("a.pdf", "a.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\scan\\ใบ.pdf", "ใบ.pdf"),
        ("bad\x00\x1b\u202ename.pdf", "badname.pdf"),
        ("x" * 500 + ".pdf", "x" * 196 + ".pdf"),
        ("", "ไม่มีชื่อ"),
        ("/", "ไม่มีชื่อ"),
    ],
)
def test_a_name_is_only_a_label(name: str, shown: str) -> None:
    assert label(name) == shown


def test_the_same_file_through_five_doors_at_once_is_one_scan(intake: Intake) -> None:
    content = pdf(A4)
    start = threading.Barrier(5)

    def send(number: int) -> Outcome:
        start.wait()
        (arrival,) = take(intake, content, f"{number}.pdf")
        return arrival.outcome

    with ThreadPoolExecutor(5) as threads:
        outcomes = list(threads.map(send, range(5)))
    assert Counter(outcomes) == {NEW: 1, DUPLICATE: 4}
    assert (rows(intake.engine, "scans"), rows(intake.engine, "arrivals")) == (1, 5)
    assert rows(intake.engine, "work_items") == 1
    assert kept(intake, content)


def test_nothing_is_acknowledged_on_a_full_disk(intake: Intake, tmp_path: Path) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2**20, hard))
    try:
        with pytest.raises(OSError, match="too large"):
            take(intake, pdf(A4) + bytes(2 * 2**20))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert stored(tmp_path) == []
    assert (rows(intake.engine, "scans"), rows(intake.engine, "arrivals")) == (0, 0)


def test_nothing_is_acknowledged_without_the_database_and_a_repetition_is_taken(
    intake: Intake, tmp_path: Path
) -> None:
    elsewhere = replace(intake, engine=open_database(f"sqlite:///{tmp_path}/no/where.sqlite3"))
    with pytest.raises(OperationalError):
        take(elsewhere, pdf(A4))
    (arrival,) = take(intake, pdf(A4))
    assert arrival.outcome is NEW
    assert kept(intake, pdf(A4))
