from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import Engine

from models import records, second_readings
from models.database import looking, writing
from models.decisions import decisions_of
from models.draft_states import Action, DraftState, WrongState
from models.drafts import get_draft
from models.second_readings import (
    NotYours,
    ReadingState,
    accuracy,
    count_open,
    draw,
    open_to,
    read_second,
    settle,
)
from models.terms import FieldName
from tests.conftest import NOW
from tests.models.letters import make_answer, make_draft

FIRST, SECOND, THIRD = "สมใจ", "มาลี", "วิชัย"
SAID = {
    FieldName.REFERENCE_NO: "สน 0018.1/456",
    FieldName.DATE: "2024-11-13",
    FieldName.DISTRICT: None,
}
OTHER = {**SAID, FieldName.REFERENCE_NO: "สน 0018.1/436"}


def confirmed(engine: Engine, sha256: str = "ab" * 32, weight: float = 1.0) -> int:
    """A letter that the first officer confirmed and the lot chose; returns the draft's id."""
    draft = make_draft(engine, sha256)
    answer = make_answer(**{name.value: value for name, value in SAID.items()})
    with writing(engine) as connection:
        records.confirm(connection, draft, 1, answer, officer=FIRST, now=NOW, text="ไฟถนน")
        record = records.record_of_draft(connection, draft.id)
        assert record is not None
        draw(connection, record, weight, NOW)
    return draft.id


def test_nobody_reads_a_letter_twice(engine: Engine) -> None:
    draft_id = confirmed(engine)
    with writing(engine) as connection:
        assert open_to(connection, FIRST, 9) == []
        (reading,) = open_to(connection, SECOND, 9)
        assert (reading.draft_id, reading.state) == (draft_id, ReadingState.SECOND)
        assert read_second(connection, reading, SECOND, OTHER, NOW) is ReadingState.THIRD
        assert open_to(connection, FIRST, 9) == open_to(connection, SECOND, 9) == []
        assert len(open_to(connection, THIRD, 9)) == 1
        assert count_open(connection) == 1


def test_two_that_read_the_same_settle_it_whatever_the_spaces_and_digits(engine: Engine) -> None:
    confirmed(engine)
    same = {**SAID, FieldName.REFERENCE_NO: "สน ๐๐๑๘.๑ / ๔๕๖"}
    with writing(engine) as connection:
        (reading,) = open_to(connection, SECOND, 9)
        assert read_second(connection, reading, SECOND, same, NOW) is ReadingState.SETTLED
        with pytest.raises(NotYours):  # two tabs
            read_second(connection, reading, SECOND, same, NOW)
        found = accuracy(connection, NOW)
    assert (found.letters, found.fields, found.wrong, found.share) == (1, 3, 0, 0.0)


def test_a_wrong_record_is_mended_by_the_third_and_counted(engine: Engine) -> None:
    draft_id = confirmed(engine)
    confirmed(engine, "cd" * 32)
    with writing(engine) as connection:
        first, other = open_to(connection, SECOND, 9)
        read_second(connection, first, SECOND, OTHER, NOW)
        read_second(connection, other, SECOND, SAID, NOW)
        (reading,) = open_to(connection, THIRD, 9)
        assert settle(connection, reading, THIRD, OTHER, NOW) == (FieldName.REFERENCE_NO,)
        record = records.record_of_draft(connection, draft_id)
        assert record is not None
        assert record.values[FieldName.REFERENCE_NO] == "สน 0018.1/436"
        assert [found.id for found in records.search(connection, "0018.1/436", 9)] == [record.id]
        found = accuracy(connection, NOW - dt.timedelta(days=1))
        assert accuracy(connection, NOW + dt.timedelta(days=1)).share is None
    assert (found.letters, found.fields, found.wrong) == (2, 6, 1)
    assert found.share == pytest.approx(1 / 6)


def test_the_third_may_say_that_the_first_was_right(engine: Engine) -> None:
    draft_id = confirmed(engine)
    with writing(engine) as connection:
        read_second(connection, open_to(connection, SECOND, 9)[0], SECOND, OTHER, NOW)
        (reading,) = open_to(connection, THIRD, 9)
        assert settle(connection, reading, THIRD, SAID, NOW) == ()
        record = records.record_of_draft(connection, draft_id)
        settled = second_readings.settled_of_draft(connection, draft_id)
    assert record is not None
    assert record.values[FieldName.REFERENCE_NO] == SAID[FieldName.REFERENCE_NO]
    assert settled is not None
    assert (settled.third_officer, settled.settled) == (THIRD, SAID)


def test_a_letter_that_is_chosen_more_often_counts_less(engine: Engine) -> None:
    confirmed(engine, "aa" * 32, weight=30.0)
    confirmed(engine, "bb" * 32, weight=10.0)  # drawn three times as often
    with writing(engine) as connection:
        rare, often = open_to(connection, SECOND, 9)
        read_second(connection, rare, SECOND, SAID, NOW)
        read_second(connection, often, SECOND, OTHER, NOW)
        settle(connection, open_to(connection, THIRD, 9)[0], THIRD, OTHER, NOW)
        found = accuracy(connection, NOW)
    assert found.share == pytest.approx(10 / (3 * 40))


def test_a_record_is_taken_back_for_ten_minutes_by_who_made_it(engine: Engine) -> None:
    draft_id = confirmed(engine)
    with writing(engine) as connection:
        draft = get_draft(connection, draft_id)
        for officer, minutes in ((SECOND, 1), (FIRST, 11)):
            moment = NOW + dt.timedelta(minutes=minutes)
            with pytest.raises(records.TooLate, match="10 นาที"):
                records.undo(connection, draft, officer, moment)
        second_readings.withdraw(connection, draft_id)
        records.undo(connection, draft, FIRST, NOW + dt.timedelta(minutes=10))
        assert records.record_of_draft(connection, draft_id) is None
        assert records.count(connection) == 0
        assert count_open(connection) == 0
        fresh = get_draft(connection, draft_id)
        assert (fresh.state, fresh.version) == (DraftState.WAITING, 3)
        with pytest.raises(WrongState):
            records.undo(connection, fresh, FIRST, NOW)
    with looking(engine) as connection:
        said = [each.action for each in decisions_of(connection, [draft_id])[draft_id]]
    assert said == [Action.CONFIRM, Action.UNDO]  # nothing said is forgotten
