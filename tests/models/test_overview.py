from __future__ import annotations

import datetime as dt

from sqlalchemy import Engine

from models import records
from models.database import looking, writing
from models.decisions import Decision, decide
from models.draft_states import Action
from models.overview import changes, last_days, waiting_by_district
from models.pace import pace
from models.pages import add_page
from models.scans import ScanState, set_state, standing_still_since
from tests.conftest import NOW
from tests.models.letters import make_answer, make_draft, make_page

TODAY = dt.date(2025, 3, 4)


def ago(**time: float) -> dt.datetime:
    return NOW - dt.timedelta(**time)


def test_what_waits_is_counted_by_district_and_age(engine: Engine) -> None:
    for number, (days, district) in enumerate(
        [(0, "กุสุมาลย์"), (5, "กุสุมาลย์"), (10, "กุสุมาลย์"), (20, "กุสุมาลย์"), (4, None)]
    ):
        make_draft(engine, f"{number:02}" * 32, now=ago(days=days), district=district)
    parked = make_draft(engine, "ff" * 32, now=ago(days=30), district="กุสุมาลย์")
    with writing(engine) as connection:
        decide(connection, parked, 1, Decision(Action.PARK, "สมใจ", NOW, "category"))
    with looking(engine) as connection:
        first, unknown = waiting_by_district(connection, NOW)
    assert (first.district, first.waiting, first.by_age) == ("กุสุมาลย์", 4, (1, 1, 1, 1))
    assert (first.parked, first.oldest) == (1, ago(days=30))
    assert (unknown.district, unknown.waiting, unknown.by_age) == ("", 1, (0, 1, 0, 0))


def test_days_are_those_of_thailand(engine: Engine) -> None:
    first = make_draft(engine, "aa" * 32, now=dt.datetime(2025, 3, 2, 16, 59, tzinfo=dt.UTC))
    second = make_draft(engine, "bb" * 32, now=dt.datetime(2025, 3, 2, 17, 0, tzinfo=dt.UTC))
    with writing(engine) as connection:
        decide(connection, first, 1, Decision(Action.REJECT, "สมใจ", NOW, "empty", active_ms=9_400))
        answer = make_answer(subject="ไฟดับ", date="2025-03")
        records.confirm(connection, second, 1, answer, officer="มาลี", now=NOW, text="")
    with looking(engine) as connection:
        days = last_days(connection, TODAY, 3)
        assert [(day.day.day, day.arrived, day.finished) for day in days] == [
            (2, 1, 0),
            (3, 1, 0),
            (4, 0, 2),
        ]
        everybody, one = pace(connection, ago(hours=1)), pace(connection, ago(hours=1), "สมใจ")
        assert (everybody.letters, everybody.seconds) == (2, 9)
        assert (one.letters, one.seconds) == (1, 9)
        assert pace(connection, ago(hours=1), "มาลี").seconds is None
        assert pace(connection, NOW + dt.timedelta(seconds=1)).letters == 0


def test_changes_are_counted_among_what_the_machine_had_read(engine: Engine) -> None:
    draft = make_draft(engine, subject="ไฟดับ", sender="อบต.", phone="0812345678")
    answer = make_answer(subject="ไฟถนนดับ", sender="อบต.", district="กุสุมาลย์")
    with writing(engine) as connection:
        records.confirm(connection, draft, 1, answer, officer="มาลี", now=NOW, text="")
    with looking(engine) as connection:
        found = changes(connection, ago(days=1))
    # Read: kind, category, subject, sender, phone, date; changed or cleared: subject, phone, date.
    assert (found.read, found.changed) == (6, 3)


def test_the_machine_stands_still_when_files_wait_and_nothing_is_read(engine: Engine) -> None:
    draft = make_draft(engine, now=ago(hours=2))
    with writing(engine) as connection:
        assert standing_still_since(connection, ago(minutes=10)) == ago(hours=2)
        assert standing_still_since(connection, ago(hours=3)) is None
        add_page(connection, draft.scan_id, make_page(2), ago(minutes=5))
        assert standing_still_since(connection, ago(minutes=10)) is None
        assert standing_still_since(connection, ago(minutes=1)) == ago(minutes=5)
        set_state(connection, draft.scan_id, ScanState.READ, NOW, pages=1)
        assert standing_still_since(connection, NOW) is None
