"""The manifest: what was chosen is what it became, in whatever order things happen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from sqlalchemy import Connection, Engine

from models import batches
from models.batch_progress import every_file, progress, unsent_files
from models.batches import BatchOrigin, get_batch, open_batch
from models.database import open_database, writing
from models.manifests import ChosenFile, FileState, ListedFile, declare, get_file, note_sent, skip
from models.scans import Arrival, Origin, Outcome, add_arrival, find_scan
from models.schema import upgrade
from models.uploads import Upload, add_upload
from tests.conftest import NOW
from tests.models.letters import keep_scan

FILE = ChosenFile("กล่อง 4/0001.pdf", 300_000, 1_700_000_000_000)
ME = "officer:สมชาย ใจเย็น"


@pytest.fixture
def connection(engine: Engine) -> Iterator[Connection]:
    with writing(engine) as connection:
        open_batch(connection, BatchOrigin("กล่อง 4", "browser"), NOW)
        yield connection


def choose(connection: Connection, *files: ChosenFile, by: str = ME) -> list[ListedFile]:
    return declare(connection, 1, files, NOW, by)


def upload(line: ListedFile, **more: object) -> Upload:
    whole = Upload(
        id="0" * 32,
        owner=ME,
        batch_id=1,
        file_id=line.id,
        district=None,
        name="0001.pdf",
        length=line.size,
        offset=100_000,
        sha256=None,
        created_at=NOW,
        expires_at=NOW + dt.timedelta(days=7),
    )
    return replace(whole, **more)  # type: ignore[arg-type]


def test_choosing_the_same_files_again_gives_the_same_lines(connection: Connection) -> None:
    other = ChosenFile("กล่อง 4/0002.pdf", 1, 1)
    first = choose(connection, FILE, other)
    assert [line.path for line in first] == [FILE.path, other.path]
    assert choose(connection, other, FILE) == [first[1], first[0]]
    assert choose(connection, FILE, FILE) == [first[0], first[0]]
    assert len(unsent_files(connection, 1, FileState.WAITING, 10)) == 2


@pytest.mark.parametrize(
    "changed",
    [
        replace(FILE, size=FILE.size + 1),
        replace(FILE, modified=FILE.modified + 1),
        replace(FILE, path="กล่อง 5/0001.pdf"),
    ],
)
def test_a_file_that_changed_is_another_file(connection: Connection, changed: ChosenFile) -> None:
    first, second = choose(connection, FILE)[0], choose(connection, changed)[0]
    assert first.id != second.id


def test_a_part_that_is_here_is_told_to_its_sender_alone(connection: Connection) -> None:
    (line,) = choose(connection, FILE)
    add_upload(connection, upload(line))
    assert choose(connection, FILE) == [replace(line, upload_id="0" * 32, offset=100_000)]
    assert choose(connection, FILE, by="officer:มานี มีนา") == [line]


@pytest.mark.parametrize("over", [{"expires_at": NOW}, {"finished_at": NOW}])
def test_an_upload_that_is_over_is_not_gone_on_with(
    connection: Connection, over: dict[str, object]
) -> None:
    (line,) = choose(connection, FILE)
    add_upload(connection, upload(line, **over))
    assert choose(connection, FILE) == [line]


def test_bytes_that_we_have_need_not_be_sent(connection: Connection) -> None:
    scan_id = keep_scan(connection, "a" * 64)
    (line,) = choose(connection, replace(FILE, sha256="a" * 64))
    assert (line.state, line.outcome) == (FileState.SENT, Outcome.DUPLICATE)
    assert line.scan_id == scan_id
    assert progress(connection, get_batch(connection, 1), NOW).reconciles


def test_a_file_left_out_comes_back_when_it_is_chosen_again(connection: Connection) -> None:
    (line,) = choose(connection, FILE)
    skip(connection, 1, [line.id])
    assert [each.name for each in unsent_files(connection, 1, FileState.SKIPPED, 9)] == [FILE.path]
    assert progress(connection, get_batch(connection, 1), NOW).reconciles
    assert choose(connection, FILE)[0].state is FileState.WAITING


def test_a_file_of_another_batch_is_not_left_out(connection: Connection) -> None:
    (line,) = choose(connection, FILE)
    other = open_batch(connection, BatchOrigin("กล่อง 5", "browser"), NOW)
    skip(connection, other, [line.id])
    skip(connection, other)
    assert choose(connection, FILE)[0].state is FileState.WAITING


def test_of_a_zip_the_best_counts_and_its_line_tells_of_the_rest(connection: Connection) -> None:
    (line,) = choose(connection, replace(FILE, path="แฟ้ม.zip"))
    inside = [
        Arrival("แฟ้ม.zip/ก.txt", None, Outcome.REFUSED, "ไม่ใช่ไฟล์ PDF", None),
        Arrival("แฟ้ม.zip/ข.pdf", "b" * 64, Outcome.NEW, None, keep_scan(connection, "b" * 64)),
    ]
    note_sent(connection, line.id, inside)
    found = get_file(connection, line.id)
    assert found is not None
    assert (found[0], found[1].outcome) == (1, Outcome.NEW)
    assert found[1].reason == "รับไม่ได้ 1 จาก 2 ไฟล์ที่อยู่ข้างใน"


def test_what_came_first_counts_should_a_file_be_sent_twice(connection: Connection) -> None:
    (line,) = choose(connection, FILE)
    note_sent(connection, line.id, [Arrival("a", "a" * 64, Outcome.NEW, None, None)])
    note_sent(connection, line.id, [Arrival("a", "a" * 64, Outcome.DUPLICATE, None, None)])
    found = get_file(connection, line.id)
    assert found is not None
    assert found[1].outcome is Outcome.NEW


FILES = [ChosenFile(f"{number:04}.pdf", number, 1) for number in range(6)]


class AnyOrder(RuleBasedStateMachine):
    """Files are chosen, sent, left out, and the batch is paused, cancelled, taken up again."""

    def __init__(self) -> None:
        super().__init__()
        self.engine = open_database("sqlite://")
        upgrade(self.engine)
        with writing(self.engine) as connection:
            open_batch(connection, BatchOrigin("กล่อง 4", "browser"), NOW)
        self.chosen: set[ChosenFile] = set()

    def teardown(self) -> None:
        self.engine.dispose()

    @rule(files=st.lists(st.sampled_from(FILES), min_size=1, max_size=4))
    def choose(self, files: list[ChosenFile]) -> None:
        with writing(self.engine) as connection:
            lines = choose(connection, *files)
        assert [line.path for line in lines] == [file.path for file in files]
        self.chosen |= set(files)

    @precondition(lambda self: self.chosen)
    @rule(data=st.data(), content=st.sampled_from("abcd"), refused=st.booleans())
    def send(self, data: st.DataObject, content: str, refused: bool) -> None:
        """Send a file, whose bytes may be those of another, once or once more."""
        file = data.draw(st.sampled_from(sorted(self.chosen, key=lambda each: each.path)))
        with writing(self.engine) as connection:
            (line,) = choose(connection, file)
            sha256 = content * 64
            have = find_scan(connection, sha256)
            scan_id = have.id if have else keep_scan(connection, sha256, batch=1)
            outcome = Outcome.DUPLICATE if have else Outcome.NEW
            arrival = Arrival(file.path, sha256, outcome, None, scan_id)
            if refused:
                arrival = Arrival(file.path, None, Outcome.REFUSED, "ไฟล์ว่าง", None)
            file_id = line.id if line.state is not FileState.SENT else None
            add_arrival(connection, arrival, Origin("browser", 1, file_id), NOW)
            if file_id:
                note_sent(connection, file_id, [arrival])

    @rule(data=st.data())
    def leave_out(self, data: st.DataObject) -> None:
        numbers = data.draw(st.none() | st.lists(st.integers(1, 6), max_size=3))
        with writing(self.engine) as connection:
            skip(connection, 1, numbers)

    @rule(order=st.sampled_from([batches.pause, batches.resume, batches.retry]))
    def order(self, order: object) -> None:
        assert callable(order)
        with writing(self.engine) as connection:
            order(connection, 1)

    @rule()
    def cancel(self) -> None:
        with writing(self.engine) as connection:
            batches.cancel(connection, 1, NOW)

    @invariant()
    def every_chosen_file_is_accounted_for_once(self) -> None:
        with writing(self.engine) as connection:
            found = progress(connection, get_batch(connection, 1), NOW)
            listed = [file for file in every_file(connection, 1) if file.file_id]
        sent = sum(found.outcomes.values())
        assert found.chosen == len(self.chosen) == sent + found.waiting + found.skipped
        assert found.reconciles == (found.waiting == 0)
        assert sorted(file.name for file in listed) == sorted(file.path for file in self.chosen)


AnyOrder.TestCase.settings = settings(
    max_examples=15,
    stateful_step_count=15,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
TestAnyOrder = AnyOrder.TestCase
