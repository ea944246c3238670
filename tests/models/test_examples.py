from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from sqlalchemy import Connection, Engine

from models import examples, records
from models.database import looking, writing
from models.decisions import Decision, decide
from models.draft_states import Action
from models.drafts import Draft, add_draft, get_draft
from models.letters import RankedCategory
from models.statistics import answers_by_week, arrivals_by_week, confusions
from models.waiting import Order, Pile, list_drafts, next_best
from tests.conftest import NOW
from tests.models.letters import make_answer, make_draft, make_reading

LONG_AGO = NOW - dt.timedelta(days=999)


def confirm(engine: Engine, draft: Draft, category: str | None = "LAND.TITLE") -> None:
    with writing(engine) as connection:
        answer = replace(make_answer(complainant="นายแดง ใจดี"), category=category)
        records.confirm(connection, draft, draft.version, answer, officer="สมชาย", now=NOW, text="")


def put_aside(engine: Engine, draft: Draft, action: Action, reason: str | None = None) -> Draft:
    with writing(engine) as connection:
        decide(connection, draft, draft.version, Decision(action, "สมชาย", NOW, reason))
        return get_draft(connection, draft.id)


def learn(connection: Connection, decided: examples.Decided, **changes: object) -> None:
    example = examples.StoredExample(
        draft_id=decided.draft.id,
        decision_id=decided.decision_id,
        decided_at=decided.decided_at,
        text="เรื่องที่ร้อง",
        is_complaint=decided.is_complaint,
        category=decided.category,
        second_category=decided.second_category,
        first_category="LAND.TITLE",
        place=1,
        proposed="LAND.TITLE",
        model_version="v1",
    )
    examples.put_example(connection, replace(example, **changes))  # type: ignore[arg-type]


def test_nothing_is_learned_from_before_a_person_decides(engine: Engine) -> None:
    draft = make_draft(engine)
    put_aside(engine, draft, Action.PARK, "category")
    with looking(engine) as connection:
        assert examples.not_yet_learned(connection, 10) == []


def test_a_confirmed_letter_is_learned_from_once_with_what_the_officer_said(
    engine: Engine,
) -> None:
    confirm(engine, make_draft(engine, respondent="นายดำ มือหนัก"))
    with writing(engine) as connection:
        (decided,) = examples.not_yet_learned(connection, 10)
        assert (decided.is_complaint, decided.category) == (True, "LAND.TITLE")
        assert set(decided.persons) == {"นายแดง ใจดี", "นายดำ มือหนัก"}
        learn(connection, decided)
        assert examples.not_yet_learned(connection, 10) == []
        (stored,) = examples.all_examples(connection)
        assert examples.count_examples(connection) == 1
    assert (stored.text, stored.category, stored.decided_at) == ("เรื่องที่ร้อง", "LAND.TITLE", NOW)


@pytest.mark.parametrize(("reason", "learned"), [("no_complaint", True), ("duplicate", False)])
def test_of_rejected_letters_only_what_is_no_complaint_teaches_something(
    engine: Engine, reason: str, learned: bool
) -> None:
    put_aside(engine, make_draft(engine), Action.REJECT, reason)
    with looking(engine) as connection:
        found = examples.not_yet_learned(connection, 10)
    assert bool(found) is learned
    assert not any(each.is_complaint for each in found)


def test_a_letter_that_is_taken_up_again_is_no_example_until_it_is_decided_anew(
    engine: Engine,
) -> None:
    draft = put_aside(engine, make_draft(engine), Action.REJECT, "no_complaint")
    with writing(engine) as connection:
        learn(connection, *examples.not_yet_learned(connection, 10))
    draft = put_aside(engine, draft, Action.RETURN)
    with writing(engine) as connection:
        assert examples.drop_reopened(connection) == 1
        assert examples.count_examples(connection) == 0
        assert examples.not_yet_learned(connection, 10) == []
    confirm(engine, draft)
    with looking(engine) as connection:
        (decided,) = examples.not_yet_learned(connection, 10)
    assert decided.category == "LAND.TITLE"


def test_a_second_category_is_learned_too(engine: Engine) -> None:
    draft = make_draft(engine)
    with writing(engine) as connection:
        answer = replace(make_answer(), category="LAND.TITLE", second_category="OFFICIAL")
        record = records.confirm(connection, draft, 1, answer, officer="ส", now=NOW, text="")
        (decided,) = examples.not_yet_learned(connection, 10)
        assert decided.second_category == "OFFICIAL"
        kept = records.get_record(connection, record)
        assert kept is not None
        assert kept.second_category == "OFFICIAL"
        assert records.count_by_category(connection) == {"LAND.TITLE": 1, "OFFICIAL": 1}


def test_weeks_of_answers_and_confusions_are_counted(engine: Engine) -> None:
    told = [
        {},  # kept as proposed
        {"category": "LAND.OTHER"},  # the main category was right
        {"category": "HELP", "proposed": None},  # abstained, and first was wrong
    ]
    for number, changes in enumerate(told):
        confirm(engine, make_draft(engine, sha256=f"{number:064d}"))
        with writing(engine) as connection:
            (decided,) = examples.not_yet_learned(connection, 10)
            learn(connection, decided, **changes)
    with looking(engine) as connection:
        (week,) = answers_by_week(connection, LONG_AGO)
        assert week.week == dt.date(2025, 3, 3)  # a Monday
        assert (week.confirmed, week.kept, week.main_kept) == (3, 1, 2)
        assert (week.first, week.abstained) == (2, 1)
        assert confusions(connection, LONG_AGO) == {("LAND", "LAND"): 2, ("LAND", "HELP"): 1}
        assert answers_by_week(connection, NOW + dt.timedelta(days=1)) == []


def test_what_comes_in_is_counted_by_week(engine: Engine) -> None:
    make_draft(engine)
    make_draft(engine, sha256="cd" * 32)
    with looking(engine) as connection:
        (week,) = arrivals_by_week(connection, LONG_AGO)
    assert (week.drafts, week.abstained, week.familiarity) == (2, 0, None)
    assert week.mains == {"LAND": 2}


def test_the_queue_can_put_first_what_the_model_is_least_sure_of(engine: Engine) -> None:
    first = make_draft(engine)
    reading = make_reading(letter=2)
    assert reading.suggestion is not None
    torn = (RankedCategory("LAND", "ที่ดิน", 0.5), RankedCategory("HELP", "ช่วย", 0.5))
    unsure = replace(reading, suggestion=replace(reading.suggestion, categories=torn))
    with writing(engine) as connection:
        add_draft(connection, first.scan_id, unsure, NOW)
    with looking(engine) as connection:

        def order(by: Order) -> list[int]:
            return [d.letter for d in list_drafts(connection, Pile.WAITING, 9, order=by)]

        assert order(Order.OLDEST) == [1, 2]
        assert order(Order.INSTRUCTIVE) == [2, 1]
        assert next_best(connection, "สมหญิง", NOW, order=Order.INSTRUCTIVE) != first.id
