from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from sqlalchemy import Engine, select, update

from models import drafts as store
from models import waiting
from models.database import looking, writing
from models.decisions import Decision, decide, decisions_of
from models.draft_columns import count_doubts
from models.draft_states import Action, DraftState, WrongState, next_state
from models.drafts import DraftGone
from models.letters import Field, OcrPage, PageState
from models.pages import add_page, get_pages
from models.tables import drafts, pages
from models.terms import FieldName
from models.versions import StaleDraft
from models.waiting import Pile
from tests.conftest import NOW
from tests.models.letters import make_draft, make_page, make_reading

WAITING, PARKED, REJECTED, CONFIRMED, REPLACED = DraftState
MOVES = {
    (WAITING, Action.CONFIRM): CONFIRMED,
    (WAITING, Action.PARK): PARKED,
    (WAITING, Action.REJECT): REJECTED,
    (PARKED, Action.CONFIRM): CONFIRMED,
    (PARKED, Action.REJECT): REJECTED,
    (PARKED, Action.RETURN): WAITING,
    (REJECTED, Action.RETURN): WAITING,
    (CONFIRMED, Action.UNDO): WAITING,
    (WAITING, Action.TAKE_OVER): WAITING,
    (PARKED, Action.TAKE_OVER): PARKED,
    (WAITING, Action.REPLACE): REPLACED,
    (PARKED, Action.REPLACE): REPLACED,
    (REPLACED, Action.RESTORE): WAITING,
}


def park(officer: str = "สมหญิง") -> Decision:
    return Decision(Action.PARK, officer, NOW, reason="unclear", note="รอเอกสารเพิ่ม")


@pytest.mark.parametrize(("state", "action"), list(itertools.product(DraftState, Action)))
def test_an_action_moves_a_draft_along_an_arrow_or_is_refused(
    state: DraftState, action: Action
) -> None:
    if (state, action) in MOVES:
        assert next_state(state, action) is MOVES[state, action]
    else:
        with pytest.raises(WrongState, match="สถานะ"):
            next_state(state, action)


def test_a_confirmed_draft_moves_only_when_its_record_is_taken_back() -> None:
    assert [action for state, action in MOVES if state is CONFIRMED] == [Action.UNDO]


def test_a_page_comes_back_as_it_was_read(engine: Engine) -> None:
    draft = make_draft(engine)
    unread = OcrPage(2, 0, 0, PageState.UNREAD, reason="อ่านไม่ได้")
    with writing(engine) as connection:
        add_page(connection, draft.scan_id, unread, NOW)
    with looking(engine) as connection:
        assert get_pages(connection, draft.scan_id) == [make_page(), unread]
        assert store.pages_of_draft(connection, draft) == [make_page()]


def test_a_draft_holds_all_that_the_machine_said(engine: Engine) -> None:
    reading = make_reading(subject="ขอให้ซ่อมถนน", phone=None)
    draft = make_draft(engine, subject="ขอให้ซ่อมถนน", phone=None)
    assert draft.fields == replace(reading.fields, values=dict(reading.fields.values))
    assert draft.suggestion == reading.suggestion
    assert (draft.state, draft.version, draft.doubts, draft.urgent) == (WAITING, 1, 1, False)
    assert draft.created_at == NOW
    assert draft.fields.get(FieldName.PHONE) is not None  # seen but not understood
    assert draft.fields.get(FieldName.SENDER) is None  # not found


def test_a_draft_of_an_older_or_a_newer_version_is_read_as_far_as_it_goes(engine: Engine) -> None:
    draft = make_draft(engine, subject="ขอให้ซ่อมถนน")
    with writing(engine) as connection:
        stored = dict(connection.scalars(select(drafts.c.fields)).one())
        for name in ("parts", "citations", "receipts"):
            del stored[name]
        values = {"subject": stored["values"]["subject"], "some_day": stored["values"]["subject"]}
        stored["values"] = values  # one that is known, none of the new ones, one of tomorrow
        connection.execute(update(drafts).values(fields=stored))
    with looking(engine) as connection:
        fields = store.get_draft(connection, draft.id).fields
    assert fields.values == {FieldName.SUBJECT: draft.fields.get(FieldName.SUBJECT)}
    assert (fields.parts, fields.citations, fields.receipts) == ((), (), ())
    assert fields.kind is draft.fields.kind


