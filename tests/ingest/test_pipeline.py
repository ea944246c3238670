"""The durable pipeline: whatever is killed, every scan is read, and every letter drafted once."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from pathlib import Path

import pytest

from ingest.worker_lock import AnotherWorker, WorkerLock
from models.letters import PageState
from models.scans import ScanState
from tests.conftest import data_with_models, tree
from tests.ingest.offices import (
    BROKEN_PAGE,
    FILES,
    Told,
    all_that_is_known,
    kill_when_pages_are_read,
    office_in,
    pile,
    rows,
    start_ingest,
)
from tests.saraban.busy_office import BusyOffice

PAGES = 1 + 1 + 2 + 1 + 3 + 1 + 2 + 3  # of FILES, and of the one with a broken page

pytestmark = pytest.mark.slow


@pytest.fixture(scope="session")
def known(busy_office: BusyOffice) -> dict[str, Told]:
    """What an office knows that was never interrupted."""
    return all_that_is_known(busy_office.office)


def test_every_page_of_every_scan_is_read_once(known: dict[str, Told]) -> None:
    for name in (*FILES, BROKEN_PAGE):
        told = known[name]
        assert told.state == ScanState.READ
        assert [page.number for page in told.pages] == list(range(1, len(told.pages) + 1))
        on_letters = [
            n for each in told.letters for n in range(each["pages"][0], each["pages"][1] + 1)
        ]
        assert on_letters == [page.number for page in told.pages]
    assert sum(len(told.pages) for told in known.values()) == PAGES


def test_a_file_with_two_letters_gives_two_drafts(known: dict[str, Told]) -> None:
    assert {name: len(known[name].letters) for name in FILES} == dict.fromkeys(FILES, 1) | {
        "circulars.pdf": 2
    }


def test_a_blank_page_is_kept_as_blank(known: dict[str, Told]) -> None:
    told = known["15-complaint-three-pages-one-blank.pdf"]
    assert Counter(page.state for page in told.pages) == {PageState.READ: 2, PageState.BLANK: 1}


def test_a_page_that_cannot_be_opened_does_not_lose_its_neighbours(known: dict[str, Told]) -> None:
    first, broken, last = known[BROKEN_PAGE].pages
    assert (first.text, last.text) == ("หน้าแรกอ่านได้ดี", "หน้าท้ายอ่านได้ดี")
    assert broken.state is PageState.UNREAD
    assert "ไฟล์เสีย" in (broken.reason or "")


def test_a_file_that_vanished_fails_with_a_reason_and_holds_nothing_up(
    busy_office: BusyOffice, known: dict[str, Told]
) -> None:
    told = known[busy_office.vanished]
    assert told.state == ScanState.FAILED
    assert told.letters == []
    assert Counter(each.state for each in known.values()) == {
        ScanState.READ: len(FILES) + 1,
        ScanState.FAILED: 1,
    }


def test_the_officer_can_see_every_page_that_was_read(busy_office: BusyOffice) -> None:
    for name in FILES:
        sha256 = hashlib.sha256((busy_office.folder / name).read_bytes()).hexdigest()
        for page in busy_office.known()[name].pages:
            view = busy_office.office.archive.view(sha256, page.number)
            assert view.read_bytes()[:3] == b"\xff\xd8\xff"


def test_a_killed_worker_is_resumed_without_loss_and_without_doubles(
    tmp_path: Path, trained: Path, known: dict[str, Told]
) -> None:
    data, folder = data_with_models(tmp_path / "data", trained), pile(tmp_path / "pile")
    office = office_in(data)
    first = kill_when_pages_are_read(start_ingest(data, folder), office, 1)
    assert 1 <= first < PAGES
    second = kill_when_pages_are_read(start_ingest(data, folder), office, first + 4)
    assert first + 4 <= second < PAGES
    assert any(told.state == ScanState.RECEIVED for told in all_that_is_known(office).values())
    process = start_ingest(data, folder)
    # While it works, no other process may.
    while rows(office, "pages") <= second:
        assert process.poll() is None
    with pytest.raises(AnotherWorker, match="อยู่แล้ว"):
        office.worker().start()
    _, errors = process.communicate(timeout=120)
    assert process.returncode == 0, errors.decode()  # all are duplicates now, and read

    told = all_that_is_known(office)
    assert set(told) == {*FILES, BROKEN_PAGE}
    for name, each in told.items():
        assert each == known[name]
    assert rows(office, "pages") == PAGES
    assert rows(office, "drafts") == sum(len(each.letters) for each in told.values())
    assert rows(office, "scans") == len(FILES) + 1
    assert rows(office, "arrivals") == 3 * (len(FILES) + 1)
    kept = {Path(name).name for name in tree(data / "archive" / "objects") if "/" in name}
    given = {hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}
    assert kept == given


def test_the_lock_is_free_again_when_its_holder_is_gone(tmp_path: Path) -> None:
    path = tmp_path / "worker.lock"
    child = os.fork()
    if child == 0:  # holds the lock and dies without giving it back
        WorkerLock(path).take()
        os._exit(0)
    os.waitpid(child, 0)
    first, second = WorkerLock(path), WorkerLock(path)
    first.take()
    with pytest.raises(AnotherWorker):
        second.take()
    first.free()
    second.take()
    second.free()
