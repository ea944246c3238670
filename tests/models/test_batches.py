"""What may be done with a batch as a whole, and what is read when."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, Engine

from models import batches, scans, work_items
from models.batches import BatchOrigin, BatchState, NoBatch, get_batch, open_batch
from models.database import writing
from models.scans import ScanState
from models.work_items import WorkItem, next_items
from tests.conftest import NOW
from tests.models.letters import keep_scan


@pytest.fixture
def connection(engine: Engine) -> Iterator[Connection]:
    with writing(engine) as connection:
        yield connection


@pytest.fixture
def batch(connection: Connection) -> int:
    """A batch of three scans, of which the first was read."""
    number = open_batch(connection, BatchOrigin("กล่อง 4", "browser"), NOW)
    for name in "abc":
        keep_scan(connection, name * 64, f"{name}.pdf", batch=number)
    scans.set_state(connection, 1, ScanState.READ, NOW, pages=1)
    return number


def queue(connection: Connection) -> list[int]:
    return [item.scan_id for item in next_items(connection, 10)]


def state(connection: Connection, scan_id: int) -> ScanState:
    scan = scans.get_scan(connection, scan_id)
    assert scan is not None
    return scan.state


def test_a_paused_batch_stands_still_until_it_goes_on(connection: Connection, batch: int) -> None:
    keep_scan(connection, "d" * 64)
    batches.pause(connection, batch)
    assert queue(connection) == [4]
    assert get_batch(connection, batch).state is BatchState.PAUSED
    batches.resume(connection, batch)
    assert queue(connection) == [2, 3, 4]
    assert get_batch(connection, batch).state is BatchState.OPEN


def test_what_is_under_way_is_finished_though_its_batch_is_paused_or_cancelled(
    connection: Connection, batch: int
) -> None:
    work_items.mark_queued(connection, [2], NOW)
    batches.pause(connection, batch)
    batches.cancel(connection, batch, NOW)
    assert [state(connection, each) for each in (1, 2, 3)] == [
        *(ScanState.READ, ScanState.RECEIVED, ScanState.CANCELLED)
    ]
    assert queue(connection) == []


@pytest.mark.parametrize("paused", [False, True])
def test_a_cancelled_batch_is_read_once_it_is_taken_up_again(
    connection: Connection, batch: int, paused: bool
) -> None:
    if paused:
        batches.pause(connection, batch)
    batches.cancel(connection, batch, NOW)
    assert queue(connection) == []
    assert state(connection, 1) is ScanState.READ  # what was read stays read
    batches.resume(connection, batch)
    assert state(connection, 2) is state(connection, 3) is ScanState.RECEIVED
    assert next_items(connection, 10) == [WorkItem(2, 0, 2), WorkItem(3, 0, 2)]


def test_pausing_does_not_take_a_cancelled_batch_up(connection: Connection, batch: int) -> None:
    batches.cancel(connection, batch, NOW)
    batches.pause(connection, batch)
    assert get_batch(connection, batch).state is BatchState.CANCELLED


def test_an_urgent_batch_is_read_before_all_others(connection: Connection, batch: int) -> None:
    other = open_batch(connection, BatchOrigin("กล่อง 5", "browser"), NOW)
    keep_scan(connection, "d" * 64, batch=other)
    batches.set_urgent(connection, other, True)
    assert queue(connection) == [4, 2, 3]
    batches.pause(connection, other)
    assert queue(connection) == [2, 3]  # urgent or not
    batches.resume(connection, other)
    assert queue(connection) == [4, 2, 3]
    batches.set_urgent(connection, other, False)
    assert queue(connection) == [2, 3, 4]


def test_what_could_not_be_read_is_tried_again_as_another_attempt(
    connection: Connection, batch: int
) -> None:
    scans.set_state(connection, 2, ScanState.FAILED, NOW, reason="ตั้งรหัสผ่านไว้")
    assert queue(connection) == [3]
    assert batches.retry(connection, batch) == 1
    assert batches.retry(connection, batch) == 0
    assert next_items(connection, 10) == [WorkItem(2, 0, 2), WorkItem(3, 0, 1)]
    again = scans.get_scan(connection, 2)
    assert again is not None
    assert (again.state, again.reason) == (ScanState.RECEIVED, None)


def test_trying_again_in_a_paused_batch_waits_for_it(connection: Connection, batch: int) -> None:
    scans.set_state(connection, 2, ScanState.FAILED, NOW, reason="ตั้งรหัสผ่านไว้")
    batches.pause(connection, batch)
    batches.retry(connection, batch)
    assert queue(connection) == []
    batches.resume(connection, batch)
    assert queue(connection) == [2, 3]


@pytest.mark.parametrize(
    "order",
    [
        lambda connection: batches.pause(connection, 7),
        lambda connection: batches.resume(connection, 7),
        lambda connection: batches.cancel(connection, 7, NOW),
        lambda connection: batches.retry(connection, 7),
        lambda connection: batches.set_urgent(connection, 7, True),
    ],
)
def test_a_batch_that_is_none_takes_no_orders(connection: Connection, order: object) -> None:
    assert callable(order)
    with pytest.raises(NoBatch):
        order(connection)
