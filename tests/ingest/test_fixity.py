"""What ``saraban verify`` finds, and what it must not find."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import random
import sqlite3
from collections.abc import Iterable
from pathlib import Path

import pytest

from ingest import fixity
from ingest.fixity import Books, Difference, Report, Trouble
from saraban.office import Office, now
from tests.ingest.kept_offices import (
    Thing,
    differences,
    read_it,
    scan_of,
    small_office,
    take_in,
    unwatched,
)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return small_office(tmp_path / "data")


def verified(office: Office, moment: dt.datetime) -> Report:
    return fixity.verify(Books(office.engine, None, office.archive), moment, unwatched)


def spoil(path: Path, content: bytes) -> None:
    path.chmod(0o600)
    path.write_bytes(content)


def found(differences: Iterable[Difference]) -> list[tuple[Trouble, str]]:
    return [(each.trouble, each.subject) for each in differences]


def test_an_office_that_is_whole_has_no_differences(office: Office) -> None:
    report = verified(office, now() + dt.timedelta(days=3))
    assert report.differences == []
    assert (report.originals, report.pictures) == (7, 6)


def test_every_flipped_bit_is_found_and_nothing_else(office: Office) -> None:
    chance = random.Random(7)
    every = [take_in(office, scan_of(mark, 5_000)) for mark in range(100, 220)]
    hurt = chance.sample(every, 50)
    for sha256 in hurt:
        path = office.archive.original(sha256)
        content = bytearray(path.read_bytes())
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        spoil(path, bytes(content))
    wrong = differences(office)
    assert {each.trouble for each in wrong} == {Trouble.DAMAGED_ORIGINAL}
    assert sorted(each.subject[-64:] for each in wrong) == sorted(hurt)
    assert len(wrong) == 50


def test_a_missing_original_is_named_with_the_name_that_people_know(office: Office) -> None:
    sha256 = take_in(office, scan_of(30), "แฟ้ม 4 หน้า 2.jpg")
    office.archive.original(sha256).unlink()
    (wrong,) = differences(office)
    assert wrong.trouble is Trouble.MISSING_ORIGINAL
    assert wrong.subject == f"objects/{sha256[:2]}/{sha256}"
    assert "แฟ้ม 4 หน้า 2.jpg" in wrong.detail
    assert "ชุดสำรอง" in wrong.remedy


@pytest.mark.parametrize(
    ("content", "trouble"),
    [
        (None, Trouble.MISSING_PICTURE),
        (b"", Trouble.DAMAGED_PICTURE),
        (b"\xff\xd8\xff", Trouble.DAMAGED_PICTURE),
        (b"\xff\xd8" + bytes(500), Trouble.DAMAGED_PICTURE),
        (bytes(500) + b"\xff\xd9", Trouble.DAMAGED_PICTURE),
    ],
)
def test_a_page_without_a_whole_picture_is_named(
    office: Office, content: bytes | None, trouble: Trouble
) -> None:
    sha256 = take_in(office, scan_of(31))
    read_it(office, sha256, pages=2)
    path = office.archive.view(sha256, 2)
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    assert found(differences(office)) == [(trouble, f"views/{sha256[:2]}/{sha256}/2.jpg")]


def test_a_file_that_is_not_in_the_books_is_named_and_left_alone(office: Office) -> None:
    path = office.archive.original("ab" * 32)
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"whose?")
    (path.parent / "stranger.txt").write_bytes(b"?")
    report = verified(office, now() + dt.timedelta(hours=1))
    assert found(report.differences) == [
        (Trouble.UNKNOWN_FILE, f"objects/ab/{'ab' * 32}"),
        (Trouble.UNKNOWN_FILE, "objects/ab/stranger.txt"),
    ]
    assert path.read_bytes() == b"whose?"


def test_a_file_on_its_way_into_the_books_is_no_difference(office: Office) -> None:
    path = office.archive.original("ab" * 32)
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"just now")
    report = verified(office, now())
    assert (report.differences, report.on_their_way) == ([], 1)


def test_what_comes_in_during_the_check_is_no_difference(office: Office) -> None:
    marks = iter(range(500, 600))

    def busy(things: Iterable[Thing], what: str, total: int) -> Iterable[Thing]:
        for thing in things:
            read_it(office, take_in(office, scan_of(next(marks))))
            yield thing

    books = Books(office.engine, None, office.archive)
    later = now() + dt.timedelta(hours=1)
    report = fixity.verify(books, later, busy)
    assert (report.differences, report.on_their_way) == ([], 0)
    assert report.originals == 7  # those of the moment when it began


def test_a_file_whose_row_is_written_during_the_check_is_no_difference(office: Office) -> None:
    content = scan_of(600)
    path = office.archive.original(hashlib.sha256(content).hexdigest())
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)  # kept, and its row waits for the database

    def busy(things: Iterable[Thing], what: str, total: int) -> Iterable[Thing]:
        take_in(office, content)
        return things

    books = Books(office.engine, None, office.archive)
    report = fixity.verify(books, now() + dt.timedelta(hours=1), busy)
    assert (report.differences, report.on_their_way) == ([], 0)


def test_what_lies_in_the_way_in_for_more_than_a_day_is_named(office: Office) -> None:
    left = office.archive.root / "incoming" / "left"
    left.write_bytes(b"half")
    assert differences(office) == []
    report = verified(office, now() + dt.timedelta(days=2))
    assert found(report.differences) == [(Trouble.LEFTOVER, "incoming/left")]


def test_uploads_under_way_are_no_unknown_files(office: Office) -> None:
    (office.archive.root / "uploads" / "abc").write_bytes(b"the first half")
    assert verified(office, now() + dt.timedelta(days=2)).differences == []


def test_a_broken_database_is_a_difference(office: Office) -> None:
    office.engine.dispose()
    with (office.settings.data_dir / "saraban.sqlite3").open("r+b") as file:
        file.seek(4096)
        file.write(os.urandom(3 * 4096))
    wrong = differences(office)
    assert {each.trouble for each in wrong} == {Trouble.DATABASE}


def test_a_file_that_is_no_database_is_a_difference(office: Office, tmp_path: Path) -> None:
    office.engine.dispose()
    (office.settings.data_dir / "saraban.sqlite3").write_bytes(b"no database" * 1000)
    assert [each.trouble for each in differences(office)] == [Trouble.DATABASE]


def test_a_broken_book_of_the_durable_engine_is_a_difference(
    office: Office, tmp_path: Path
) -> None:
    workflows = tmp_path / "workflows.sqlite3"
    workflows.write_bytes(b"no database" * 1000)
    report = fixity.verify(Books(office.engine, workflows, office.archive), now(), unwatched)
    assert [each.trouble for each in report.differences] == [Trouble.DATABASE]


def test_a_row_whose_scan_is_gone_is_a_difference(office: Office) -> None:
    with sqlite3.connect(office.settings.data_dir / "saraban.sqlite3") as connection:
        connection.execute("DELETE FROM scans WHERE id = 1")
    (wrong, *_) = differences(office)
    assert wrong.trouble is Trouble.DATABASE
    assert "scans" in wrong.detail


def test_checking_leaves_nothing_behind(office: Office) -> None:
    differences(office)
    assert list((office.archive.root / "incoming").iterdir()) == []
