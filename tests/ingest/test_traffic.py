"""Nobody asks for so much that others wait; who asks too much is told for how long to wait."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass

import pytest

from ingest.problems import ProblemError
from ingest.traffic import Traffic


@dataclass
class Clock:
    seconds: float = 1_000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


def refused(traffic: Traffic, owner: str) -> int | None:
    """Return the seconds that somebody is told to wait, None where the request is let through."""
    told = None
    try:
        traffic.let_through(owner)
    except ProblemError as error:
        told = error
    assert told is None or (told.problem.status, told.problem.retryable) == (429, True)
    return told and told.retry_after


def test_a_burst_of_a_minutes_worth_is_let_through_and_no_more(clock: Clock) -> None:
    traffic = Traffic(per_minute=60, seconds=clock)
    assert [refused(traffic, "station:1") for _ in range(60)] == [None] * 60
    assert refused(traffic, "station:1") == 2
    assert refused(traffic, "station:2") is None  # another caller's matter


def test_after_the_time_that_was_told_it_goes_on(clock: Clock) -> None:
    traffic = Traffic(per_minute=6, seconds=clock)
    for _ in range(6):
        assert refused(traffic, "station:1") is None
    wait = refused(traffic, "station:1")
    assert wait == 11
    clock.seconds += wait
    assert refused(traffic, "station:1") is None
    assert refused(traffic, "station:1") is not None


def test_those_refused_do_not_push_the_time_away(clock: Clock) -> None:
    traffic = Traffic(per_minute=60, seconds=clock)
    for _ in range(200):
        refused(traffic, "station:1")
    clock.seconds += 1
    assert refused(traffic, "station:1") is None


def test_rest_does_not_save_up_more_than_a_minutes_worth(clock: Clock) -> None:
    traffic = Traffic(per_minute=60, seconds=clock)
    refused(traffic, "station:1")
    clock.seconds += 3_600
    assert [refused(traffic, "station:1") for _ in range(61)][-2:] == [None, 2]


def test_one_caller_sends_eight_files_side_by_side_and_all_together_so_many() -> None:
    traffic = Traffic(in_all=12)
    with ExitStack() as under_way:
        for _ in range(8):
            under_way.enter_context(traffic.file("station:1"))
        with pytest.raises(ProblemError) as ninth, traffic.file("station:1"):
            pass
        assert (ninth.value.problem.status, ninth.value.retry_after) == (429, 2)
        for _ in range(4):
            under_way.enter_context(traffic.file("station:2"))
        with pytest.raises(ProblemError), traffic.file("station:3"):
            pass
    with traffic.file("station:1"), traffic.file("station:3"):
        pass  # there is room again


def test_a_file_that_fails_makes_room_too() -> None:
    traffic = Traffic(at_once=1)
    with pytest.raises(OSError, match="full"), traffic.file("station:1"):
        raise OSError("full")
    with traffic.file("station:1"):
        pass