def test_only_what_an_officer_can_decide_about_counts_as_a_doubt() -> None:
    fields = make_reading().fields
    assert count_doubts(replace(fields, values={})) == 0
    doubted = Field("2", "๒", 0.4, 1, doubts=("ไม่ชัด",))
    names = (FieldName.MOO, FieldName.OUTCOME, FieldName.NATIONAL_ID)
    assert count_doubts(replace(fields, values=dict.fromkeys(names, doubted))) == 2
    clean = replace(doubted, doubts=())
    assert count_doubts(replace(fields, values=dict.fromkeys(names, clean))) == 0


def test_a_letter_that_is_no_complaint_has_no_suggestion(engine: Engine) -> None:
    draft = make_draft(engine)
    second = replace(make_reading(letter=2), suggestion=None)
    with writing(engine) as connection:
        assert store.add_draft(connection, draft.scan_id, second, NOW)
        assert store.drafts_of_scan(connection, draft.scan_id)[1].suggestion is None


def test_a_step_that_runs_twice_writes_each_page_and_each_draft_once(engine: Engine) -> None:
    draft = make_draft(engine)
    changed = replace(make_page(), lines=())
    with writing(engine) as connection:
        assert not store.add_draft(connection, draft.scan_id, make_reading(subject="อื่น"), NOW)
        assert not add_page(connection, draft.scan_id, changed, NOW)
        assert len(connection.execute(select(drafts)).all()) == 1
        assert len(connection.execute(select(pages)).all()) == 1
        assert get_pages(connection, draft.scan_id) == [make_page()]
        assert store.drafts_of_scan(connection, draft.scan_id) == [draft]


def test_urgent_letters_wait_first_then_the_oldest(engine: Engine) -> None:
    first = make_draft(engine, "aa" * 32)
    urgent = make_draft(engine, "bb" * 32, urgency="ด่วนที่สุด")
    last = make_draft(engine, "cc" * 32)
    with looking(engine) as connection:
        queue = waiting.list_drafts(connection, Pile.WAITING, limit=10)
        assert [draft.id for draft in queue] == [urgent.id, first.id, last.id]
        assert [d.id for d in waiting.list_drafts(connection, Pile.WAITING, 1, after=1)] == [
            first.id
        ]
        assert waiting.next_best(connection, "สมหญิง", NOW) == urgent.id
        assert waiting.next_best(connection, "สมหญิง", NOW, skip=[urgent.id]) == first.id
        assert store.count_drafts(connection) == {
            WAITING: 3,
            PARKED: 0,
            REJECTED: 0,
            CONFIRMED: 0,
            REPLACED: 0,
        }


def test_parking_keeps_who_when_and_why(engine: Engine) -> None:
    draft = make_draft(engine)
    with writing(engine) as connection:
        _, state = decide(connection, draft, 1, park())
    assert state is PARKED
    with looking(engine) as connection:
        parked = store.get_draft(connection, draft.id)
        (decision,) = decisions_of(connection, [draft.id])[draft.id]
    assert (parked.state, parked.version) == (PARKED, 2)
    assert (decision.officer, decision.decided_at) == ("สมหญิง", NOW)
    assert (decision.reason, decision.note) == ("unclear", "รอเอกสารเพิ่ม")


def test_an_old_version_of_a_draft_is_stale(engine: Engine) -> None:
    draft = make_draft(engine)
    with writing(engine) as connection:
        decide(connection, draft, 1, park())
    with pytest.raises(StaleDraft, match="เปิดใหม่"), writing(engine) as connection:
        decide(connection, draft, 1, park("คนช้า"))
    with looking(engine) as connection:
        fresh = store.get_draft(connection, draft.id)
        assert [d.officer for d in decisions_of(connection, [draft.id])[draft.id]] == ["สมหญิง"]
    with pytest.raises(StaleDraft), writing(engine) as connection:
        decide(connection, fresh, 1, Decision(Action.RETURN, "คนช้า", NOW))


def test_a_draft_that_never_was_is_gone(engine: Engine) -> None:
    with pytest.raises(DraftGone, match="ไม่พบ"), looking(engine) as connection:
        store.get_draft(connection, 4711)
